"""`comity law coverage`: how strong the answer is between which states; as a table, JSON, and a map of the world."""

import sys
from datetime import date
from pathlib import Path

import click
import msgspec

from comity.cli.law.source import over_option, registry_over
from comity.cli.routes import parse_day, parse_measure
from comity.law import Measure, parse_state
from comity.law.atlas import Atlas, Coverage, coverage, draw_coverage, load_world


@click.command("coverage")
@click.option("--measure", help="One measure, such as preservation; default: all, counted.")
@click.option("--from", "requesting", help="Only what this state can obtain from others.")
@click.option("--to", "requested", help="Only what others can obtain from this state.")
@click.option("--on", help="The day of the answer, YYYY-MM-DD; default: today.")
@click.option("--offence", "offences", multiple=True, help="Canonical offence id, such as computer_fraud; repeatable.")
@click.option("--all", "show_all", is_flag=True, help="Every state in the table, not only the first and last.")
@click.option(
    "--svg", type=click.Path(dir_okay=False, path_type=Path), help="Draw the map of the world into this file."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@over_option
def coverage_command(
    measure: str | None,
    requesting: str | None,
    requested: str | None,
    on: str | None,
    offences: tuple[str, ...],
    show_all: bool,
    svg: Path | None,
    as_json: bool,
    over: tuple[Path, ...],
) -> None:
    """How strong the answer is for each ordered pair of states: owed, offered, police only, conditional, closed.

    comity law coverage --measure preservation --from IN --svg preservation.svg
    """
    today = date.today()  # noqa: DTZ011  the terminal's user means the local day
    if svg and (not measure or (requesting and requested)):
        raise click.UsageError("a map shows one measure, from one state, to one state, or between all: see --measure")
    wanted = (parse_measure(measure),) if measure else tuple(Measure)
    here, there = (parse_state(text) if text else "" for text in (requesting, requested))
    if here and here == there:
        raise click.UsageError(f"{here} asks itself; name two different states")
    atlas = Atlas(registry_over(over), on=parse_day(on, today), offences=offences)
    found = coverage(atlas, measures=wanted, requesting=here, requested=there)
    if svg:
        _write(svg, draw_coverage(atlas, found, load_world()))
    if as_json:
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n")
        return
    _show(atlas, found, show_all=show_all)
    if svg:
        click.echo(f"\nthe map is in {svg}")


def _write(target: Path, drawn: str) -> None:
    try:
        target.write_text(drawn, encoding="utf-8")
    except OSError as error:
        raise click.UsageError(f"cannot write {target}: {error.strerror}") from error


def _show(atlas: Atlas, found: Coverage, *, show_all: bool) -> None:
    from comity.cli.law.coveragepage import show_coverage

    show_coverage(atlas, found, show_all=show_all)

"""`comity new` and `comity plan`: a case folder, and what to do about it."""

import sys
from datetime import date
from pathlib import Path

import click
import msgspec

from comity.cli.law.source import over_option


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    """Start a case: write a commented case.toml into FOLDER."""
    from comity.plan import new_case

    path = new_case(folder)
    click.echo(f"{path}: fill it in, put the evidence beside it, then run: comity plan {folder}")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--on", help="The day for which to plan, YYYY-MM-DD; default: today.")
@click.option("--step", "step", help="Unfold one step, such as s3: its routes, reasons, dates and sources.")
@click.option("--all", "whole", is_flag=True, help="Every later step and obstacle in full.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON (schema: comity-plan-1).")
@click.option(
    "--html",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a report that stands alone; nothing but a report is written over.",
)
@click.option(
    "--mmdb",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Your own address database (MMDB), asked before what ships.",
)
@over_option
def plan(
    folder: Path,
    on: str | None,
    step: str | None,
    whole: bool,
    as_json: bool,
    html: Path | None,
    mmdb: Path | None,
    over: tuple[Path, ...],
) -> None:
    """Plan the case in FOLDER: whom to ask for what, on which basis, in which order, by when, and what is in the way.

    FOLDER holds case.toml and the evidence. Nothing is changed and nothing leaves this machine.
    """
    from comity.cli.law.source import registry_over
    from comity.cli.leadspage import progress_on_terminal
    from comity.cli.planpage import show_plan
    from comity.cli.routes import parse_day
    from comity.cli.stepsheet import find_step, show_step
    from comity.plan import check_report, plan_folder, write_whole

    day = parse_day(on, date.today())  # noqa: DTZ011  the terminal's user means the local day
    if html is not None:
        check_report(html)
    law = registry_over(over)
    made = plan_folder(folder, on=day, mmdb=mmdb, registry=law, watching=progress_on_terminal).plan
    wanted = find_step(made, step) if step is not None else None
    if html is not None:
        from comity.plan.report import render

        write_whole(html, render(made))
    if as_json:
        shown = made if wanted is None else wanted
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(shown), indent=2) + b"\n")
    elif wanted is not None:
        show_step(made, wanted)
    else:
        show_plan(made, folder=str(folder), whole=whole)
    if html is not None:
        click.echo(f"The report is in {html}", err=True)

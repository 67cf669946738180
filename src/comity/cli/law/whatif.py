"""`comity law what-if`: what a step would open, close, strengthen or hasten, and for whom."""

import sys
from datetime import date
from pathlib import Path

import click
import msgspec

from comity.cli.law.source import over_option, registry_over
from comity.cli.routes import parse_day, parse_measure
from comity.law import Measure, parse_state
from comity.law.atlas import FORMS, Consequences, parse_step, what_if

_EXAMPLES = "\n\n\b\n" + "\n".join(f'  comity law what-if "{form}"' for form in FORMS)


@click.command(
    "what-if",
    help="What would change between states if some STEPS were taken, in the order given."
    " A consent binds when the instrument's own rule says so, not on the day of its deposit." + _EXAMPLES,
)
@click.argument("steps", nargs=-1, required=True)
@click.option("--on", help="The day asked about, YYYY-MM-DD; default: when the last of the steps works.")
@click.option("--state", "states", multiple=True, help="Only what this state can obtain or be asked for; repeatable.")
@click.option("--measure", "measures", multiple=True, help="Only this measure; repeatable.")
@click.option("--offence", "offences", multiple=True, help="Canonical offence id, such as computer_fraud; repeatable.")
@click.option("--all", "show_all", is_flag=True, help="Every change in the table, ways beside the best one as well.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@over_option
def what_if_command(
    steps: tuple[str, ...],
    on: str | None,
    states: tuple[str, ...],
    measures: tuple[str, ...],
    offences: tuple[str, ...],
    show_all: bool,
    as_json: bool,
    over: tuple[Path, ...],
) -> None:
    """See the help above."""
    today = date.today()  # noqa: DTZ011  the terminal's user means the local day
    registry = registry_over(over)
    found = what_if(
        registry,
        tuple(parse_step(text, registry, today=today) for text in steps),
        on=parse_day(on, today) if on else None,
        measures=tuple(dict.fromkeys(map(parse_measure, measures))) or tuple(Measure),
        states=tuple(dict.fromkeys(map(parse_state, states))),
        offences=offences,
    )
    if as_json:
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n")
        return
    _show(found, show_all=show_all)


def _show(found: Consequences, *, show_all: bool) -> None:
    from comity.cli.law.whatifpage import show_consequences

    show_consequences(found, show_all=show_all)

"""`comity law reforms` and `comity law unlock`: which single step would do most for a state, or open one measure."""

import sys
from datetime import date

import click
import msgspec
from msgspec import Struct

from comity.cli.routes import parse_day, parse_measure
from comity.law import Measure, Query, load_registry, parse_state
from comity.law.atlas import Reforms, Unlock, rank_reforms, unlock


@click.command("reforms")
@click.argument("state")
@click.option("--measure", "measures", multiple=True, help="Only this measure; repeatable; default: all.")
@click.option("--with", "partner", help="Only what lies between STATE and this one; steps of both.")
@click.option("--offence", "offences", multiple=True, help="Canonical offence id, such as computer_fraud; repeatable.")
@click.option("--on", help="The day on which each step is supposed to work already, YYYY-MM-DD; default: today.")
@click.option("--all", "show_all", is_flag=True, help="Every step, not only the first ten.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def reforms(
    state: str,
    measures: tuple[str, ...],
    partner: str | None,
    offences: tuple[str, ...],
    on: str | None,
    show_all: bool,
    as_json: bool,
) -> None:
    """Which single step would open or strengthen most for STATE: what to join, whom to conclude a treaty with.

    comity law reforms IN --measure preservation
    """
    here, there = parse_state(state), parse_state(partner) if partner else ""
    if here == there:
        raise click.UsageError(f"{here} needs no route to itself; name two different states")
    found = rank_reforms(
        load_registry(),
        here,
        on=parse_day(on, date.today()),  # noqa: DTZ011  the terminal's user means the local day
        measures=tuple(dict.fromkeys(map(parse_measure, measures))) or tuple(Measure),
        partner=there,
        offences=offences,
    )
    if not _print_json(found, as_json=as_json):
        _show_reforms(found, show_all=show_all)


@click.command("unlock")
@click.argument("requesting")
@click.argument("requested")
@click.argument("measure")
@click.option("--offence", "offences", multiple=True, help="Canonical offence id, such as computer_fraud; repeatable.")
@click.option("--on", help="The day on which each step is supposed to work already, YYYY-MM-DD; default: today.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def unlock_command(
    requesting: str, requested: str, measure: str, offences: tuple[str, ...], on: str | None, as_json: bool
) -> None:
    """Which single step would open MEASURE for REQUESTING toward REQUESTED: why, who must act, what is in the way.

    comity law unlock IN RU preservation
    """
    query = Query(
        requesting=parse_state(requesting),
        requested=parse_state(requested),
        measure=parse_measure(measure),
        on=parse_day(on, date.today()),  # noqa: DTZ011  the terminal's user means the local day
        offences=offences,
    )
    found = unlock(query, load_registry())
    if not _print_json(found, as_json=as_json):
        _show_unlock(found)


def _print_json(found: Struct, *, as_json: bool) -> bool:
    if as_json:
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n")
    return as_json


def _show_reforms(found: Reforms, *, show_all: bool) -> None:
    from comity.cli.law.reformspage import show_reforms

    show_reforms(found, show_all=show_all)


def _show_unlock(found: Unlock) -> None:
    from comity.cli.law.reformspage import show_unlock

    show_unlock(found)

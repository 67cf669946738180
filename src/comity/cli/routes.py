"""`comity routes`: which routes are there for a measure between two states?"""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from comity.cli.law.source import over_option, registry_over
from comity.law import (
    Measure,
    Query,
    RefusalRisk,
    Registry,
    RiskState,
    Route,
    RouteList,
    Status,
    TimeLimit,
    find_routes,
    parse_state,
    timeline,
)
from comity.law.citing import cite_article
from comity.law.errors import UnknownTermError
from comity.law.grounds_said import SAID
from comity.law.timeline import Change

if TYPE_CHECKING:
    from rich.console import Console

_COLOUR = {Status.OPEN: "green", Status.CONDITIONAL: "yellow", Status.CLOSED: "red"}


FIRST_YEAR, LAST_YEAR = 1950, 2100
"""Before, our data know nothing; after, nobody does."""


def parse_day(text: str | None, today: date, *, option: str = "--on") -> date:
    """A day as typed, or today; BadParameter where it is not one or lies outside what the data can tell."""
    if text is None:
        return today
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is not a date; write YYYY-MM-DD", param_hint=option) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise click.BadParameter(f"{text} is not between {FIRST_YEAR} and {LAST_YEAR}", param_hint=option)
    return day


def parse_facts(texts: tuple[str, ...]) -> dict[str, bool]:
    """Facts as typed: ``organised_group`` or ``organised_group=yes`` for known true, ``…=no`` for known false."""
    facts: dict[str, bool] = {}
    for text in texts:
        name, _, value = text.partition("=")
        if value not in ("", "yes", "no"):
            raise click.BadParameter(f"{text!r}: write NAME, NAME=yes or NAME=no", param_hint="--fact")
        facts[name] = value != "no"
    return facts


def parse_measure(text: str) -> Measure:
    """A measure as typed; UnknownTermError names the nearest."""
    try:
        return Measure(text)
    except ValueError:
        raise UnknownTermError(what="measure", term=text, known=[m.value for m in Measure]) from None


@click.command()
@click.argument("requesting")
@click.argument("requested")
@click.argument("measure")
@click.option("--offence", "offences", multiple=True, help="Canonical offence id, such as computer_fraud; repeatable.")
@click.option("--on", help="The day of the answer, YYYY-MM-DD; default: today.")
@click.option("--urgent", is_flag=True, help="Rank what is fast first.")
@click.option("--fact", "facts", multiple=True, help="A known fact: NAME, NAME=yes or NAME=no; repeatable.")
@click.option("--all", "show_all", is_flag=True, help="Closed routes too, each with the reason.")
@click.option("--received", help="For a request under way: the day on which it was received, YYYY-MM-DD.")
@click.option("--timeline", "over_time", is_flag=True, help="How the answer changed since 1950 and will change.")
@over_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def routes(
    requesting: str,
    requested: str,
    measure: str,
    offences: tuple[str, ...],
    on: str | None,
    urgent: bool,
    facts: tuple[str, ...],
    show_all: bool,
    received: str | None,
    over_time: bool,
    over: tuple[Path, ...],
    as_json: bool,
) -> None:
    """Every route by which REQUESTING may obtain MEASURE from REQUESTED, best first.

    States are ISO 3166 codes or English names: comity routes IN US subscriber_information --offence computer_fraud
    """
    today = date.today()  # noqa: DTZ011  the terminal's user means the local day
    day = parse_day(on, today)
    query = Query(
        requesting=parse_state(requesting),
        requested=parse_state(requested),
        measure=parse_measure(measure),
        on=day,
        offences=offences,
        urgent=urgent,
        facts=parse_facts(facts),
        received_on=_received(received, day),
    )
    registry = registry_over(over)
    if over_time:
        _print_timeline(query, registry, as_json=as_json)
        return
    found = find_routes(query, registry)
    answer = found.record(closed=show_all)
    if as_json:
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(answer), indent=2) + b"\n")
        return
    _show(answer, hidden=len(found.options) - len(answer.routes))


def _received(text: str | None, on: date) -> date | None:
    if text is None:
        return None
    day = parse_day(text, on, option="--received")
    if day > on:
        raise click.BadParameter(f"{text} lies after the day of the answer, {on}", param_hint="--received")
    return day


def _print_timeline(query: Query, registry: Registry, *, as_json: bool) -> None:
    from rich.console import Console

    found = timeline(query, registry, to_on=date(query.on.year + 50, 12, 31))
    if as_json:
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n")
        return
    console = Console(highlight=False)
    console.print(f"[bold]{query.measure.value}[/]  {query.requesting} → {query.requested}, since {found.from_on}")
    for change in found.changes:
        _print_change(change, console)
    if found.found:
        console.print(
            "\n[bold]Known from the day of a source on[/]; the law itself changed before, on a day not sourced"
        )
    for change in found.found:
        _print_change(change, console)


def _print_change(change: Change, console: "Console") -> None:
    from rich.markup import escape

    colour = _COLOUR[change.after]
    status = f"[{colour}]{change.after.value}[/]"
    console.print(f"\n[bold]{change.on}[/]  {status}  {escape(change.title)}  [dim]{change.instrument}[/]")
    for why in change.why:
        console.print(f"   {escape(why)}")
    if change.through != change.instrument:
        best = f"[{_COLOUR[change.answer]}]{change.answer.value}[/]"
        console.print(f"   the best route then: {best}  [dim]{change.through}[/]")


def _show(answer: RouteList, *, hidden: int) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.padding import Padding

    console = Console(highlight=False)
    q = answer.query
    console.print(
        f"[bold]{q.measure.value}[/]  {q.requesting} → {q.requested}  as of {q.on}"
        + (f"  for {', '.join(q.offences)}" if q.offences else "")
        + ("  [bold]urgent[/]" if q.urgent else "")
    )
    for number, route in enumerate(answer.routes, start=1):
        colour = _COLOUR[route.status]
        console.print(
            f"\n[bold]{number}. {escape(route.title)}[/]  [dim]{route.instrument}[/]\n"
            f"   [{colour}]{route.status.value}[/]  {cite_article(route.article)}"
            f"  via {route.channel.value.replace('_', ' ')}"
        )
        for line in _lines(route):
            console.print(Padding(escape(line), (0, 0, 0, 3)))
    if not answer.routes:
        console.print("\nNo route is open or conditional.")
    if hidden:
        console.print(f"\n[dim]{hidden} closed routes are not shown; --all shows them with the reason.[/]")


def _lines(route: Route) -> list[str]:
    to = route.addressee.name or route.addressee.note
    lines = [f"to: {to}"] if to and route.status is not Status.CLOSED else []
    lines += [f"why: {reason}" for reason in route.why]
    if route.opens_on:
        lines.append(f"opens on {route.opens_on}")
    if route.closes_on:
        lines.append(f"ends on {route.closes_on}")
    if route.status is Status.CLOSED:
        return lines
    lines += [f"{c.state.value.replace('_', ' ')}: {c.text}{f' ({c.why})' if c.why else ''}" for c in route.conditions]
    lines += [f"time: {_limit(limit)}" for limit in route.time_limits]
    if route.refusal_risks:
        lines.append("may be refused for: " + "; ".join(_risk(risk) for risk in route.refusal_risks))
    if route.contents:
        says = "usually must say: " if route.assumed else "must say: "
        lines.append(says + ", ".join(dict.fromkeys(c.field.replace("_", " ") for c in route.contents)))
    lines.append(f"why here: {'; '.join(route.rank.reasons)}")
    return lines


def _limit(limit: TimeLimit) -> str:
    figure = f"{limit.value} {limit.unit.value.replace('_', ' ')}: " if limit.value else ""
    return f"{figure}{limit.kind.replace('_', ' ')}, from {limit.starts}"


def _risk(risk: RefusalRisk) -> str:
    return SAID[risk.ground] + ("" if risk.state is RiskState.POSSIBLE else f" ({risk.state.value})")

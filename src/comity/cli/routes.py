"""`comity routes`: which routes are there for a measure between two states?"""

import sys
from datetime import date

import click
import msgspec

from comity.law import Measure, Query, Route, RouteList, Status, find_routes, load_registry, parse_state, timeline
from comity.law.errors import UnknownTermError

_COLOUR = {Status.OPEN: "green", Status.CONDITIONAL: "yellow", Status.CLOSED: "red"}


def parse_day(text: str | None, today: date) -> date:
    """A day as typed, or today; BadParameter where it is not one."""
    if text is None:
        return today
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is not a date; write YYYY-MM-DD", param_hint="--on") from None


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
    as_json: bool,
) -> None:
    """Every route by which REQUESTING may obtain MEASURE from REQUESTED, best first.

    States are ISO 3166 codes or English names: comity routes IN US subscriber_information --offence computer_fraud
    """
    today = date.today()  # noqa: DTZ011  the terminal's user means the local day
    query = Query(
        requesting=parse_state(requesting),
        requested=parse_state(requested),
        measure=parse_measure(measure),
        on=parse_day(on, today),
        offences=offences,
        urgent=urgent,
        facts=parse_facts(facts),
        received_on=parse_day(received, today) if received else None,
    )
    if over_time:
        _print_timeline(query, as_json=as_json)
        return
    found = find_routes(query, load_registry())
    answer = found.record(closed=show_all)
    if as_json:
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(answer), indent=2) + b"\n")
        return
    _show(answer, hidden=len(found.options) - len(answer.routes))


def _print_timeline(query: Query, *, as_json: bool) -> None:
    from rich.console import Console
    from rich.markup import escape

    found = timeline(query, load_registry(), to_on=date(query.on.year + 50, 12, 31))
    if as_json:
        sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n")
        return
    console = Console(highlight=False)
    console.print(f"[bold]{query.measure.value}[/]  {query.requesting} → {query.requested}, since {found.from_on}")
    for change in found.changes:
        colour = _COLOUR[change.after]
        status = f"[{colour}]{change.after.value}[/]"
        console.print(f"\n[bold]{change.on}[/]  {status}  {escape(change.title)}  [dim]{change.instrument}[/]")
        for why in change.why:
            console.print(f"   {escape(why)}")


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
            f"   [{colour}]{route.status.value}[/]  {_article(route)}  via {route.channel.value.replace('_', ' ')}"
        )
        for line in _lines(route):
            console.print(Padding(escape(line), (0, 0, 0, 3)))
    if not answer.routes:
        console.print("\nNo route is open or conditional.")
    if hidden:
        console.print(f"\n[dim]{hidden} closed routes are not shown; --all shows them with the reason.[/]")


def _article(route: Route) -> str:
    return f"Art. {route.article}" if route.article[:1].isdigit() else route.article


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
    lines += [
        f"time: {t.value or ''} {t.unit.value if t.value else ''} {t.kind}, from {t.starts}" for t in route.time_limits
    ]
    lines.append(f"rank {route.rank.score}: {'; '.join(route.rank.reasons)}")
    return lines

"""Dockets on a terminal page."""

from datetime import datetime

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from comity.docket import (
    Event,
    Lack,
    Lists,
    Request,
    Row,
    State,
    Waits,
    Watched,
    act_rules,
    effective,
    possible_acts,
    waits,
)
from comity.docket.clock import Deadline, DeadlineState
from comity.law import state_name

_COLOUR = {
    DeadlineState.LATE: "red",
    DeadlineState.LAPSED: "red",
    DeadlineState.MET_LATE: "yellow",
    DeadlineState.STOPPED: "yellow",
    DeadlineState.RUNNING: "bold",
}
_WAITS = {Waits.FOR_US: "waits for us", Waits.FOR_THEM: "waits for them", Waits.FOR_NOBODY: "waits for nobody"}


def print_request(
    one: Watched, events: tuple[Event, ...], chain: tuple[Request, ...], lacking: tuple[Lack, ...]
) -> None:
    """One request, whole."""
    console = Console(highlight=False)
    request = one.request
    console.print(f"[bold]{escape(request.reference)}[/]  {escape(_asks(request))}  [dim]{request.id}[/]")
    console.print(f"{_stands(one)}; {_WAITS[waits(one.standing)]}")
    if request.their_reference:
        console.print(f"their reference: {escape(request.their_reference)}")
    console.print("\n[bold]Done[/]")
    console.print(_history(events))
    console.print("\n[bold]Dates[/]")
    console.print(_dates(one.deadlines))
    if len(chain) > 1:
        console.print(
            "\n[bold]Chain[/]  " + escape(" → ".join(f"{r.reference} ({r.measure.replace('_', ' ')})" for r in chain))
        )
    for lack in lacking:
        console.print(f"[yellow]missing[/] after {escape(lack.request)}: {escape(lack.what)}")
    console.print(f"\nPossible now: {', '.join(act.act.value for act in possible_acts(one.standing))}")


def print_lists(found: Lists, moment: datetime) -> None:
    """All lists; an empty one in a word."""
    console = Console(highlight=False)
    console.print(f"[bold]Docket[/]  {moment.isoformat(timespec='minutes')}")
    for title, rows in (("Due today", found.due_today), ("Late", found.late), ("Became late since", found.just_late)):
        console.print(f"\n[bold]{title}[/]{'' if rows else ': none'}")
        if rows:
            console.print(_rows(rows))
    for title, those in (("Waiting for us", found.for_us), ("Waiting for them", found.for_them)):
        console.print(f"\n[bold]{title}[/]{'' if those else ': none'}")
        for one in those:
            console.print(
                f"  {one.request.id}  {escape(one.request.reference)}  {escape(_asks(one.request))}; {_stands(one)}"
            )


def _asks(request: Request) -> str:
    what = request.measure.replace("_", " ")
    return f"{state_name(request.requesting)} asks {state_name(request.requested)}: {what}"


def _stands(one: Watched) -> str:
    state = one.standing.state or State.DRAFT
    since = f" since {one.standing.since:%Y-%m-%d}" if one.standing.since else ""
    return f"{state.value.replace('_', ' ')}{since}"


def _history(events: tuple[Event, ...]) -> Table:
    table = Table(box=None, show_header=False, pad_edge=True)
    counts = {id(event) for event in effective(events)}
    for number, event in enumerate(events, start=1):
        late = "" if event.recorded_at.date() == event.at.date() else f" (entered {event.recorded_at:%Y-%m-%d})"
        details = "; ".join(filter(None, (event.means, event.note, event.until, ", ".join(event.reasons))))
        style = "" if id(event) in counts else "strike dim"
        what = f"{act_rules()[event.act].says}{f' {event.of}' if event.of else ''}"
        table.add_row(
            str(number), f"{event.at:%Y-%m-%d %H:%M %z}{late}", what, escape(details), escape(event.by), style=style
        )
    return table


def _dates(deadlines: tuple[Deadline, ...]) -> Table:
    table = Table(box=None, show_header=False, pad_edge=True)
    for line in deadlines:
        colour = _COLOUR.get(line.state, "dim")
        day = line.at.isoformat(timespec="minutes") if line.at else str(line.on or "no date")
        assumed = f"\n[dim]{escape(line.assumes)}[/]" if line.assumes else ""
        table.add_row(
            day,
            f"[{colour}]{line.state.value.replace('_', ' ')}[/]",
            f"{escape(line.what)}\n[dim]{escape(line.computation)}; {escape(line.source)}[/]{assumed}",
        )
    return table


def _rows(rows: tuple[Row, ...]) -> Table:
    table = Table(box=None, show_header=False, pad_edge=True)
    for row in rows:
        table.add_row(row.request.id, escape(row.request.reference), str(row.deadline.on), escape(row.deadline.what))
    return table

"""`comity docket act`: what happened to a request."""

import hashlib
from datetime import datetime
from pathlib import Path

import click

from comity.cli.docket.book import Book, Line, added_to
from comity.cli.docket.moments import now, parse_moment, who
from comity.docket import (
    Act,
    ActError,
    Direction,
    Event,
    Relation,
    Request,
    Side,
    act_rules,
    add,
    reasons,
    standing,
)
from comity.docket.tables import Doer

_ACTS = click.Choice([act.value for act in Act])
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.argument("book", type=_FILE)
@click.argument("request")
@click.argument("act", type=_ACTS)
@click.option("--at", help="When it happened: 2026-11-26T14:30+05:30, or a day; default: now.")
@click.option("--by", default="", help="Who did it or, of the other side's acts, who enters it; default: you.")
@click.option("--note", default="", help="In words: to whom it was assigned, what was asked, why it was withdrawn.")
@click.option("--means", default="", help="How it went or came: the channel, a receipt's number.")
@click.option("--reason", "codes", multiple=True, help="A coded reason for refusing, postponing or asking; repeatable.")
@click.option("--until", default="", help="The day up to which it was extended, YYYY-MM-DD.")
@click.option("--of", "number", type=int, default=0, help="Of strike: the number of the entry that is wrong.")
@click.option("--document", type=_FILE, help="The paper that shows it; its SHA-256 is kept.")
def act(
    book: Path,
    request: str,
    act: str,
    at: str | None,
    by: str,
    note: str,
    means: str,
    codes: tuple[str, ...],
    until: str,
    number: int,
    document: Path | None,
) -> None:
    """Enter that ACT happened to REQUEST, named by its id or reference.

    What cannot happen now is refused, and what can is named. Nothing is changed afterwards: `strike` takes an entry out
    and leaves it to be read. The arrival of a request that asks for preserved data is entered of the preservation too.
    """
    happened = Act(act)
    with added_to(book) as (known, lines):
        entered = now()  # while the file is held: entries stand in the order of their times
        found = known.find(request)
        event = Event(
            act=happened,
            at=parse_moment(at, "--at", otherwise=entered),
            recorded_at=entered,
            by=who(by),
            side=_side(happened, found.direction),
            reasons=codes,
            note=note,
            means=means,
            document=hashlib.sha256(document.read_bytes()).hexdigest() if document else "",
            until=_day(until),
            of=number,
        )
        events = add(found.direction, known.events[found.id], event)
        lines.append(Line(of=found.id, event=event))
        lines.extend(_followed(known, found, event))
    stands = standing(found.direction, events)
    state = (stands.state or happened).value.replace("_", " ")
    click.echo(f"{found.reference}: {act_rules()[happened].says}; it is {state}")
    for line in lines[1:]:
        click.echo(f"{known.requests[line.of].reference}: {act_rules()[Act.FOLLOW_UP].says}")
    for code in codes:
        click.echo(f"  {reasons()[code].text}")


def _side(act: Act, direction: Direction) -> Side:
    """Whose act it is: by the table; what either side does is taken for ours."""
    doer = act_rules()[act].side
    if doer is not Doer.EITHER:
        return Side(doer)
    return Side.REQUESTING if direction is Direction.OUTGOING else Side.REQUESTED


def _day(text: str) -> str:
    if not text:
        return ""
    try:
        return datetime.fromisoformat(text).date().isoformat()
    except ValueError:
        raise click.BadParameter(f"{text!r} is no day; write YYYY-MM-DD", param_hint="--until") from None


def _followed(known: Book, request: Request, event: Event) -> list[Line]:
    """That what a preservation prepared has arrived, once the request that hangs on it has."""
    if event.act not in {Act.DELIVER, Act.ACKNOWLEDGE}:
        return []
    lines = []
    for tie in request.links:
        earlier = known.requests.get(tie.to)
        if earlier is None or tie.relation is not Relation.ASKS_FOR_PRESERVED:
            continue
        if any(one.act is Act.FOLLOW_UP for one in known.events[tie.to]):
            continue
        follow = Event(
            act=Act.FOLLOW_UP,
            at=event.at,
            recorded_at=event.recorded_at,
            by=event.by,
            side=Side.REQUESTING,
            note=request.reference,
        )
        try:
            add(earlier.direction, known.events[tie.to], follow)
        except ActError:  # it is refused, withdrawn or closed: nothing is kept any more
            continue
        lines.append(Line(of=tie.to, event=follow))
    return lines

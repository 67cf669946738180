"""`comity docket act`: what happened to a request."""

import hashlib
from datetime import datetime
from pathlib import Path

import click

from comity.cli.docket.book import Line, added_to
from comity.cli.docket.moments import now, parse_moment, who
from comity.docket import Act, Event, act_rules, add, follow_ups, reasons, side_of, standing

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
            side=side_of(happened, found.direction),
            reasons=codes,
            note=note,
            means=means,
            document=hashlib.sha256(document.read_bytes()).hexdigest() if document else "",
            until=_day(until),
            of=number,
        )
        events = add(found.direction, known.events[found.id], event)
        lines.append(Line(of=found.id, event=event))
        followed = follow_ups(found, event, requests=known.requests, events=known.events)
        lines.extend(Line(of=one, event=follow) for one, follow in followed)
    stands = standing(found.direction, events)
    state = (stands.state or happened).value.replace("_", " ")
    click.echo(f"{found.reference}: {act_rules()[happened].says}; it is {state}")
    for line in lines[1:]:
        click.echo(f"{known.requests[line.of].reference}: {act_rules()[Act.FOLLOW_UP].says}")
    for code in codes:
        click.echo(f"  {reasons()[code].text}")


def _day(text: str) -> str:
    if not text:
        return ""
    try:
        return datetime.fromisoformat(text).date().isoformat()
    except ValueError:
        raise click.BadParameter(f"{text!r} is no day; write YYYY-MM-DD", param_hint="--until") from None

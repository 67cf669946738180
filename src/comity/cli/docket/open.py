"""`comity docket open`: a request from its letter."""

import hashlib
import sys
from pathlib import Path

import click

from comity.cli.docket.book import Line, added_to
from comity.cli.docket.moments import now, parse_moment, who
from comity.cli.law.source import over_option, registry_over
from comity.cli.letterread import files_inside_option, receive_file, stated
from comity.docket import Act, Direction, Duplicate, Event, Likeness, Link, Relation, Side, add, find_duplicates, link
from comity.node.requests.fromletter import NoRequestError, request_of

_PATH = click.Path(path_type=Path)
_RELATIONS = click.Choice([relation.value for relation in Relation])
DUPLICATE_STATUS = 3


@click.command("open")
@click.argument("book", type=_PATH)
@click.argument("letter", type=_PATH)
@click.option("--incoming", is_flag=True, help="It came from abroad; else it is ours.")
@click.option("--at", help="When it came, or was drafted: 2026-11-26T14:30+05:30; default: now.")
@click.option("--by", default="", help="Who drafted it or, of an incoming one, who enters it; default: you.")
@click.option("--from", "sender", default="", help="The requesting state, where it was not recognised.")
@click.option("--to", "addressee", default="", help="The requested state, where it was not recognised.")
@click.option("--follows", help="The earlier request that it hangs on, by id or reference.")
@click.option("--as", "relation", type=_RELATIONS, default=Relation.ASKS_FOR_PRESERVED.value, help="How it does.")
@click.option("--again", is_flag=True, help="Open it though the same was asked before.")
@files_inside_option
@over_option
def open_command(
    book: Path,
    letter: Path,
    incoming: bool,
    at: str | None,
    by: str,
    sender: str,
    addressee: str,
    follows: str | None,
    relation: str,
    again: bool,
    files_inside: bool,
    over: tuple[Path, ...],
) -> None:
    """Open the request that LETTER makes, ours or a stranger's, in the docket BOOK.

    Its time limits are those of its legal basis as the law is on its day. Who asked for the same before is named; it is
    then opened with --again only (exit status 3).
    """
    moment = parse_moment(at, "--at", otherwise=now())
    registry = registry_over(over)
    came = receive_file(letter, registry, received=str(moment.date()), files_inside=files_inside)
    if not incoming and not came.by_data:
        raise click.ClickException(f"{letter}: holds no data of ours; open ours from its PDF, DOCX or JSON")
    read = stated(came, sender, addressee)
    direction = Direction.INCOMING if incoming else Direction.OUTGOING
    request_id = hashlib.sha256(letter.read_bytes()).hexdigest()[:8]
    with added_to(book) as (known, lines):
        if request_id in known.requests:
            raise click.ClickException(f"{book}: this letter is open already, as {request_id}")
        earlier = known.find(follows) if follows else None
        tie = Link(to=earlier.id, relation=Relation(relation)) if earlier else None
        try:
            request = request_of(read.letter, registry, direction=direction, request_id=request_id)
        except NoRequestError as error:
            raise click.ClickException(f"{letter}: {error}") from None
        if tie is not None:
            request = link(request, tie, known.requests.values())
        found = find_duplicates(request, known.requests.values())
        if not again and any(one.likeness is not Likeness.RELATED for one in found):
            _tell(found)
            sys.exit(DUPLICATE_STATUS)
        act, side = (Act.DELIVER, Side.REQUESTED) if incoming else (Act.DRAFT, Side.REQUESTING)
        event = Event(act=act, at=moment, recorded_at=now(), by=who(by), side=side)
        add(direction, (), event)
        lines += [Line(request=request), Line(of=request.id, event=event)]
    what = f"{request.measure.replace('_', ' ')}, {request.requesting} asks {request.requested}"
    click.echo(f"{request.id}  {request.reference}: {what}")
    _tell(found)
    if not request.promises:
        click.echo("no time limit is known of its legal basis", err=True)


def _tell(found: tuple[Duplicate, ...]) -> None:
    for one in found:
        unit = f" ({one.request.unit})" if one.other_unit and one.request.unit else ""
        name = f"{one.request.id} {one.request.reference}{unit}"
        click.echo(f"{one.likeness.value}: {name}: {one.why}: {', '.join(one.targets)}", err=True)
    if any(one.likeness is not Likeness.RELATED for one in found):
        click.echo("open it with --again if it is meant, or name the earlier with --follows", err=True)

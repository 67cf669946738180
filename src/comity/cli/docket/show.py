"""`comity docket show`: one request with its history, its dates and what can happen now."""

from datetime import datetime
from pathlib import Path

import click

from comity.cli.docket.book import Book, read_book
from comity.cli.docket.moments import now, parse_moment
from comity.cli.docket.page import print_request
from comity.cli.files import print_json
from comity.docket import Watched, chain_of, lacks, possible_acts, standing


@click.command()
@click.argument("book", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("request")
@click.option("--at", help="As it stood then: 2026-11-26T14:30+05:30, or a day; default: now.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show(book: Path, request: str, at: str | None, as_json: bool) -> None:
    """Where REQUEST stands, what was done, what is owed by when, and what can happen now."""
    known = read_book(book)
    found = known.find(request)
    moment = parse_moment(at, "--at", otherwise=now())
    one = known.watched(found, moment)
    if as_json:
        print_json(_plain(known, one, moment))
        return
    events = tuple(event for event in known.events[found.id] if event.recorded_at <= moment)
    chain = chain_of(found.id, known.requests.values())
    standings = {member.id: standing(member.direction, known.events[member.id]) for member in chain}
    print_request(one, events, chain, lacks(chain, standings))


def _plain(known: Book, one: Watched, moment: datetime) -> dict[str, object]:
    state = one.standing.state
    return {
        "request": one.request,
        "as_of": moment,
        "state": state.value if state else None,
        "since": one.standing.since,
        "events": known.events[one.request.id],
        "deadlines": one.deadlines,
        "possible": [act.act.value for act in possible_acts(one.standing)],
    }

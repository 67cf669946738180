"""`comity docket list` and `feed`: what to look at first, and all dates as a calendar."""

import os
from datetime import datetime, timedelta
from pathlib import Path

import click

from comity.cli.docket.book import read_book
from comity.cli.docket.moments import now, parse_moment
from comity.cli.docket.page import print_lists
from comity.cli.files import FileError, print_json
from comity.docket import Lists, make_lists

_BOOK = click.Path(path_type=Path, exists=True, dir_okay=False)
_NEW = click.Path(path_type=Path, dir_okay=False)


@click.command("list")
@click.argument("book", type=_BOOK)
@click.option("--at", help="As it stood then; default: now.")
@click.option("--since", help="Your last look, for what became late since; default: a day before.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_command(book: Path, at: str | None, since: str | None, as_json: bool) -> None:
    """Due today, late, became late since your last look, waiting for us, waiting for them."""
    known = read_book(book)
    moment = parse_moment(at, "--at", otherwise=now())
    last = parse_moment(since, "--since", otherwise=moment - timedelta(days=1))
    opened = [one for one in known.requests.values() if known.events[one.id][0].recorded_at <= moment]
    found = make_lists([known.watched(one, moment) for one in opened], now=moment, since=last)
    if as_json:
        print_json(_plain(found, moment))
        return
    print_lists(found, moment)


def _plain(found: Lists, moment: datetime) -> dict[str, object]:
    rows = {"due_today": found.due_today, "late": found.late, "just_late": found.just_late}
    return {
        "as_of": moment,
        **{name: [{"id": row.request.id, "deadline": row.deadline} for row in those] for name, those in rows.items()},
        "for_us": [one.request.id for one in found.for_us],
        "for_them": [one.request.id for one in found.for_them],
    }


@click.command()
@click.argument("book", type=_BOOK)
@click.option("-o", "--output", type=_NEW, required=True, help="FILE.ics; made anew each time.")
@click.option("--name", default="", help="Of the calendar; default: the docket's file.")
@click.option("--at", help="As it stood then; default: now.")
def feed(book: Path, output: Path, name: str, at: str | None) -> None:
    """Write all live dates as iCalendar, for any calendar program; without addresses, accounts or persons."""
    from comity.docket.feed import PRODUCT, calendar_feed

    known = read_book(book)
    moment = parse_moment(at, "--at", otherwise=now())
    if output.exists() and PRODUCT.encode() not in output.read_bytes()[:200]:
        raise FileError(f"{output}: is no calendar of a docket; choose another name")
    watched = [known.watched(one, moment) for one in known.requests.values()]
    beside = output.with_name(f".{output.name}.{os.getpid()}.tmp")
    beside.write_bytes(calendar_feed(watched, name=name or book.stem, now=moment))
    beside.replace(output)
    dates = sum(line.is_live and line.on is not None for one in watched for line in one.deadlines)
    click.echo(f"{output}: {dates} dates")

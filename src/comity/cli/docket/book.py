"""A docket as a file: one JSON record a line, only ever added to."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import msgspec

from comity.docket import Event, HistoryError, Request, Watched, standing, watch
from comity.docket.statistics import Recorded, usual_time
from comity.errors import ComityError

SCHEMA = "comity-docket-1"
_LINE_BYTES = 1 << 20


class BookError(ComityError):
    """A docket's file that cannot be read, or a request that is not in it."""


class Line(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One line: a request that was opened, or an event of one."""

    schema: str = SCHEMA
    request: Request | None = None
    of: str = ""
    """Of an event: the request's id."""
    event: Event | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """All requests of a docket, in the order in which they were opened."""

    path: Path
    requests: dict[str, Request] = field(default_factory=dict)
    events: dict[str, tuple[Event, ...]] = field(default_factory=dict)

    def find(self, name: str) -> Request:
        """The request with an id or a reference, ours or theirs; BookError where none or several have it."""
        found = [one for one in self.requests.values() if name in {one.id, one.reference, one.their_reference} - {""}]
        if len(found) == 1:
            return found[0]
        known = ", ".join(self.requests) or "none is open"
        several = f"{name!r} is the reference of {len(found)} requests" if found else f"no request {name!r}"
        raise BookError(f"{self.path}: {several}; name one by its id: {known}")

    def recorded(self) -> tuple[Recorded, ...]:
        """Every request with its events."""
        return tuple(Recorded(request=one, events=self.events[one.id]) for one in self.requests.values())

    def watched(self, request: Request, now: datetime) -> Watched:
        """A request as it stands at a moment, with our own dates beside those of its instruments."""
        return watch(request, self.events[request.id], now=now, usual=usual_time(request, self.recorded()))


def read_book(path: Path) -> Book:
    """The docket in a file; an empty one where there is no file yet. BookError names the line that cannot be read."""
    book = Book(path=path)
    if not path.exists():
        return book
    try:
        with path.open("rb") as file:
            _read(file, book)
    except OSError as error:
        raise BookError(f"{path}: {error.strerror}; give a file that you may read") from None
    return book


def _read(file: BinaryIO, book: Book) -> None:
    for number, raw in enumerate(iter(lambda: file.readline(_LINE_BYTES), b""), start=1):
        where = f"{book.path} line {number}"
        if not raw.endswith(b"\n"):
            raise BookError(f"{where}: is cut; take the whole line out, and enter again what it said")
        try:
            line = msgspec.json.decode(raw, type=Line)
        except (msgspec.DecodeError, msgspec.ValidationError) as error:
            raise BookError(f"{where}: {error}; is it a docket of Comity?") from None
        if line.schema != SCHEMA:
            raise BookError(f"{where}: schema {line.schema!r}; this program reads {SCHEMA}")
        _take(line, book, where)


def _take(line: Line, book: Book, where: str) -> None:
    if line.request is not None:
        if line.request.id in book.requests:
            raise BookError(f"{where}: request {line.request.id} was opened before; take the line out")
        book.requests[line.request.id] = line.request
        book.events[line.request.id] = ()
    elif line.event is not None and line.of in book.requests:
        events = (*book.events[line.of], line.event)
        try:
            standing(book.requests[line.of].direction, events)
        except HistoryError as error:
            raise BookError(f"{where}: {error}; the file was changed by hand") from None
        book.events[line.of] = events
    else:
        raise BookError(f"{where}: an event of no request; the file was changed by hand")


@contextmanager
def added_to(path: Path) -> Iterator[tuple[Book, list[Line]]]:
    """The docket in a file, held against others, and a list of lines to be added to it at the end.

    Nothing is added where the block fails; what is added is on the disk when it ends.
    """
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    except OSError as error:
        raise BookError(f"{path}: {error.strerror}; choose a place you may write") from None
    with os.fdopen(handle, "ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        lines: list[Line] = []
        yield read_book(path), lines
        file.write(b"".join(msgspec.json.encode(line) + b"\n" for line in lines))
        file.flush()
        os.fsync(file.fileno())

"""What a node answers with about letters that came, dates, versions, relations and packages."""

from datetime import date, datetime

import msgspec

from comity.client.records import Record, Request


class PutRight(Record, frozen=True, kw_only=True):
    """What an officer says instead of what was read."""

    requesting: str = ""
    requested: str = ""
    measure: str = ""
    their_reference: str = ""


class Arrival(Record, frozen=True, kw_only=True):
    """A letter that came and is not registered yet."""

    id: str
    name: str
    sha256: str
    arrived_at: datetime
    version: int


class WholeArrival(Arrival, frozen=True, kw_only=True):
    """What was read of it, and what the officer there finds."""

    put: PutRight
    requesting: str
    requested: str
    their_reference: str
    measures: tuple[str, ...]
    notes: tuple[str, ...] = ()
    finding: msgspec.Raw | None = None
    """JSON, as `comity letter check --json` says it."""
    not_examined: str = ""


class Lists(Record, frozen=True, kw_only=True):
    """What to look at first."""

    due_today: tuple[Request, ...]
    late: tuple[Request, ...]
    just_late: tuple[Request, ...]
    for_us: tuple[Request, ...]
    for_them: tuple[Request, ...]


class DateOf(Record, frozen=True, kw_only=True):
    """One date of a request that counts."""

    request_id: str
    case_id: str
    reference: str
    kind: str
    what: str
    state: str
    on: date | None = None
    ends_at: datetime | None = None


class Dates(Record, frozen=True, kw_only=True):
    """Dates of a time."""

    dates: tuple[DateOf, ...]
    cut: bool
    """There are more than are told."""


class Alarm(Record, frozen=True, kw_only=True):
    """What one was told."""

    id: int
    request_id: str
    case_id: str
    level: str
    text: str
    given_at: datetime
    seen_at: datetime | None = None


class LetterVersion(Record, frozen=True, kw_only=True):
    """A letter as somebody saved it."""

    number: int
    sha256: str
    at: datetime
    by: str
    note: str = ""


class Comment(Record, frozen=True, kw_only=True):
    """What somebody says of a letter."""

    id: int
    address: str
    text: str
    by: str
    agency: str = ""
    verified: bool = False
    at: datetime
    settled_at: datetime | None = None


class Changes(Record, frozen=True, kw_only=True):
    """From the plan before to this one: ids of steps."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[msgspec.Raw, ...]


class Package(Record, frozen=True, kw_only=True):
    """A sealed package, and how far it is."""

    id: str
    name: str
    sealed_here: bool
    state: str
    """``waiting``, ``running``, ``done`` or ``failed``."""
    problem: str = ""
    verdict: str = ""
    sha256: str = ""
    size_bytes: int = 0
    stamped: bool = False
    delete_by: date | None = None
    asked_at: datetime
    released_at: datetime | None = None
    version: int


class WholePackage(Package, frozen=True, kw_only=True):
    """A package with what the last check found."""

    report: msgspec.Raw | None = None
    """JSON, as `comity verify --json` says it."""
    limits: tuple[str, ...] = ()


class Identity(Record, frozen=True, kw_only=True):
    """An agency's identity, with the number that is read to each other."""

    name: str
    display_name: str
    agency: str
    number: str

"""What a node answers with. Fields that a newer node adds are passed over."""

from datetime import date, datetime

import msgspec


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Base of answers: messages from others keep to their own version."""


class Case(Record, frozen=True, kw_only=True):
    """A case."""

    id: str
    reference: str
    title: str
    kind: str
    """``own`` or ``foreign``."""
    status: str
    """``open`` or ``closed``."""
    opened_at: datetime
    closed_at: datetime | None = None
    version: int
    """Give it back with a change: who changes an older version is told."""


class Member(Record, frozen=True, kw_only=True):
    """Somebody who may see a case."""

    username: str
    name: str
    added_at: datetime
    reason: str = ""


class Artifact(Record, frozen=True, kw_only=True):
    """A file of evidence."""

    id: str
    name: str
    size_bytes: int
    sha256: str
    """Hexadecimal."""
    added_at: datetime
    left_out: bool = False


class Facts(Record, frozen=True, kw_only=True):
    """The facts of a case: a case file (TOML)."""

    number: int
    text: str


class PlanMade(Record, frozen=True, kw_only=True):
    """A plan, and how far it is."""

    number: int
    on: date
    state: str
    """``waiting``, ``running``, ``done`` or ``failed``."""
    problem: str = ""


class Letter(Record, frozen=True, kw_only=True):
    """A letter that is being written."""

    id: str
    reference: str
    kind: str
    requested: str
    ready: bool
    number: int
    """Of its newest version."""
    request_id: str | None = None


class Request(Record, frozen=True, kw_only=True):
    """A request as lists show it."""

    id: str
    case_id: str
    reference: str
    direction: str
    measure: str
    requesting: str
    requested: str
    state: str
    waits: str
    """``for_us``, ``for_them`` or ``for_nobody``."""
    next_ends_at: datetime | None = None
    next_kind: str = ""
    version: int


class Deadline(Record, frozen=True, kw_only=True):
    """A promise with a date and a source."""

    kind: str
    what: str
    state: str
    on: date | None = None
    ends_at: datetime | None = None
    source: str
    confidence: str


class Event(Record, frozen=True, kw_only=True):
    """What happened."""

    number: int
    act: str
    at: datetime
    by: str
    note: str = ""
    means: str = ""


class WholeRequest(Request, frozen=True, kw_only=True):
    """A request with its dates, its history, and what can happen now."""

    deadlines: tuple[Deadline, ...] = ()
    events: tuple[Event, ...] = ()
    possible: tuple[str, ...] = ()


class ProblemField(Record, frozen=True, kw_only=True):
    """A problem with one field."""

    field: str = ""
    detail: str = ""


class Problem(Record, frozen=True, kw_only=True):
    """Problem details (RFC 9457)."""

    title: str = ""
    detail: str = ""
    errors: tuple[ProblemField, ...] = ()

"""What a node answers with about the directory."""

from datetime import datetime

from comity.client.records import Record


class Line(Record, frozen=True, kw_only=True):
    """A line of the directory."""

    id: str
    version: int
    """0: it ships, and nobody has touched it."""
    values: dict[str, str]
    """``kind``, ``state``, ``name`` and the rest of what people write."""
    own: bool
    corrected: bool
    withdrawn: bool
    confirmed_at: datetime | None = None
    stale: bool
    last_call: str = ""


class Office(Record, frozen=True, kw_only=True):
    """The clock of an office, and whether anybody is there."""

    local: datetime
    zone: str
    works: bool | None = None
    """None: a working day, and the hours are not known."""
    why: str


class LineVersion(Record, frozen=True, kw_only=True):
    """What a line said, and who had it say so."""

    number: int
    act: str
    values: dict[str, str]
    by: str
    at: datetime


class Confirmation(Record, frozen=True, kw_only=True):
    """That somebody checked the line."""

    number: int
    by: str
    at: datetime
    note: str = ""


class CallMade(Record, frozen=True, kw_only=True):
    """A test call."""

    by: str
    called_at: datetime
    outcome: str
    """``reached``, ``late`` or ``not_reached``."""
    minutes: int
    note: str = ""


class WholeLine(Line, frozen=True, kw_only=True):
    """A line with its history, the newest first."""

    office: Office
    versions: tuple[LineVersion, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    calls: tuple[CallMade, ...] = ()


class ToCall(Record, frozen=True, kw_only=True):
    """A line to call, and its office now."""

    line: Line
    office: Office


class WhomToCall(Record, frozen=True, kw_only=True):
    """Whom to call now, and who is on duty in the agency."""

    here: Office
    found: tuple[ToCall, ...]
    on_duty: tuple[str, ...] = ()


class Taken(Record, frozen=True, kw_only=True):
    """What a file did."""

    added: int
    changed: int
    same: int

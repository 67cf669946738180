"""What happened to a request: entries that are added and never changed."""

from datetime import datetime

from comity.docket.record import Record
from comity.docket.vocabulary import Act, Side


class Event(Record, frozen=True, kw_only=True):
    """One entry of a request's history."""

    act: Act
    at: datetime
    """When it happened; aware."""
    recorded_at: datetime
    """When it was entered; never before `at`."""
    by: str
    """Who did it or, of the other side's acts, who entered it."""
    side: Side
    reasons: tuple[str, ...] = ()
    """Codes of ``data/reasons.toml``."""
    note: str = ""
    means: str = ""
    """How it went or came: a channel, a receipt number."""
    document: str = ""
    """SHA-256 of the paper that shows it, in hexadecimal."""
    until: str = ""
    """ISO 8601 day up to which something was extended or postponed."""
    of: int = 0
    """Of a strike: the number of the event that it takes out, from 1."""

"""A deadline: a promise with a date and a source."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from comity.docket.clock.tables import Effect
from comity.docket.record import Record
from comity.docket.vocabulary import Side
from comity.law import Confidence


class DeadlineState(StrEnum):
    """How a deadline stands at a moment."""

    NOT_BEGUN = "not_begun"
    RUNNING = "running"
    STOPPED = "stopped"
    """A question is open; it does not run."""
    MET = "met"
    MET_LATE = "met_late"
    LATE = "late"
    """Its end is over and what is owed was not done."""
    LAPSED = "lapsed"
    """What took effect has ended."""
    HELD = "held"
    """What took effect goes on, since the request that it prepared has arrived."""
    OVER = "over"
    """A window that has closed."""
    MOOT = "moot"
    """Nobody waits for it any more."""


class Deadline(Record, frozen=True, kw_only=True):
    """One period of a request, as it stands at a moment."""

    kind: str
    """As in the law data; ``remind`` and ``renew_by`` are our own."""
    what: str
    effect: Effect
    owed_by: Side | None = None
    state: DeadlineState
    began_at: datetime | None = None
    on: date | None = None
    """Its last day, in `zone`; None: not begun, or stopped."""
    at: datetime | None = None
    """Its last moment, of a period in hours."""
    zone: str = "Etc/UTC"
    """IANA name of the place where the act is owed."""
    met_at: datetime | None = None
    computation: str = ""
    assumes: str = ""
    """What was taken for granted."""
    source: str
    source_url: str = ""
    confidence: Confidence

    @property
    def ends_at(self) -> datetime | None:
        """The first instant at which it is too late; aware."""
        if self.at is not None:
            return self.at
        if self.on is None:
            return None
        return datetime.combine(self.on + timedelta(days=1), time(), ZoneInfo(self.zone))

    @property
    def is_live(self) -> bool:
        """Somebody still has to look at it."""
        return self.state in {DeadlineState.RUNNING, DeadlineState.STOPPED, DeadlineState.LATE}

"""Following entries one by one: are they whole, linked, in time, and do they keep the rules of custody?"""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

import msgspec

from comity.evidence.custody.admit import Tolerance
from comity.evidence.custody.canonical import parse_entry
from comity.evidence.custody.entry import NONE, Entry
from comity.evidence.custody.holding import Holding, hold
from comity.evidence.custody.report import Finding, Verdict
from comity.evidence.custody.rules import Objection, object_to
from comity.evidence.errors import EntryError

LATE = timedelta(days=30)
"""After which it is remarked that an act was entered long after the time that it gives."""
WRONG_CLOCK = "a clock is wrong, its own or that here"


class Trace:
    """The state of a walk over entries in their order."""

    def __init__(
        self, *, origin: str, now: datetime, tolerance: Tolerance, items: Collection[str] | None = None
    ) -> None:
        self.origin = origin
        self.holdings: dict[str, Holding] = {}
        self._to_come = now + tolerance.here
        self._clock = tolerance.clock
        self.latest: datetime | None = None
        """The latest time of recording so far."""
        self._items = items

    def read(self, data: bytes, *, number: int) -> tuple[Entry | None, list[Finding]]:
        """The entry in these bytes, which stand where entry `number` is expected, and what is wrong with it."""
        try:
            entry = parse_entry(data, number=number)
        except EntryError as error:
            message = f"entry {number} cannot be read as the log wrote it: {error.problem}"
            return None, [failed("entry-altered", message, number=number)]
        return entry, [*self._place(entry), *self._times(entry), *self._custody(entry)]

    def _place(self, entry: Entry) -> Iterator[Finding]:
        if entry.log != self.origin:
            message = f"entry {entry.number} belongs to the log {entry.log}, not to {self.origin}"
            yield failed("entry-foreign", message, number=entry.number)

    def _times(self, entry: Entry) -> Iterator[Finding]:
        number, at = entry.number, entry.recorded_at
        if self.latest is not None and at < self.latest - self._clock:
            message = f"entry {number} says it was recorded at {_time(at)}, after one recorded at {_time(self.latest)}"
            yield failed("entry-back-dated", message, number=number)
        self.latest = at if self.latest is None else max(at, self.latest)
        if at > self._to_come:
            message = f"entry {number} says it was recorded at {_time(at)}, which is still to come: {WRONG_CLOCK}"
            yield unknown("entry-in-future", message, number=number)
        if at - entry.at > LATE:
            days = (at - entry.at).days
            message = f"entry {number} was done at {_time(entry.at)}, as it says, and entered {days:,} days later"
            yield notice("entered-late", message, number=number)
        if entry.at > at + self._clock:
            message = f"entry {number} was recorded at {_time(at)}, before its act was done at {_time(entry.at)}"
            yield failed("act-in-future", message, number=number)

    def _custody(self, entry: Entry) -> Iterator[Finding]:
        shown = entry if self._items is None else _only(entry, self._items)
        if not shown.items:
            message = f"entry {entry.number} is about none of the items"
            yield failed("entry-misplaced", message, number=entry.number)
            return
        for objection in object_to(shown, self.holdings, tolerance=self._clock):
            yield _finding(objection, entry.number)
        for item in shown.items:
            self.holdings[item.id] = hold(shown, item, self.holdings.get(item.id), number=entry.number)


def failed(code: str, message: str, *, number: int = NONE, item: str = "") -> Finding:
    """A finding that breaks custody."""
    return Finding(code=code, verdict=Verdict.FAILED, number=number, item=item, message=message)


def unknown(code: str, message: str, *, number: int = NONE) -> Finding:
    """A finding that cannot be decided with what was given."""
    return Finding(code=code, verdict=Verdict.INDETERMINATE, number=number, message=message)


def notice(code: str, message: str, *, number: int = NONE) -> Finding:
    """A finding that takes nothing from the proof."""
    return Finding(code=code, verdict=Verdict.PASSED, number=number, message=message)


def _only(entry: Entry, items: Collection[str]) -> Entry:
    return msgspec.structs.replace(entry, items=tuple(item for item in entry.items if item.id in items))


def _finding(objection: Objection, number: int) -> Finding:
    message = f"entry {number}, item {objection.item}: {objection.problem}"
    return failed(objection.code, message, number=number, item=objection.item)


def _time(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")

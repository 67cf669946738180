"""From what people say they did to entries: numbered, linked, dated, and refused where custody does not allow them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import msgspec

from comity.evidence.custody.canonical import encode_entry
from comity.evidence.custody.entry import NONE, Draft, Entry, Item
from comity.evidence.custody.holding import Holding, hold
from comity.evidence.custody.rules import object_to
from comity.evidence.custody.tree import leaf_hash
from comity.evidence.errors import ActRefusedError, ClockError, EntryError

NONCE_BYTES = 16
AHEAD_REMEDY = (
    "set the clock right; if the clock was wrong then, nothing can be entered or signed until that time: wait for it "
    "and enter that as a remark, or go on in a new log (docs/custody.md, 'An entry by a clock that is fast')"
)


class Tolerance(msgspec.Struct, frozen=True, kw_only=True):
    """How far clocks may differ before it is a finding."""

    clock_seconds: int = 120
    """Between the log's clock and an act's time, a witness's clock, or the log's own clock before."""
    here_seconds: int = 300
    """Between any of these and the clock of whoever checks: as far as it may differ from those of a package and its
    time stamp."""

    @property
    def clock(self) -> timedelta:
        return timedelta(seconds=self.clock_seconds)

    @property
    def here(self) -> timedelta:
        return timedelta(seconds=self.here_seconds)


DEFAULT_TOLERANCE = Tolerance()


class Admitted(NamedTuple):
    """An entry with its bytes and its leaf hash."""

    entry: Entry
    line: bytes
    leaf: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Tail:
    """Where a log stands: what the next entry links to."""

    origin: str
    size: int
    last_leaf: bytes
    """Leaf hash of the last entry; empty: none."""
    recorded_at: datetime | None
    """The latest time of recording so far."""


def admit(
    drafts: Iterable[Draft],
    *,
    tail: Tail,
    holdings: dict[str, Holding],
    recorded_at: datetime,
    nonces: bytes,
    tolerance: Tolerance = DEFAULT_TOLERANCE,
) -> Iterator[Admitted]:
    """Each act as an entry, in order; `holdings` is brought up to date as they come.

    ActRefusedError, ClockError or EntryError at the first that cannot be entered; `nonces` holds 16 random bytes each.
    """
    now, clock = as_utc(recorded_at, what="time of recording"), tolerance.clock
    if tail.recorded_at is not None and now < tail.recorded_at - clock:
        raise ClockError(
            what=tail.origin,
            problem=f"the clock says {now.isoformat()}, but entry {tail.size - 1} was recorded at "
            f"{tail.recorded_at.isoformat()}",
            remedy=AHEAD_REMEDY,
        )
    number, previous, latest = tail.size, tail.last_leaf, now + clock
    for draft in drafts:
        start = (number - tail.size) * NONCE_BYTES
        entry = _entry(draft, tail.origin, number, previous, now, nonces[start : start + NONCE_BYTES], holdings)
        if entry.at > latest:
            raise _to_come(entry)
        for objection in object_to(entry, holdings, tolerance=clock):
            raise ActRefusedError(
                what=f"entry {number}, item {objection.item!r}",
                code=objection.code,
                problem=objection.problem,
                remedy=objection.remedy,
            )
        line = encode_entry(entry)
        previous = leaf_hash(line)
        for item in entry.items:
            holdings[item.id] = hold(entry, item, holdings.get(item.id), number=number)
        yield Admitted(entry, line, previous)
        number += 1


def as_utc(at: datetime, *, what: str) -> datetime:
    """The instant in UTC; EntryError for a time without a zone."""
    if at.utcoffset() is None:
        raise EntryError(what=what, problem=f"{at.isoformat()} has no time zone", remedy="add Z or an offset")
    return at if at.tzinfo is UTC else at.astimezone(UTC)


def _entry(
    draft: Draft,
    origin: str,
    number: int,
    previous: bytes,
    recorded_at: datetime,
    nonce: bytes,
    holdings: dict[str, Holding],
) -> Entry:
    return Entry(
        act=draft.act,
        at=as_utc(draft.at, what=f"entry {number}"),
        by=draft.by,
        items=tuple([_link(item, holdings.get(item.id)) for item in draft.items]),
        place=draft.place,
        reason=draft.reason,
        authorisation=draft.authorisation,
        given_by=draft.given_by,
        given_to=draft.given_to,
        given_also=draft.given_also,
        binding=draft.binding,
        remarks=draft.remarks,
        log=origin,
        number=number,
        previous=previous.hex(),
        recorded_at=recorded_at,
        nonce=nonce.hex(),
    )


def _link(item: Item, before: Holding | None) -> Item:
    last = NONE if before is None else before.last
    return item if item.previous == last else msgspec.structs.replace(item, previous=last)


def _to_come(entry: Entry) -> ClockError:
    return ClockError(
        what=f"entry {entry.number}",
        problem=f"done at {entry.at.isoformat()}, which is after now ({entry.recorded_at.isoformat()})",
        remedy="correct the time of the act, or the clock",
    )

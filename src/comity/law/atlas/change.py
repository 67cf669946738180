"""What differs between two atlases, cell by cell: what opens, closes, becomes stronger or faster, and for whom."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from comity.law.atlas.atlas import Atlas
from comity.law.atlas.strength import Strength
from comity.law.atlas.verdict import Verdict
from comity.law.instrument import StateCode
from comity.law.route import Answer
from comity.law.vocabulary import Channel, Measure, Status


class ChangeKind(StrEnum):
    """What happened to the answer between two states, the weightiest first."""

    OPENS = "opens"  # it was not open, and is
    CLOSES = "closes"  # it was open and is not, or was conditional and is closed
    POSSIBLE = "possible"  # it was closed, and is conditional
    STRONGER = "stronger"  # as open as before, and of a higher grade
    WEAKER = "weaker"
    FASTER = "faster"  # of the same grade, by a faster channel or within a shorter time limit
    SLOWER = "slower"
    MORE = "more"  # the same, and there are more ways
    FEWER = "fewer"
    OTHER = "other"  # the same, by other ways


class Standing(Answer, frozen=True, kw_only=True):
    """The answer between two states, in short."""

    strength: str
    status: Status
    instrument: str
    """Id of what the engine's first route rests on; empty: none is open or conditional."""
    channel: Channel | None
    due_hours: int | None
    """The shortest time limit of a route of that strength; None: none in figures."""
    routes: int
    """How many open or conditional routes there are."""


class Change(Answer, frozen=True, kw_only=True):
    """One change of what a state can obtain, the same toward several others."""

    kind: ChangeKind
    requesting: StateCode
    requested: tuple[StateCode, ...]
    measure: Measure
    before: Standing
    after: Standing


@dataclass(frozen=True, slots=True)
class _Summary:
    """A cell, as it is compared."""

    strength: Strength
    speed: int
    due_hours: int | None
    routes: int
    first: tuple[int, int, str]
    channel: Channel | None


_NOTHING = _Summary(Strength.CLOSED, 0, None, 0, (0, 0, ""), None)
_NO_LIMIT = 10**9
_STATUS_ORDER = {Status.OPEN: 0, Status.CONDITIONAL: 1, Status.CLOSED: 2}
Routes = dict[tuple[str, tuple[Verdict, ...]], int]
"""The routes of one row: instrument and verdicts, with a mask of the states toward whom they are there."""


def changes(
    before: Atlas, after: Atlas, *, measures: Iterable[Measure], states: tuple[StateCode, ...] = ()
) -> Iterator[Change]:
    """Every difference, for cells in which one of `states` takes part; empty: for all cells."""
    wanted = before.mask(states) if states else -1
    differing = before.differing(after)
    for measure in measures:
        for place, others in enumerate(differing):
            among = others if wanted >> place & 1 else others & wanted
            if among:
                yield from row_changes(before, after, place, measure, among)


def row_changes(before: Atlas, after: Atlas, place: int, measure: Measure, among: int) -> Iterator[Change]:
    """Every difference of what one state can obtain from the states of a mask."""
    old, new = _routes(before, place, measure, among), _routes(after, place, measure, among)
    if old == new:
        return
    found: dict[tuple[_Summary, _Summary], int] = {}
    for part in _parts(old, new):
        bit = part & -part
        pair = (_summary(old, bit), _summary(new, bit))
        found[pair] = found.get(pair, 0) | part
    for (was, becomes), mask in found.items():
        yield Change(
            kind=_kind(was, becomes),
            requesting=before.states[place],
            requested=before.members(mask),
            measure=measure,
            before=_standing(was),
            after=_standing(becomes),
        )


def _routes(atlas: Atlas, place: int, measure: Measure, among: int) -> Routes:
    found: Routes = {}
    for entry in atlas.entries(place, measure, among):
        key = (entry.instrument.id, entry.verdicts)
        found[key] = found.get(key, 0) | entry.toward
    return found


def _parts(old: Routes, new: Routes) -> list[int]:
    """The states whose routes differ, parted so that within a part all have the same routes before and after."""
    masks = [old.get(key, 0) ^ new.get(key, 0) for key in {**old, **new}]
    differing = 0
    for mask in masks:
        differing |= mask
    parts = [differing]
    for mask in (*old.values(), *new.values()):
        parts = [piece for part in parts for piece in (part & mask, part & ~mask) if piece]
    return parts


def _summary(routes: Routes, bit: int) -> _Summary:
    """A cell out of its row, by what is best in it."""
    found = [(identity, v) for (identity, verdicts), mask in routes.items() if mask & bit for v in verdicts]
    if not found:
        return _NOTHING
    strength = max(v.strength for _, v in found)
    best = [v for _, v in found if v.strength is strength]
    first, channel = min(((_STATUS_ORDER[v.status], -v.score, i), v.channel) for i, v in found)
    return _Summary(
        strength=strength,
        speed=max(v.speed for v in best),
        due_hours=min((v.due_hours for v in best if v.due_hours is not None), default=None),
        routes=len(found),
        first=first,
        channel=channel,
    )


def _kind(before: _Summary, after: _Summary) -> ChangeKind:
    old, new = before.strength.status, after.strength.status
    if old is not new:
        if new is Status.OPEN:
            return ChangeKind.OPENS
        return ChangeKind.POSSIBLE if old is Status.CLOSED else ChangeKind.CLOSES
    for gain, loss, difference in (
        (ChangeKind.STRONGER, ChangeKind.WEAKER, after.strength - before.strength),
        (ChangeKind.FASTER, ChangeKind.SLOWER, after.speed - before.speed),
        (ChangeKind.FASTER, ChangeKind.SLOWER, _hours(before) - _hours(after)),
        (ChangeKind.MORE, ChangeKind.FEWER, after.routes - before.routes),
    ):
        if difference:
            return gain if difference > 0 else loss
    return ChangeKind.OTHER


def _hours(summary: _Summary) -> int:
    """For comparison: no time limit is longer than any."""
    return _NO_LIMIT if summary.due_hours is None else summary.due_hours


def _standing(summary: _Summary) -> Standing:
    return Standing(
        strength=summary.strength.id,
        status=summary.strength.status,
        instrument=summary.first[2],
        channel=summary.channel,
        due_hours=summary.due_hours,
        routes=summary.routes,
    )

"""Requests that were made already: the same account, the same holder, an overlapping period, perhaps another unit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from comity.docket.request import Request, Target
from comity.docket.vocabulary import Relation
from comity.law import Measure
from comity.law.clock import zone_of


class Likeness(StrEnum):
    """How alike two requests are; the strongest first."""

    SAME = "same"
    """The same measure about the same target, and no day that the earlier one does not cover."""
    OVERLAPS = "overlaps"
    """The same measure about the same target, for days of which the earlier one covers some."""
    RELATED = "related"
    """The same target, for another measure or other days: link them, or ask together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate:
    """An earlier request that a new one repeats or touches."""

    request: Request
    likeness: Likeness
    targets: tuple[str, ...]
    """The values that both name."""
    other_unit: bool
    """It is another unit's: ask that unit before sending."""
    why: str


def find_duplicates(new: Request, earlier: Iterable[Request]) -> tuple[Duplicate, ...]:
    """The earlier requests that touch what a new one asks for, the most alike first.

    Only requests of the same direction to the same state, and of incoming ones from the same. What it links to on
    purpose is none: a preservation's extension, the production after it.
    """
    linked = {tie.to for tie in new.links if tie.relation is not Relation.REPLACES}
    found = [
        duplicate
        for one in earlier
        if one.id != new.id
        and one.id not in linked
        and one.direction is new.direction
        and (one.requesting, one.requested) == (new.requesting, new.requested)
        and (duplicate := _compare(new, one)) is not None
    ]
    order = list(Likeness)
    return tuple(sorted(found, key=lambda one: (order.index(one.likeness), one.request.reference)))


def _compare(new: Request, earlier: Request) -> Duplicate | None:
    known = {_key(target): target for target in earlier.targets}
    shared = tuple(target for target in new.targets if _key(target) in known and _same_holder(target, known))
    if not shared:
        return None
    likeness, why = _likeness(new, earlier, all_shared=len(shared) == len(new.targets))
    return Duplicate(
        request=earlier,
        likeness=likeness,
        targets=tuple(target.value for target in shared),
        other_unit=earlier.unit != new.unit,
        why=why,
    )


def _key(target: Target) -> tuple[str, str]:
    return target.kind, target.value.casefold()


def _same_holder(target: Target, known: dict[tuple[str, str], Target]) -> bool:
    """Whether both go to one holder; a holder that is not told does not part them."""
    other = known[_key(target)].holder.casefold()
    return not other or not target.holder or other == target.holder.casefold()


def _likeness(new: Request, earlier: Request, *, all_shared: bool) -> tuple[Likeness, str]:
    if new.measure is not earlier.measure:
        return Likeness.RELATED, f"it asked for {earlier.measure.replace('_', ' ')} about the same"
    if new.measure is Measure.PRESERVATION:
        # what exists at the moment is preserved: days of the data do not part two preservations
        likeness = Likeness.SAME if all_shared else Likeness.OVERLAPS
        return likeness, "it asked for the preservation of the same"
    mine, theirs = _period(new), _period(earlier)
    if mine[1] <= theirs[0] or theirs[1] <= mine[0]:
        return Likeness.RELATED, "it asked for the same, for other days"
    within = theirs[0] <= mine[0] and mine[1] <= theirs[1]
    if within and all_shared:
        return Likeness.SAME, "it asked for the same, and its days cover these"
    return Likeness.OVERLAPS, "it asked for the same, for some of these days or targets"


def _period(request: Request) -> tuple[datetime, datetime]:
    """First and last instant of the data; a day without a clock is one of the requesting state."""
    zone = ZoneInfo(zone_of(request.requesting))
    first = _instant(request.period_from, zone, end=False) or datetime.min.replace(tzinfo=zone)
    last = _instant(request.period_to, zone, end=True) or datetime.max.replace(tzinfo=zone)
    return first, last


def _instant(text: str, zone: ZoneInfo, *, end: bool) -> datetime | None:
    if not text:
        return None
    if len(text) == len("2026-11-26"):
        text += "T23:59:59.999999" if end else "T00:00:00"
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)

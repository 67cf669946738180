"""How long the steps of requests took, by pair of states, measure and instrument."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from enum import StrEnum
from statistics import median

from comity.docket.clock import Usual
from comity.docket.record import Record
from comity.docket.request import Request
from comity.docket.statistics.recorded import Recorded
from comity.docket.vocabulary import Act

LEAST_ANSWERS = 5
"""Of so few answers no usual time is told."""
_SECONDS_A_DAY = 86_400


class Leg(StrEnum):
    """A part of a request's way."""

    PREPARED = "prepared"
    """From the first draft to sending."""
    CARRIED = "carried"
    """From sending to arrival."""
    TAKEN_UP = "taken_up"
    """From arrival to the assignment."""
    ANSWERED = "answered"
    """From sending to execution or refusal."""


_LEGS: dict[Leg, tuple[tuple[Act, ...], tuple[Act, ...]]] = {
    Leg.PREPARED: ((Act.DRAFT,), (Act.SEND,)),
    Leg.CARRIED: ((Act.SEND,), (Act.DELIVER, Act.ACKNOWLEDGE)),
    Leg.TAKEN_UP: ((Act.DELIVER, Act.ACKNOWLEDGE), (Act.ASSIGN,)),
    Leg.ANSWERED: ((Act.SEND, Act.DELIVER), (Act.EXECUTE, Act.REFUSE)),
}
_Group = tuple[str, str, str, str]


class Duration(Record, frozen=True, kw_only=True):
    """How long a leg took for the requests of one group, in days."""

    leg: Leg
    requesting: str
    requested: str
    measure: str
    instrument: str
    count: int
    median_days: float
    slowest_days: float


def durations(recorded: Iterable[Recorded]) -> tuple[Duration, ...]:
    """How long each leg took, of the requests that have gone it, by group; groups and legs in order."""
    found: dict[tuple[_Group, Leg], list[float]] = defaultdict(list)
    for one in recorded:
        for leg in Leg:
            days = _days(one, leg)
            if days is not None:
                found[_group(one.request), leg].append(days)
    return tuple(
        Duration(
            leg=leg,
            requesting=group[0],
            requested=group[1],
            measure=group[2],
            instrument=group[3],
            count=len(days),
            median_days=round(median(days), 1),
            slowest_days=round(max(days), 1),
        )
        for (group, leg), days in sorted(found.items())
    )


def usual_time(request: Request, recorded: Iterable[Recorded]) -> Usual | None:
    """How long an answer to such a request usually takes; None: too few were answered.

    Of the same states, measure and instrument if enough were; else of the same states and measure; else of the
    measure in the requested state.
    """
    answered = [(one.request, days) for one in recorded if (days := _days(one, Leg.ANSWERED)) is not None]
    for like, said in _NARROW_TO_WIDE:
        times = [took for other, took in answered if like(request, other)]
        if len(times) >= LEAST_ANSWERS:
            return Usual(days=round(median(times)), source=f"median of {len(times)} answers {said}")
    return None


def _same_measure(one: Request, other: Request) -> bool:
    return one.requested == other.requested and one.measure is other.measure


def _same_pair(one: Request, other: Request) -> bool:
    return _same_measure(one, other) and one.requesting == other.requesting


def _same_way(one: Request, other: Request) -> bool:
    return _same_pair(one, other) and one.instrument == other.instrument


_NARROW_TO_WIDE: tuple[tuple[Callable[[Request, Request], bool], str], ...] = (
    (_same_way, "between these states, on this basis"),
    (_same_pair, "between these states, on any basis"),
    (_same_measure, "of the requested state to anybody"),
)


def _days(one: Recorded, leg: Leg) -> float | None:
    first, last = _LEGS[leg]
    began = one.first(*first)
    ended = None if began is None else _first_after(one, last, began)
    return None if began is None or ended is None else (ended - began).total_seconds() / _SECONDS_A_DAY


def _first_after(one: Recorded, acts: tuple[Act, ...], began: datetime) -> datetime | None:
    ended = one.first(*acts)
    return ended if ended is not None and ended >= began else None


def _group(request: Request) -> _Group:
    return request.requesting, request.requested, request.measure.value, request.instrument

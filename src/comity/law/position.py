"""A state's position under all instruments at once, day by day.

The time lines of one state under every instrument are laid over each other once; between two of their days nothing
changes, so one search in a sorted list answers for all instruments. Who is bound is kept as bits, one an instrument,
so that two states are compared in one operation.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date

from comity.law.standing import Bound, Standing, Timeline


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Segment:
    """How a state stands to each instrument (in the registry's order) while nothing changes."""

    standings: tuple[Standing, ...]
    no: int
    """Bits of the instruments that do not bind it."""
    unknown: int
    """Bits of those of which it is not known."""
    saved: int
    """Bits of those that ended but still carry requests received before."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Position:
    """Segments in order of the day on which each begins; each is worked out when first asked for, and kept."""

    starts: tuple[date, ...]
    timelines: tuple[Timeline, ...]
    _segments: dict[int, Segment] = field(default_factory=dict)

    def on(self, day: date) -> Segment:
        """The segment that a day lies in."""
        place = bisect_right(self.starts, day) - 1
        segment = self._segments.get(place)
        if segment is None:
            segment = self._segments[place] = _segment(self.timelines, self.starts[place])
        return segment

    def not_bound(self, now: Segment, received_on: date | None) -> int:
        """Bits of the instruments that do not bind it in a segment, nor carry a request received earlier."""
        if received_on is None or not now.saved:
            return now.no
        return now.no & ~(now.saved & ~self.on(received_on).no)


def position_of(timelines: tuple[Timeline, ...]) -> Position:
    """Lay time lines over each other."""
    starts = tuple(sorted({day for timeline in timelines for day in timeline.starts}))
    return Position(starts=starts, timelines=timelines)


def _segment(timelines: tuple[Timeline, ...], day: date) -> Segment:
    standings = tuple(timeline.on(day) for timeline in timelines)
    no = unknown = saved = 0
    for index, standing in enumerate(standings):
        if standing.bound is Bound.NO:
            no |= 1 << index
        elif standing.bound is Bound.UNKNOWN:
            unknown |= 1 << index
        if standing.saved:
            saved |= 1 << index
    return Segment(standings=standings, no=no, unknown=unknown, saved=saved)

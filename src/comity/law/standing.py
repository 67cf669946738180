"""How one state stands to one instrument, day by day: steps that begin on a day and last until the next begins.

A question about a day is a look-up, and a time line for people is the same steps read aloud.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from comity.law.instrument import Participation

ALWAYS = date.min


class Bound(IntEnum):
    """Whether a state is bound; ordered, so that the weaker of two is the smaller."""

    NO = 0
    UNKNOWN = 1
    YES = 2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Standing:
    """How a state stands to an instrument from one day on; compared by identity, because it is shared."""

    bound: Bound
    why: str
    """A clause that follows the state's name: ``is bound since 2004-07-01``."""
    opens_on: date | None = None
    """Not bound yet, but known to be from this day."""
    closes_on: date | None = None
    """Bound now, but known to end on this day."""
    row: Participation | None = None
    saved: str = ""
    """Ended, but this rule keeps requests alive that were received before the end."""
    saved_unsure: bool = False
    """Whether `saved` keeps them alive was not sourced."""
    found: bool = False
    """Begins on the day for which a source speaks: the law did not change on it, our knowledge did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Standings in order of the day on which each begins; the first begins with time itself."""

    starts: tuple[date, ...]
    standings: tuple[Standing, ...]

    def on(self, day: date) -> Standing:
        """The standing on a day."""
        return self.standings[bisect_right(self.starts, day) - 1]


def timeline_of(*steps: tuple[date, Standing]) -> Timeline:
    """A timeline out of steps; a later step with an earlier or equal day replaces what it overtakes."""
    kept: list[tuple[date, Standing]] = []
    for day, standing in steps:
        while kept and kept[-1][0] >= day:
            kept.pop()
        kept.append((day, standing))
    if kept[0][0] != ALWAYS:
        kept.insert(0, (ALWAYS, kept[0][1]))
    return Timeline(starts=tuple(day for day, _ in kept), standings=tuple(standing for _, standing in kept))


def constant(bound: Bound, why: str, row: Participation | None = None) -> Timeline:
    """A standing that never changes."""
    return timeline_of((ALWAYS, Standing(bound=bound, why=why, row=row)))


def followed_by(first: Timeline, second: Timeline) -> Timeline:
    """A later period after an earlier one: the second's from the day on which it begins."""
    begins = second.starts[1] if len(second.starts) > 1 else ALWAYS
    kept = tuple((day, standing) for day, standing in zip(first.starts, first.standings, strict=True) if day < begins)
    later = tuple(zip(second.starts[1:], second.standings[1:], strict=True))
    return timeline_of(*kept, *later)


def weaker(first: Timeline, second: Timeline) -> Timeline:
    """On each day the weaker of two standings; the first's where they are equal."""
    days = tuple(sorted({*first.starts, *second.starts}))
    return Timeline(
        starts=days, standings=tuple(min(first.on(day), second.on(day), key=lambda s: s.bound) for day in days)
    )

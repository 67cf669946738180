"""Changes, counted: what a step gains, and what it loses."""

from collections.abc import Iterable

from comity.law.atlas.change import Change, ChangeKind
from comity.law.atlas.strength import Strength
from comity.law.instrument import StateCode
from comity.law.route import Answer


class Gain(Answer, frozen=True, kw_only=True):
    """Ordered pairs of states and measures, by what happens to the answer."""

    opens: int
    possible: int
    stronger: int
    faster: int
    more: int
    """As good as before, and by more or other ways."""
    loses: int
    """Those that close, or become weaker or slower, or have fewer ways."""
    grades: int
    """Grades of strength that are won in all, less those that are lost."""
    opened: tuple[StateCode, ...]
    """The states with whom something opens."""

    @property
    def cells(self) -> int:
        """All that changes."""
        return self.opens + self.possible + self.stronger + self.faster + self.more + self.loses


_LOSSES = (ChangeKind.CLOSES, ChangeKind.WEAKER, ChangeKind.SLOWER, ChangeKind.FEWER)


def gain_of(changes: Iterable[Change]) -> Gain:
    """The gain of some changes."""
    numbers = dict.fromkeys(ChangeKind, 0)
    opened: set[StateCode] = set()
    grades = 0
    for change in changes:
        numbers[change.kind] += len(change.requested)
        rise = Strength[change.after.strength.upper()] - Strength[change.before.strength.upper()]
        grades += rise * len(change.requested)
        if change.kind is ChangeKind.OPENS:
            opened |= {change.requesting, *change.requested}
    return Gain(
        opens=numbers[ChangeKind.OPENS],
        possible=numbers[ChangeKind.POSSIBLE],
        stronger=numbers[ChangeKind.STRONGER],
        faster=numbers[ChangeKind.FASTER],
        more=numbers[ChangeKind.MORE] + numbers[ChangeKind.OTHER],
        loses=sum(numbers[kind] for kind in _LOSSES),
        grades=grades,
        opened=tuple(sorted(opened)),
    )

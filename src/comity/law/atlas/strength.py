"""How strong the answer between two states is: one scale, so that pairs can be counted, compared and coloured."""

from enum import IntEnum
from typing import assert_never

from comity.law.vocabulary import Status


class Strength(IntEnum):
    """The best that any route offers, weakest first; see `strength_of` for how one route is graded."""

    CLOSED = 0
    """No route, or closed ones only."""
    COURTESY = 1
    """Conditional, and owed by nobody: letters rogatory, a network whose membership is not known, police only."""
    CONDITIONAL = 2
    """Conditional, but where its condition is met the requested state owes evidence."""
    POLICE = 3
    """Open, but what comes through it is police or FIU information, not evidence."""
    OFFERED = 4
    """Open, and usable as evidence; the requested state may give it and does not owe it."""
    OWED = 5
    """Open, usable as evidence, and owed if the conditions are met and no ground for refusal applies."""

    @property
    def id(self) -> str:
        """The name that is written: ``owed``."""
        return self.name.lower()

    @property
    def words(self) -> str:
        """The grade in a few words."""
        return _WORDS[self]

    @property
    def status(self) -> Status:
        """The status of a pair whose best route is of this grade."""
        if self >= Strength.POLICE:
            return Status.OPEN
        return Status.CONDITIONAL if self else Status.CLOSED


_WORDS = {
    Strength.CLOSED: "closed",
    Strength.COURTESY: "conditional, owed by nobody",
    Strength.CONDITIONAL: "conditional, then owed",
    Strength.POLICE: "open for police information only",
    Strength.OFFERED: "open to evidence, not owed",
    Strength.OWED: "open to evidence, owed",
}

STRONGEST_FIRST = tuple(reversed(Strength))


def strength_of(status: Status, *, binding: bool, evidence: bool) -> Strength:
    """The grade of one route."""
    match status:
        case Status.CLOSED:
            return Strength.CLOSED
        case Status.CONDITIONAL:
            return Strength.CONDITIONAL if binding and evidence else Strength.COURTESY
        case Status.OPEN:
            if not evidence:
                return Strength.POLICE
            return Strength.OWED if binding else Strength.OFFERED
        case _:
            assert_never(status)

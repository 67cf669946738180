"""Which right each act of a request's life needs, and which proofs of presence."""

from comity.docket import Act, Direction
from comity.node.people.roles import Right

_DRAFTING = frozenset({Act.DRAFT, Act.REVISE, Act.CHECK, Act.WITHDRAW})
_APPROVING = frozenset({Act.APPROVE, Act.RETURN})
_ANYBODY_AT_WORK = frozenset({Act.NOTE, Act.REMIND})
PRESENT = frozenset({Act.APPROVE})
"""Acts for which the person proves to be there."""


def right_for(act: Act, direction: Direction) -> Right:
    """The right that an act needs."""
    if act in _ANYBODY_AT_WORK:
        return Right.REQUEST_DRAFT
    if direction is Direction.INCOMING:
        return Right.REQUEST_EXECUTE
    if act in _DRAFTING:
        return Right.REQUEST_DRAFT
    return Right.REQUEST_APPROVE if act in _APPROVING else Right.REQUEST_SEND

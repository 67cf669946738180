"""The tables under ``data/``: what acts do, and coded reasons."""

import tomllib
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import TypeVar

import msgspec

from comity.docket.errors import DocketDataError
from comity.docket.record import Record
from comity.docket.vocabulary import Act, Direction, State
from comity.law import RefusalGround

_T = TypeVar("_T", bound=Record)

OPEN = frozenset(
    {
        State.DELIVERED,
        State.ACKNOWLEDGED,
        State.ASSIGNED,
        State.CLARIFICATION,
        State.POSTPONED,
        State.PART_EXECUTED,
    }
)
"""The requested side has it, and has not finished."""
_GROUPS = MappingProxyType({"open": OPEN, "any": frozenset(State)})
_WORDS = frozenset(State) | {"open", "any", "same", "back", "reopened"}


class Need(StrEnum):
    """A field without which an event says too little."""

    NOTE = "note"
    MEANS = "means"
    REASONS = "reasons"
    UNTIL = "until"
    OF = "of"


class Doer(StrEnum):
    """Which side does an act."""

    REQUESTING = "requesting"
    REQUESTED = "requested"
    EITHER = "either"


class ActRule(Record, frozen=True, kw_only=True):
    """What an act does."""

    id: Act
    side: Doer
    from_: tuple[str, ...] = msgspec.field(name="from")
    """States, or ``open`` or ``any`` for many."""
    to: str
    """A state, or ``same``, ``back`` or ``reopened``."""
    says: str
    starts: tuple[Direction, ...] = ()
    keeps: tuple[State, ...] = ()
    needs: tuple[Need, ...] = ()
    four_eyes: bool = False
    """Not by one who drafted it."""

    @property
    def states(self) -> frozenset[State]:
        """Every state in which it can happen."""
        return frozenset().union(*(_GROUPS.get(one) or {State(one)} for one in self.from_))


class Reason(Record, frozen=True, kw_only=True):
    """A coded reason."""

    id: str
    acts: tuple[Act, ...]
    text: str
    ground: RefusalGround | None = None


class _Acts(Record, frozen=True, kw_only=True):
    act: tuple[ActRule, ...]


class _Reasons(Record, frozen=True, kw_only=True):
    reason: tuple[Reason, ...]


def read_table(name: str, kind: type[_T]) -> _T:
    """A table under ``data/``; DocketDataError where it breaks its schema."""
    text = (files("comity.docket") / "data" / name).read_text(encoding="utf-8")
    try:
        return msgspec.convert(tomllib.loads(text), kind)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise DocketDataError(file=name, problem=str(error)) from None


@lru_cache(maxsize=1)
def act_rules() -> MappingProxyType[Act, ActRule]:
    """What each act does."""
    rows = read_table("acts.toml", _Acts).act
    for row in rows:
        for word in (*row.from_, row.to):
            if word not in _WORDS:
                raise DocketDataError(file="acts.toml", problem=f"{row.id}: {word!r} is no state")
    return MappingProxyType({row.id: row for row in rows})


@lru_cache(maxsize=1)
def reasons() -> MappingProxyType[str, Reason]:
    """Coded reasons, by code."""
    return MappingProxyType({row.id: row for row in read_table("reasons.toml", _Reasons).reason})

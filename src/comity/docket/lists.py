"""What to look at first: due today, late, just became late, waiting for us, waiting for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from comity.docket.clock import Deadline, DeadlineState, Effect
from comity.docket.life import Standing
from comity.docket.request import Request
from comity.docket.vocabulary import Direction, Side, State

_THEIRS = frozenset(
    {State.SENT, State.DELIVERED, State.ACKNOWLEDGED, State.ASSIGNED, State.POSTPONED, State.PART_EXECUTED}
)


class Waits(StrEnum):
    """Who acts next."""

    FOR_US = "for_us"
    FOR_THEM = "for_them"
    FOR_NOBODY = "for_nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A request on the docket, as it stands."""

    request: Request
    standing: Standing
    deadlines: tuple[Deadline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A deadline of a request on a list."""

    request: Request
    deadline: Deadline
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """The lists of a docket; of each, what ends first stands first."""

    due_today: tuple[Row, ...]
    late: tuple[Row, ...]
    just_late: tuple[Row, ...]
    """Became late since the last look."""
    for_us: tuple[Watched, ...]
    for_them: tuple[Watched, ...]


def waits(stands: Standing) -> Waits:
    """Who acts next on a request."""
    if stands.state is None or stands.state in {State.CLOSED, State.WITHDRAWN}:
        return Waits.FOR_NOBODY
    side = Side.REQUESTED if stands.state in _THEIRS else Side.REQUESTING
    return Waits.FOR_US if is_ours(side, stands.direction) else Waits.FOR_THEM


def is_ours(side: Side | None, direction: Direction) -> bool:
    """Whether an act of a side is for this agency to do."""
    return side is (Side.REQUESTING if direction is Direction.OUTGOING else Side.REQUESTED)


def make_lists(watched: Iterable[Watched], *, now: datetime, since: datetime) -> Lists:
    """The lists at an aware moment; `since`: the last look."""
    watched = tuple(watched)
    rows = [
        Row(request=one.request, deadline=line, ends_at=line.ends_at)
        for one in watched
        for line in one.deadlines
        if line.ends_at is not None
    ]
    dated = sorted(rows, key=lambda row: row.ends_at)
    late = tuple(row for row in dated if row.deadline.state in {DeadlineState.LATE, DeadlineState.LAPSED})
    return Lists(
        due_today=tuple(row for row in dated if _is_today(row.deadline, now)),
        late=late,
        just_late=tuple(row for row in late if row.ends_at > since),
        for_us=tuple(one for one in watched if waits(one.standing) is Waits.FOR_US),
        for_them=tuple(one for one in watched if waits(one.standing) is Waits.FOR_THEM),
    )


def _is_today(deadline: Deadline, now: datetime) -> bool:
    today = now.astimezone(ZoneInfo(deadline.zone)).date()
    return deadline.state is DeadlineState.RUNNING and deadline.effect is not Effect.WINDOW and deadline.on == today

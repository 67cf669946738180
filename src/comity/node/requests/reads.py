"""Reads of requests that lists and actions share."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from comity import docket
from comity.docket import Direction, Lack, Waits, chain_of, lacks, standing
from comity.node.people.models import User
from comity.node.requests.models import Request

LIST_MAX = 50
_HOURS_OF_A_DAY = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """What to look at first: rows, and how many there are in all."""

    late: tuple[Request, ...]
    soon: tuple[Request, ...]
    """Ends within a day."""
    for_us: tuple[Request, ...]
    for_them: tuple[Request, ...]


def lists_for(user: User, *, now: datetime) -> Lists:
    """The lists of a person's own cases; of each, what ends first stands first."""
    mine = Request.objects.open_to(user).filter(is_over=False).select_related("case")
    dated = mine.exclude(next_ends_at=None).order_by("next_ends_at")
    waiting = mine.order_by("next_ends_at", "-opened_at")
    return Lists(
        late=tuple(dated.filter(next_ends_at__lte=now)[:LIST_MAX]),
        soon=tuple(
            dated.filter(next_ends_at__gt=now, next_ends_at__lte=now + timedelta(hours=_HOURS_OF_A_DAY))[:LIST_MAX]
        ),
        for_us=tuple(waiting.filter(waits=Waits.FOR_US.value)[:LIST_MAX]),
        for_them=tuple(waiting.filter(waits=Waits.FOR_THEM.value)[:LIST_MAX]),
    )


def alike(asked: docket.Request) -> Iterable[Request]:
    """Requests of the agency, in whichever case, that name one of the same targets and may be duplicates."""
    values = [target.value.casefold()[:400] for target in asked.targets]
    if not values:
        return Request.objects.none()
    return (
        Request.objects.filter(
            direction=asked.direction.value,
            requesting=asked.requesting,
            requested=asked.requested,
            targets__value__in=values,
        )
        .exclude(pk=asked.id)
        .exclude(state__in=("withdrawn", "refused"))
        .distinct()
    )


def chain_with_lacks(request: Request) -> tuple[tuple[Request, ...], tuple[Lack, ...]]:
    """The requests of the case that hang together with this one, in order, and what the chain still lacks."""
    rows = {row.pk: row for row in Request.objects.filter(case=request.case_id).prefetch_related("events")}
    known = {pk: row.docketed() for pk, row in rows.items()}
    chain = chain_of(request.pk, known.values())
    standings = {
        one.id: standing(
            Direction(one.direction),
            tuple(row.docketed() for row in sorted(rows[one.id].events.all(), key=lambda row: row.number)),
        )
        for one in chain
    }
    return tuple(rows[one.id] for one in chain), lacks(chain, standings)

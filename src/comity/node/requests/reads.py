"""Reads of requests that lists and actions share."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from comity.docket import Direction, Lack, Waits, chain_of, lacks, standing
from comity.node.cases.models import Case
from comity.node.errors import HiddenError
from comity.node.people.models import User
from comity.node.requests.models import Clash, Request, RequestQuerySet

LIST_MAX = 25
CLASHES_MAX = 100
DATED_MAX = 300
PASSED_MAX = 100


def find_request(case: Case, request_id: str, *beside: str) -> Request:
    """A request of the case, fetched with it and with the relations `beside`; HiddenError where there is none."""
    found = Request.objects.filter(case=case, pk=request_id).select_related("case", *beside).first()
    if found is None:
        raise HiddenError
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """What to look at first; of each what ends first stands first, `LIST_MAX` at most."""

    due_today: tuple[Request, ...]
    """Ends before midnight, in the person's zone."""
    late: tuple[Request, ...]
    just_late: tuple[Request, ...]
    """Became late since the last look."""
    for_us: tuple[Request, ...]
    for_them: tuple[Request, ...]


def lists_for(user: User, *, now: datetime, since: datetime) -> Lists:
    """The lists of the cases that are open to a person; `since`: the last look."""
    mine = Request.objects.open_to(user).filter(is_over=False).select_related("case")
    dated = mine.exclude(next_ends_at=None).order_by("next_ends_at")
    midnight = datetime.combine(timezone.localdate(now) + timedelta(days=1), time(), timezone.get_current_timezone())
    late = tuple(dated.filter(next_ends_at__lte=now)[:LIST_MAX])
    return Lists(
        due_today=tuple(dated.filter(next_ends_at__gt=now, next_ends_at__lte=midnight)[:LIST_MAX]),
        late=late,
        just_late=tuple(row for row in late if row.next_ends_at and row.next_ends_at > since),
        for_us=_waiting(mine, Waits.FOR_US),
        for_them=_waiting(mine, Waits.FOR_THEM),
    )


def _waiting(mine: RequestQuerySet, side: Waits) -> tuple[Request, ...]:
    """What waits for a side: what ends first, then what has no date, the newest first."""
    rows = mine.filter(waits=side.value)
    dated = list(rows.exclude(next_ends_at=None).order_by("next_ends_at")[:LIST_MAX])
    left = LIST_MAX - len(dated)
    return (*dated, *(rows.filter(next_ends_at=None).order_by("-opened_at")[:left] if left else ()))


def dated_between(user: User, *, since: datetime, until: datetime) -> tuple[list[Request], bool]:
    """Requests open to a person of which a date may end between two moments, and whether some were left out.

    Those whose next date lies there, and the newest of those whose next date passed before: others may follow it.
    """
    mine = Request.objects.open_to(user).filter(is_over=False)
    ahead = list(mine.filter(next_ends_at__range=(since, until)).order_by("next_ends_at")[: DATED_MAX + 1])
    passed = list(mine.filter(next_ends_at__lt=since).order_by("-next_ends_at")[: PASSED_MAX + 1])
    cut = len(ahead) > DATED_MAX or len(passed) > PASSED_MAX
    return [*passed[:PASSED_MAX], *ahead[:DATED_MAX]], cut


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedTwice:
    """That two units ask the same, which nobody has settled."""

    clash: Clash
    sides: tuple[tuple[Request, bool], ...]
    """The later and the earlier request, each with whether the person may see it."""


def asked_twice(user: User) -> list[AskedTwice]:
    """What is asked twice, the newest first, `CLASHES_MAX` at most."""
    people = [f"{side}__{who}" for side in ("request", "other") for who in ("assignee", "unit", "case")]
    rows = list(Clash.objects.filter(settled_at=None).select_related(*people).order_by("-found_at")[:CLASHES_MAX])
    ids = {pk for row in rows for pk in (row.request_id, row.other_id)}
    seen = set(Request.objects.open_to(user).filter(pk__in=ids).values_list("pk", flat=True))
    return [
        AskedTwice(clash=row, sides=tuple((side, side.pk in seen) for side in (row.request, row.other))) for row in rows
    ]


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

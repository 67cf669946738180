"""Who else of the agency asks the same, and what a person may learn of it.

All requests of the agency are searched, also of cases that the person may not see. Of those only the unit's name is
told: one learns that somebody there works on the same, which is what the
search is for, and neither reference, measure, days nor people. The desk brings the two together (`Clash`).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from comity import docket
from comity.docket import Duplicate, Likeness, find_duplicates
from comity.node.people.models import User
from comity.node.requests.models import Clash, Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """An earlier request that asks the same, told as far as the person may know."""

    request: Request | None
    """None: it belongs to a case that the person may not see."""
    unit: str
    why: str
    """Empty where the case is hidden: measure and days would tell of it."""


def alike_for(user: User, found: Iterable[Duplicate]) -> list[Alike]:
    """Duplicates as a person may see them: of a hidden case the unit's name alone, each unit once."""
    found = tuple(found)
    ids = [one.request.id for one in found]
    seen = {row.pk: row for row in Request.objects.open_to(user).filter(pk__in=ids).select_related("case")}
    told = [
        Alike(request=seen.get(one.request.id), unit=one.request.unit, why=one.why if one.request.id in seen else "")
        for one in found
    ]
    hidden = {one.unit: one for one in told if one.request is None}
    return [*(one for one in told if one.request), *hidden.values()]


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


def meant_duplicates(asked: docket.Request) -> tuple[Duplicate, ...]:
    """Requests for the same, or for some of it; what is merely related is left out."""
    found = find_duplicates(asked, (one.docketed() for one in alike(asked)))
    return tuple(one for one in found if one.likeness is not Likeness.RELATED)


def asked_before(request: Request) -> tuple[Duplicate, ...]:
    """Requests for the same that were opened before this one."""
    earlier = {row.pk for row in alike(request.docketed()) if row.opened_at <= request.opened_at}
    return tuple(one for one in meant_duplicates(request.docketed()) if one.request.id in earlier)


def note_clashes(request: Request, found: Iterable[Duplicate]) -> None:
    """Tell both sides and the desk that the same is asked twice."""
    Clash.objects.bulk_create(
        (Clash(request=request, other_id=one.request.id, likeness=one.likeness.value) for one in found),
        ignore_conflicts=True,
    )


def clashes_of(request: Request, user: User) -> list[Alike]:
    """Requests with which this one clashes, unsettled, as the person may see them."""
    rows = Clash.objects.filter(settled_at=None).filter(Q(request=request) | Q(other=request))
    others = [row.other if row.request_id == request.pk else row.request for row in rows.select_related(*_SIDES)]
    if not others:
        return []
    seen = set(Request.objects.open_to(user).filter(pk__in=[one.pk for one in others]).values_list("pk", flat=True))
    told = [Alike(request=one if one.pk in seen else None, unit=str(one.unit or ""), why="") for one in others]
    hidden = {one.unit: one for one in told if one.request is None}
    return [*(one for one in told if one.request), *hidden.values()]


_SIDES = ("request__unit", "request__case", "other__unit", "other__case")

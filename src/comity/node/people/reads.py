"""What is known of people: who this is, who is on duty, who stands in for whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from comity.node.people.models import RoleGrant, Shift, Unit, User
from comity.node.people.roles import HOLDERS, Right, Role
from comity.node.people.secondfactor import FACTORS

GRACE = timedelta(minutes=15)
"""How long after the beginning of a turn the next person is waited for before the one before is told too."""


def find_by_login(text: str) -> User | None:
    """The person with this user name or e-mail address."""
    text = text.strip()
    if not text or "\0" in text:
        return None
    return User.objects.filter(Q(username__iexact=text) | Q(email__iexact=text)).first()


def find_invited(addresses: Iterable[str]) -> User | None:
    """The one person who was invited under one of these addresses; None where there is none, or more than one."""
    asked = Q(pk__in=[])
    for address in addresses:
        asked |= Q(email__iexact=address)
    found = list(User.objects.filter(asked, is_active=True)[:2])
    return found[0] if len(found) == 1 else None


def on_duty(at: datetime) -> tuple[User, ...]:
    """Whom to tell at a moment: everybody on a turn; and who was before, until somebody has taken over."""
    turns = list(_open_turns().filter(starts_at__lte=at, ends_at__gt=at))
    late = all(turn.taken_over_at is None and turn.starts_at + GRACE <= at for turn in turns)
    if late:
        before = _open_turns().filter(ends_at__lte=at, ends_at__gt=at - timedelta(days=1)).order_by("-ends_at").first()
        turns += [before] if before else []
    return tuple({turn.user_id: turn.user for turn in turns}.values())


def _open_turns() -> QuerySet[Shift]:
    return Shift.objects.standing().filter(user__is_active=True).select_related("user")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A time in which nobody is on duty."""

    starts_at: datetime
    ends_at: datetime


def find_gaps(starts_at: datetime, ends_at: datetime) -> tuple[Gap, ...]:
    """When nobody is on duty between two moments."""
    turns = _open_turns().filter(starts_at__lt=ends_at, ends_at__gt=starts_at).order_by("starts_at")
    gaps: list[Gap] = []
    covered = starts_at
    for begin, end in turns.values_list("starts_at", "ends_at"):
        if begin > covered:
            gaps.append(Gap(starts_at=covered, ends_at=begin))
        covered = max(covered, end)
    if covered < ends_at:
        gaps.append(Gap(starts_at=covered, ends_at=ends_at))
    return tuple(gaps)


def turn_before(shift: Shift) -> Shift | None:
    """The turn whose note whoever takes over `shift` reads: the last that began before it."""
    earlier = _open_turns().filter(starts_at__lt=shift.starts_at, ends_at__gt=shift.starts_at - timedelta(days=7))
    return earlier.order_by("-ends_at", "-starts_at").first()


def colleagues(user: User) -> QuerySet[User]:
    """Other people who read cases now."""
    return _with_role(HOLDERS[Right.CASE_READ]).exclude(pk=user.pk)


def duty_officers() -> QuerySet[User]:
    """People who have the role of a duty officer now."""
    return _with_role({Role.DUTY})


def _with_role(roles: Iterable[Role]) -> QuerySet[User]:
    grants = RoleGrant.objects.in_force(timezone.now()).filter(user=OuterRef("pk"), role__in=list(roles))
    return User.objects.filter(Exists(grants), is_active=True).order_by("name", "username")


def list_people(text: str) -> QuerySet[User]:
    """People whose name, user name or address contains `text`, with what an administrator asks of each."""
    found = User.objects.all()
    for word in text.replace("\0", " ").split()[:5]:
        found = found.filter(Q(name__icontains=word) | Q(username__icontains=word) | Q(email__icontains=word))
    grants = RoleGrant.objects.in_force(timezone.now()).order_by("role")
    factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)
    return (
        found.select_related("unit")
        .annotate(has_factor=Exists(factors))
        .prefetch_related(Prefetch("grants", queryset=grants, to_attr="grants_now"))
        .order_by("-is_active", "name", "username")
    )


def unit_tree() -> tuple[tuple[int, Unit], ...]:
    """Every unit with its level, from the top; each stands after the one above it."""
    below: dict[int | None, list[Unit]] = {}
    for unit in Unit.objects.order_by("name"):
        below.setdefault(unit.above_id, []).append(unit)
    rows: list[tuple[int, Unit]] = []
    waiting = [(0, unit) for unit in reversed(below.get(None, []))]
    while waiting:
        level, unit = waiting.pop()
        rows.append((level, unit))
        waiting += [(level + 1, one) for one in reversed(below.get(unit.pk, []))]
    return tuple(rows)

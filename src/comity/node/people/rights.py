"""Whether a person may do an act: by role, and for a case by membership too."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.node.errors import HiddenError, NotAllowedError
from comity.node.people.models import Delegation, User
from comity.node.people.roles import CASE_RIGHTS, Right

if TYPE_CHECKING:
    from comity.node.cases.models import Case


def may(actor: User, right: Right, case: "Case | None" = None) -> bool:
    """True where `actor` has the right (over that case)."""
    if not actor.holds(right):
        return False
    if right not in CASE_RIGHTS:
        return True
    return case is not None and case.is_open_to(actor)


def require(actor: User, right: Right, case: "Case | None" = None) -> None:
    """HiddenError where `actor` may not know of the case; NotAllowedError where only the right is lacking."""
    if right in CASE_RIGHTS and (case is None or not case.is_open_to(actor)):
        raise HiddenError
    require_role(actor, right)


def require_role(actor: User, right: Right) -> None:
    """NotAllowedError where no role of `actor` holds the right; asks for no case: lists show what is open to each."""
    if not actor.holds(right):
        raise NotAllowedError(_("%(label)s: your roles do not allow it; ask an administrator") % {"label": right.label})


def stands_in_for(user: User, *, since: datetime | None = None) -> frozenset[User]:
    """Everybody for whom `user` stands in now, in one case or all; `since`: or stood in at any time from then on."""
    now = timezone.now()
    over_at = since or now
    lasted = Delegation.objects.filter(to=user, starts_at__lte=now, ends_at__gt=over_at)
    counted = lasted.filter(Q(revoked_at=None) | Q(revoked_at__gt=over_at) & Q(revoked_at__gt=F("starts_at")))
    return frozenset(row.by for row in counted.select_related("by"))


def same_person_or_stand_in(user: User, other: User, *, since: datetime | None = None) -> bool:
    """True where `user` may not be the second pair of eyes on what `other` did.

    Give as `since` when `other` did it (drafted, checked): a delegation that was revoked in between still counts.
    """
    return user == other or other in stands_in_for(user, since=since)

"""Standing in: one person lets a colleague see and work on his or her cases for a time.

Whoever stands in acts under his or her own roles. What was let in by a delegation is not handed on: only a member
delegates a case. Four eyes: `comity.node.people.rights.same_person_or_stand_in`.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.node.audit.actions import enter
from comity.node.cases.models import Case, Membership
from comity.node.errors import HiddenError, InvalidError
from comity.node.people.models import Delegation, User
from comity.node.people.rights import require_role
from comity.node.people.roles import Right

DAYS_MAX = 366


def delegate(
    actor: User, *, to: User, case: Case | None, starts_at: datetime, ends_at: datetime, reason: str
) -> Delegation:
    """Let `to` see and work on one case of the actor, or on all of them, from … to."""
    require_role(actor, Right.CASE_READ)
    if case is not None and not Membership.objects.filter(case=case, user=actor, ended_at=None).exists():
        raise HiddenError
    _check(actor, to=to, starts_at=starts_at, ends_at=ends_at, reason=reason.strip())
    with transaction.atomic():
        made = Delegation.objects.create(
            by=actor, to=to, case=case, starts_at=starts_at, ends_at=ends_at, reason=reason.strip()
        )
        facts: dict[str, str | int | bool] = {"from": starts_at.isoformat(), "to": ends_at.isoformat()}
        enter(actor, "delegation.make", case=case, about=to, subject=str(made.pk), facts=facts)
    return made


def _check(actor: User, *, to: User, starts_at: datetime, ends_at: datetime, reason: str) -> None:
    problems: dict[str, str] = {}
    if to == actor:
        problems["to"] = _("choose a colleague")
    elif not to.holds(Right.CASE_READ):
        problems["to"] = _("this person has no role that reads cases")
    if ends_at <= starts_at or ends_at <= timezone.now():
        problems["ends_at"] = _("it ends after it begins, and not in the past")
    elif ends_at - starts_at > timedelta(days=DAYS_MAX):
        problems["ends_at"] = _("choose %(most)s days at most") % {"most": DAYS_MAX}
    if not reason or len(reason) > 500:
        problems["reason"] = _("give the reason, 500 characters at most")
    if problems:
        raise InvalidError(problems)


def revoke_delegation(actor: User, *, delegation_id: int) -> None:
    """End a delegation: whoever gave it may, and whoever stands in."""
    with transaction.atomic():
        found = Delegation.objects.select_for_update(of=("self",)).select_related("case", "to").filter(pk=delegation_id)
        delegation = found.first()
        if delegation is None or actor.pk not in {delegation.by_id, delegation.to_id}:
            raise HiddenError
        if delegation.revoked_at is not None or delegation.ends_at <= timezone.now():
            raise InvalidError({"": _("it has ended")})
        delegation.revoked_at = timezone.now()
        delegation.save(update_fields=["revoked_at"])
        enter(actor, "delegation.revoke", case=delegation.case, about=delegation.to, subject=str(delegation.pk))

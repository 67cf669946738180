"""What people do with cases."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.node.audit.actions import enter
from comity.node.cases.models import Case, CaseKind, CaseStatus, Membership
from comity.node.errors import ChangedError, InvalidError
from comity.node.people.models import User
from comity.node.people.rights import require
from comity.node.people.roles import Right


def open_case(actor: User, *, reference: str, title: str, kind: CaseKind = CaseKind.OWN) -> Case:
    """Open a case; who opens it is its first member."""
    require(actor, Right.REQUEST_RECEIVE if kind is CaseKind.FOREIGN else Right.CASE_OPEN)
    reference, title = reference.strip(), title.strip()
    if problems := {name: _("give one") for name, value in (("reference", reference), ("title", title)) if not value}:
        raise InvalidError(problems)
    try:
        with transaction.atomic():
            case = Case.objects.create(reference=reference, title=title, kind=kind, opened_by=actor, unit=actor.unit)
            Membership.objects.create(case=case, user=actor, added_by=actor)
            enter(actor, "case.open", case=case, facts={"kind": str(kind)})
    except IntegrityError:
        raise InvalidError({"reference": _("this number is taken: give another")}) from None
    return case


def add_member(actor: User, *, case: Case, user: User, reason: str = "") -> Membership:
    """Let another person see the case."""
    require(actor, Right.CASE_MEMBERS, case)
    with transaction.atomic():
        member, added = Membership.objects.get_or_create(
            case=case, user=user, ended_at=None, defaults={"added_by": actor, "reason": reason.strip()}
        )
        if added:
            enter(actor, "case.add_member", case=case, subject=user.username)
    return member


def end_membership(actor: User, *, case: Case, user: User) -> None:
    """Let a person see the case no longer; the last member stays."""
    require(actor, Right.CASE_MEMBERS, case)
    with transaction.atomic():
        Case.objects.select_for_update().get(pk=case.pk)
        members = Membership.objects.filter(case=case, ended_at=None)
        if not members.exclude(user=user).exists():
            raise InvalidError({"user": _("a case has at least one member: add another first")})
        if members.filter(user=user).update(ended_at=timezone.now()):
            enter(actor, "case.end_membership", case=case, subject=user.username)


def rename_case(actor: User, *, case: Case, title: str, version: int) -> Case:
    """Change the title; ChangedError where somebody else changed the case since `version`."""
    require(actor, Right.CASE_WORK, case)
    require_open(case)
    if not title.strip():
        raise InvalidError({"title": _("give one")})
    with transaction.atomic():
        changed = take_turn(case, version)
        changed.title = title.strip()
        changed.save(update_fields=["title", "version"])
        enter(actor, "case.rename", case=case, facts={"version": changed.version})
    return changed


def close_case(actor: User, *, case: Case, version: int) -> Case:
    """Close the case: it can be read, and nothing is added to it."""
    return _set_status(actor, case=case, version=version, status=CaseStatus.CLOSED)


def reopen_case(actor: User, *, case: Case, version: int) -> Case:
    """Open a closed case again."""
    return _set_status(actor, case=case, version=version, status=CaseStatus.OPEN)


def _set_status(actor: User, *, case: Case, version: int, status: CaseStatus) -> Case:
    require(actor, Right.CASE_CLOSE, case)
    with transaction.atomic():
        changed = take_turn(case, version)
        changed.status = status
        changed.closed_at = timezone.now() if status is CaseStatus.CLOSED else None
        changed.save(update_fields=["status", "closed_at", "version"])
        enter(actor, "case.close" if status is CaseStatus.CLOSED else "case.reopen", case=case)
    return changed


def require_open(case: Case) -> None:
    """InvalidError where the case is closed, as it stands now and not as it was read: nothing is added to it then."""
    if not Case.objects.filter(pk=case.pk, status=CaseStatus.OPEN).exists():
        raise InvalidError({"": _("the case is closed: open it again first")})


def take_turn(case: Case, version: int) -> Case:
    """The case locked for a change, its version one higher; ChangedError where `version` is no longer the newest."""
    held = Case.objects.select_for_update().get(pk=case.pk)
    if held.version != version:
        raise ChangedError(expected=version, actual=held.version)
    held.version += 1
    return held

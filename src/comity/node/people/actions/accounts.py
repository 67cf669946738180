"""Changing, closing and opening accounts; what a person did stays, whoever leaves."""

from zoneinfo import available_timezones

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.node.audit.actions import enter
from comity.node.cases.models import Membership
from comity.node.errors import ChangedError, InvalidError
from comity.node.people.actions.roles import require_other_administrator
from comity.node.people.actions.sessions import end_all_sessions
from comity.node.people.models import Delegation, Invitation, RoleGrant, Shift, Token, Unit, User
from comity.node.people.rights import require
from comity.node.people.roles import Right, Role
from comity.node.people.tasks import tell


def edit_person(actor: User, *, user: User, name: str, email: str, unit: Unit | None, version: int) -> User:
    """Change name, address and unit; ChangedError where somebody else changed them since `version`."""
    require(actor, Right.PEOPLE_MANAGE)
    name, email = name.strip(), email.strip().lower()
    problems = {} if name and len(name) <= 200 else {"name": _("give the name, 200 characters at most")}
    try:
        validate_email(email)
    except ValidationError:
        problems["email"] = _("give an e-mail address such as name@agency.example")
    if problems:
        raise InvalidError(problems)
    try:
        with transaction.atomic():
            held = User.objects.select_for_update().get(pk=user.pk)
            if held.version != version:
                raise ChangedError(expected=version, actual=held.version)
            if held.email != email:
                tell(held, "person.edit", address=held.email)
            held.name, held.email, held.unit, held.version = name, email, unit, version + 1
            held.save(update_fields=["name", "email", "unit", "version"])
            # What allauth noted of the address before would go on to sign in and to be mailed.
            EmailAddress.objects.filter(user=held).delete()
            enter(actor, "person.edit", about=held, facts={"version": held.version})
    except IntegrityError:
        raise InvalidError({"email": _("another person has this e-mail address")}) from None
    return held


def edit_own(actor: User, *, language: str, time_zone: str) -> None:
    """Language and time zone of one's own pages; a name is an administrator's word, for letters carry it."""
    problems = {} if language in {"", *dict(settings.LANGUAGES)} else {"language": _("choose one of the list")}
    if time_zone and time_zone not in available_timezones():
        problems["time_zone"] = _("write a zone such as Asia/Kolkata")
    if problems:
        raise InvalidError(problems)
    with transaction.atomic():
        User.objects.filter(pk=actor.pk).update(language=language, time_zone=time_zone)
        enter(actor, "person.edit_own", about=actor, facts={"language": language, "time_zone": time_zone})


def close_account(actor: User, *, user: User) -> None:
    """End sessions, roles, tokens, delegations and turns to come; refused while a case would lose its last member."""
    require(actor, Right.PEOPLE_MANAGE)
    if actor == user:
        raise InvalidError({"": _("nobody closes his or her own account: ask another administrator")})
    with transaction.atomic():
        held = User.objects.select_for_update().get(pk=user.pk)
        if not held.is_active:
            raise InvalidError({"": _("this account is closed")})
        if count := count_only_member_of(held):
            raise InvalidError(
                {
                    "": _(
                        "this person is the only member of %(count)s case(s): a member adds a colleague to each first"
                    )
                    % {"count": count}
                }
            )
        if Role.ADMINISTRATOR in held.roles:
            require_other_administrator(held)
        held.is_active = False
        held.version += 1
        held.save(update_fields=["is_active", "version"])
        _end_all(held)
        enter(actor, "person.close", about=held, facts={"sessions": end_all_sessions(held)})


def _end_all(user: User) -> None:
    now = timezone.now()
    RoleGrant.objects.in_force(now).filter(user=user).update(ends_at=now)
    Token.objects.filter(user=user, revoked_at=None).update(revoked_at=now)
    Invitation.objects.filter(user=user, used_at=None, withdrawn_at=None).update(withdrawn_at=now)
    Delegation.objects.filter(Q(by=user) | Q(to=user), revoked_at=None, ends_at__gt=now).update(revoked_at=now)
    Shift.objects.filter(user=user, starts_at__gt=now, called_off_at=None).update(called_off_at=now)


def count_only_member_of(user: User) -> int:
    """In how many cases nobody else could go on. Which ones is for their members to know."""
    others = Membership.objects.filter(case=OuterRef("case"), ended_at=None, user__is_active=True).exclude(user=user)
    return Membership.objects.filter(~Exists(others), user=user, ended_at=None).count()


def open_account(actor: User, *, user: User) -> None:
    """Open a closed account again, without roles: those are given anew."""
    require(actor, Right.PEOPLE_MANAGE)
    with transaction.atomic():
        if not User.objects.filter(pk=user.pk, is_active=False).update(is_active=True, version=user.version + 1):
            raise InvalidError({"": _("this account is open")})
        enter(actor, "person.open", about=user)


def end_sessions(actor: User, *, user: User) -> int:
    """Sign a person out everywhere."""
    require(actor, Right.PEOPLE_MANAGE)
    with transaction.atomic():
        count = end_all_sessions(user)
        enter(actor, "session.end_others", about=user, facts={"count": count})
    return count

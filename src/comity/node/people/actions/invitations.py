"""Inviting people: a link by which a person chooses a password, once and within some days."""

import re
import secrets
from collections.abc import Iterable
from datetime import timedelta

from allauth.socialaccount.models import SocialLogin
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.node.audit.actions import enter
from comity.node.errors import HiddenError, InvalidError
from comity.node.people.actions.hands import require_other_hand
from comity.node.people.actions.roles import check_roles, give_role
from comity.node.people.actions.tokens import digest_of
from comity.node.people.models import Invitation, Unit, User
from comity.node.people.rights import require
from comity.node.people.roles import Right, Role

LINK_DAYS = 7
_USERNAME = re.compile(r"[a-z][a-z0-9._-]{1,59}")


def invite(
    actor: User, *, username: str, name: str, email: str, unit: Unit | None = None, roles: Iterable[Role] = ()
) -> tuple[User, str]:
    """A new person and the secret of the link, which is shown and mailed once."""
    require(actor, Right.PEOPLE_MANAGE)
    username, name, email = username.strip().lower(), name.strip(), email.strip().lower()
    wanted = sorted(set(roles))
    _check_person(username=username, name=name, email=email)
    check_roles(wanted, field="roles")
    try:
        with transaction.atomic():
            user = User(username=username, name=name, email=email, unit=unit)
            user.set_unusable_password()
            user.save()
            for role in wanted:
                give_role(actor, user=user, role=role)
            secret = _make_link(actor, user)
            enter(actor, "person.invite", about=user, facts={"roles": " ".join(wanted)})
    except IntegrityError:
        raise InvalidError(
            {"": _("there is a person with this user name or e-mail address: look for him or her")}
        ) from None
    return user, secret


def _check_person(*, username: str, name: str, email: str) -> None:
    problems: dict[str, str] = {}
    if not _USERNAME.fullmatch(username):
        problems["username"] = _("use 2 to 60 small letters, digits, dots, dashes; a letter comes first")
    if not name or len(name) > 200:
        problems["name"] = _("give the name, 200 characters at most")
    try:
        validate_email(email)
    except ValidationError:
        problems["email"] = _("give an e-mail address such as name@agency.example")
    if User.objects.filter(username__iexact=username).exists():
        problems["username"] = _("this user name is taken: choose another")
    if User.objects.filter(email__iexact=email).exists():
        problems["email"] = _("a person has this e-mail address: look for him or her")
    if problems:
        raise InvalidError(problems)


def renew_invitation(actor: User, *, user: User) -> str:
    """A new link for a person who has lost the first one or the password; earlier links end."""
    require(actor, Right.PEOPLE_MANAGE)
    if not user.is_active:
        raise InvalidError({"": _("this account was closed: open it again first")})
    with transaction.atomic():
        require_other_hand(actor, user, did="factor.reset")
        secret = _make_link(actor, user)
        enter(actor, "person.renew_invitation", about=user)
    return secret


def _make_link(actor: User, user: User) -> str:
    secret, now = secrets.token_urlsafe(32), timezone.now()
    open_links = Invitation.objects.filter(user=user, used_at=None, withdrawn_at=None)
    open_links.update(withdrawn_at=now)
    Invitation.objects.create(
        user=user, digest=digest_of(secret), made_by=actor, made_at=now, expires_at=now + timedelta(days=LINK_DAYS)
    )
    return secret


def find_invitation(secret: str) -> Invitation:
    """The invitation behind a link; HiddenError where it does not work (any longer)."""
    found = Invitation.objects.select_related("user").filter(digest=digest_of(secret)).first()
    if found is None or not found.is_open(timezone.now()) or not found.user.is_active:
        raise HiddenError
    return found


def accept_invitation(*, secret: str, password: str) -> User:
    """Set the password of whoever holds the link; the link then works no longer."""
    find_invitation(secret)
    with transaction.atomic():
        invitation = Invitation.objects.select_for_update().get(digest=digest_of(secret))
        user = invitation.user
        if not invitation.is_open(timezone.now()):
            raise HiddenError
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise InvalidError({"password": " ".join(error.messages)}) from None
        invitation.used_at = timezone.now()
        invitation.save(update_fields=["used_at"])
        user.set_password(password)
        user.save(update_fields=["password"])
        enter(user, "person.accept_invitation", about=user)
    return user


def set_password(user: User, *, password: str, actor: User | None) -> None:
    """Change a password: the person's own, or by a link that was mailed to the person (then nobody is signed in)."""
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        enter(actor, "password.change" if actor else "password.reset", about=user)


def link_provider(request: HttpRequest, user: User, login: SocialLogin) -> None:
    """From now on the person signs in by this account at the agency's provider."""
    with transaction.atomic():
        login.connect(request, user)
        now = timezone.now()
        Invitation.objects.filter(user=user, used_at=None, withdrawn_at=None).update(used_at=now)
        enter(user, "account.link", about=user, facts={"provider": login.account.provider})

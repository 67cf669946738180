"""What django-allauth asks this node: who may sign in, how, and what is entered about it."""

import base64
import logging
import time
from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256
from smtplib import SMTPException
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comity.node.people.actions import sessions
from comity.node.people.actions.invitations import link_provider, set_password
from comity.node.people.models import User
from comity.node.people.providers import trusted_for_factor
from comity.node.people.reads import find_by_login, find_invited
from comity.node.people.secondfactor import FACTORS, mark_settled
from comity.node.people.stepup import mark_present
from comity.node.people.tasks import mail_reset

_LOG = logging.getLogger(__name__)
SIGNED_IN_AT = "signed_in_at"
_AGAIN = {
    "reauthenticate": _("Use your password"),
    "mfa_reauthenticate": _("Use a one-time code"),
    "mfa_reauthenticate:webauthn": _("Use a passkey"),
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts: by invitation, and each way in and out is entered."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("User name or password is not right."),
        "email_password_mismatch": _("User name or password is not right."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: people are invited."""
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        """Begin the session."""
        super().login(request, user)
        request.session[SIGNED_IN_AT] = timezone.now().isoformat()
        last = (get_authentication_records(request, user) or [{}])[-1]
        if last.get("method") == "socialaccount" and last.get("provider") in trusted_for_factor(settings.CONFIG):
            mark_settled(request)
        sessions.note_begin(request, user)

    def logout(self, request: HttpRequest) -> None:
        """End the session."""
        user = request.user
        super().logout(request)
        if isinstance(user, User):
            sessions.note_end(user)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse where too many tries went wrong."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            key = self._get_login_attempts_cache_key(request, **credentials)
            sessions.note_lock(_person(credentials), key=sha256(key.encode()).hexdigest())
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Enter a wrong password."""
        user = _person(credentials)
        if user:
            sessions.note_failure(user, method="password")
        else:
            sessions.note_unknown("password")

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """The ways to prove that one is there, in our words."""
        return [
            {**one, "description": _AGAIN.get(one["id"], one["description"])}
            for one in super().get_reauthentication_methods(user)
        ]

    def set_password(self, user: User, password: str) -> None:
        """Change the password, and enter that."""
        set_password(user, password=password, actor=self.request.user if isinstance(self.request.user, User) else None)

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """Mail a link, where the person has a password: whoever signs in at the provider gets none by the way."""
        if user.has_usable_password():
            mail_reset.enqueue(user.pk)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send it; what was done stands, also where the mail cannot be sent."""
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError) as error:
            _LOG.warning("mail could not be sent: %s", type(error).__name__)

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell the person by mail what changed in the way to sign in."""
        super().send_notification_mail(template_prefix, user, context, email or user.email)


def _person(credentials: dict[str, Any]) -> User | None:
    return find_by_login(str(credentials.get("username") or credentials.get("email") or ""))


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Second factors: secrets are encrypted at rest, and the last factor stays where the agency asks for one."""

    def encrypt(self, text: str) -> str:
        """The secret as the database keeps it: a copy of the database alone opens no account."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """False for the last factor where the agency asks for one: another is set up first."""
        if not settings.CONFIG.second_factor:
            return True
        others = Authenticator.objects.filter(user=authenticator.user_id, type__in=FACTORS)
        return bool(others.exclude(pk=authenticator.pk).exists())


def _cipher() -> Fernet:
    key = sha256(b"comity second factors\n" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


class SessionAdapter(DefaultUserSessionsAdapter):  # type: ignore[misc]  # allauth has no types
    """Sessions that their owner ends from another one."""

    def end_sessions(self, ended: Iterable[UserSession]) -> None:
        """End them, and enter that."""
        rows = list(ended)
        with transaction.atomic():
            super().end_sessions(rows)
            if rows:
                user = User.objects.get(pk=rows[0].user_id)
                sessions.note_sessions_ended(user, count=len(rows), by=user)


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Sign-in by the agency's provider: for people who were invited under the same address, and nobody else."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Nobody signs up."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Link the account to the person who was invited; or take the provider's word that the person is present."""
        process = sociallogin.state.get("process")
        if process == "connect":
            raise ImmediateHttpResponse(render(request, "account/signup_closed.html", status=403))
        if process == "redirect":
            _take_presence(request, sociallogin)
        elif not sociallogin.is_existing:
            verified = [one.email for one in sociallogin.email_addresses if one.verified]
            user = find_invited(verified)
            if user:
                link_provider(request, user, sociallogin)


def _take_presence(request: HttpRequest, sociallogin: SocialLogin) -> None:
    claims = sociallogin.account.extra_data.get("id_token") or {}
    proved_at = claims.get("auth_time")
    fresh = timedelta(minutes=settings.CONFIG.step_up_minutes).total_seconds()
    same = sociallogin.is_existing and request.user.is_authenticated and sociallogin.user == request.user
    if same and isinstance(proved_at, int) and -60 <= time.time() - proved_at < fresh:
        mark_present(request)

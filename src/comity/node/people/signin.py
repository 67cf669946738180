"""Forms of sign-in, where django-allauth's own are not strict enough."""

from allauth.account.adapter import get_adapter
from allauth.mfa import app_settings
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.core.cache import cache
from django.forms import BooleanField
from django.utils.translation import gettext_lazy as _

from comity.node.people.actions.sessions import note_failure


class _OnceOnly:
    """A one-time code opens once in all the time for which it would count (RFC 6238 5.2)."""

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]  # of the form beside it
        used = self.authenticator  # type: ignore[attr-defined]  # set by that form
        if used.type == Authenticator.Type.TOTP:
            seconds = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
            if not cache.add(f"totp-used:{used.user_id}:{code.strip()}", True, timeout=seconds):
                raise get_adapter().validation_error("incorrect_code")
        return code

    def _emit_authentication_failed(self, authenticator: Authenticator) -> None:
        note_failure(self.user, method="mfa")  # type: ignore[attr-defined]  # set by that form


class CodeForm(_OnceOnly, AuthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The code at sign-in."""


class CodeAgainForm(_OnceOnly, ReauthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The code again, before an act that needs the person."""


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """A new passkey: one that signs in by itself, unless the person chooses otherwise."""

    passwordless = BooleanField(
        label=_("Sign in with this key alone"),
        required=False,
        initial=True,
        help_text=_(
            "The key then asks for a PIN or a fingerprint. Without this it is a second factor to the password."
        ),
    )

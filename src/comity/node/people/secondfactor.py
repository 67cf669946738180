"""Before a person sees anything of a case, he or she has a second factor, where the agency asks for one."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from comity.node.people.models import User

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts: recovery codes alone do not."""
_KEY = "second_factor"


def is_settled(request: HttpRequest) -> bool:
    """True where this person has a second factor, or the agency asks for none; asked once in a session."""
    if not settings.CONFIG.second_factor or request.session.get(_KEY):
        return True
    if isinstance(request.user, User) and has_factor(request.user):
        mark_settled(request)
        return True
    return False


def has_factor(user: User) -> bool:
    """True where the person has a passkey or gives one-time codes."""
    return bool(Authenticator.objects.filter(user=user, type__in=FACTORS).exists())


def mark_settled(request: HttpRequest) -> None:
    """Remember in the session that this person has a second factor; who takes it away ends the session too."""
    request.session[_KEY] = True

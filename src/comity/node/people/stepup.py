"""Step-up: approving, releasing and exporting need a fresh proof that the person is present.

The proof is django-allauth's: the password again, a one-time code or a passkey; or the agency's own provider, which
says when the person last proved to be there (`auth_time`, OpenID Connect Core 2).
"""

import time
from datetime import datetime, timedelta

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY
from allauth.core.internal.httpkit import serialize_request
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.node.errors import StepUpError
from comity.node.people.models import User

_KEY = "present_at"
KEPT_BYTES_MAX = 1 << 16
"""Longest form that is kept while its sender proves to be there."""


def mark_present(request: HttpRequest) -> None:
    """Remember in the session that the person has just proved to be there."""
    request.session[_KEY] = timezone.now().isoformat()


def require_presence(request: HttpRequest) -> None:
    """StepUpError where the last proof of presence is older than the agency allows."""
    if not is_present(request):
        raise StepUpError(_("prove that it is you: this act needs a fresh sign-in"))


def suspend(request: HttpRequest) -> str:
    """Keep the act that was asked for until the person has proved to be there; the address to go to then.

    What was typed is not lost: allauth carries the act out where the proof succeeds. Neither files nor passphrases are
    kept.
    """
    request.session.pop(STATE_SESSION_KEY, None)  # of two acts that were asked for, the last one counts
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    plain = request.content_type == "application/x-www-form-urlencoded" and not request.GET
    plain = plain and "passphrase" not in request.POST
    if plain and len(request.body) <= KEPT_BYTES_MAX and get_adapter().get_reauthentication_methods(request.user):
        request.session[STATE_SESSION_KEY] = {"request": serialize_request(request)}
        return request.path
    return str(request.META.get("HTTP_REFERER", "/"))


def is_present(request: HttpRequest) -> bool:
    """True where the person has proved to be there within the time that the agency allows."""
    fresh = timedelta(minutes=settings.CONFIG.step_up_minutes)
    text = request.session.get(_KEY)
    if text is not None and timezone.now() - datetime.fromisoformat(text) < fresh:
        return True
    return isinstance(request.user, User) and time.time() - _proved_at(request) < fresh.total_seconds()


def _proved_at(request: HttpRequest) -> float:
    """When the person last signed in again, in seconds of the epoch; 0: not in this session."""
    records = get_authentication_records(request, request.user)
    return max((float(one["at"]) for one in records if one.get("reauthenticated")), default=0.0)

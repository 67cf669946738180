"""Step-up: approving, releasing and exporting need a fresh proof that the person is present."""

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from comity.node.errors import StepUpError

_KEY = "present_at"


def mark_present(request: HttpRequest) -> None:
    """Remember in the session that the person has just proved to be there."""
    request.session[_KEY] = timezone.now().isoformat()


def require_presence(request: HttpRequest) -> None:
    """StepUpError where the last proof of presence is older than the agency allows."""
    if not is_present(request):
        raise StepUpError("prove that it is you: this act needs a fresh sign-in")


def is_present(request: HttpRequest) -> bool:
    """True where the person has proved to be there within the time that the agency allows."""
    text = request.session.get(_KEY)
    fresh = timedelta(minutes=settings.CONFIG.step_up_minutes)
    return text is not None and timezone.now() - datetime.fromisoformat(text) < fresh

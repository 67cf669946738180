"""Each person reads in his or her own language and time zone, and signs in again after some hours."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone, translation

from comity.node.people.models import User


class PersonMiddleware:
    """Ends a session that is too old; sets language and time zone of whoever has signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = request.session.get("signed_in_at")
        hours = timedelta(hours=settings.CONFIG.session_hours)
        if began and timezone.now() - datetime.fromisoformat(began) > hours:
            logout(request)
        if not began and not request.session.get("_auth_user_id"):
            return self._get_response(request)
        user = request.user
        if not isinstance(user, User):
            return self._get_response(request)
        if user.language and not request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME):  # a choice on the page goes before
            translation.activate(user.language)
            request.LANGUAGE_CODE = translation.get_language() or ""  # as LocaleMiddleware does
        with timezone.override(ZoneInfo(user.time_zone) if user.time_zone else None):
            return self._get_response(request)

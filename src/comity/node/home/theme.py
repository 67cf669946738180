"""Light or dark: as the browser is set, or as a person chose for this browser."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from comity.node.access import public

COOKIE = "theme"
THEMES: dict[str, Promise | str] = {"": _("as the browser"), "light": _("light"), "dark": _("dark")}
A_YEAR_S = 365 * 24 * 3600


def theme_of(request: HttpRequest) -> str:
    """``light``, ``dark``, or empty: as the browser is set."""
    chosen = request.COOKIES.get(COOKIE, "")
    return chosen if chosen in THEMES else ""


@public
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the choice, and go back to the page where it was made."""
    back = request.META.get("HTTP_REFERER", "")
    here = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = redirect(back if here else "/")
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        secure = bool(settings.SESSION_COOKIE_SECURE)
        response.set_cookie(COOKIE, chosen, max_age=A_YEAR_S, secure=secure, httponly=True, samesite="Lax")
    return response

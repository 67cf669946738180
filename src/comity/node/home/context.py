"""What every page knows."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from comity.node.home.theme import THEMES, theme_of


def agency(request: HttpRequest) -> dict[str, object]:
    """Name of the agency, the moment, and what the menu offers to this person."""
    from comity.node.home.menu import menu_for

    return {
        "agency": settings.CONFIG.agency,
        "demo": settings.CONFIG.demo,
        "menu": menu_for(request),
        "now": timezone.now(),
        "theme": theme_of(request),
        "themes": THEMES,
    }

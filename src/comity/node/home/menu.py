"""The menu: one line for each noun that a person may enter."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comity.node.people.models import User
from comity.node.people.roles import Right

_LINES: tuple[tuple[str, Promise | str, Right | None], ...] = (
    ("home:start", _("Today"), None),
    ("cases:list", _("Cases"), Right.CASE_READ),
    ("requests:list", _("Requests"), Right.CASE_READ),
    ("requests:month", _("Dates"), Right.CASE_READ),
    ("requests:incoming", _("Incoming"), Right.REQUEST_RECEIVE),
    ("oversight:figures", _("Figures"), Right.OVERSIGHT_READ),
    ("atlas:home", _("Atlas"), None),
    ("directory:list", _("Directory"), None),
    ("vault:identities", _("Identities"), Right.IDENTITY_TRUST),
    ("people:roster", _("Duty roster"), Right.ROSTER_READ),
    ("people:list", _("People"), Right.PEOPLE_MANAGE),
    ("audit:trail", _("Audit trail"), Right.AUDIT_READ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the menu."""

    url: str
    label: Promise | str
    here: bool


def menu_for(request: HttpRequest) -> tuple[Line, ...]:
    """What the person may enter, in order; nothing for whoever has not signed in."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return ()
    return tuple(
        Line(
            url=(url := reverse(name)),
            label=label,
            here=request.path.startswith(url) if url != "/" else request.path == "/",
        )
        for name, label, right in _LINES
        if right is None or user.holds(right)
    )

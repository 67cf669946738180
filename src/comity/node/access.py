"""Who may come in at an address: each view says it, in one way, and none can be reached without."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from comity.node.audit.actions import enter
from comity.node.cases.models import Case
from comity.node.errors import HiddenError
from comity.node.people.models import User
from comity.node.people.rights import require, require_role
from comity.node.people.roles import Right
from comity.node.people.secondfactor import is_settled
from comity.node.people.stepup import require_presence

P = ParamSpec("P")


class Door(StrEnum):
    """How an address is guarded."""

    PUBLIC = "public"
    """Anybody."""
    SIGNED_IN = "signed in"
    """Anybody who has signed in; the page itself shows only what the person may see."""
    RIGHT = "right"
    """Whoever holds a right over the node."""
    CASE = "case"
    """Members of the case who hold a right over it."""
    ATLAS = "atlas"
    """Anybody where the agency opens its atlas (`Config.open_atlas`); else whoever has signed in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """The rule of one address, as docs/rights.md and the matrix test read it."""

    door: Door
    right: Right | None = None
    presence: bool = False
    """A fresh proof that the person is present is asked for."""
    arriving: bool = False
    """Open before the person has set up a second factor."""


class Signed(HttpRequest):
    """A request by somebody who has signed in."""

    user: User


View = Callable[Concatenate[Signed, P], HttpResponseBase]
CaseView = Callable[Concatenate[Signed, Case, P], HttpResponseBase]
Address = Callable[..., HttpResponseBase]


def public(view: Callable[Concatenate[HttpRequest, P], HttpResponseBase]) -> Address:
    """Open to anybody."""
    return _marked(view, Access(door=Door.PUBLIC))


def atlas(view: Callable[Concatenate[HttpRequest, P], HttpResponseBase]) -> Address:
    """Open to anybody where the agency opens its atlas, else to whoever has signed in; it shows nothing of any case."""
    guarded = _guarded(view, Access(door=Door.ATLAS))

    @wraps(view)
    def opened(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        return (view if settings.CONFIG.open_atlas else guarded)(request, *args, **kwargs)

    return _marked(opened, Access(door=Door.ATLAS))


def signed_in(view: View[P]) -> Address:
    """Open to whoever has signed in."""
    return _guarded(view, Access(door=Door.SIGNED_IN))


def signed_in_present(view: View[P]) -> Address:
    """Open to whoever has signed in and has just proved to be there."""
    return _guarded(view, Access(door=Door.SIGNED_IN, presence=True))


def arriving(view: Callable[..., HttpResponseBase]) -> Address:
    """Open to whoever has signed in, also before a second factor is set up: it shows nothing of any case."""
    return _guarded(view, Access(door=Door.SIGNED_IN, arriving=True))


def with_right(right: Right, *, presence: bool = False) -> Callable[[View[P]], Address]:
    """Open to whoever holds `right` by a role; a list behind it shows only what is open to the person."""
    return lambda view: _guarded(view, Access(door=Door.RIGHT, right=right, presence=presence))


def on_case(
    right: Right, *, presence: bool = False, reads: str = "", content: bool = True
) -> Callable[[CaseView[P]], Address]:
    """Open to members of the case `case_id` who hold `right`; the view gets the case.

    A GET is entered into the audit trail as `reads` (default: the right), before anything is shown; one that shows no
    content of the case, such as how far a task is, says so.
    """

    def decorate(view: CaseView[P]) -> Address:
        def opened(request: Signed, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            case = find_case(request.user, cast(str, kwargs.pop("case_id")))
            require(request.user, right, case)
            if presence:
                require_presence(request)
            if content and request.method in {"GET", "HEAD"}:
                enter(request.user, reads or "case.read", case=case, subject=request.path)
            return view(request, case, *args, **kwargs)

        wraps(view)(opened)
        return _guarded(opened, Access(door=Door.CASE, right=right, presence=presence))

    return decorate


def find_case(user: User, case_id: str) -> Case:
    """The case, where the person may see it; HiddenError otherwise, whether it is there or not."""
    found = Case.objects.open_to(user).filter(pk=case_id).first()
    if found is None:
        raise HiddenError
    found.remember_open_to(user)
    return found


def _guarded(view: Callable[..., HttpResponseBase], access: Access) -> Address:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not access.arriving and not is_settled(request):
            return redirect("people:settle")
        if access.door is Door.RIGHT and access.right is not None:
            require_role(request.user, access.right)
        if access.presence and access.door is not Door.CASE:  # whether there is such a case is asked first
            require_presence(request)
        return view(request, *args, **kwargs)

    return _marked(guarded, access)


def _marked(view: Callable[..., HttpResponseBase], access: Access) -> Address:
    view.access = access  # type: ignore[attr-defined]  # functions carry their rule to the test that reads it
    return view

"""Second factors: what a person adds and removes is entered with the change itself; an administrator can reset them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from comity.node.audit.actions import enter
from comity.node.errors import InvalidError
from comity.node.people.actions.hands import require_other_hand
from comity.node.people.actions.sessions import end_all_sessions
from comity.node.people.models import User
from comity.node.people.rights import require
from comity.node.people.roles import Right
from comity.node.people.tasks import tell


def entered(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view of django-allauth that changes factors: change and entry stand in one transaction."""

    @wraps(view)
    def watched(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = request.user
        if request.method != "POST" or not isinstance(user, User):
            return view(request, *args, **kwargs)
        with transaction.atomic():
            before = _factors(user)
            response = view(request, *args, **kwargs)
            _enter_changes(user, before, _factors(user))
        return response

    return watched


def _factors(user: User) -> dict[int, str]:
    return dict(Authenticator.objects.filter(user=user).values_list("pk", "type"))


def _enter_changes(user: User, before: dict[int, str], after: dict[int, str]) -> None:
    for key in sorted(before.keys() - after.keys()):
        enter(user, "factor.remove", about=user, subject=str(key), facts={"type": before[key]})
    for key in sorted(after.keys() - before.keys()):
        enter(user, "factor.add", about=user, subject=str(key), facts={"type": after[key]})


def reset_factors(actor: User, *, user: User) -> None:
    """Take all second factors from a person who has lost them, and end the sessions: he or she sets up new ones."""
    require(actor, Right.PEOPLE_MANAGE)
    if actor == user:
        raise InvalidError({"": _("your own factors are on your own page")})
    with transaction.atomic():
        require_other_hand(actor, user, did="person.renew_invitation")
        count = Authenticator.objects.filter(user=user).delete()[0]
        ended = end_all_sessions(user)
        tell(user, "factor.reset")
        enter(actor, "factor.reset", about=user, facts={"factors": count, "sessions": ended})

"""What happens to sessions and to ways of signing in, entered into the audit trail."""

from allauth.account.authentication import get_authentication_records
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest

from comity.node.audit.actions import enter
from comity.node.people.models import User

_LOCKED_FOR_S = 300


def note_begin(request: HttpRequest, user: User) -> None:
    """A session has begun; the ways in which the person proved who it is are named."""
    records = get_authentication_records(request, user)
    methods = [str(one.get("type") or one["method"]) for one in records]
    enter(user, "session.begin", about=user, facts={"methods": " ".join(methods), "address": _address(request)})


def note_end(user: User) -> None:
    """The person has signed out."""
    enter(user, "session.end", about=user)


def note_failure(user: User, *, method: str) -> None:
    """Somebody tried to sign in to this account and gave the wrong password or code."""
    enter(None, "session.fail", about=user, facts={"method": method})


def note_unknown(method: str) -> None:
    """Somebody tried to sign in to an account that is not there; what was typed is not kept: it may be a password."""
    enter(None, "session.fail", facts={"method": method})


def note_lock(user: User | None, *, key: str) -> None:
    """Too many wrong tries: an account is closed for some minutes. Entered once for as long as that lasts."""
    if cache.add(f"locked:{user.pk if user else key}", True, timeout=_LOCKED_FOR_S):
        enter(None, "session.lock", about=user)


def note_sessions_ended(user: User, *, count: int, by: User) -> None:
    """Other sessions of a person were ended."""
    enter(by, "session.end_others", about=user, facts={"count": count})


def end_own_sessions(actor: User) -> int:
    """Sign out everywhere; how many sessions there were."""
    with transaction.atomic():
        count = end_all_sessions(actor)
        enter(actor, "session.end_others", about=actor, facts={"count": count})
    return count


def end_all_sessions(user: User) -> int:
    """Sign the person out everywhere; how many sessions there were."""
    sessions = list(UserSession.objects.filter(user=user))
    for session in sessions:
        session.end()
    return len(sessions)


def _address(request: HttpRequest) -> str:
    from allauth.account.adapter import get_adapter

    return str(get_adapter().get_client_ip(request))

"""Making and revoking tokens of the HTTP API; a token is its owner's, and nobody makes one for another."""

import secrets
from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.node.audit.actions import enter
from comity.node.errors import InvalidError
from comity.node.people.models import Token, User
from comity.node.people.roles import Right

PREFIX = "comity"
DAYS_MAX = 366
SERIOUS = frozenset(
    {
        Right.REQUEST_APPROVE,
        Right.PEOPLE_MANAGE,
    }
)
"""Rights that ask a person to be present: a token that may use one lasts a day at most."""
TOKENS_MAX = 20
"""Tokens in force that one person may have."""
_USED_EVERY = timedelta(minutes=1)


def make_token(actor: User, *, name: str, scopes: Iterable[Right], days: int) -> tuple[Token, str]:
    """A token for the actor's own account, and its text, which is shown now and never again."""
    rights, name = frozenset(scopes), name.strip()
    _check_token(actor, name=name, rights=rights, days=days)
    secret = secrets.token_urlsafe(32)
    now = timezone.now()
    with transaction.atomic():
        if Token.objects.in_force(now).filter(user=actor).count() >= TOKENS_MAX:
            raise InvalidError({"": _("you have %(most)s tokens: revoke one first") % {"most": TOKENS_MAX}})
        token = Token.objects.create(
            user=actor,
            name=name,
            digest=digest_of(secret),
            scopes=sorted(right.value for right in rights),
            made_at=now,
            expires_at=now + timedelta(days=days),
        )
        facts: dict[str, str | int | bool] = {"scopes": " ".join(token.scopes), "days": days}
        enter(actor, "token.make", subject=token.pk, facts=facts)
    return token, f"{PREFIX}_{token.pk}_{secret}"


def _check_token(actor: User, *, name: str, rights: frozenset[Right], days: int) -> None:
    problems: dict[str, str] = {}
    if not name:
        problems["name"] = _("say what it is for")
    elif len(name) > 100:
        problems["name"] = _("use 100 characters at most")
    if not rights:
        problems["scopes"] = _("choose at least one right")
    elif lacking := [right for right in sorted(rights) if not actor.holds(right)]:
        problems["scopes"] = _("your roles do not hold %(names)s") % {"names": ", ".join(lacking)}
    longest = 1 if rights & SERIOUS else DAYS_MAX
    if not 1 <= days <= longest:
        problems["days"] = (
            _("choose 1 day: it may approve, release, export, delete or manage people")
            if longest == 1
            else _("choose 1 to %(most)s days") % {"most": longest}
        )
    if problems:
        raise InvalidError(problems)


def revoke_token(actor: User, *, token_id: str) -> None:
    """End one of the actor's own tokens; it opens nothing from now on."""
    now = timezone.now()
    with transaction.atomic():
        if not Token.objects.filter(pk=token_id, user=actor, revoked_at=None).update(revoked_at=now):
            raise InvalidError({"": _("this token is not there, or was revoked before")})
        enter(actor, "token.revoke", subject=token_id)


def note_use(token: Token) -> None:
    """Remember when the token was last used, to the minute: what it did is in the trail."""
    now = timezone.now()
    Token.objects.filter(Q(last_used_at=None) | Q(last_used_at__lt=now - _USED_EVERY), pk=token.pk).update(
        last_used_at=now
    )


def digest_of(secret: str) -> str:
    """What is kept of a secret."""
    return sha256(secret.encode()).hexdigest()

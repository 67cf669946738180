"""Whose token this is, and what it may do: the way into the HTTP API."""

from datetime import timedelta
from hmac import compare_digest

from django.utils import timezone

from comity.node.people.actions.tokens import PREFIX, digest_of, note_use
from comity.node.people.models import Token, User
from comity.node.people.roles import Right

TEXT_CHARS_MAX = 200


def user_of(text: str) -> tuple[User, frozenset[Right]] | None:
    """The person for whom a token stands, and the rights it may use; None where it opens nothing.

    An operation that needs a right asks whether it is among these, and then its action asks whether the person holds
    it: a token never gives what its owner lacks. Unknown, expired, revoked and ended accounts answer alike.
    """
    token = find_token(text)
    if token is None:
        return None
    note_use(token)
    return token.user, token.rights


def lasts_a_day(text: str) -> bool:
    """Whether this is a token in force that was made for a day at most."""
    token = find_token(text)
    return token is not None and token.expires_at - token.made_at <= timedelta(days=1)


def find_token(text: str) -> Token | None:
    """The token in force that has this text."""
    prefix, _, rest = text[:TEXT_CHARS_MAX].partition("_")
    token_id, _, secret = rest.partition("_")
    if prefix != PREFIX or not secret or not token_id.isalnum() or not text.isascii():
        return None
    token = Token.objects.in_force(timezone.now()).select_related("user").filter(pk=token_id).first()
    if token is None or not compare_digest(token.digest, digest_of(secret)):
        return None
    return token

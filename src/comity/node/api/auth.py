"""Who calls: a person's own token (RFC 6750)."""

from django.http import HttpRequest
from ninja.security import HttpBearer

from comity.node.people.models import User
from comity.node.people.tokens import use_token

_SCHEME = "Bearer "


def caller(request: HttpRequest) -> User | None:
    """The person whose token the call carries; the request then knows user and token. None: no token in force."""
    if not hasattr(request, "token"):
        header = request.headers.get("Authorization", "")
        token = use_token(header.removeprefix(_SCHEME).strip()) if header.startswith(_SCHEME) else None
        if token is not None:
            request.user, request.scopes = token.user, token.rights  # type: ignore[attr-defined]  # see rules.Call
        request.token = token  # type: ignore[attr-defined]  # see rules.Call
    return request.user if request.token is not None else None  # type: ignore[attr-defined,return-value]


class Bearer(HttpBearer):
    """A token of a person: made on the person's own page, with scopes that are rights."""

    def __call__(self, request: HttpRequest) -> User | None:
        """The caller; None makes the answer 401."""
        return caller(request)

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        """The caller; the header was read by `caller`."""
        return caller(request)

"""Calls to a node's API, as another program makes them."""

from typing import Any

from django.test import Client

from comity.node.people.actions.tokens import make_token
from comity.node.people.models import User
from comity.node.people.roles import Right


def token_of(user: User, *rights: Right) -> str:
    """A token of the person with these scopes; none named: all that the person holds."""
    return make_token(user, name="program", scopes=rights or [right for right in Right if user.holds(right)], days=1)[1]


class Caller:
    """A program that calls with a person's token."""

    def __init__(self, user: User, *rights: Right) -> None:
        self.token = token_of(user, *rights)
        self.headers = {"Authorization": f"Bearer {self.token}"}
        self.client = Client(raise_request_exception=False)

    def get(self, path: str, **params: Any) -> Any:
        """A reading call."""
        return self.client.get(f"/api/v1{path}", params, headers=self.headers)

    def post(self, path: str, body: Any = None, *, key: str = "", method: str = "post") -> Any:
        """A changing call."""
        headers = {**self.headers, **({"Idempotency-Key": key} if key else {})}
        call = getattr(self.client, method)
        return call(
            f"/api/v1{path}", body if body is not None else {}, content_type="application/json", headers=headers
        )

"""Every address, for every role, as a member of the case, as no member, and signed out: as docs/rights.md says."""

import re
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from tests.samples.node import client_of, make_case, make_user
from tests.samples.nodeapi import token_of
from tests.samples.nodeparts import make_parts

from comity.node.cases.models import Membership
from comity.node.doors import addresses, to_markdown
from comity.node.people.roles import Role

PAGE = Path(__file__).parents[2] / "docs" / "rights.md"
LOGIN = "/account/login/"
PRESENCE = "/people/presence/"
OWN = (
    "<hook_id>",
    "<token_id>",
    "<delegation_id>",
    "<shift_id>",
    "<swap_id>",
    "<feed_id>",
    "<alarm_id>",
    "<subscription_id>",
)
"""Parts that name somebody's own things."""
PROBLEMS = {400, 405, 409, 412, 415, 422}
"""Answers of whoever was let in and called wrongly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table."""

    path: str
    method: str
    door: str
    roles: frozenset[str]
    presence: bool

    @property
    def is_api(self) -> bool:
        return bool(self.method)


def table() -> list[Row]:
    lines = PAGE.read_text().split("## Addresses")[1].splitlines()
    cells = [[cell.strip().strip("`") for cell in line.split(" | ")] for line in lines if line.startswith("| `/")]
    return [
        Row(
            path=path.removeprefix("| `"),
            method=method,
            door=door,
            roles=frozenset(filter(None, roles.split(", "))),
            presence=presence.startswith("yes"),
        )
        for path, method, door, _, roles, presence in cells
    ]


def test_the_page_is_what_the_node_says() -> None:
    assert PAGE.read_text() == to_markdown(addresses()), "run: python -m comity.node rights > docs/rights.md"


def called(row: Row, client: Client, path: str, token: str = "") -> list[HttpResponse]:
    if row.is_api:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        call = client.generic(row.method, path, b"{}", "application/json", headers=headers)
        return [call]  # type: ignore[list-item]  # the stubs' own response type
    return [client.get(path), client.post(path, {})]  # type: ignore[list-item]


def verdict(response: HttpResponse) -> str:
    """What an answer says of whether the person may come in."""
    target = response.headers.get("Location", "")
    if response.status_code == 401 or (response.status_code == 302 and target.startswith(LOGIN)):
        return "sign in"
    if response.status_code == 302 and target.startswith(PRESENCE):
        return "presence"
    if response.status_code in {403, 404}:
        return {403: "not allowed", 404: "nothing here"}[response.status_code]
    assert response.status_code < 400 or response.status_code in PROBLEMS, response.status_code
    return "in"


def expected(row: Row, role: Role | None, *, member: bool) -> set[str]:
    if row.door == "anybody":
        return {"in", "nothing here", "sign in"}  # addresses that the sign-in itself needs
    if row.door == "atlas":
        return {"in"}  # the tests' node leaves its atlas open
    if role is None:
        return {"sign in"}
    holds = not row.roles or role.value in row.roles
    if row.door == "member" and not member:
        return {"nothing here"}
    if not holds:
        return {"not allowed"}
    return {"presence"} if row.presence and not row.is_api else {"in"}


def check(row: Row, client: Client, path: str, wanted: set[str], token: str = "") -> None:
    for response in called(row, client, path, token):
        if response.streaming:
            b"".join(response)  # read to the end, a file is closed
        found = verdict(response)
        assert found in wanted, f"{row.method} {row.path}: {found} ({response.status_code}), not {wanted}"


def test_every_address_lets_in_whom_the_page_names() -> None:
    owner = make_user(Role.INVESTIGATOR)
    case = make_case(owner)
    parts = make_parts(owner, case)
    outsiders, insiders = ({role: make_user(role) for role in Role} for _ in range(2))
    Membership.objects.bulk_create(Membership(case=case, user=one, added_by=owner) for one in insiders.values())
    tokens = {person.pk: token_of(person) for people in (outsiders, insiders) for person in people.values()}
    wrong: list[str] = []
    for row in table():
        path = re.sub(r"<(\w+)>", lambda part: parts[part[1]], row.path)
        check(row, Client(), path, expected(row, None, member=False))
        for people, member in ((outsiders, False), (insiders, True)):
            for role, person in people.items():
                wanted = expected(row, role, member=member)
                # A person's own things are hidden from all others; of allauth's some are there once set up.
                owns = any(part in row.path for part in OWN) or row.path.startswith("/account/")
                allowed = {"nothing here", "in"} if owns and wanted == {"in"} else wanted
                mark = transaction.savepoint()
                try:
                    check(row, client_of(person), path, allowed, tokens[person.pk] if row.is_api else "")
                except AssertionError as error:
                    wrong.append(f"{role}: {str(error).splitlines()[0]}")
                # What one person changes is undone before the next one calls.
                transaction.savepoint_rollback(mark)
    assert not wrong, "\n".join(wrong)

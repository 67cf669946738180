"""Acts that need the person need, by API, a token that lasts a day at most; a secret is told once."""

import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from tests.samples.node import make_case, make_user
from tests.samples.nodeapi import Caller
from tests.samples.nodeparts import make_parts

from comity.node.api.models import KeptAnswer
from comity.node.doors import addresses
from comity.node.people.actions.tokens import make_token
from comity.node.people.models import Token, User
from comity.node.people.roles import Right, Role
from comity.node.webhooks.models import Hook

GRAVE = [one for one in addresses() if one.method and one.access.presence]
NEEDS_YOU = set(
    """add_webhook approve_request export_trail publish_figures invite_person edit_person renew_invitation grant_role
    end_role end_sessions reset_factors close_account open_account make_unit change_unit""".split()
)
"""Operations whose pages ask for a fresh proof of presence."""
NEW = {"username": "bela", "name": "Bela", "email": "bela@agency.example"}
HOOK = {"url": "https://example.org/told", "acts": ["case."]}


def lasting(person: User) -> Caller:
    """A program whose token lasts longer than a day."""
    caller = Caller(person)
    for token in Token.objects.filter(user=person):
        Token.objects.filter(pk=token.pk).update(expires_at=token.made_at + timedelta(days=2))
    return caller


def test_every_grave_act_is_refused_to_a_token_that_lasts() -> None:
    every = make_user(*Role)
    parts = make_parts(every, make_case(every))
    caller = lasting(every)
    assert {one.name for one in GRAVE} >= NEEDS_YOU
    for one in GRAVE:
        path = re.sub(r"<(\w+)>", lambda part: parts[part[1]], one.path).removeprefix("/api/v1")
        refused = caller.post(path, method=one.method.lower())
        assert refused.status_code == 403, one.name
        assert "a day at most" in refused.json()["detail"], one.name


def test_reading_needs_no_such_token() -> None:
    caller = lasting(make_user(Role.ADMINISTRATOR))
    assert caller.get("/people").status_code == caller.get("/webhooks").status_code == 200


@pytest.mark.parametrize(("days", "status"), [(1, 201), (2, 403), (30, 403)])
def test_a_webhook_is_made_with_a_token_of_the_day(days: int, status: int) -> None:
    asha = make_user(Role.INVESTIGATOR)
    _, text = make_token(asha, name="x", scopes=[Right.CASE_READ], days=days)
    caller = Caller(asha)
    caller.headers = {"Authorization": f"Bearer {text}"}
    assert caller.post("/webhooks", HOOK).status_code == status
    assert Hook.objects.count() == (status == 201)


def kept() -> bytes:
    return b"".join(bytes(one.body) for one in KeptAnswer.objects.all())


def test_the_secret_of_a_webhook_is_told_once_and_kept_nowhere_else() -> None:
    asha = Caller(make_user(Role.INVESTIGATOR))
    made = asha.post("/webhooks", HOOK, key="k")
    assert made.json()["secret"] == Hook.objects.get().secret
    assert KeptAnswer.objects.get().body == b""
    again = asha.post("/webhooks", HOOK, key="k")
    assert again.status_code == 409
    assert "told once" in again.json()["detail"]
    assert Hook.objects.count() == 1
    assert asha.post("/webhooks", {**HOOK, "acts": []}, key="k").status_code == 422
    assert "secret" not in asha.get("/webhooks").content.decode()


def test_the_link_of_an_invitation_is_told_once_and_kept_nowhere() -> None:
    root = Caller(make_user(Role.ADMINISTRATOR))
    link = root.post("/people", NEW, key="k").json()["link"]
    assert root.post("/people", NEW, key="k").status_code == 409
    renewed = root.post("/people/bela/link", key="l").json()["link"]
    assert root.post("/people/bela/link", key="l").status_code == 409
    assert link != renewed
    assert kept() == b""


@pytest.mark.django_db(transaction=True)
def test_the_same_call_twice_at_once_invites_once() -> None:
    root = Caller(make_user(Role.ADMINISTRATOR))

    def call(_: int) -> int:
        try:
            return int(root.post("/people", NEW, key="k").status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(call, range(4))) == [201, 409, 409, 409]


def test_a_refused_invitation_may_be_tried_again_under_its_key() -> None:
    root = Caller(make_user(Role.ADMINISTRATOR))
    assert root.post("/people", {**NEW, "email": "none"}, key="k").status_code == 422
    assert root.post("/people", NEW, key="k").status_code == 201


class Down(BaseEmailBackend):
    """A mail server that is not there."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        assert not connection.in_atomic_block, "the node waits for no mail server"
        raise OSError("no route to host")


@pytest.mark.django_db(transaction=True)
def test_a_mail_that_cannot_be_sent_is_told_and_holds_up_nobody(settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Down"
    made = Caller(make_user(Role.ADMINISTRATOR)).post("/people", NEW, key="k")
    assert (made.status_code, made.json()["mailed"]) == (201, False)


def test_the_export_of_the_trail_is_streamed_once_under_a_key() -> None:
    auditor = Caller(make_user(Role.AUDITOR))
    exported = auditor.post("/audit/export", key="k")
    assert b"".join(exported.streaming_content).startswith(b"PK")
    assert auditor.post("/audit/export", key="k").status_code == 409
    assert kept() == b""

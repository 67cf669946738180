"""People by API: what an administrator does, and what each person does with what is his or her own."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.core import mail
from django.test import Client
from django.utils import timezone
from tests.samples.node import client_of, make_case, make_user
from tests.samples.nodeapi import Caller

from comity.node.audit.models import Entry
from comity.node.people.models import Token, User
from comity.node.people.roles import Right, Role

NEW = {"username": "bela", "name": "Bela Rao", "email": "bela@agency.example", "roles": ["investigator", "duty"]}


@pytest.fixture
def root() -> Caller:
    return Caller(make_user(Role.ADMINISTRATOR))


def fields(refused: Any) -> list[str]:
    assert refused.status_code == 422, refused.content
    return [one["field"] for one in refused.json()["errors"]]


def acts() -> list[str]:
    return list(Entry.objects.order_by("number").values_list("act", flat=True))


def session_of(person: User) -> None:
    client = client_of(person)
    UserSession.objects.create(
        user=person, session_key=client.session.session_key, ip="192.0.2.7", user_agent="Firefox", data={}
    )


def test_a_person_is_invited_and_comes_in_by_the_link(root: Caller) -> None:
    made = root.post("/people", NEW)
    assert made.status_code == 201
    assert made.json()["mailed"] is True
    path = re.sub(r"https?://[^/]+", "", made.json()["link"])
    assert path in str(mail.outbox[0].body)
    shown = root.get("/people/bela").json()
    assert (shown["roles"], shown["signed_in_at"], shown["has_factor"]) == (["duty", "investigator"], None, False)
    assert shown["invitation"]["used_at"] is None
    password = {"password": "several words are easier", "again": "several words are easier"}
    assert Client().post(path, password).status_code == 302
    assert root.get("/people/bela").json()["invitation"]["used_at"] is not None
    assert fields(root.post("/people", NEW)) == ["username", "email"]


def test_a_renewed_link_ends_the_one_before(root: Caller) -> None:
    first = re.sub(r"https?://[^/]+", "", root.post("/people", NEW).json()["link"])
    assert root.post("/people/bela/link").status_code == 201
    assert Client().get(first).status_code == 404


def test_people_are_searched(root: Caller) -> None:
    root.post("/people", NEW)
    assert [one["username"] for one in root.get("/people", text="RAO").json()["items"]] == ["bela"]
    assert root.get("/people", text="nobody").json() == {"items": [], "next": ""}
    assert root.get("/people/nobody").status_code == 404
    assert root.post("/people/nobody/close").status_code == 404


def test_only_an_administrator_with_the_scope_manages_people() -> None:
    other = make_user(Role.DUTY)
    for person in (make_user(Role.INVESTIGATOR), make_user(Role.AUDITOR), make_user(Role.AUTHORITY)):
        caller = Caller(person)
        assert caller.get("/people").status_code == caller.get(f"/people/{other.username}").status_code == 403
        assert caller.post("/people", NEW).status_code == caller.post("/units", {"name": "x"}).status_code == 403
    narrow = Caller(make_user(Role.ADMINISTRATOR), Right.ROSTER_READ)
    refused = narrow.post(f"/people/{other.username}/close")
    assert refused.status_code == 403
    assert "people.manage" in refused.json()["detail"]


def test_an_address_is_changed_by_whoever_saw_the_newest(root: Caller) -> None:
    person = make_user(Role.DUTY)
    unit = root.post("/units", {"name": "Cyber cell"}).json()
    new = {"name": "Asha", "email": "asha@agency.example", "unit_id": unit["id"], "version": 1}
    saved = root.post(f"/people/{person.username}/edit", new).json()
    assert (saved["name"], saved["unit"], saved["version"]) == ("Asha", "Cyber cell", 2)
    late = root.post(f"/people/{person.username}/edit", new)
    assert (late.status_code, late.json()["version"]) == (409, 2)
    assert fields(root.post(f"/people/{person.username}/edit", {**new, "unit_id": 99, "version": 2})) == ["unit_id"]
    assert fields(root.post(f"/people/{person.username}/edit", {**new, "email": "none", "version": 2})) == ["email"]


def test_roles_are_given_and_ended_by_another_person(root: Caller) -> None:
    person = make_user(Role.DUTY)
    path = f"/people/{person.username}/roles"
    assert root.post(path, {"role": "analyst"}).json()["roles"] == ["analyst", "duty"]
    assert fields(root.post(path, {"role": "analyst"})) == ["role"]
    assert fields(root.post(path, {"role": "auditor"})) == ["role"]  # held with no other
    assert root.post(path, {"role": "king"}).status_code == 422
    ended = root.post(f"{path}/duty", method="delete").json()
    assert ended["roles"] == ["analyst"]
    assert [one["role"] for one in ended["grants"] if one["ends_at"]] == ["duty"]
    own = root.get("/me").json()["username"]
    assert fields(root.post(f"/people/{own}/roles", {"role": "duty"})) == ["role"]
    assert fields(root.post(f"/people/{own}/roles/administrator", method="delete")) == ["role"]


def test_no_administrator_alone_takes_over_an_account(root: Caller) -> None:
    person, second = make_user(Role.DUTY), Caller(make_user(Role.ADMINISTRATOR))
    assert root.post(f"/people/{person.username}/link").status_code == 201
    assert fields(root.post(f"/people/{person.username}/factors/reset")) == [""]
    assert second.post(f"/people/{person.username}/factors/reset").status_code == 200
    assert fields(second.post(f"/people/{person.username}/link")) == [""]


def test_sessions_end_and_accounts_close_and_open(root: Caller) -> None:
    person = make_user(Role.DUTY)
    session_of(person)
    path = f"/people/{person.username}"
    assert root.get(path).json()["session_count"] == 1
    assert root.post(f"{path}/sessions/end").json()["session_count"] == 0
    closed = root.post(f"{path}/close").json()
    assert (closed["active"], closed["roles"]) == (False, [])
    assert fields(root.post(f"{path}/close")) == [""]
    assert root.post(f"{path}/open").json()["active"] is True
    assert acts()[-3:] == ["session.end_others", "person.close", "person.open"]


def test_the_only_member_of_a_case_stays(root: Caller) -> None:
    person = make_user(Role.INVESTIGATOR)
    make_case(person)
    assert root.get(f"/people/{person.username}").json()["only_member_of"] == 1
    assert fields(root.post(f"/people/{person.username}/close")) == [""]


def test_units_are_made_moved_and_stand_in_their_tree(root: Caller) -> None:
    top = root.post("/units", {"name": "Police"}).json()
    cell = root.post("/units", {"name": "Cell"}).json()
    moved = root.post(f"/units/{cell['id']}", {"name": "Cyber cell", "above_id": top["id"]})
    assert moved.json() == {"id": cell["id"], "name": "Cyber cell", "above_id": top["id"]}
    assert [(one["name"], one["level"]) for one in root.get("/units").json()] == [("Police", 0), ("Cyber cell", 1)]
    assert fields(root.post(f"/units/{top['id']}", {"name": "Police", "above_id": cell["id"]})) == ["above"]
    assert fields(root.post("/units", {"name": "Police"})) == ["name"]
    assert fields(root.post("/units", {"name": "x", "above_id": 999})) == ["above_id"]
    assert root.post("/units/999", {"name": "x"}).status_code == 404


def test_a_person_reads_as_he_or_she_likes() -> None:
    asha = Caller(make_user(Role.INVESTIGATOR))
    saved = asha.post("/me", {"language": "hi", "time_zone": "Asia/Kolkata"}).json()
    assert (
        (saved["language"], saved["time_zone"])
        == ("hi", "Asia/Kolkata")
        == tuple(asha.get("/me").json()[name] for name in ("language", "time_zone"))
    )
    assert fields(asha.post("/me", {"language": "tlh", "time_zone": "Mars/Olympus"})) == ["language", "time_zone"]


def test_a_person_signs_out_everywhere_and_nobody_else_does() -> None:
    person, other = make_user(Role.INVESTIGATOR), make_user(Role.INVESTIGATOR)
    session_of(person)
    session_of(other)
    asha = Caller(person)
    assert [one["user_agent"] for one in asha.get("/me/sessions").json()] == ["Firefox"]
    assert asha.post("/me/sessions/end").json() == {"count": 1}
    assert asha.get("/me/sessions").json() == []
    assert UserSession.objects.get().user == other


def test_tokens_are_listed_without_their_text_and_revoked_by_their_owner() -> None:
    person = make_user(Role.INVESTIGATOR)
    asha, other = Caller(person), Caller(make_user(Role.INVESTIGATOR))
    found = asha.get("/me/tokens")
    (token,) = found.json()
    assert token["name"] == "program"
    assert asha.token.split("_")[2] not in found.content.decode()
    assert other.post(f"/me/tokens/{token['id']}", method="delete").status_code == 404
    assert asha.post(f"/me/tokens/{token['id']}", method="delete").status_code == 204
    assert asha.get("/me").status_code == 401
    assert Token.objects.get(pk=token["id"]).revoked_at is not None
    assert asha.post("/me/tokens", {"name": "x"}).status_code == 405  # made on one's own page only


def test_a_colleague_stands_in_and_either_ends_it() -> None:
    person, colleague = make_user(Role.INVESTIGATOR), make_user(Role.INVESTIGATOR)
    case = make_case(person)
    asha, bela, outsider = Caller(person), Caller(colleague), Caller(make_user(Role.INVESTIGATOR))
    now = timezone.now()
    told = {
        "to": colleague.username,
        "case_id": case.pk,
        "starts_at": now.isoformat(),
        "ends_at": (now + timedelta(days=1)).isoformat(),
        "reason": "leave",
    }
    made = asha.post("/delegations", told)
    assert made.status_code == 201
    assert made.json()["case_id"] == case.pk
    assert bela.get(f"/cases/{case.pk}").status_code == 200
    assert [one["case_id"] for one in bela.get("/delegations").json()["items"]] == [case.pk]
    assert outsider.get("/delegations").json()["items"] == []
    path = f"/delegations/{made.json()['id']}"
    assert outsider.post(path, method="delete").status_code == 404
    assert bela.post(path, method="delete").status_code == 204
    assert fields(asha.post(path, method="delete")) == [""]
    assert bela.get(f"/cases/{case.pk}").status_code == 404
    (ended,) = bela.get("/delegations").json()["items"]
    assert (ended["case_id"], ended["all_cases"]) == (None, False)  # the case is hidden again
    assert outsider.post("/delegations", told).status_code == 404  # no case of this person
    assert fields(asha.post("/delegations", {**told, "to": "nobody"})) == ["to"]
    assert fields(asha.post("/delegations", {**told, "ends_at": told["starts_at"]})) == ["ends_at"]
    assert fields(asha.post("/delegations", {**told, "starts_at": "2026-11-26T10:00:00"})) == ["body.new.starts_at"]
    assert Caller(make_user(Role.ADMINISTRATOR)).post("/delegations", told).status_code == 403

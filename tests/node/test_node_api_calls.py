"""The API: who may call, what is answered, and that a repeated call changes nothing twice."""

from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from tests.samples.node import make_case, make_user
from tests.samples.nodeapi import Caller

from comity.node.audit.models import Entry
from comity.node.cases.models import Case
from comity.node.people.roles import Right, Role

NEW = {"reference": "FIR 7/2026", "title": "Phishing"}


def test_a_call_without_a_token_is_answered_with_a_problem() -> None:
    asha = Caller(make_user(Role.INVESTIGATOR))
    for header in ({}, {"Authorization": "Bearer nothing"}, {"Authorization": f"Basic {asha.token}"}):
        refused = asha.client.get("/api/v1/cases", headers=header)
        assert refused.status_code == 401
        assert refused["Content-Type"] == "application/problem+json"
        assert refused["WWW-Authenticate"].startswith("Bearer")
        assert refused.json()["title"] == "Unauthorized"


def test_scopes_narrow_what_the_person_may() -> None:
    person = make_user(Role.INVESTIGATOR)
    reads = Caller(person, Right.CASE_READ)
    refused = reads.post("/cases", NEW)
    assert refused.status_code == 403
    assert "case.open" in refused.json()["detail"]
    auditor = Caller(make_user(Role.AUDITOR))
    assert auditor.post("/cases", NEW).status_code == 403


def test_a_case_by_api_is_hidden_from_others_and_reading_is_entered() -> None:
    owner = make_user(Role.INVESTIGATOR)
    asha, other = Caller(owner), Caller(make_user(Role.INVESTIGATOR, Role.ADMINISTRATOR))
    made = asha.post("/cases", NEW)
    assert made.status_code == 201
    address = f"/cases/{made.json()['id']}"
    assert asha.get(address).json()["title"] == "Phishing"
    assert Entry.objects.latest("number").act == "case.read"
    hidden, nothing = other.get(address), other.get("/cases/none")
    assert hidden.status_code == nothing.status_code == 404
    assert hidden.json() == nothing.json()
    assert other.get("/cases").json() == {"items": [], "next": ""}


def test_the_second_writer_is_told_what_stands() -> None:
    person = make_user(Role.INVESTIGATOR)
    case = make_case(person)
    asha = Caller(person)
    body = {"title": "One", "version": 1}
    assert asha.post(f"/cases/{case.pk}/rename", body).json()["version"] == 2
    late = asha.post(f"/cases/{case.pk}/rename", {**body, "title": "Two"})
    assert late.status_code == 409
    assert late.json()["version"] == 2


def test_wrong_input_is_named_by_field() -> None:
    asha = Caller(make_user(Role.INVESTIGATOR))
    refused = asha.post("/cases", {"reference": "", "title": "x"})
    assert refused.status_code == 422
    assert [one["field"] for one in refused.json()["errors"]] == ["body.new.reference"]
    assert asha.post("/cases", NEW).status_code == 201
    assert asha.post("/cases", NEW).json()["errors"][0]["field"] == "reference"


def test_a_repeated_call_happens_once_and_gives_the_same_answer() -> None:
    asha = Caller(make_user(Role.INVESTIGATOR))
    first, second = (asha.post("/cases", NEW, key="k1") for _ in range(2))
    assert first.status_code == second.status_code == 201
    assert first.json() == second.json()
    assert second["Idempotent-Replayed"] == "true"
    assert Case.objects.count() == 1
    other = asha.post("/cases", {**NEW, "title": "Other"}, key="k1")
    assert other.status_code == 422
    assert "another call" in other.json()["detail"]


def test_a_refused_call_may_be_tried_again_under_its_key() -> None:
    asha = Caller(make_user(Role.INVESTIGATOR))
    assert asha.post("/cases", {"reference": "", "title": ""}, key="k").status_code == 422
    assert asha.post("/cases", NEW, key="k").status_code == 201


@pytest.mark.parametrize("call", ["/cases?after=%00", "/cases?after=WyJ4Il0", "/cases?limit=0", "/cases?text=%00"])
def test_a_call_that_cannot_be_read_is_refused(call: str) -> None:
    assert Caller(make_user(Role.INVESTIGATOR)).get(call).status_code in {400, 422}


def test_pages_show_each_row_once_while_rows_come_in() -> None:
    person = make_user(Role.INVESTIGATOR)
    made = {make_case(person).pk for _ in range(7)}
    asha = Caller(person)
    seen: list[str] = []
    after = ""
    while True:
        page = asha.get("/cases", limit=3, after=after).json()
        seen += [case["id"] for case in page["items"]]
        make_case(person)
        after = page["next"]
        if not after:
            break
    assert len(seen) == len(set(seen))
    assert set(seen) >= made


@pytest.mark.django_db(transaction=True)
def test_the_same_call_twice_at_once_happens_once() -> None:
    asha = Caller(make_user(Role.INVESTIGATOR))

    def call(_: int) -> int:
        try:
            return int(asha.post("/cases", NEW, key="k").status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(call, range(4))) == {201}
    assert Case.objects.count() == 1


def test_another_file_of_the_same_length_is_another_call() -> None:
    person = make_user(Role.INVESTIGATOR)
    case, asha = make_case(person), Caller(person)

    def send(data: bytes) -> Any:
        file = SimpleUploadedFile("a.txt", data, "text/plain")
        headers = {**asha.headers, "Idempotency-Key": "k"}
        return asha.client.post(f"/api/v1/cases/{case.pk}/evidence", {"file": file}, headers=headers)

    first = send(b"one")
    assert first.status_code == 201
    assert send(b"one").json() == first.json()
    assert send(b"two").status_code == 422
    assert [one["sha256"] for one in asha.get(f"/cases/{case.pk}/evidence").json()] == [sha256(b"one").hexdigest()]

"""Letters that came, dates, versions, relations and packages by API: what the pages do, under the same rules."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.samples.node import make_case, make_user
from tests.samples.nodeapi import Caller
from tests.samples.nodecases import add_evidence, make_letter, make_plan, tell_facts
from tests.samples.noderequests import make_alarm, make_request
from tests.samples.nodevault import seal_for_us

from comity.node.cases.models import Case
from comity.node.people.models import User
from comity.node.people.roles import Right, Role
from comity.node.requests.models import Clash
from comity.node.vault.tasks import make_package

TEXT = b"From: Ministry of Justice, Germany\nTo: Ministry of Home Affairs, India\nPlease preserve a@b.example."


def send_file(caller: Caller, path: str, data: bytes, **fields: Any) -> Any:
    file = SimpleUploadedFile("file.txt", data, "text/plain")
    return caller.client.post(f"/api/v1{path}", {"file": file, **fields}, headers=caller.headers)


@pytest.fixture
def asha() -> User:
    return make_user(Role.INVESTIGATOR)


@pytest.fixture
def case(asha: User) -> Case:
    made = make_case(asha)
    tell_facts(asha, made)
    add_evidence(asha, made, "mail", "bank")
    return made


def test_a_letter_that_came_is_put_right_registered_and_answered() -> None:
    officer = make_user(Role.AUTHORITY)
    desk = Caller(officer)
    came = send_file(desk, "/incoming", TEXT).json()
    assert (came["requesting"], came["measures"]) == ("DE", ["preservation"])
    assert came["finding"]["outcome"]
    assert [one["id"] for one in desk.get("/incoming").json()] == [came["id"]]
    right = desk.post(f"/incoming/{came['id']}/correct", {"version": 1, "their_reference": "GZ 7"}).json()
    assert right["their_reference"] == "GZ 7"
    assert desk.post(f"/incoming/{came['id']}/correct", {"version": 1, "measure": "testimony"}).status_code == 409
    told = {"version": right["version"], "reference": "IN-REQ 4/2026", "title": "Preservation"}
    made = desk.post(f"/incoming/{came['id']}/register", told)
    assert made.status_code == 201
    assert desk.get(f"/incoming/{came['id']}").status_code == 404
    one = made.json()
    answer = desk.post(f"/cases/{one['case_id']}/requests/{one['id']}/answer", {"what": "acknowledge"})
    assert answer.status_code == 201, answer.json()
    assert answer.json()["kind"] == "acknowledgement"
    assert Caller(make_user(Role.INVESTIGATOR)).get("/incoming").status_code == 403


def test_a_letter_that_is_none_is_discarded_with_a_reason() -> None:
    desk = Caller(make_user(Role.DUTY))
    came = send_file(desk, "/incoming", TEXT).json()
    assert desk.post(f"/incoming/{came['id']}/discard", {"version": 1}).status_code == 422
    assert desk.post(f"/incoming/{came['id']}/discard", {"version": 1, "reason": "spam"}).status_code == 204
    assert desk.get("/incoming").json() == []


def test_dates_alarms_and_lists_are_those_of_ones_own_cases(asha: User, case: Case) -> None:
    request = make_request(asha, case)
    request.next_ends_at = timezone.now() - timedelta(hours=1)
    request.save()
    alarm = make_alarm(request, asha)
    mine, stranger = Caller(asha), Caller(make_user(Role.INVESTIGATOR))
    assert [row["id"] for row in mine.get("/desk/lists").json()["late"]] == [request.pk]
    assert stranger.get("/desk/lists").json()["late"] == []
    assert set(mine.get("/desk/dates").json()) == {"dates", "cut"}
    far = {"from_at": "2026-01-01T00:00:00Z", "to_at": "2027-01-01T00:00:00Z"}
    assert mine.get("/desk/dates", **far).status_code == 422
    assert [one["request_id"] for one in mine.get("/desk/alarms").json()] == [request.pk]
    assert stranger.post(f"/desk/alarms/{alarm.pk}/seen").status_code == 404
    assert mine.post(f"/desk/alarms/{alarm.pk}/seen").status_code == 204
    assert mine.get("/desk/alarms").json()[0]["seen_at"] is not None


def test_what_is_asked_twice_names_units_and_no_hidden_request(asha: User, case: Case) -> None:
    officer = make_user(Role.AUTHORITY)
    hidden = make_case(make_user(Role.INVESTIGATOR))
    mine = make_request(asha, case, again=True)
    other = make_request(hidden.memberships.get().user, hidden, again=True)
    Clash.objects.all().delete()
    clash = Clash.objects.create(request=mine, other=other, likeness="same")
    desk = Caller(officer)
    [told] = desk.get("/desk/clashes").json()
    assert [side["request_id"] for side in told["sides"]] == ["", ""]
    assert desk.post(f"/desk/clashes/{clash.pk}/settle").status_code == 204
    assert desk.get("/desk/clashes").json() == []
    assert Caller(asha).get("/desk/clashes").status_code == 403


def test_a_calendar_address_is_told_once(asha: User) -> None:
    mine = Caller(asha)
    made = mine.post("/desk/feeds", {"name": "telephone"}, key="k1")
    assert made.status_code == 201
    address = made.json()["url"].partition("/requests/")[2]
    assert mine.client.get(f"/requests/{address}").status_code == 200
    assert mine.post("/desk/feeds", {"name": "telephone"}, key="k1").status_code == 409
    [listed] = mine.get("/desk/feeds").json()
    assert "url" not in listed
    assert mine.post(f"/desk/feeds/{listed['id']}", method="delete").status_code == 204
    assert mine.client.get(f"/requests/{address}").status_code == 404


def test_versions_of_a_letter_are_compared_restored_and_spoken_of(asha: User, case: Case) -> None:
    letter = make_letter(asha, case, make_plan(asha, case))
    mine, base = Caller(asha), f"/cases/{case.pk}/letters/{letter.pk}"
    draft = mine.get(f"{base}/document").json()
    address = next(path for path, text in free_texts(draft["letter"]))
    saved = mine.post(f"{base}/texts", {"texts": {address: "Other words."}, "version": 1})
    assert saved.status_code == 200, saved.json()
    changes = mine.get(f"{base}/versions/1/changes/2").json()
    assert [one["address"] for one in changes] == [address]
    assert [row["number"] for row in mine.get(f"{base}/versions").json()] == [2, 1]
    assert mine.get(f"{base}/versions/9/document").status_code == 404
    assert mine.post(f"{base}/restore", {"number": 1, "version": 2}).json()["number"] == 3
    assert mine.post(f"{base}/restore", {"number": 1, "version": 2}).status_code == 409
    report = mine.post(f"{base}/check", {"texts": {address: ""}}).json()
    assert report["findings"]
    assert mine.post(f"{base}/check", {"texts": {"/nowhere": "x"}}).status_code == 422
    assert mine.post(f"{base}/language", {"language": "fr"}).json()["language"] == "fr"
    assert mine.post(f"{base}/language", {"language": "xx"}).status_code == 422
    assert send_file(mine, f"{base}/translation", b"no xliff", version=3).status_code == 422
    said = mine.post(f"{base}/comments", {"text": "Which account?"})
    assert said.status_code == 201
    assert mine.post(f"{base}/comments/{said.json()['id']}/settle").status_code == 204
    assert mine.get(f"{base}/comments").json()[0]["settled_at"] is not None
    stranger = Caller(make_user(Role.INVESTIGATOR))
    assert stranger.get(f"{base}/versions").status_code == stranger.get(f"{base}/comments").status_code == 404


def free_texts(value: Any, path: str = "") -> Any:
    """Texts of a letter that a drafter may change, with their JSON Pointers."""
    if isinstance(value, dict):
        if "origin" in value and value.get("text") and not value.get("phrase"):
            yield path, value
        for name, inner in value.items():
            yield from free_texts(inner, f"{path}/{name}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from free_texts(inner, f"{path}/{number}")


def test_relations_are_read_and_put_right_and_the_next_plan_says_what_changed(asha: User, case: Case) -> None:
    first = make_plan(asha, case)
    mine, base = Caller(asha), f"/cases/{case.pk}"
    picture = mine.get(f"{base}/plans/1/relations").json()
    thing = next(m for m in picture["marks"] if m["kind"] not in {"state", "holder", "passed"})
    one = mine.get(f"{base}/plans/1/relations", of=thing["id"]).json()
    assert one["held"][0]["tie"]["reasons"]
    assert mine.get(f"{base}/plans/1/relations", of="ipv4-addr:192.0.2.9").status_code == 404
    told = mine.post(f"{base}/ties", {"value": one["value"], "state": "NL", "holder": "Example", "why": "lease"})
    assert told.status_code == 201, told.json()
    assert mine.post(f"{base}/ties", {"value": one["value"], "state": "Holland", "why": "x"}).status_code == 422
    assert mine.post(f"{base}/leads", {"value": "nobody", "why": "x"}).status_code == 422
    assert mine.post(f"{base}/leads", {"value": "203.0.113.77", "state": "NL", "why": "bank"}).status_code == 201
    assert mine.post(f"{base}/evidence/notes", {"text": "they also used x@y.example"}).status_code == 201
    assert mine.post(f"{base}/uninvolved", {"value": "203.0.113.200", "who": "a relay"}).status_code == 201
    assert make_plan(asha, case).number == first.number + 1
    changes = mine.get(f"{base}/plans/2/changes").json()
    assert changes["added"]
    assert mine.get(f"{base}/plans/1/changes").json() == {"added": [], "removed": [], "changed": []}
    assert b"<html" in mine.get(f"{base}/plans/2/report").content
    versions = mine.get(f"{base}/facts/versions").json()
    assert [row["number"] for row in versions] == [4, 3, 2, 1]
    assert "lease" in mine.get(f"{base}/facts/versions/2").json()["text"]
    assert Caller(make_user(Role.INVESTIGATOR)).post(f"{base}/ties", {"value": "x", "why": "y"}).status_code == 404


def test_a_package_is_sealed_read_released_by_another_and_taken_out(asha: User, case: Case) -> None:
    custodian = make_user(Role.CUSTODIAN)
    case.memberships.create(user=custodian, added_by=asha)
    mine, other, base = Caller(asha), Caller(custodian), f"/cases/{case.pk}/packages"
    artifact = case.artifacts.first()
    assert artifact is not None
    own = mine_identity(other)
    body = {"exhibits": [artifact.pk], "known_recipient": own, "authorised_by": "Warrant 12/2026"}
    assert mine.post(base, {**body, "exhibits": ["none"]}).status_code == 422
    key = {"recipient": key_of_node(), "recipient_name": "us"}
    asked = mine.post(base, {"exhibits": [artifact.pk], "authorised_by": "Warrant 12/2026", **key})
    assert asked.status_code == 202, asked.json()
    package = asked.json()["id"]
    make_package.call(package)
    whole = mine.get(f"{base}/{package}").json()
    assert whole["state"] == "done", whole["problem"]
    assert whole["report"]["checks"]
    version = {"version": whole["version"]}
    assert other.get(f"{base}/{package}/file").status_code == 403
    assert mine.post(f"{base}/{package}/release", version).status_code == 403
    assert other.post(f"{base}/{package}/release", version).status_code == 200
    file = b"".join(other.get(f"{base}/{package}/file").streaming_content)
    assert file.startswith(b"age-encryption.org/v1")
    assert b"".join(other.get(f"{base}/{package}/report").streaming_content).startswith(b"%PDF")
    assert other.get(f"{base}/{package}/custody").json()
    examined = {"act": "examined", "at": timezone.now().isoformat(), "reason": "counted"}
    assert other.post(f"{base}/{package}/custody", examined).status_code == 204
    assert other.post(f"{base}/{package}/custody", {**examined, "act": "received"}).status_code == 422
    assert [row["id"] for row in mine.get(base).json()["items"]] == [package]
    assert Caller(make_user(Role.CUSTODIAN)).get(base).status_code == 404


def mine_identity(caller: Caller) -> str:
    [own] = caller.get("/identities").json()
    assert own["number"]
    assert caller.get("/identities/own").json()
    return str(own["name"])


def key_of_node() -> str:
    from comity.evidence.keys import age_recipients
    from comity.node.vault.store import identity

    return age_recipients(identity().public)[0]


def test_a_received_package_is_checked_and_another_s_identity_is_compared_first(asha: User, case: Case) -> None:
    custodian = make_user(Role.CUSTODIAN)
    case.memberships.create(user=custodian, added_by=asha)
    artifact = case.artifacts.first()
    assert artifact is not None
    sealed = seal_for_us(custodian, case, artifact)
    from comity.node.artifacts.actions import add_file

    with sealed.path.open("rb") as file:
        came = add_file(asha, case=case, name="p.age", stream=file, size_bytes=sealed.size_bytes)
    desk = Caller(custodian)
    asked = desk.post(f"/cases/{case.pk}/packages/check", {"artifact_id": came.pk})
    assert asked.status_code == 202
    make_package.call(asked.json()["id"])
    assert desk.get(f"/cases/{case.pk}/packages/{asked.json()['id']}").json()["report"]["checks"]
    assert desk.get(f"/cases/{case.pk}/packages/{asked.json()['id']}/file").status_code == 404
    assert desk.post(f"/cases/{case.pk}/packages/check", {"artifact_id": "none"}).status_code == 422
    bundle = desk.get("/identities/own").content
    assert send_file(desk, "/identities", bundle, number="0000 0000").status_code == 422
    assert Caller(asha).get("/identities").status_code == 403


def test_a_token_without_the_scope_does_nothing(asha: User, case: Case) -> None:
    reader = Caller(asha, Right.CASE_READ)
    for path, body in (
        ("ties", {"value": "203.0.113.9", "why": "x"}),
        ("leads", {"value": "203.0.113.9", "why": "x"}),
        ("evidence/notes", {"text": "x"}),
        ("packages/check", {"artifact_id": "x"}),
    ):
        assert reader.post(f"/cases/{case.pk}/{path}", body).status_code == 403

"""The directory by API: read by all, changed by those who may, with its history."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.samples.node import make_user
from tests.samples.nodeapi import Caller

from comity.node.people.models import Shift
from comity.node.people.roles import Right, Role

NEW = {"kind": "contact", "state": "FR", "name": "Night desk", "hours": "24/7", "source": "a call on 1 June 2026"}


@pytest.fixture
def desk() -> Caller:
    return Caller(make_user(Role.AUTHORITY))


def fields(refused: Any) -> list[str]:
    assert refused.status_code == 422, refused.content
    return [one["field"] for one in refused.json()["errors"]]


def send(caller: Caller, data: bytes, key: str = "") -> Any:
    file = SimpleUploadedFile("directory.csv", data, "text/csv")
    headers = {**caller.headers, **({"Idempotency-Key": key} if key else {})}
    return caller.client.post("/api/v1/directory/import", {"file": file}, headers=headers)


def test_all_read_it_and_few_change_it(desk: Caller) -> None:
    reader = Caller(make_user(Role.ANALYST))
    line = desk.post("/directory/lines", NEW).json()
    path = f"/directory/lines/{line['id']}"
    assert reader.get(path).json()["values"]["name"] == "Night desk"
    assert reader.post("/directory/lines", NEW).status_code == 403
    for act in ("", "/confirm", "/withdraw", "/calls"):
        assert reader.post(f"{path}{act}", {}).status_code == 403
    assert send(reader, b"").status_code == 403
    assert Caller(make_user(Role.AUTHORITY), Right.CASE_READ).post("/directory/lines", NEW).status_code == 403
    assert desk.get("/directory/lines/none").status_code == 404
    assert desk.post("/directory/lines/none/confirm", {"version": 0}).status_code == 404


def test_lines_are_searched(desk: Caller) -> None:
    desk.post("/directory/lines", NEW)
    found = desk.get("/directory/lines", text="night DESK", state="FR", kind="contact").json()["items"]
    assert [one["values"]["name"] for one in found] == ["Night desk"]
    assert desk.get("/directory/lines", kind="none").status_code == 422
    measured = desk.get("/directory/lines", state="FR", measure="preservation", stale=True)
    assert measured.status_code == 200


def test_a_line_that_ships_is_corrected_with_its_history(desk: Caller) -> None:
    (line, *_) = desk.get("/directory/lines", kind="contact").json()["items"]
    assert line["version"] == 0
    path = f"/directory/lines/{line['id']}"
    changed = desk.post(path, {**line["values"], "phone": "+33 1 23 45", "version": 0}).json()
    assert (changed["corrected"], changed["values"]["phone"]) == (True, "+33 1 23 45")
    assert [one["act"] for one in changed["versions"]] == ["change", "adopt"]
    late = desk.post(path, {**line["values"], "version": 1})
    assert (late.status_code, late.json()["version"]) == (409, 2)
    assert fields(desk.post(path, {**line["values"], "email": "none", "version": 2})) == ["email"]


def test_a_line_is_confirmed_withdrawn_and_put_back(desk: Caller) -> None:
    line = desk.post("/directory/lines", NEW).json()
    path = f"/directory/lines/{line['id']}"
    confirmed = desk.post(f"{path}/confirm", {"version": 1, "note": "called"}).json()
    assert (confirmed["stale"], confirmed["confirmations"][0]["note"]) == (False, "called")
    assert desk.post(f"{path}/withdraw", {"version": 1}).json()["withdrawn"] is True
    assert desk.get("/directory/lines", text="night desk").json()["items"] == []
    assert desk.post(f"{path}/withdraw", {"version": 1}).status_code == 409
    assert fields(desk.post(f"{path}/withdraw", {"version": 2})) == [""]
    assert desk.post(f"{path}/restore", {"version": 2}).json()["withdrawn"] is False


def test_test_calls_are_entered_for_contact_points(desk: Caller) -> None:
    line = desk.post("/directory/lines", NEW).json()
    provider = desk.post("/directory/lines", {**NEW, "kind": "provider"}).json()
    call = {"called_at": timezone.now().isoformat(), "outcome": "not_reached", "minutes": 30, "note": "busy"}
    path = f"/directory/lines/{line['id']}"
    entered = desk.post(f"{path}/calls", call)
    assert (entered.status_code, entered.json()["last_call"]) == (201, "not_reached")
    assert [one["minutes"] for one in desk.get(path).json()["calls"]] == [30]
    assert fields(desk.post(f"/directory/lines/{provider['id']}/calls", call)) == [""]
    later = (timezone.now() + timedelta(days=1)).isoformat()
    assert fields(desk.post(f"{path}/calls", {**call, "called_at": later})) == ["called_at"]


def test_whom_to_call_now(desk: Caller) -> None:
    now = timezone.now()
    officer = make_user(Role.DUTY)
    Shift.objects.create(user=officer, starts_at=now - timedelta(minutes=5), ends_at=now + timedelta(hours=8))
    desk.post("/directory/lines", NEW)
    told = desk.get("/directory/now", state="FR", measure="preservation").json()
    assert told["here"]["zone"] == "Europe/Paris"
    assert told["on_duty"] == [officer.name]
    first = told["found"][0]
    assert (first["line"]["values"]["kind"], first["office"]["works"]) == ("contact", True)
    assert fields(desk.get("/directory/now", state="XX")) == ["state"]
    assert desk.get("/directory/now").status_code == 422


def test_a_file_goes_out_and_comes_in_whole_or_not_at_all(desk: Caller) -> None:
    desk.post("/directory/lines", NEW)
    data = desk.get("/directory/lines.csv", text="night desk").content
    assert send(desk, data).json() == {"added": 0, "changed": 0, "same": 1}
    changed = data.replace(b"Night desk", b"Day desk")
    first, again = (send(desk, changed, key="k") for _ in range(2))
    assert first.json() == again.json() == {"added": 0, "changed": 1, "same": 0}
    assert again["Idempotent-Replayed"] == "true"
    late = send(desk, changed)
    assert "version 2 stands now" in late.json()["errors"][0]["detail"]
    assert fields(send(desk, b"no table")) == ["file"]
    assert fields(send(desk, b"x" * (2 * 2**20 + 1))) == ["file"]

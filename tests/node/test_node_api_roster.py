"""The duty roster by API."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.samples.node import make_user
from tests.samples.nodeapi import Caller

from comity.node.people.models import Shift, User
from comity.node.people.roles import Right, Role


@pytest.fixture
def desk() -> Caller:
    return Caller(make_user(Role.AUTHORITY))


def turn(person: User, begin: datetime, hours: int = 8, **more: Any) -> dict[str, Any]:
    end = begin + timedelta(hours=hours)
    return {"username": person.username, "starts_at": begin.isoformat(), "ends_at": end.isoformat(), **more}


def test_turns_are_planned_and_what_is_not_covered_is_told(desk: Caller) -> None:
    person, begin = make_user(Role.DUTY), timezone.now() + timedelta(hours=1)
    made = desk.post("/roster/shifts", turn(person, begin, repeat_days=2))
    assert made.status_code == 201
    assert len(made.json()) == 3
    read = desk.get("/roster").json()
    assert [one["username"] for one in read["shifts"]] == [person.username] * 3
    assert len(read["gaps"]) == 4
    refused = desk.post("/roster/shifts", turn(person, begin))
    assert refused.json()["errors"][0]["field"] == "user"
    assert desk.post("/roster/shifts", turn(make_user(Role.ANALYST), begin)).status_code == 422
    far = {"from_at": begin.isoformat(), "to_at": (begin + timedelta(days=93)).isoformat()}
    assert desk.get("/roster", **far).status_code == 422
    assert desk.get("/roster", from_at="9999-12-31T23:59:59-14:00").status_code == 422


def test_who_may_see_and_who_may_plan() -> None:
    person = make_user(Role.DUTY)
    officer, outsider = Caller(person), Caller(make_user(Role.INVESTIGATOR))
    assert officer.get("/roster").status_code == 200
    assert outsider.get("/roster").status_code == outsider.get("/roster/now").status_code == 403
    assert officer.post("/roster/shifts", turn(person, timezone.now())).status_code == 403
    assert Caller(make_user(Role.AUTHORITY), Right.CASE_READ).get("/roster").status_code == 403


def test_a_turn_is_taken_over_with_the_note_of_the_one_before(desk: Caller) -> None:
    first, second = make_user(Role.DUTY), make_user(Role.DUTY)
    now = timezone.now()
    before = Shift.objects.create(user=first, starts_at=now - timedelta(hours=8), ends_at=now)
    mine = Shift.objects.create(user=second, starts_at=now, ends_at=now + timedelta(hours=8))
    asha, bela = Caller(first), Caller(second)
    assert asha.post(f"/roster/shifts/{before.pk}/note", {"note": "Mast 7 is down."}).status_code == 200
    path = f"/roster/shifts/{mine.pk}"
    assert bela.get(path).json()["before"] == "Mast 7 is down."
    assert asha.post(f"{path}/take-over").status_code == 404
    assert bela.post(f"{path}/take-over").json()["taken_over_at"] is not None
    assert bela.post(f"{path}/take-over").status_code == 422
    assert [one["username"] for one in desk.get("/roster/now").json()] == [second.username]
    assert desk.post(f"{path}/call-off").status_code == 422
    assert bela.get("/roster/shifts/999999").status_code == 404


def test_a_turn_is_swapped_with_a_colleague_who_says_yes(desk: Caller) -> None:
    first, second, third = make_user(Role.DUTY), make_user(Role.DUTY), make_user(Role.DUTY)
    asha, bela, outsider = Caller(first), Caller(second), Caller(third)
    (shift,) = desk.post("/roster/shifts", turn(first, timezone.now() + timedelta(days=1))).json()
    path = f"/roster/shifts/{shift['id']}"
    assert asha.post(f"{path}/swap", {"to": "nobody"}).json()["errors"][0]["field"] == "to"
    asked = asha.post(f"{path}/swap", {"to": second.username, "reason": "leave"}).json()["swap"]
    assert asha.post(f"{path}/swap", {"to": third.username}).status_code == 422
    assert [one["swap"]["id"] for one in bela.get("/roster/swaps").json()] == [asked["id"]]
    answer = f"/roster/swaps/{asked['id']}/answer"
    assert outsider.post(answer, {"accept": False}).status_code == 404
    assert asha.post(answer, {"accept": True}).status_code == 404  # nobody says yes for another
    assert bela.post(answer, {"accept": True}).status_code == 204
    assert bela.get(path).json()["username"] == second.username
    assert bela.post(answer, {"accept": True}).status_code == 422
    called_off = desk.post(f"{path}/call-off").json()
    assert called_off["called_off_at"] is not None
    assert desk.get("/roster").json()["shifts"] == []

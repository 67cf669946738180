"""Figures and persons concerned by API."""

import csv
import io
from datetime import UTC, datetime
from typing import Any

from tests.samples.node import make_case, make_user
from tests.samples.nodeapi import Caller
from tests.samples.noderequests import make_request

from comity.docket import Act
from comity.node.audit.models import Entry
from comity.node.oversight.actions.figures import make_all
from comity.node.people.roles import Right, Role
from comity.node.requests.actions.enter import Told, act

OWED = {"person": "account holder", "rule": "CPC § 4", "due_on": "2026-12-01", "remedies": "complaint within 30 days"}


def test_figures_are_read_published_and_kept() -> None:
    person = make_user(Role.INVESTIGATOR)
    case = make_case(person)
    for _ in range(6):
        make_request(person, case, again=True)
    make_all(datetime(2026, 11, 26, tzinfo=UTC))
    auditor, desk = Caller(make_user(Role.AUDITOR)), Caller(make_user(Role.AUTHORITY))
    assert 0 in [one["year"] for one in desk.get("/oversight/years").json()]
    report = desk.get("/oversight/years/0").json()
    tables = {table["id"]: table["rows"] for table in report["tables"]}
    assert [(row[0], row[2]) for row in tables["by_state"]] == [("outgoing", 6)]
    assert "overdue" in tables
    text = desk.get("/oversight/years/0/files/csv").content.decode()
    assert ["table", "direction", "state", "count"] in list(csv.reader(io.StringIO(text)))
    assert desk.get("/oversight/years/0/files/exe").status_code == desk.get("/oversight/years/1999").status_code == 404
    assert desk.post("/oversight/years/0/publish", {}).status_code == desk.post("/oversight/count").status_code == 403
    made = auditor.post("/oversight/years/0/publish", {"note": "annual report"})
    assert made.status_code == 201
    assert auditor.post("/oversight/years/0/publish", {}).status_code == 422  # published already
    assert auditor.post("/oversight/years/1999/publish", {}).status_code == 404
    (listed,) = desk.get("/oversight/published").json()["items"]
    assert listed == made.json()
    path = f"/oversight/published/{listed['id']}"
    assert desk.get(path).json() == report
    assert desk.get(f"{path}/files/json").status_code == 200
    assert desk.get("/oversight/published/999999").status_code == 404


def test_figures_are_counted_anew_by_who_may_publish() -> None:
    assert Caller(make_user(Role.AUDITOR)).post("/oversight/count").status_code == 202
    for caller in (Caller(make_user(Role.INVESTIGATOR)), Caller(make_user(Role.AUDITOR), Right.AUDIT_READ)):
        assert caller.get("/oversight/years").status_code == caller.get("/oversight/published").status_code == 403
        assert caller.post("/oversight/count").status_code == 403


def sent() -> tuple[Any, Any, Any]:
    """A case, its request that was sent, and a central-authority officer who is a member."""
    owner, officer = make_user(Role.INVESTIGATOR), make_user(Role.AUTHORITY)
    case = make_case(owner, officer)
    request = make_request(owner, case)
    for one in (Act.CHECK, Act.APPROVE, Act.SEND):
        by = owner if one is Act.CHECK else officer
        request.refresh_from_db()
        act(
            by,
            request=request,
            act=one,
            version=request.version,
            told=Told(means="e-mail", unsigned="the channel asks for none" if one is Act.SEND else ""),
        )
    return case, request, officer


def test_a_person_is_owed_put_off_and_told() -> None:
    case, request, officer = sent()
    desk = Caller(officer)
    path = f"/cases/{case.pk}/requests/{request.pk}/persons"
    owed = desk.post(path, OWED)
    assert owed.status_code == 201
    assert desk.get(path).json() == [owed.json()]
    assert desk.get("/oversight/persons").json()["items"] == [owed.json()]
    one = f"/cases/{case.pk}/persons/{owed.json()['id']}"
    late = {"version": 1, "until": "2027-03-01", "reason": "searches are under way", "authority": "court of Pune"}
    assert desk.post(f"{one}/delay", {**late, "until": "2026-11-30"}).json()["errors"][0]["field"] == "until"
    put_off = desk.post(f"{one}/delay", late).json()
    assert (put_off["delayed_until"], put_off["version"]) == ("2027-03-01", 2)
    assert [delay["authority"] for delay in put_off["delays"]] == ["court of Pune"]
    assert desk.post(f"{one}/delay", {**late, "until": "2027-04-01"}).status_code == 409
    told = desk.post(f"{one}/told", {"version": 2, "means": "letter"})
    assert told.json()["given_at"] is not None
    assert desk.post(f"{one}/told", {"version": 3}).status_code == 404
    assert desk.get("/oversight/persons").json()["items"] == []
    assert "inform" in [event["act"] for event in desk.get(f"/cases/{case.pk}/requests/{request.pk}").json()["events"]]
    assert Entry.objects.filter(act="notification.give", case=case.pk).count() == 1


def test_persons_of_a_case_are_hidden_from_others() -> None:
    case, request, officer = sent()
    owed = Caller(officer).post(f"/cases/{case.pk}/requests/{request.pk}/persons", OWED).json()
    outsider = Caller(make_user(Role.AUTHORITY))
    told = {"version": 1}
    assert outsider.get("/oversight/persons").json()["items"] == []
    assert outsider.get(f"/cases/{case.pk}/requests/{request.pk}/persons").status_code == 404
    assert outsider.post(f"/cases/{case.pk}/persons/{owed['id']}/told", told).status_code == 404
    own = make_case(outsider_user := make_user(Role.AUTHORITY))
    elsewhere = Caller(outsider_user).post(f"/cases/{own.pk}/persons/{owed['id']}/told", told)
    assert elsewhere.status_code == 404  # a person of another case


def test_what_the_token_does_not_name_is_refused() -> None:
    case, request, officer = sent()
    desk, narrow = Caller(officer), Caller(officer, Right.CASE_READ)
    path = f"/cases/{case.pk}/requests/{request.pk}/persons"
    owed = desk.post(path, OWED).json()
    one = f"/cases/{case.pk}/persons/{owed['id']}"
    assert narrow.get(path).status_code == 200
    calls: tuple[tuple[str, dict[str, Any]], ...] = (
        (path, OWED),
        (f"{one}/delay", {}),
        (f"{one}/told", {"version": 1}),
    )
    for refused in (narrow.post(address, body) for address, body in calls):
        assert refused.status_code == 403
        assert "lacks the scope" in refused.json()["detail"]
    analyst = make_user(Role.ANALYST)
    assert Caller(analyst).post(path, OWED).status_code == 404

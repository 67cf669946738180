"""Figures are the docket's, small numbers are hidden, what is published stays; persons are told in time."""

import csv
import io
import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import count as numbers

import msgspec
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests.samples.node import client_of, make_case, make_user
from tests.samples.noderequests import did, make_request

from comity import docket
from comity.docket import Act, Direction, Event, Relation, Side
from comity.docket.statistics import Figure
from comity.law import Channel, Measure
from comity.node.cases.models import Case, new_id
from comity.node.errors import ChangedError, HiddenError, InvalidError, NotAllowedError
from comity.node.oversight.actions.figures import make_all, publish
from comity.node.oversight.actions.persons import delay, give, owe
from comity.node.oversight.counting import LEAST, count, fit
from comity.node.oversight.models import Figures, Notification, Publication
from comity.node.oversight.report import Report, Table, to_csv, to_json
from comity.node.people.models import User
from comity.node.people.roles import Role
from comity.node.requests.actions.enter import Told as Facts
from comity.node.requests.clock import set_columns, watched
from comity.node.requests.history import recorded
from comity.node.requests.models import Event as EventRow
from comity.node.requests.models import Request, Tie

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
_numbers = numbers(1)


def order(case: Case, by: User, *acts: Act, kind: str = "epoc", reasons: tuple[str, ...] = ()) -> Request:
    """A request with its events, a day apart, written as the node keeps it."""
    asked = docket.Request(
        id=new_id(),
        reference=f"E {next(_numbers)}",
        direction=Direction.OUTGOING,
        kind=kind,
        measure=Measure.TRAFFIC_DATA,
        requesting="DE",
        requested="FR",
        channel=Channel.DIRECT_TO_PROVIDER,
        instrument="eu-eevidence",
        targets=(docket.Target(kind="email-addr", value="a@b.example", holder="Acme"),),
    )
    made = Request.objects.create(
        id=asked.id,
        case=case,
        record=msgspec.json.encode(asked),
        reference=asked.reference,
        direction="outgoing",
        kind=kind,
        measure=asked.measure.value,
        requesting="DE",
        requested="FR",
        instrument=asked.instrument,
        assignee=by,
        state="draft",
        waits="for_us",
        opened_at=NOW,
    )
    for number, act in enumerate((Act.DRAFT, Act.CHECK, Act.APPROVE, Act.SEND, *acts), start=1):
        at = NOW + timedelta(days=number)
        event = Event(
            act=act,
            at=at,
            recorded_at=at,
            by="b" if act is Act.APPROVE else "a",
            side=Side.REQUESTED if number > 4 else Side.REQUESTING,
            means="m",
            note="n",
            reasons=reasons if act is Act.REFUSE else (),
        )
        EventRow.objects.create(
            request=made, number=number, record=msgspec.json.encode(event), act=act.value, at=at, by=by
        )
    set_columns(made, watched(made, now=NOW + timedelta(days=30)), NOW + timedelta(days=30))
    made.save()
    return made


@pytest.fixture
def filled() -> User:
    """Nine orders executed, six refused, one open."""
    asha = make_user(Role.INVESTIGATOR)
    case = make_case(asha)
    reason = next(one.id for one in docket.reasons().values() if Act.REFUSE in one.acts)
    for _ in range(9):
        order(case, asha, Act.EXECUTE)
    for _ in range(6):
        order(case, asha, Act.REFUSE, reasons=(reason,))
    order(case, asha)
    return asha


def rows(report: Report, name: str) -> list[dict[str, object]]:
    table = report.table(name)
    assert table is not None
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def test_what_is_counted_is_what_happened_and_small_numbers_are_hidden(filled: User) -> None:
    report = count(year=2026, agency="A", now=NOW + timedelta(days=30))
    states = {row["state"]: row["count"] for row in rows(report, "by_state")}
    # one is sent: alone it would be told by the total, so the next small one is hidden with it
    assert states == {"executed": 9, "refused": None, "sent": None}
    assert [row["count"] for row in rows(report, "by_pair")] == [16]
    took = {row["leg"]: (row["median_days"], row["about"]) for row in rows(report, "durations")}
    assert took["answered"] == (1.0, 15)
    assert took["prepared"] == (3.0, 15)
    assert [row["count"] for row in rows(report, "refusals")] == [6]
    figures = {(row["point"], row["what"]): row["value"] for row in rows(report, "article_28")}
    assert figures["a", "issued"] == 16
    assert figures["c", "complied with"] == 9
    assert figures["c", "not complied with"] is None
    assert figures["e", "days from issue to the data"] == 1.0


def test_another_year_is_another_year(filled: User) -> None:
    assert rows(count(year=2025, agency="A", now=NOW), "by_state") == []
    assert make_all(NOW + timedelta(days=30)) == 2
    assert make_all(NOW + timedelta(days=31)) == 2
    assert set(Figures.objects.values_list("year", flat=True)) == {0, 2026}


def test_every_request_is_read_with_its_own_events(filled: User) -> None:
    found = {one.request.id: one.events for one in recorded(Request.objects.all())}
    assert found == {row.pk: row.happened() for row in Request.objects.all()}
    part = Request.objects.filter(state="refused")
    assert {one.request.id for one in recorded(part)} == set(part.values_list("pk", flat=True))


def test_what_enforces_an_order_counts_with_it(filled: User) -> None:
    asha = filled
    first = Request.objects.filter(state="refused")[:LEAST]
    for one in first:
        later = order(one.case, asha, kind="request")
        record = msgspec.structs.replace(later.docketed(), links=(docket.Link(to=one.pk, relation=Relation.ENFORCES),))
        Request.objects.filter(pk=later.pk).update(record=msgspec.json.encode(record))
        Tie.objects.create(request=later, to=one, relation=Relation.ENFORCES.value)
    figures = {row["what"]: row["value"] for row in rows(count(year=2026, agency="A", now=NOW), "article_28")}
    assert figures["sent for enforcement"] == LEAST


@given(
    st.lists(
        st.tuples(st.sampled_from("abcdgh"), st.sampled_from("xyz"), st.integers(0, 30)),
        unique_by=lambda one: one[:2],
        max_size=12,
    )
)
def test_no_small_count_of_orders_is_ever_shown(told: list[tuple[str, str, int]]) -> None:
    figures = [
        Figure(point=point, what=what, kind="epoc", data="d", addressee="h", emergency=False, value=value)
        for point, what, value in told
    ]
    shown = [value for _one, value in fit(figures)]
    assert len(shown) == len(figures)
    assert not [value for value in shown if value is not None and 0 < value < LEAST]


def test_what_is_published_stays_as_it_is_and_once(filled: User) -> None:
    make_all(NOW + timedelta(days=30))
    auditor = make_user(Role.AUDITOR)
    with pytest.raises(NotAllowedError):
        publish(make_user(Role.AUTHORITY), year=2026)
    made = publish(auditor, year=2026, note="yearly report")
    with pytest.raises(InvalidError, match="published already"):
        publish(auditor, year=2026)
    with pytest.raises(HiddenError):
        publish(auditor, year=1999)
    order(Case.objects.get(), filled)
    make_all(NOW + timedelta(days=32))
    assert rows(Publication.objects.get(pk=made.pk).report(), "by_pair")[0]["count"] == 16
    assert rows(Figures.objects.get(year=2026).report(), "by_pair")[0]["count"] == 17


def test_pages_and_files_tell_no_content_and_cost_little(filled: User) -> None:
    make_all(NOW + timedelta(days=30))
    authority, auditor = client_of(make_user(Role.AUTHORITY)), client_of(make_user(Role.AUDITOR), present=True)
    for address in ("/oversight/", "/oversight/years/2026/"):
        with CaptureQueriesContext(connection) as queries:
            page = authority.get(address)
        assert page.status_code == 200
        assert len(queries) < 12
        assert "a@b.example" not in page.content.decode()
    assert authority.get("/oversight/years/1999/").status_code == 404
    assert authority.post("/oversight/count/").status_code == 403
    assert client_of(make_user(Role.INVESTIGATOR)).get("/oversight/").status_code == 403
    done = auditor.post("/oversight/years/2026/publish/", {"note": "web"})
    assert done.status_code == 302
    for base in ("/oversight/years/2026/", done["Location"]):
        read = json.loads(authority.get(f"{base}figures.json").content)
        assert read["format"] == "comity-figures/1"
        lines = list(csv.reader(io.StringIO(authority.get(f"{base}figures.csv").content.decode())))
        assert Counter(line[0] for line in lines)["by_state"] == 3
        assert authority.get(f"{base}figures.exe").status_code == 404
    assert auditor.post("/oversight/years/2026/publish/", {"note": ""}).status_code == 422


def test_a_file_is_the_report_and_no_formula() -> None:
    report = Report(
        agency="A",
        year=0,
        as_of=NOW,
        least=5,
        tables=(Table(id="t", columns=("a", "b"), rows=(("=1+1", None), ("x", 7))),),
    )
    assert msgspec.json.decode(to_json(report), type=Report) == report
    assert to_csv(report).decode().splitlines() == ["table,a,b", "t,'=1+1,suppressed", "t,x,7"]


class Told:
    """A request whose account holder must be told within ten days."""

    def __init__(self) -> None:
        self.asha, self.meera = make_user(Role.INVESTIGATOR), make_user(Role.PROSECUTOR)
        self.ravi = make_user(Role.AUTHORITY)
        self.case = make_case(self.asha, self.meera, self.ravi)
        self.request = make_request(self.asha, self.case)
        self.due = timezone.localdate() + timedelta(days=10)
        self.one = owe(self.asha, request=self.request, person="account holder", rule="s. 1", due_on=self.due)


@pytest.fixture
def told() -> Told:
    return Told()


def test_a_person_is_told_in_time_or_lawfully_later(told: Told) -> None:
    later = told.due + timedelta(days=90)
    how = {"until": later, "reason": "the search goes on", "authority": "Court of X"}
    with pytest.raises(NotAllowedError):
        delay(told.asha, notification=told.one, version=1, **how)  # type: ignore[arg-type]
    with pytest.raises(InvalidError, match="authority"):
        delay(told.meera, notification=told.one, version=1, until=later, reason="r", authority=" ")
    with pytest.raises(InvalidError, match="until"):
        delay(told.meera, notification=told.one, version=1, until=told.due, reason="r", authority="a")
    assert list(Notification.objects.due(told.due)) == [told.one]
    held = delay(told.meera, notification=told.one, version=1, **how)  # type: ignore[arg-type]
    assert not Notification.objects.due(told.due)
    assert list(Notification.objects.due(later)) == [held]
    with pytest.raises(ChangedError):
        delay(told.meera, notification=told.one, version=1, **how)  # type: ignore[arg-type]
    for person, what in ((told.asha, Act.CHECK), (told.meera, Act.APPROVE), (told.ravi, Act.SEND)):
        did(person, told.request, what, Facts(means="e-mail", unsigned="none is needed" if what is Act.SEND else ""))
    give(told.ravi, notification=held, version=2, means="post")
    assert EventRow.objects.filter(request=told.request, act="inform").exists()
    assert not Notification.objects.due(date(2999, 1, 1))
    with pytest.raises(HiddenError):
        give(told.ravi, notification=held, version=3)


def test_before_it_was_sent_nobody_is_told_and_nothing_is_half_written(told: Told) -> None:
    with pytest.raises(InvalidError):
        give(told.ravi, notification=told.one, version=1)
    assert Notification.objects.get().given_at is None


def test_persons_are_shown_to_members_alone(told: Told) -> None:
    address = f"/oversight/persons/{told.case.pk}/{told.request.pk}/"
    page = client_of(told.asha).get(address)
    assert page.status_code == 200
    assert "account holder" in page.content.decode()
    assert "account holder" in client_of(told.asha).get("/oversight/persons/").content.decode()
    outsider = client_of(make_user(Role.AUTHORITY))
    assert outsider.get(address).status_code == 404
    assert "account holder" not in outsider.get("/oversight/persons/").content.decode()
    form = {"person": "recipient", "rule": "s. 2", "due_on": str(told.due)}
    assert client_of(told.asha).post(address, form).status_code == 302
    assert client_of(told.asha).post(address, {**form, "rule": " "}).status_code == 422
    put_off = f"/oversight/persons/{told.case.pk}/delay/{told.one.pk}/"
    sent = {"version": "1", "until": str(told.due + timedelta(days=1)), "reason": "r", "authority": "a"}
    assert client_of(told.meera).get(put_off).status_code == 200
    assert client_of(told.meera).post(put_off, sent).status_code == 302
    again = client_of(told.meera).post(put_off, sent)
    assert again.status_code == 422
    assert "changed by somebody else" in again.content.decode()

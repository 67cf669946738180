"""A request's life in a node: by people with their own rights, in the docket's order, nothing lost."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.samples.node import client_of, make_case, make_user
from tests.samples.noderequests import did, letter, make_request, send

from comity.docket import Act, Direction, reasons, standing, waits
from comity.errors import ComityError
from comity.node.audit.models import Entry
from comity.node.cases.models import Membership
from comity.node.errors import ChangedError, HiddenError, InvalidError, NotAllowedError
from comity.node.people.actions.delegations import revoke_delegation
from comity.node.people.models import Delegation, User
from comity.node.people.roles import Role
from comity.node.requests.actions.arrive import register, take_in
from comity.node.requests.actions.draft import DuplicateError, revise
from comity.node.requests.actions.enter import Told, act
from comity.node.requests.clock import watched
from comity.node.requests.models import NOT_BEGUN, Event, Request


class People:
    """An investigator, a prosecutor, an officer of the central authority: members of one case."""

    def __init__(self) -> None:
        self.asha = make_user(Role.INVESTIGATOR)
        self.meera = make_user(Role.PROSECUTOR)
        self.ravi = make_user(Role.AUTHORITY)
        self.case = make_case(self.asha, self.meera, self.ravi)


@pytest.fixture
def people() -> People:
    return People()


def test_from_draft_to_its_dates(people: People) -> None:
    request = make_request(people.asha, people.case)
    send(people.asha, people.meera, people.ravi, request)
    did(people.ravi, request, Act.TAKE_EFFECT)
    found = Request.objects.get(pk=request.pk)
    assert (found.state, found.waits) == ("delivered", "for_them")
    assert found.next_ends_at is not None
    acts = Entry.objects.filter(act__startswith="request.").order_by("number").values_list("act", flat=True)
    assert list(acts) == [f"request.{one}" for one in ("draft", "check", "approve", "send", "take_effect")]


def test_who_drafted_does_not_approve_nor_does_who_stands_in(people: People) -> None:
    drafted = make_request(people.meera, people.case)
    did(people.meera, drafted, Act.CHECK)
    with pytest.raises(InvalidError, match="let another person approve it"):
        did(people.meera, drafted, Act.APPROVE)
    second = make_user(Role.PROSECUTOR)
    now = timezone.now()
    Delegation.objects.create(
        by=people.meera, to=second, starts_at=now - timedelta(days=1), ends_at=now + timedelta(days=1), reason="leave"
    )
    with pytest.raises(NotAllowedError, match="stand in"):
        did(second, drafted, Act.APPROVE)
    revoke_delegation(people.meera, delegation_id=Delegation.objects.get().pk)
    Membership.objects.create(case=people.case, user=second, added_by=people.meera)
    with pytest.raises(NotAllowedError, match="stand in"):  # it was ended after the draft was written
        did(second, drafted, Act.APPROVE)
    did(people.ravi, drafted, Act.APPROVE)


@pytest.mark.parametrize("what", [Act.APPROVE, Act.SEND])
def test_an_investigator_neither_approves_nor_sends(people: People, what: Act) -> None:
    request = make_request(people.ravi, people.case)
    did(people.ravi, request, Act.CHECK)
    with pytest.raises(NotAllowedError):
        did(people.asha, request, what)
    outsider = make_user(Role.AUTHORITY)
    with pytest.raises(HiddenError):
        did(outsider, request, what)


def test_a_revision_voids_what_was_approved_and_the_approval_names_its_letter(people: People) -> None:
    request = make_request(people.asha, people.case)
    did(people.asha, request, Act.CHECK)
    did(people.meera, request, Act.APPROVE)
    approval = Event.objects.get(request=request, act="approve").docketed()
    assert approval.document == Request.objects.get(pk=request.pk).letter_sha256
    version = Request.objects.get(pk=request.pk).version
    revise(people.asha, request=request, letter=letter().replace(b"\n", b"\n "), version=version)
    assert Request.objects.get(pk=request.pk).state == "draft"
    with pytest.raises(InvalidError):
        did(people.ravi, request, Act.SEND, Told(means="post"))


def test_the_same_is_not_asked_twice_without_a_word_also_in_another_case(people: People) -> None:
    make_request(people.asha, people.case)
    other = make_user(Role.INVESTIGATOR)
    case = make_case(other)
    with pytest.raises(DuplicateError):
        make_request(other, case)
    assert make_request(other, case, again=True).pk


def test_what_follows_holds_what_was_preserved(people: People) -> None:
    keep = make_request(people.asha, people.case)
    send(people.asha, people.meera, people.ravi, keep)
    did(people.ravi, keep, Act.TAKE_EFFECT)
    ask = make_request(people.asha, people.case, "traffic_data", follows=keep)
    send(people.asha, people.meera, people.ravi, ask)
    did(people.ravi, ask, Act.DELIVER)
    assert Event.objects.filter(request=keep, act="follow_up").count() == 1
    did(people.ravi, ask, Act.ACKNOWLEDGE)
    assert Event.objects.filter(request=keep, act="follow_up").count() == 1


def test_the_second_of_two_is_told(people: People) -> None:
    request = make_request(people.asha, people.case)
    seen = Request.objects.get(pk=request.pk).version
    act(people.asha, request=request, act=Act.CHECK, version=seen)
    with pytest.raises(ChangedError):
        act(people.ravi, request=request, act=Act.WITHDRAW, version=seen, told=Told(note="no longer needed"))


def test_nobody_changes_what_happened(people: People) -> None:
    make_request(people.asha, people.case)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.update(act="send")


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_is_tried_the_columns_say_what_the_events_say(data: st.DataObject) -> None:
    people = People()
    request = make_request(people.asha, people.case, again=True)
    everybody = (people.asha, people.meera, people.ravi)
    for _ in range(data.draw(st.integers(1, 8))):
        what = data.draw(st.sampled_from([one for one in Act if one not in {Act.DRAFT, Act.REVISE}]))
        told = Told(note="n", means="m", reasons=(), until="2027-01-01", of=data.draw(st.integers(0, 4)))
        try:
            did(data.draw(st.sampled_from(everybody)), request, what, told)
        except ComityError:
            continue
    found = Request.objects.get(pk=request.pk)
    stands = standing(Direction.OUTGOING, found.happened())
    assert found.state == stands.state
    numbers = list(found.events.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert found.version == 1 + len(numbers)


def test_the_page_offers_what_the_person_can_do_now(people: People) -> None:
    request = make_request(people.asha, people.case)
    address = f"/requests/{people.case.pk}/{request.pk}/"
    page = client_of(people.asha).get(address).content.decode()
    assert "Mark as checked" in page
    did(people.asha, request, Act.CHECK)
    assert "/approve/" not in client_of(people.asha).get(address).content.decode()
    assert "/approve/" in client_of(people.meera).get(address).content.decode()
    assert client_of(people.meera).get(f"{address}approve/").status_code == 302  # to the proof of presence
    here = client_of(people.meera, present=True)
    version = Request.objects.get(pk=request.pk).version
    assert here.post(f"{address}approve/", {"version": version}).status_code == 302
    assert Request.objects.get(pk=request.pk).state == "approved"
    assert here.post(f"{address}approve/", {"version": version}).status_code == 422


def test_pages_cost_the_same_however_many_requests_there_are(
    people: People,
) -> None:
    for _ in range(3):
        make_request(people.asha, people.case, again=True)
    browser = client_of(people.asha)
    counts = []
    for more in (0, 6):
        for _ in range(more):
            make_request(people.asha, people.case, again=True)
        for address in ("/requests/", f"/requests/{people.case.pk}/"):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert browser.get(address).status_code == 200
            counts.append(len(queries))
    assert counts[:2] == counts[2:]


def test_the_list_is_narrowed_by_what_one_looks_for(people: People) -> None:
    one = make_request(people.asha, people.case)
    two = make_request(people.ravi, people.case, "traffic_data")
    browser = client_of(people.asha)

    def shown(**wanted: str) -> set[str]:
        page = browser.get("/requests/", wanted).content.decode()
        return {row.pk for row in (one, two) if row.pk in page}

    assert shown() == {one.pk, two.pk}
    assert shown(measure="traffic_data") == {two.pk}
    assert shown(mine="on") == {one.pk}
    assert shown(requested="us", requesting="IN", direction="outgoing") == {one.pk, two.pk}
    assert shown(requested="FR") == shown(late="on") == shown(text="nowhere") == set()
    assert browser.get("/requests/", {"unit": "x", "state": "\u0661", "page": "9" * 30}).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_of_two_who_approve_at_once_one_does_and_the_other_is_told(people: People) -> None:
    request = make_request(people.asha, people.case)
    did(people.asha, request, Act.CHECK)
    version = Request.objects.get(pk=request.pk).version
    told: list[str] = []
    gate = Barrier(2)

    def approve(who: User) -> None:
        gate.wait()
        try:
            act(who, request=request, act=Act.APPROVE, version=version)
            told.append("approved")
        except ChangedError:
            told.append("changed")
        finally:
            connections.close_all()

    threads = [Thread(target=approve, args=(who,)) for who in (people.meera, people.ravi)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["approved", "changed"]
    assert Event.objects.filter(request=request, act="approve").count() == 1


def test_an_arrival_that_was_struck_has_not_begun_and_can_be_entered_anew(people: People) -> None:
    arrival = take_in(people.ravi, data=letter(), name="theirs.json", media_type="application/json")
    theirs = register(people.ravi, arrival=arrival, version=1, reference=f"IN {arrival.pk}", title="x", again=True)
    did(people.ravi, theirs, Act.STRIKE, Told(note="on the wrong day", of=1))
    found = Request.objects.get(pk=theirs.pk)
    assert found.state == NOT_BEGUN
    page = client_of(people.ravi).get(f"/requests/{found.case_id}/{found.pk}/").content.decode()
    assert "not begun" in page
    assert f"/requests/{found.case_id}/{found.pk}/deliver/" in page
    did(people.ravi, theirs, Act.DELIVER, Told(means="post"))
    assert Request.objects.get(pk=theirs.pk).state == "delivered"


def test_the_drafting_of_the_letter_that_stands_is_not_struck(people: People) -> None:
    request = make_request(people.asha, people.case)
    with pytest.raises(InvalidError, match="revise or withdraw"):
        did(people.ravi, request, Act.STRIKE, Told(note="wrong", of=1))
    assert Request.objects.get(pk=request.pk).state == "draft"


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_an_incoming_request_lives_as_the_docket_says(data: st.DataObject) -> None:
    ravi, second = make_user(Role.AUTHORITY), make_user(Role.DUTY)
    arrival = take_in(ravi, data=letter(), name="theirs.json", media_type="application/json")
    request = register(ravi, arrival=arrival, version=1, reference=f"IN {arrival.pk}", title="x", again=True)
    codes = list(reasons())
    for _ in range(data.draw(st.integers(1, 8))):
        what = data.draw(st.sampled_from([one for one in Act if one not in {Act.DRAFT, Act.REVISE}]))
        given_reasons = tuple(data.draw(st.lists(st.sampled_from(codes), max_size=1)))
        told = Told(note="n", means="m", reasons=given_reasons, until="2027-01-01", of=data.draw(st.integers(0, 4)))
        try:
            did(data.draw(st.sampled_from([ravi, second])), request, what, told)
        except ComityError:
            continue
    found = Request.objects.get(pk=request.pk)
    stands = standing(Direction.INCOMING, found.happened())
    one = watched(found, now=timezone.now())
    line = next((row for row in one.deadlines if row.is_live and row.ends_at), None)
    assert (found.state, found.waits) == (stands.state or NOT_BEGUN, waits(stands))
    assert found.next_ends_at == (line.ends_at if line else None)
    assert not Event.objects.filter(request=request, by=second).exists()


def test_what_comes_back_is_registered_with_its_file_and_kept_only_if_it_counts(people: People) -> None:
    request = make_request(people.asha, people.case)
    send(people.asha, people.meera, people.ravi, request)
    address = f"/requests/{people.case.pk}/{request.pk}/deliver/"
    desk, version = client_of(people.ravi), Request.objects.get(pk=request.pk).version

    def sent(number: int) -> int:
        file = SimpleUploadedFile("receipt<script>.pdf", b"%PDF receipt", "application/pdf")
        return desk.post(address, {"version": str(number), "means": "receipt 7", "file": file}).status_code

    assert sent(version - 1) == 422
    assert request.papers.filter(kind="reply").count() == 0
    assert sent(version) == 302
    kept = request.papers.get(kind="reply")
    assert Event.objects.get(request=request, act="deliver").docketed().document == kept.sha256
    page = desk.get(f"/requests/{people.case.pk}/{request.pk}/").content.decode()
    assert "receipt&lt;script&gt;.pdf" in page
    future = (timezone.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    later = desk.post(address.replace("deliver", "acknowledge"), {"version": str(version + 1), "at": future})
    assert later.status_code == 422

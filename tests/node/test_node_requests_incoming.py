"""Letters that came: read, put right, registered once, answered; nothing is lost and nothing is told too early."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.samples.node import client_of, make_case, make_user
from tests.samples.noderequests import letter

from comity.node.audit.models import Entry
from comity.node.composer.models import Letter
from comity.node.errors import ChangedError, HiddenError, InvalidError, NotAllowedError
from comity.node.people.models import User
from comity.node.people.roles import Role
from comity.node.requests.actions.arrive import correct, discard, register, take_in
from comity.node.requests.actions.draft import DuplicateError
from comity.node.requests.arriving import Put
from comity.node.requests.models import Arrival, Request

TEXT = b"From: Ministry of Justice, Germany\nTo: Ministry of Home Affairs, India\nPlease preserve a@b.example."


@pytest.fixture
def ravi() -> User:
    return make_user(Role.AUTHORITY)


def arrived(ravi: User, data: bytes = TEXT) -> Arrival:
    return take_in(ravi, data=data, name="mail.txt", media_type="text/plain")


def test_a_letter_is_taken_in_put_right_and_registered_with_a_case_of_its_own(ravi: User) -> None:
    desk = client_of(ravi)
    made = desk.post("/requests/incoming/", {"file": SimpleUploadedFile("mail.txt", TEXT, "text/plain")})
    assert made.status_code == 302, made.content.decode()
    page = desk.get(made["Location"]).content.decode()
    assert "Recognised from the words" in page
    told = {"version": "1", "reference": "IN-REQ 4/2026", "title": "Preservation", "their_reference": "GZ 7"}
    done = desk.post(made["Location"], {**told, "register": "1"})
    assert done.status_code == 302, done.content.decode()
    found = Request.objects.get(direction="incoming")
    assert (found.state, found.waits, found.requesting, found.their_reference) == ("delivered", "for_us", "DE", "GZ 7")
    assert desk.get(made["Location"]).status_code == 404
    assert client_of(make_user(Role.INVESTIGATOR)).get(done["Location"]).status_code == 404
    assert "mail.txt" in desk.get(done["Location"]).content.decode()
    paper = desk.get(f"{done['Location']}papers/{found.papers.get().pk}/")
    assert paper.content == TEXT
    assert paper["Content-Disposition"].startswith("attachment")


def test_a_letter_of_ours_about_what_our_data_do_not_know_can_be_put_right(ravi: User) -> None:
    unknown = letter().replace(b'"state": "US"', b'"state": "QQ"')
    assert unknown != letter()
    found = take_in(ravi, data=unknown, name="request.json", media_type="application/json")
    page = client_of(ravi).get(f"/requests/incoming/{found.pk}/")
    assert page.status_code == 200
    assert "It cannot be examined" in page.content.decode()
    client_of(ravi).post(f"/requests/incoming/{found.pk}/", {"version": "1", "requested": "US", "look": "1"})
    again = client_of(ravi).get(f"/requests/incoming/{found.pk}/").content.decode()
    assert "It cannot be examined" not in again
    assert "What the officer here finds" in again


def test_what_the_officer_says_counts_and_is_kept_when_registering_is_refused(ravi: User) -> None:
    arrival = arrived(ravi, b"Please help us with the account a@b.example.")
    page = client_of(ravi).post(
        f"/requests/incoming/{arrival.pk}/",
        {"version": "1", "requesting": "France", "requested": "IN", "measure": "traffic_data", "register": "1"},
    )
    assert page.status_code == 422  # no number for the case yet
    arrival.refresh_from_db()
    assert arrival.told["requesting"] == "France"
    assert Request.objects.count() == 0
    made = register(ravi, arrival=arrival, version=arrival.version, reference="IN 1", title="x")
    assert (made.requesting, made.requested, made.measure) == ("FR", "IN", "traffic_data")


def test_it_joins_a_case_that_is_open_to_the_officer_and_no_other(ravi: User) -> None:
    case, foreign = make_case(ravi), make_case(make_user(Role.AUTHORITY))
    arrival = arrived(ravi)
    page = client_of(ravi).post(
        f"/requests/incoming/{arrival.pk}/", {"version": "1", "case": foreign.pk, "register": "1"}
    )
    assert page.status_code == 422
    with pytest.raises(HiddenError):
        register(ravi, arrival=arrival, version=1, case=foreign)
    assert register(ravi, arrival=arrival, version=1, case=case).case == case
    with pytest.raises(HiddenError):
        register(ravi, arrival=arrival, version=2, case=case)


def test_two_officers_at_one_letter(ravi: User) -> None:
    arrival = arrived(ravi)
    correct(ravi, arrival=arrival, put=Put(requesting="DE"), version=1)
    with pytest.raises(ChangedError):
        correct(make_user(Role.DUTY), arrival=arrival, put=Put(requesting="FR"), version=1)
    with pytest.raises(InvalidError, match="say why"):
        discard(ravi, arrival=arrival, version=2, reason=" ")
    discard(ravi, arrival=arrival, version=2, reason="an advertisement")
    assert client_of(ravi).get(f"/requests/incoming/{arrival.pk}/").status_code == 404
    assert Entry.objects.filter(act="arrival.discard").exists()


@pytest.mark.parametrize("put", [Put(requesting="Atlantis"), Put(measure="everything")])
def test_no_state_and_no_measure_of_fancy(ravi: User, put: Put) -> None:
    with pytest.raises(InvalidError):
        correct(ravi, arrival=arrived(ravi), put=put, version=1)


@pytest.mark.parametrize(
    "data", [b"", b"\x00" * 100, b"%PDF-1.7 broken", b"{" * 1000, "\ud800x".encode("utf-8", "replace")]
)
def test_hostile_files_are_refused_or_read_never_a_crash(ravi: User, data: bytes) -> None:
    sent = client_of(ravi).post("/requests/incoming/", {"file": SimpleUploadedFile("x.pdf", data, "application/pdf")})
    assert sent.status_code in {302, 422}


def test_an_investigator_takes_nothing_in() -> None:
    with pytest.raises(NotAllowedError):
        arrived(make_user(Role.INVESTIGATOR))


def test_the_same_letter_twice_is_found_and_what_is_hidden_stays_so(ravi: User) -> None:
    register(ravi, arrival=arrived(ravi), version=1, reference="IN 1", title="secret title")
    other = make_user(Role.AUTHORITY)
    again = arrived(other)
    with pytest.raises(DuplicateError):
        register(other, arrival=again, version=1, reference="IN 2", title="x")
    page = client_of(other).post(
        f"/requests/incoming/{again.pk}/", {"version": "1", "reference": "IN 2", "title": "x", "register": "1"}
    )
    assert page.status_code == 422
    text = page.content.decode()
    assert "asks the same" in text
    assert "IN 1" not in text
    assert "secret title" not in text
    assert Request.objects.count() == 1


def test_our_own_form_is_read_by_its_data_and_answered(ravi: User) -> None:
    arrival = take_in(ravi, data=letter(), name="theirs.json", media_type="application/json")
    made = register(ravi, arrival=arrival, version=1, reference="IN 9", title="x")
    browser = client_of(ravi)
    address = f"/requests/{made.case_id}/{made.pk}/answering/"
    assert browser.get(address).status_code == 200
    done = browser.post(address, {"what": "acknowledge", "officer": "Ravi"})
    assert done.status_code == 302, done.content.decode()
    assert Letter.objects.get(case=made.case).kind == "acknowledgement"
    refused = browser.post(address, {"what": "refuse", "words": "we do not like it"})
    assert refused.status_code == 422
    assert "no ground is named" in refused.content.decode()

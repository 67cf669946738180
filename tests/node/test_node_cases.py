"""Cases: who sees them, who changes them, and that each reading is entered."""

import pytest
from tests.samples.node import client_of, make_case, make_user

from comity.node.audit.models import Entry
from comity.node.cases.actions import end_membership, rename_case
from comity.node.cases.models import Case
from comity.node.errors import ChangedError, HiddenError, InvalidError, NotAllowedError
from comity.node.people.roles import Role


def test_members_see_a_case_and_nobody_else_knows_of_it() -> None:
    asha, other = make_user(Role.INVESTIGATOR), make_user(Role.INVESTIGATOR)
    root = make_user(Role.ADMINISTRATOR)
    case = make_case(asha)
    address = f"/cases/{case.pk}/"
    assert client_of(asha).get(address).status_code == 200
    for person in (other, root):
        assert client_of(person).get(address).status_code == client_of(person).get("/cases/none/").status_code == 404
    lists = {person: client_of(person).get("/cases/") for person in (asha, other, root)}
    assert [one.status_code for one in lists.values()] == [200, 200, 403]
    assert [case.reference in one.content.decode() for one in lists.values()] == [True, False, False]


def test_reading_is_entered_before_anything_is_shown() -> None:
    asha = make_user(Role.INVESTIGATOR)
    case = make_case(asha)
    client_of(asha).get(f"/cases/{case.pk}/")
    last = Entry.objects.latest("number")
    assert (last.act, last.case, last.actor) == ("case.read", case.pk, asha.pk)


def test_who_saves_an_older_version_is_told() -> None:
    asha = make_user(Role.INVESTIGATOR)
    case = make_case(asha)
    rename_case(asha, case=case, title="One", version=1)
    with pytest.raises(ChangedError):
        rename_case(asha, case=case, title="Two", version=1)
    assert Case.objects.get(pk=case.pk).title == "One"


def test_an_auditor_who_is_a_member_reads_and_does_not_write() -> None:
    asha, uma = make_user(Role.INVESTIGATOR), make_user(Role.AUDITOR)
    case = make_case(asha, uma)
    with pytest.raises(NotAllowedError):
        rename_case(uma, case=case, title="x", version=1)
    with pytest.raises(HiddenError):
        rename_case(make_user(Role.PROSECUTOR), case=case, title="x", version=1)


def test_the_last_member_stays() -> None:
    asha = make_user(Role.INVESTIGATOR)
    case = make_case(asha)
    with pytest.raises(InvalidError):
        end_membership(asha, case=case, user=asha)


def test_a_case_is_opened_by_form_and_its_number_is_taken_once() -> None:
    asha = make_user(Role.INVESTIGATOR)
    form = {"reference": "FIR 1", "title": "One"}
    assert client_of(asha).post("/cases/new/", form).status_code == 302
    again = client_of(asha).post("/cases/new/", form)
    assert again.status_code == 422
    assert "taken" in again.content.decode()


def test_people_are_let_in_and_out_on_the_members_page() -> None:
    asha, meera = make_user(Role.INVESTIGATOR), make_user(Role.PROSECUTOR)
    case = make_case(asha)
    desk, address = client_of(asha), f"/cases/{case.pk}/members/"
    unknown = desk.post(address, {"person": "nobody", "reason": "x"})
    assert unknown.status_code == 422
    assert desk.post(address, {"person": meera.email}).status_code == 422  # no reason, no need to know
    assert desk.post(address, {"person": meera.email, "reason": "signs the requests"}).status_code == 302
    assert "signs the requests" in client_of(meera).get(address).content.decode()
    assert desk.post(f"{address}{meera.username}/end/").status_code == 302
    assert client_of(meera).get(address).status_code == 404
    assert desk.post(f"{address}{meera.username}/end/").status_code == 404
    desk.post(f"{address}{asha.username}/end/")  # the last one stays
    assert desk.get(address).status_code == 200
    acts = list(Entry.objects.filter(act__endswith="member").values_list("act", flat=True))
    assert acts == ["case.add_member"]


def test_who_only_reads_lets_nobody_in() -> None:
    asha, uma = make_user(Role.INVESTIGATOR), make_user(Role.AUDITOR)
    case = make_case(asha, uma)
    there = client_of(uma)
    assert "Let somebody in" not in there.get(f"/cases/{case.pk}/members/").content.decode()
    refused = there.post(f"/cases/{case.pk}/members/", {"person": uma.username, "reason": "x"})
    assert refused.status_code == 403
    assert there.post(f"/cases/{case.pk}/turn/", {"version": 1}).status_code == 403


def test_a_case_is_renamed_closed_and_opened_again_and_an_older_page_is_told() -> None:
    asha = make_user(Role.INVESTIGATOR)
    case = make_case(asha)
    desk = client_of(asha)
    assert desk.post(f"/cases/{case.pk}/title/", {"version": 1, "title": "Two banks"}).status_code == 302
    late = desk.post(f"/cases/{case.pk}/title/", {"version": 1, "title": "Three"})
    assert late.status_code == 422
    assert "changed by somebody else" in late.content.decode()
    assert desk.post(f"/cases/{case.pk}/turn/", {"version": 1}).status_code == 409
    for status in ("closed", "open"):
        version = Case.objects.get(pk=case.pk).version
        assert desk.post(f"/cases/{case.pk}/turn/", {"version": version}).status_code == 302
        assert Case.objects.get(pk=case.pk).status == status
    assert desk.post(f"/cases/{case.pk}/turn/", {}).status_code == 422


def test_every_case_can_be_reached_from_the_list() -> None:
    asha = make_user(Role.INVESTIGATOR)
    made = {make_case(asha).reference for _ in range(53)}
    desk = client_of(asha)
    first, second = (desk.get(f"/cases/?page={number}").content.decode() for number in (1, 2))
    assert 'rel="next"' in first
    assert 'rel="next"' not in second
    assert {name for name in made if name in first or name in second} == made
    some = min(made)
    found = desk.get("/cases/", {"text": some, "status": "open"}).content.decode()
    assert some in found
    assert desk.get("/cases/?status=closed&page=x").status_code == 200

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

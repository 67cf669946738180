"""The directory: own entries over what ships, confirmed, called, corrected, and never lost."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests.samples.node import client_of, make_user

from comity.node.audit.models import Entry as AuditEntry
from comity.node.cells import loud, quiet
from comity.node.directory import actions
from comity.node.directory.checks import checked
from comity.node.directory.csvfile import COLUMNS, FileError, import_csv, write_csv
from comity.node.directory.hours import office_now, read_hours
from comity.node.directory.models import Call, Confirmation, Entry, Version, values_of
from comity.node.directory.reads import find_line, list_lines, whom_to_call
from comity.node.directory.shipped import fields_of, shipped_lines
from comity.node.errors import ChangedError, HiddenError, InvalidError, NotAllowedError
from comity.node.people.models import Shift, User
from comity.node.people.roles import Role

MaxQueries = Callable[[int], AbstractContextManager[object]]
DESK = {
    "kind": "contact",
    "state": "FR",
    "name": "Night desk",
    "phone": "+33 1 40 07 60 60",
    "hours": "24/7",
    "measures": "preservation;traffic_data",
    "source": "a call on 1 June 2026",
}
SHIPPED = next(key for key, line in shipped_lines().items() if line["state"] == "IN")


@pytest.fixture
def asha() -> User:
    return make_user(Role.AUTHORITY)


def acts() -> list[str]:
    return list(
        AuditEntry.objects.filter(act__startswith="directory.").order_by("number").values_list("act", flat=True)
    )


def test_everything_that_ships_is_a_line_that_could_be_kept() -> None:
    lines = list_lines(timezone.now())
    assert {line.id for line in lines} == set(shipped_lines())
    assert all(line.stale and line.version == 0 and not line.own for line in lines)
    for line in shipped_lines().values():
        assert checked(line) == fields_of(line)
        assert line["as_of"] and line["confidence"] and line["source"]


def test_a_correction_lies_over_what_ships_and_says_so(asha: User) -> None:
    now = timezone.now()
    before = find_line(SHIPPED, now)
    assert before is not None
    changed = {**before.values, "phone": "+91 11 2309 2011"}
    actions.change_entry(asha, entry_id=SHIPPED, values=changed, version=0)
    after = find_line(SHIPPED, now)
    assert after is not None
    assert after.corrected and not after.own and not after.overtaken and after.version == 2
    assert after.values == changed and after.confidence == ""
    assert len(list_lines(now)) == len(shipped_lines())
    assert [one.act for one in Version.objects.filter(entry=SHIPPED)] == ["change", "adopt"]
    assert acts() == ["directory.adopt", "directory.change"]


def test_what_ships_anew_is_told(asha: User) -> None:
    before = find_line(SHIPPED, timezone.now())
    assert before is not None
    entry = actions.change_entry(asha, entry_id=SHIPPED, values={**before.values, "note": "x"}, version=0)
    entry.shipped = {**entry.shipped, "name": "what shipped a year ago"}
    entry.save()
    after = find_line(SHIPPED, timezone.now())
    assert after is not None and after.overtaken
    assert "has changed since" in client_of(asha).get(f"/directory/lines/{SHIPPED}/").content.decode()


def test_a_confirmation_lasts_and_then_is_stale(asha: User) -> None:
    now = timezone.now()
    actions.confirm_entry(asha, entry_id=SHIPPED, version=0, note="called them")
    fresh = find_line(SHIPPED, now + timedelta(days=179))
    old = find_line(SHIPPED, now + timedelta(days=181))
    assert fresh is not None and old is not None
    assert (fresh.stale, old.stale) == (False, True)
    assert fresh.confirmed_by == asha.name and not fresh.corrected and fresh.confidence
    assert SHIPPED not in {line.id for line in list_lines(now, stale=True)}


def test_nothing_is_deleted(asha: User) -> None:
    entry = actions.add_entry(asha, values=DESK)
    actions.confirm_entry(asha, entry_id=entry.pk, version=1, note="")
    actions.withdraw_entry(asha, entry_id=entry.pk, version=1)
    assert entry.pk not in {line.id for line in list_lines(timezone.now())}
    assert client_of(asha).get(f"/directory/lines/{entry.pk}/").status_code == 200
    with pytest.raises(InvalidError):
        actions.withdraw_entry(asha, entry_id=entry.pk, version=2)
    actions.restore_entry(asha, entry_id=entry.pk, version=2)
    assert entry.pk in {line.id for line in list_lines(timezone.now())}
    for rows in (Version, Confirmation):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.objects.all().delete()
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.objects.update(number=9)
    assert acts() == [f"directory.{act}" for act in ("add", "confirm", "withdraw", "restore")]


def test_test_calls_are_kept_with_who_and_how_long(asha: User) -> None:
    entry = actions.add_entry(asha, values=DESK)
    now = timezone.now()
    actions.enter_call(asha, entry_id=entry.pk, called_at=now, outcome="not_reached", minutes=20, note="rang out")
    line = find_line(entry.pk, now)
    assert line is not None and line.last_call == "not_reached"
    page = client_of(asha).get("/directory/now/?state=FR&measure=preservation").content.decode()
    assert "not reached at the last test call" in page
    page = client_of(asha).get(f"/directory/lines/{entry.pk}/").content.decode()
    assert "20 minutes" in page and "rang out" in page and asha.name in page
    with pytest.raises(DatabaseError), transaction.atomic():
        Call.objects.update(minutes=1)


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("called_at", {"called_at": datetime(1999, 1, 1, tzinfo=UTC)}),
        ("called_at", {"called_at": datetime(2999, 1, 1, tzinfo=UTC)}),
        ("outcome", {"outcome": "perhaps"}),
        ("minutes", {"minutes": -1}),
        ("minutes", {"minutes": 10_000}),
        ("note", {"note": "x" * 1001}),
    ],
)
def test_calls_that_cannot_be(asha: User, field: str, change: dict[str, object]) -> None:
    entry = actions.add_entry(asha, values=DESK)
    call = {"called_at": timezone.now(), "outcome": "reached", "minutes": 1, "note": ""} | change
    with pytest.raises(InvalidError) as refused:
        actions.enter_call(asha, entry_id=entry.pk, **call)  # type: ignore[arg-type]  # hostile on purpose
    assert set(refused.value.problems) == {field}


def test_only_contact_points_are_called_for_a_test(asha: User) -> None:
    entry = actions.add_entry(asha, values={**DESK, "kind": "peer", "identity": "ab:cd"})
    with pytest.raises(InvalidError):
        actions.enter_call(asha, entry_id=entry.pk, called_at=timezone.now(), outcome="reached", minutes=1, note="")
    assert "ab:cd" in client_of(asha).get(f"/directory/lines/{entry.pk}/").content.decode()


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "friend"},
        {"state": "XX"},
        {"name": " "},
        {"name": "x" * 301},
        {"note": "x" * 5001},
        {"note": "a\0b"},
        {"measures": "preservation;magic"},
        {"languages": "en;xx9"},
        {"hours": "always"},
        {"hours": "17:00-09:00"},
        {"hours": "25:00-26:00"},
        {"zone": "Mars/Base"},
        {"email": "nobody"},
        {"url": "javascript:alert(1)"},
        {"phone": "<script>"},
        {"source": ""},
    ],
)
def test_entries_that_cannot_be_name_their_field(asha: User, change: dict[str, str]) -> None:
    with pytest.raises(InvalidError) as refused:
        actions.add_entry(asha, values={**DESK, **change})
    assert set(refused.value.problems) == set(change)
    response = client_of(asha).post("/directory/new/", {**DESK, **change})
    assert response.status_code == 422
    assert not Entry.objects.exists()


def test_whoever_may_not_edit_reads(asha: User) -> None:
    entry = actions.add_entry(asha, values=DESK)
    for role in set(Role) - {Role.AUTHORITY, Role.DUTY}:
        person = make_user(role)
        for refused in (
            lambda who=person: actions.add_entry(who, values=DESK),
            lambda who=person: actions.change_entry(who, entry_id=entry.pk, values=DESK, version=1),
            lambda who=person: actions.withdraw_entry(who, entry_id=entry.pk, version=1),
            lambda who=person: actions.restore_entry(who, entry_id=entry.pk, version=1),
            lambda who=person: actions.confirm_entry(who, entry_id=entry.pk, version=1, note=""),
            lambda who=person: import_csv(who, data=b""),
        ):
            with pytest.raises(NotAllowedError):
                refused()
        client = client_of(person)
        for path in ("", "now/?state=FR", "export.csv", f"lines/{entry.pk}/"):
            assert client.get(f"/directory/{path}").status_code == 200
        assert client.get("/directory/new/").status_code == 403
        assert "Add an entry" not in client.get("/directory/").content.decode()
    assert Client().get("/directory/").status_code == 302


def test_who_saves_an_older_one_keeps_both(asha: User) -> None:
    entry = actions.add_entry(asha, values=DESK)
    actions.change_entry(asha, entry_id=entry.pk, values={**DESK, "note": "theirs"}, version=1)
    response = client_of(make_user(Role.DUTY)).post(
        f"/directory/lines/{entry.pk}/change/", {**DESK, "note": "mine", "version": 1}
    )
    page = response.content.decode()
    assert response.status_code == 409 and "theirs" in page and "mine" in page
    entry.refresh_from_db()
    assert (entry.note, entry.version) == ("theirs", 2)
    with pytest.raises(ChangedError):
        actions.confirm_entry(asha, entry_id=entry.pk, version=1, note="")


def test_saving_the_same_changes_nothing(asha: User) -> None:
    entry = actions.add_entry(asha, values=DESK)
    actions.change_entry(asha, entry_id=entry.pk, values=DESK, version=1)
    entry.refresh_from_db()
    assert entry.version == 1 and acts() == ["directory.add"]


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_told() -> None:
    people = [make_user(Role.AUTHORITY), make_user(Role.DUTY)]
    line = find_line(SHIPPED, timezone.now())
    assert line is not None
    told: list[str] = []

    def change(actor: User, note: str) -> None:
        try:
            actions.change_entry(actor, entry_id=SHIPPED, values={**line.values, "note": note}, version=0)
            told.append("saved")
        except ChangedError:
            told.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=change, args=(one, str(place))) for place, one in enumerate(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["saved", "told"]


def test_unknown_lines_are_not_there(asha: User) -> None:
    for path in ("", "change/"):
        assert client_of(asha).get(f"/directory/lines/nothing/{path}").status_code == 404
    with pytest.raises(HiddenError):
        actions.confirm_entry(asha, entry_id="nothing", version=0, note="")


def test_the_pages_work_by_hand(asha: User) -> None:
    client = client_of(asha)
    made = client.post("/directory/new/", DESK)
    assert made.status_code == 302
    there = made.headers["Location"]
    assert client.post(f"{there}confirm/", {"version": 1, "note": "by phone"}).status_code == 302
    call = {"called_at": "2026-01-01T00:00", "outcome": "reached", "minutes": 2, "call_note": "at once"}
    answers = {client.post(f"{there}calls/", call | more).status_code for more in ({}, {"minutes": "x"})}
    assert 422 in answers
    assert client.post(f"{there}change/", {**DESK, "note": "new", "version": 1}).status_code == 302
    assert client.post(f"{there}withdraw/", {"version": 2}).status_code == 302
    assert client.post(f"{there}restore/", {"version": 3}).status_code == 302
    assert client.post(f"{there}restore/", {"version": "x"}).status_code == 422
    page = client.get(there).content.decode()
    assert "by phone" in page and "put it back" in page


def test_search_finds_by_state_kind_measure_and_words(asha: User) -> None:
    entry = actions.add_entry(asha, values={**DESK, "name": "Bureau d’été"})
    client = client_of(asha)
    for query in ("q=bureau+d%27ete", "state=France&kind=contact", "state=FR&measure=preservation"):
        assert entry.pk in client.get(f"/directory/?{query}").content.decode()
    for query in ("q=nothing+of+this", "state=DE", "state=FR&measure=extradition", "kind=peer"):
        assert entry.pk not in client.get(f"/directory/?{query}").content.decode()
    assert client.get("/directory/?state=Atlantis").status_code == 422


def test_the_list_costs_the_same_however_long(asha: User, django_assert_max_num_queries: MaxQueries) -> None:
    client = client_of(asha)
    client.get("/directory/")
    for _ in range(60):
        entry = actions.add_entry(asha, values=DESK)
        actions.confirm_entry(asha, entry_id=entry.pk, version=1, note="")
    with django_assert_max_num_queries(8):
        assert client.get("/directory/?state=FR").status_code == 200
    with django_assert_max_num_queries(10):
        assert client.get("/directory/now/?state=FR").status_code == 200


def test_whom_to_call_now_puts_first_who_always_answers(asha: User) -> None:
    desk = actions.add_entry(asha, values=DESK)
    found = whom_to_call(timezone.now(), state="FR", measure="preservation")
    assert found[0].id == desk.pk
    assert desk.pk not in {one.id for one in whom_to_call(timezone.now(), state="FR", measure="extradition")}
    now = timezone.now()
    duty = make_user(Role.DUTY, name="nightowl")
    Shift.objects.create(user=duty, starts_at=now, ends_at=now + timedelta(hours=8), taken_over_at=now)
    page = client_of(asha).get("/directory/now/?state=FR&measure=preservation").content.decode()
    assert "answers at any hour" in page and "Nightowl" in page and "Europe/Paris" in page


@pytest.mark.parametrize(
    ("at", "hours", "works"),
    [
        ("2026-11-25T04:00", "09:00-17:30", True),  # a Wednesday, 9:30 in India
        ("2026-11-25T03:00", "09:00-17:30", False),
        ("2026-11-25T12:00", "09:00-17:30", False),  # 17:30 is closing time
        ("2026-11-25T04:00", "", None),
        ("2026-12-25T04:00", "", False),
        ("2026-11-29T04:00", "09:00-17:30", False),
        ("2026-12-25T04:00", "24/7", True),
    ],
)
def test_an_office_works_by_its_own_clock(at: str, hours: str, works: bool | None) -> None:
    found = office_now("IN", datetime.fromisoformat(at).replace(tzinfo=UTC), hours=hours)
    assert found.works is works
    assert found.zone == "Asia/Kolkata"


@given(st.text(max_size=20))
def test_hours_are_read_or_refused(text: str) -> None:
    try:
        found = read_hours(text)
    except ValueError:
        return
    assert (found is None) == (text in ("", "24/7"))


@given(st.text())
def test_a_quiet_cell_is_no_formula_and_comes_back(text: str) -> None:
    assert loud(quiet(text)) == text
    assert not quiet(text).startswith(("=", "+", "-", "@"))


def test_a_file_comes_back_as_it_went_out(asha: User) -> None:
    entry = actions.add_entry(asha, values=DESK)
    data = write_csv(list_lines(timezone.now()))
    taken = import_csv(asha, data=data)
    assert (taken.added, taken.changed) == (0, 0) and taken.same == len(shipped_lines()) + 1
    added = b",,peer,DE,Peer" + b"," * (len(COLUMNS) - 5) + b"told us\r\n"
    more = data.replace(b"Night desk", b"=Night desk") + added
    taken = import_csv(asha, data=more)
    assert (taken.added, taken.changed) == (1, 1)
    entry.refresh_from_db()
    assert values_of(entry) == {**dict.fromkeys(values_of(entry), ""), **DESK, "name": "=Night desk"}


def test_a_file_with_errors_changes_nothing_and_names_each(asha: User) -> None:
    head = ",".join(COLUMNS)
    empty = "," * (len(COLUMNS) - 5)
    rows = [head, f",,peer,DE,Good{empty}src", f",,friend,XX,Bad{empty}", f"nothing,1,peer,DE,No{empty}"]
    with pytest.raises(FileError) as refused:
        import_csv(asha, data="\n".join(rows).encode())
    said = [str(row) for row in refused.value.rows]
    assert any(one.startswith("row 3, kind:") for one in said)
    assert any(one.startswith("row 3, state:") for one in said)
    assert any(one.startswith("row 4, id:") for one in said)
    assert not Entry.objects.exists()
    upload = SimpleUploadedFile("d.csv", "\n".join(rows).encode())
    response = client_of(asha).post("/directory/import/", {"file": upload})
    assert response.status_code == 422 and "row 3, kind" in response.content.decode()


def test_a_row_of_an_older_version_is_told(asha: User) -> None:
    entry = actions.add_entry(asha, values=DESK)
    old = write_csv([line for line in list_lines(timezone.now()) if line.id == entry.pk])
    actions.change_entry(asha, entry_id=entry.pk, values={**DESK, "note": "x"}, version=1)
    with pytest.raises(FileError, match="version 2 stands now"):
        import_csv(asha, data=old)
    twice = write_csv([line for line in list_lines(timezone.now()) if line.id == entry.pk] * 2)
    with pytest.raises(FileError, match="stands in row 2 too"):
        import_csv(asha, data=twice)


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xfe", b"a,b\n1,2", b'"', ",".join(COLUMNS).encode() + b"\nx", b"x" * (2 * 2**20 + 1), b"\0"],
)
def test_files_that_are_none(asha: User, data: bytes) -> None:
    with pytest.raises(FileError):
        import_csv(asha, data=data)
    response = client_of(asha).post("/directory/import/", {"file": SimpleUploadedFile("d.csv", data)})
    assert response.status_code == 422


def test_a_file_by_hand(asha: User) -> None:
    client = client_of(asha)
    data = client.get("/directory/export.csv?state=IN").content
    response = client.post("/directory/import/", {"file": SimpleUploadedFile("d.csv", data)})
    assert response.status_code == 302
    assert not Entry.objects.exists()


def test_what_people_write_is_escaped(asha: User) -> None:
    entry = actions.add_entry(asha, values={**DESK, "name": "<script>alert(1)</script>"})
    for path in ("", f"lines/{entry.pk}/", f"lines/{entry.pk}/change/", "now/?state=FR"):
        assert "<script>alert" not in client_of(asha).get(f"/directory/{path}").content.decode()

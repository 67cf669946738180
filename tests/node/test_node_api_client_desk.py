"""The typed client at an administrator's, an officer's and an auditor's desk, against a node that listens."""

import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Protocol

import pytest
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer
from tests.samples.node import make_case, make_user
from tests.samples.nodeapi import token_of
from tests.samples.noderequests import make_request

from comity.client import Node, NodeRefusedError
from comity.docket import Act
from comity.node.oversight.actions.figures import make_all
from comity.node.people.models import User
from comity.node.people.roles import Role
from comity.node.requests.actions.enter import Told, act

pytestmark = pytest.mark.django_db(transaction=True)
NEW = {"kind": "contact", "state": "FR", "name": "Night desk", "hours": "24/7", "source": "a call on 1 June 2026"}


class Opens(Protocol):
    """Opens a client for a person."""

    def __call__(self, person: User) -> Node: ...


@pytest.fixture
def node_of(live_server: LiveServer) -> Iterator[Opens]:
    with ExitStack() as stack:
        yield lambda person: stack.enter_context(Node(live_server.url, token_of(person)))


def test_an_administrator_manages_people_and_units(node_of: Opens) -> None:
    root = node_of(make_user(Role.ADMINISTRATOR))
    cell = root.make_unit("Cell")
    renamed = root.change_unit(cell.id, name="Cyber cell", above_id=None)
    assert [(one.name, one.level) for one in root.units()] == [("Cyber cell", 0)]
    link = root.invite(username="bela", name="Bela", email="bela@agency.example", unit_id=cell.id, roles=("duty",))
    assert root.renew_link("bela").link != link.link
    assert [(one.username, one.unit) for one in root.people(text="bela")] == [("bela", renamed.name)]
    assert root.grant_role("bela", "analyst").roles == ("analyst", "duty")
    assert root.end_role("bela", "duty").roles == ("analyst",)
    person = root.person("bela")
    assert root.edit_person(person, name="Bela Rao", email=person.email, unit_id=None).name == "Bela Rao"
    with pytest.raises(NodeRefusedError, match="changed by somebody else") as late:
        root.edit_person(person, name="late", email=person.email, unit_id=None)
    assert late.value.status == 409
    assert root.end_sessions("bela").session_count == 0
    assert root.close_account("bela").active is False
    assert root.open_account("bela").active is True
    assert root.reset_factors("bela").has_factor is False


def test_a_person_looks_after_the_own_account(node_of: Opens) -> None:
    person, colleague = make_user(Role.INVESTIGATOR), make_user(Role.INVESTIGATOR)
    case, asha, now = make_case(person), node_of(person), timezone.now()
    assert asha.me().username == person.username
    assert asha.read_as(language="fr").language == "fr"
    assert (asha.sessions(), asha.sign_out()) == ((), 0)
    made = asha.delegate(
        colleague.username, starts_at=now, ends_at=now + timedelta(days=1), reason="leave", case_id=case.pk
    )
    assert list(asha.delegations()) == [made]
    asha.revoke_delegation(made.id)
    hook = asha.add_webhook("https://example.org/told", acts=("case.",))
    asha.end_webhook(hook.id)
    (ended,) = asha.webhooks()
    assert (bool(hook.secret), ended.secret, ended.ended_at is None) == (True, "", False)
    (token,) = asha.tokens()
    asha.revoke_token(token.id)
    with pytest.raises(NodeRefusedError) as refused:
        asha.me()
    assert refused.value.status == 401


def test_the_roster_is_planned_swapped_and_taken_over(node_of: Opens) -> None:
    first, second, now = make_user(Role.DUTY), make_user(Role.DUTY), timezone.now()
    desk, asha, bela = node_of(make_user(Role.AUTHORITY)), node_of(first), node_of(second)
    (shift,) = desk.plan_shifts(first.username, starts_at=now, ends_at=now + timedelta(hours=8))
    asked = asha.ask_swap(shift.id, second.username, reason="leave").swap
    assert asked is not None
    assert [one.id for one in bela.swaps()] == [shift.id]
    bela.answer_swap(asked.id, accept=True)
    assert bela.take_over(shift.id).taken_over_at is not None
    assert bela.write_handover(shift.id, "Mast 7 is down.").handover == "Mast 7 is down."
    assert [one.username for one in desk.on_duty()] == [second.username]
    roster = desk.roster(from_at=now, to_at=now + timedelta(hours=9))
    assert (len(roster.shifts), len(roster.gaps)) == (1, 1)
    later = now + timedelta(days=2)
    (planned,) = desk.plan_shifts(first.username, starts_at=later, ends_at=later + timedelta(hours=8))
    assert desk.call_off_shift(planned.id).called_off_at is not None
    assert desk.shift(planned.id).before == "Mast 7 is down."


def test_the_directory_is_kept(node_of: Opens, tmp_path: Path) -> None:
    desk, now = node_of(make_user(Role.AUTHORITY)), timezone.now()
    line = desk.add_line(NEW)
    changed = desk.change_line(line, phone="+33 1 23 45")
    with pytest.raises(NodeRefusedError) as late:
        desk.change_line(line, phone="+33 9")
    assert late.value.status == 409
    assert desk.confirm_line(changed, note="called").confirmations[0].note == "called"
    assert desk.enter_call(line.id, called_at=now, outcome="reached", minutes=2).last_call == "reached"
    assert desk.whom_to_call("FR", measure="preservation").found[0].line.id == line.id
    withdrawn = desk.withdraw_line(changed)
    assert list(desk.lines(text="night desk")) == []
    desk.restore_line(withdrawn)
    assert [one.act for one in desk.line(line.id).versions] == ["restore", "withdraw", "change", "add"]
    file = tmp_path / "directory.csv"
    file.write_bytes(desk.directory_csv(text="night desk"))
    assert desk.import_directory(file).same == 1


def test_the_trail_is_read_proven_and_exported(node_of: Opens, tmp_path: Path) -> None:
    person = make_user(Role.INVESTIGATOR)
    case, auditor, asha = make_case(person), node_of(make_user(Role.AUDITOR)), node_of(person)
    (opened,) = auditor.entries(act="case.open", from_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert (opened.case, auditor.entry(opened.number)) == (case.pk, opened)
    assert [one.act for one in asha.own_entries()][-1] == "case.open"
    assert {one.username for one in asha.who_saw(case.pk)} == {person.username}
    assert [one.act for one in asha.case_entries(case.pk)][-1] == "case.open"
    head = auditor.sign_checkpoint()
    assert auditor.checkpoint(head.size) == head
    newer = auditor.sign_checkpoint()
    assert [one.size for one in auditor.checkpoints()] == [newer.size, head.size]
    assert b"comity-audit-entry-proof" in auditor.entry_proof(opened.number)
    assert b"proof" in auditor.growth_proof(head.size, newer.size)
    file = tmp_path / "audit.zip"
    auditor.export_trail(file)
    with zipfile.ZipFile(file) as archive:
        assert archive.read("keys.txt").decode().splitlines() == list(auditor.audit_keys())
    with pytest.raises(NodeRefusedError, match="lacks the scope"):
        asha.export_trail(tmp_path / "none.zip")
    assert not (tmp_path / "none.zip").exists()


def test_figures_are_published_and_persons_told(node_of: Opens) -> None:
    owner, officer = make_user(Role.INVESTIGATOR), make_user(Role.AUTHORITY)
    case = make_case(owner, officer)
    request = make_request(owner, case)
    for by, one in ((owner, Act.CHECK), (officer, Act.APPROVE), (officer, Act.SEND)):
        request.refresh_from_db()
        told = Told(means="e-mail", unsigned="the channel asks for none" if one is Act.SEND else "")
        act(by, request=request, act=one, version=request.version, told=told)
    desk, auditor = node_of(officer), node_of(make_user(Role.AUDITOR))
    owed = desk.owe_person(case.pk, request.pk, person="account holder", rule="law", due_on=date(2026, 12, 1))
    assert list(desk.persons_due()) == [owed] == list(desk.persons(case.pk, request.pk))
    put_off = desk.delay_person(owed, until=date(2027, 1, 1), reason="searches", authority="court")
    assert put_off.delays[0].authority == "court"
    assert desk.tell_person(put_off, means="letter").given_at is not None
    auditor.count_figures()
    make_all(timezone.now())
    assert 0 in {one.year for one in auditor.figures()}
    report = auditor.report()
    assert report.table("overdue") is not None
    assert auditor.report_file(0, "csv").startswith(b"table,")
    made = auditor.publish(0, note="annual")
    assert list(auditor.publications()) == [made]
    assert auditor.published_report(made.id) == report
    assert auditor.published_file(made.id, "json").startswith(b"{")

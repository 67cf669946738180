"""The typed client at work on letters that came, versions, relations and packages, against a node that listens."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

import pytest
from pytest_django.live_server_helper import LiveServer
from tests.samples.node import make_case, make_user
from tests.samples.nodeapi import token_of
from tests.samples.nodecases import add_evidence, make_letter, make_plan, tell_facts
from tests.samples.nodevault import seal_for_us

from comity.client import Node, NodeRefusedError
from comity.node.people.models import User
from comity.node.people.roles import Role

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = b"From: Ministry of Justice, Germany\nTo: Ministry of Home Affairs, India\nPlease preserve a@b.example."


class Opens(Protocol):
    """Opens a client for a person."""

    def __call__(self, person: User) -> Node: ...


@pytest.fixture
def node_of(live_server: LiveServer) -> Iterator[Opens]:
    with ExitStack() as stack:
        yield lambda person: stack.enter_context(Node(live_server.url, token_of(person)))


def test_a_desk_takes_in_registers_and_answers_a_letter(node_of: Opens, tmp_path: Path) -> None:
    desk = node_of(make_user(Role.AUTHORITY))
    (tmp_path / "mail.txt").write_bytes(TEXT)
    came = desk.take_in_letter(tmp_path / "mail.txt")
    assert (came.requesting, came.measures) == ("DE", ("preservation",))
    assert [one.id for one in desk.arrivals()] == [came.id]
    right = desk.correct_arrival(came, their_reference="GZ 7")
    assert desk.arrival(came.id).their_reference == right.their_reference == "GZ 7"
    with pytest.raises(NodeRefusedError) as late:
        desk.discard_arrival(came, "an older version")
    assert late.value.status == 409
    request = desk.register_arrival(right, reference="IN-REQ 4/2026", title="Preservation")
    assert desk.draft_answer(request, "acknowledge").kind == "acknowledgement"
    assert request.id in {one.id for one in desk.lists().for_us}
    assert desk.dates().cut is False
    assert desk.alarms() == ()


def test_an_investigator_works_on_versions_and_ties(node_of: Opens) -> None:
    asha = make_user(Role.INVESTIGATOR)
    case = make_case(asha)
    tell_facts(asha, case)
    add_evidence(asha, case, "mail")
    plan = make_plan(asha, case)
    held = make_letter(asha, case, plan)
    mine = node_of(asha)
    letter = next(one for one in mine.letters(case.pk) if one.id == held.pk)
    again = mine.draft_again(case.pk, letter)
    assert [one.number for one in mine.letter_versions(case.pk, letter.id)] == [2, 1]
    restored = mine.restore_letter(case.pk, again, 1)
    assert mine.set_language(case.pk, restored, "fr").id == letter.id
    said = mine.comment(case.pk, letter.id, "Which account?")
    assert mine.comments(case.pk, letter.id) == (said,)
    assert b'"marks"' in bytes(mine.relations(case.pk, plan.number))
    mine.tell_tie(case.pk, "203.0.113.9", why="lease", state="NL")
    assert mine.add_lead(case.pk, "203.0.113.77", why="told by the bank", state="NL").name.startswith("lead by")
    second = make_plan(asha, case)
    assert mine.plan_changes(case.pk, second.number).added


def test_a_custodian_reads_and_releases_a_package(node_of: Opens) -> None:
    asha, custodian = make_user(Role.INVESTIGATOR), make_user(Role.CUSTODIAN)
    case = make_case(asha, custodian)
    add_evidence(asha, case, "mail")
    artifact = case.artifacts.first()
    assert artifact is not None
    sealed = seal_for_us(asha, case, artifact)
    desk = node_of(custodian)
    [package] = desk.packages(case.pk)
    whole = desk.wait_for_package(case.pk, package)
    assert (whole.id, whole.state) == (sealed.pk, "done")
    assert any(case.reference in line for line in whole.limits)
    desk.release_package(case.pk, whole)
    assert desk.package_file(case.pk, package.id).startswith(b"age-encryption.org")
    assert desk.package_report(case.pk, package.id).startswith(b"%PDF")
    assert desk.identities()[0].number
    with pytest.raises(NodeRefusedError):
        desk.seal(case.pk, "none", recipient="nobody", authorised_by="Warrant 1")
    with pytest.raises(NodeRefusedError):
        desk.check_package(case.pk, "none")

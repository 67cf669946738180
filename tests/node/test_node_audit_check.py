"""The trail where it lies: whoever gets past the database's guard is found."""

from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from tests.samples.node import make_case, make_user

from comity.node.audit.actions import enter, sign_head
from comity.node.audit.check import check_trail
from comity.node.audit.models import Checkpoint, Entry, Head, Node
from comity.node.audit.signing import signers
from comity.node.people.models import User
from comity.node.people.roles import Role

Cheat = Callable[[], object]


@pytest.fixture
def asha() -> User:
    """Somebody who did things, and a database whose guard has been taken away."""
    asha = make_user(Role.INVESTIGATOR)
    make_case(asha)
    for number in range(6):
        enter(asha, "case.read", about=asha, facts={"step": number})
    sign_head(signers())
    enter(None, "node.start")
    with connection.cursor() as cursor:
        for table in ("audit_entry", "audit_node", "audit_checkpoint"):
            if connection.vendor == "postgresql":
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            else:
                cursor.execute(f"DROP TRIGGER {table}_UPDATE_refused")
                cursor.execute(f"DROP TRIGGER {table}_DELETE_refused")
    return asha


def found() -> set[tuple[str, int]]:
    return {(finding.code, finding.number) for finding in check_trail().findings}


def test_a_whole_trail_passes(asha: User, capsys: pytest.CaptureFixture[str]) -> None:
    assert found() == set()
    call_command("check_trail")
    assert "8 entries are as they were entered" in capsys.readouterr().out


def forge_body() -> None:
    entry = Entry.objects.get(number=3)
    Entry.objects.filter(number=3).update(body=bytes(entry.body).replace(b"case.read", b"case.open"))


@pytest.mark.parametrize(
    ("cheat", "told"),
    [
        (forge_body, {("entry-altered", 3), ("column-altered", 3), ("history-rewritten", 0)}),
        (lambda: Entry.objects.filter(number=3).delete(), {("entry-missing", 3), ("history-rewritten", 0)}),
        (lambda: Entry.objects.filter(number=7).delete(), {("log-cut", 7)}),
        (lambda: Entry.objects.filter(number=3).update(actor=None), {("column-altered", 3)}),
        (lambda: Entry.objects.filter(number=3).update(case="other"), {("column-altered", 3)}),
        (lambda: Node.objects.filter(place=0).update(hash=bytes(32)), {("entry-altered", 0)}),
        (lambda: Head.objects.update(size=6), {("entry-added", 5), ("log-cut", 6)}),
        (lambda: Checkpoint.objects.update(note=b"x"), {("checkpoint-wrong", 7)}),
    ],
)
def test_each_change_is_found(asha: User, cheat: Cheat, told: set[tuple[str, int]]) -> None:
    cheat()
    assert told <= found()
    with pytest.raises(CommandError):
        call_command("check_trail")

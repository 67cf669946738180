"""Two at once: a link sets one password, a turn has one holder, a person has one turn, and one administrator stays."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone
from tests.samples.node import make_user

from comity.errors import ComityError
from comity.node.audit.actions import enter, sign_head
from comity.node.audit.models import Checkpoint, Entry
from comity.node.audit.signing import signers
from comity.node.people.actions import accounts, invitations, roles, roster
from comity.node.people.models import RoleGrant, Shift, Swap, User
from comity.node.people.roles import Role

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """What became of acts that begin at the same moment: "done", or the name of the refusal."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        try:
            barrier.wait()
            act()
        except ComityError as error:
            return type(error).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


def test_a_link_sets_one_password() -> None:
    root = make_user(Role.ADMINISTRATOR)
    user, secret = invitations.invite(root, username="bela", name="Bela", email="bela@agency.example")
    words = ["four new words here", "five old words there"]
    found = at_once(*(lambda word=word: invitations.accept_invitation(secret=secret, password=word) for word in words))
    assert found == ["HiddenError", "done"]
    user.refresh_from_db()
    assert [user.check_password(word) for word in words].count(True) == 1


def test_two_administrators_do_not_end_each_other() -> None:
    one, two = make_user(Role.ADMINISTRATOR), make_user(Role.ADMINISTRATOR)
    found = at_once(
        lambda: roles.end_role(one, user=two, role=Role.ADMINISTRATOR),
        lambda: accounts.close_account(two, user=one),
    )
    assert found.count("done") == 1
    assert RoleGrant.objects.in_force(timezone.now()).filter(user__is_active=True).count() == 1


def test_a_person_has_one_turn_and_a_turn_one_holder() -> None:
    chief, dev, eva = make_user(Role.AUTHORITY), make_user(Role.DUTY), make_user(Role.DUTY)
    now = timezone.now()
    plan = lambda: roster.plan_shift(chief, user=dev, starts_at=now, ends_at=now + timedelta(hours=8))  # noqa: E731
    assert at_once(plan, plan) == ["InvalidError", "done"]
    shift = Shift.objects.get()
    swap = roster.ask_swap(dev, shift=shift, to=eva, reason="")
    found = at_once(
        lambda: roster.answer_swap(eva, swap_id=swap.pk, accept=True), lambda: roster.take_over(dev, shift=shift)
    )
    assert found == ["InvalidError", "done"]
    shift.refresh_from_db()
    assert (shift.user == eva) is Swap.objects.get().accepted is (shift.taken_over_at is None)


def test_the_head_is_signed_once_however_many_sign() -> None:
    for _ in range(5):
        enter(None, "node.start")
    sizes = [Entry.objects.count()]
    assert at_once(*[lambda: sign_head(signers())] * 3) == ["done"] * 3
    assert list(Checkpoint.objects.values_list("size", flat=True)) == sizes
    assert User.objects.count() == 0

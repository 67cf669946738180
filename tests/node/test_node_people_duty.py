"""Standing in and duty: who sees what, when, and who is told at night."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests.samples.node import client_of, make_case, make_user

from comity.node.audit.models import Entry
from comity.node.audit.record import parse_record
from comity.node.cases.models import Case
from comity.node.errors import HiddenError, InvalidError, NotAllowedError
from comity.node.people.actions import roster
from comity.node.people.actions.delegations import delegate, revoke_delegation
from comity.node.people.models import Delegation, Shift, Swap, User
from comity.node.people.reads import find_gaps, on_duty, turn_before
from comity.node.people.rights import same_person_or_stand_in, stands_in_for
from comity.node.people.roles import Right, Role

MaxQueries = Callable[[int], AbstractContextManager[object]]
HOUR = timedelta(hours=1)


def stand_in(by: User, to: User, case: Case | None = None, *, hours: int = 24) -> Delegation:
    now = timezone.now()
    return delegate(by, to=to, case=case, starts_at=now - HOUR, ends_at=now + hours * HOUR, reason="leave")


def test_who_stands_in_sees_the_cases_and_acts_under_own_roles() -> None:
    asha, pia = make_user(Role.INVESTIGATOR), make_user(Role.ANALYST)
    one, two = make_case(asha), make_case(asha)
    stand_in(asha, pia, one)
    client = client_of(pia)
    assert [client.get(f"/cases/{case.pk}/").status_code for case in (one, two)] == [200, 404]
    record = parse_record(bytes(Entry.objects.filter(act="case.read").latest("number").body))
    assert (record.actor, record.acting_for) == (pia.username, asha.username)
    assert not pia.holds(Right.REQUEST_DRAFT)
    delegation = stand_in(asha, pia)
    assert client.get(f"/cases/{two.pk}/").status_code == 200
    for row in Delegation.objects.all():
        revoke_delegation(pia if row == delegation else asha, delegation_id=row.pk)
    assert client.get(f"/cases/{one.pk}/").status_code == 404


def test_what_was_lent_is_not_handed_on() -> None:
    asha, bela, other = (make_user(Role.INVESTIGATOR) for _ in range(3))
    case = make_case(asha)
    stand_in(asha, bela)
    with pytest.raises(HiddenError):
        stand_in(bela, other, case)
    stand_in(bela, other)
    assert client_of(other).get(f"/cases/{case.pk}/").status_code == 404


@pytest.mark.parametrize("change", ["self", "reader", "past", "order", "long", "reason"])
def test_delegations_that_cannot_be(change: str) -> None:
    asha, bela = make_user(Role.INVESTIGATOR), make_user(Role.INVESTIGATOR)
    now = timezone.now()
    to = {"self": asha, "reader": make_user(Role.ADMINISTRATOR)}.get(change, bela)
    begin, end = now, now + HOUR
    begin, end = {
        "past": (now - 2 * HOUR, now - HOUR),
        "order": (end, begin),
        "long": (begin, now + timedelta(days=400)),
    }.get(change, (begin, end))
    reason = " " if change == "reason" else "leave"
    with pytest.raises(InvalidError):
        delegate(asha, to=to, case=None, starts_at=begin, ends_at=end, reason=reason)
    with pytest.raises(NotAllowedError):
        delegate(make_user(Role.ADMINISTRATOR), to=bela, case=None, starts_at=now, ends_at=end, reason="x")


def test_four_eyes_hold_for_whoever_stands_in_also_when_it_was_revoked_meanwhile() -> None:
    asha, pia, other = make_user(Role.INVESTIGATOR), make_user(Role.PROSECUTOR), make_user(Role.PROSECUTOR)
    drafted_at = timezone.now()
    assert same_person_or_stand_in(asha, asha)
    assert not same_person_or_stand_in(pia, asha)
    made = stand_in(asha, pia)
    assert stands_in_for(pia) == {asha}
    assert same_person_or_stand_in(pia, asha)
    assert not same_person_or_stand_in(other, asha)
    revoke_delegation(asha, delegation_id=made.pk)
    assert not same_person_or_stand_in(pia, asha)
    assert same_person_or_stand_in(pia, asha, since=drafted_at)
    assert not same_person_or_stand_in(pia, asha, since=timezone.now())


def test_delegations_are_made_seen_and_ended_on_pages(django_assert_max_num_queries: MaxQueries) -> None:
    asha, pia, other = make_user(Role.INVESTIGATOR), make_user(Role.PROSECUTOR), make_user(Role.PROSECUTOR)
    case, hidden = make_case(asha), make_case(other)
    form = {"to": pia.pk, "case": case.pk, "starts_at": "2026-01-01T08:00", "ends_at": "2999-01-01T08:00"}
    client = client_of(asha)
    assert client.post("/people/delegations/new/", {**form, "reason": "leave"}).status_code == 422
    end = (timezone.now() + timedelta(days=9)).strftime("%Y-%m-%dT%H:%M")
    begin = timezone.now().strftime("%Y-%m-%dT%H:%M")
    form = {**form, "starts_at": begin, "ends_at": end, "reason": "leave"}
    assert client.post("/people/delegations/new/", {**form, "case": hidden.pk}).status_code == 422
    assert hidden.reference not in client.get("/people/delegations/new/").content.decode()
    assert client.post("/people/delegations/new/", form).status_code == 302
    with django_assert_max_num_queries(8):
        text = client.get("/people/delegations/").content.decode()
    assert case.reference in text
    assert case.reference in client_of(pia).get("/people/delegations/").content.decode()
    assert case.reference not in client_of(other).get("/people/delegations/").content.decode()
    made = Delegation.objects.get()
    assert client_of(other).post(f"/people/delegations/{made.pk}/revoke/").status_code == 404
    client_of(pia).post(f"/people/delegations/{made.pk}/revoke/")
    assert Delegation.objects.get().revoked_at is not None
    assert case.reference not in client_of(pia).get("/people/delegations/").content.decode()
    assert "ended" in client.post(f"/people/delegations/{made.pk}/revoke/", follow=True).content.decode()


def officers(count: int = 2) -> list[User]:
    return [make_user(Role.DUTY) for _ in range(count)]


def shift(user: User, begin: float, end: float, *, taken: bool = False) -> Shift:
    """Hours from now."""
    now = timezone.now()
    return Shift.objects.create(
        user=user,
        starts_at=now + begin * HOUR,
        ends_at=now + end * HOUR,
        taken_over_at=now + begin * HOUR if taken else None,
    )


def test_until_somebody_has_taken_over_the_one_before_is_told_too() -> None:
    dev, eva = officers()
    now = timezone.now()
    assert on_duty(now) == ()
    shift(dev, -8, -0.1, taken=True)
    assert on_duty(now) == (dev,)
    new = shift(eva, -0.1, 8)
    assert on_duty(now) == (eva,)
    assert on_duty(now + HOUR) == (eva, dev)
    roster.take_over(eva, shift=new)
    assert on_duty(now + HOUR) == (eva,)
    User.objects.filter(pk=eva.pk).update(is_active=False)
    assert on_duty(now + HOUR) == (dev,)


def test_a_turn_is_planned_taken_over_and_handed_on() -> None:
    chief, (dev, eva) = make_user(Role.AUTHORITY), officers()
    now = timezone.now()
    first = roster.plan_shift(chief, user=dev, starts_at=now - HOUR, ends_at=now + HOUR)
    second = roster.plan_shift(chief, user=eva, starts_at=now + HOUR / 2, ends_at=now + 8 * HOUR)
    roster.write_handover(dev, shift=first, note=" The provider answers by phone. ")
    before = turn_before(second)
    assert before is not None
    assert before.handover == "The provider answers by phone."
    page = client_of(eva).get(f"/people/roster/{second.pk}/").content.decode()
    assert "The provider answers by phone." in page
    client_of(eva).post(f"/people/roster/{second.pk}/take-over/")
    second.refresh_from_db()
    assert second.taken_over_at is not None
    with pytest.raises(InvalidError, match="before"):
        roster.take_over(eva, shift=second)
    with pytest.raises(InvalidError):
        roster.call_off_shift(chief, shift=second)
    with pytest.raises(HiddenError):
        roster.take_over(dev, shift=second)
    with pytest.raises(HiddenError):
        roster.write_handover(eva, shift=first, note="")
    assert [entry.act for entry in Entry.objects.order_by("number")] == [
        "shift.plan",
        "shift.plan",
        "shift.hand_over",
        "shift.take_over",
    ]


def test_turns_that_cannot_be() -> None:
    chief, (dev, eva) = make_user(Role.AUTHORITY), officers()
    now = timezone.now()
    roster.plan_shift(chief, user=dev, starts_at=now, ends_at=now + 8 * HOUR)
    for user, begin, end in (
        (dev, 7, 9),
        (dev, 0, 8),
        (eva, 2, 1),
        (eva, 1, 1),
        (eva, 0, 200),
        (eva, -9, -1),
        (make_user(Role.INVESTIGATOR), 0, 1),
    ):
        with pytest.raises(InvalidError):
            roster.plan_shift(chief, user=user, starts_at=now + begin * HOUR, ends_at=now + end * HOUR)
    roster.plan_shift(chief, user=dev, starts_at=now + 8 * HOUR, ends_at=now + 9 * HOUR)
    with pytest.raises(NotAllowedError):
        roster.plan_shift(dev, user=eva, starts_at=now, ends_at=now + HOUR)
    late = roster.plan_shift(chief, user=eva, starts_at=now + 5 * HOUR, ends_at=now + 9 * HOUR)
    with pytest.raises(InvalidError, match="when it begins"):
        roster.take_over(eva, shift=late)


def test_a_turn_is_repeated_by_the_clock_all_days_or_none() -> None:
    chief, (dev, eva) = make_user(Role.AUTHORITY), officers()
    with timezone.override("Europe/Berlin"):
        begin = timezone.make_aware(datetime(2027, 3, 27, 8))  # the clocks go forward on the 28th
        made = roster.plan_shifts(chief, user=dev, starts_at=begin, ends_at=begin + 8 * HOUR, repeat_days=2)
        assert [timezone.localtime(one.starts_at).strftime("%d %H") for one in made] == ["27 08", "28 08", "29 08"]
        with pytest.raises(InvalidError, match="has a turn"):
            roster.plan_shifts(chief, user=dev, starts_at=begin - 24 * HOUR, ends_at=begin - 16 * HOUR, repeat_days=1)
        with pytest.raises(InvalidError):
            roster.plan_shifts(chief, user=eva, starts_at=begin, ends_at=begin + HOUR, repeat_days=61)
    assert Shift.objects.count() == 3
    form = {"user": eva.pk, "starts_at": "2027-05-01T08:00", "ends_at": "2027-05-01T16:00", "repeat_days": 6}
    assert client_of(chief).post("/people/roster/new/", form).status_code == 302
    assert Shift.objects.filter(user=eva).count() == 7


def test_turns_are_swapped_with_the_colleagues_word() -> None:
    dev, eva, fay = officers(3)
    mine = shift(dev, 2, 10)
    client = client_of(dev)
    client.post(f"/people/roster/{mine.pk}/swap/", {"to": eva.pk, "reason": "wedding"})
    assert "asks you to take a turn" in client_of(eva).get("/people/roster/").content.decode()
    swap = Swap.objects.get()
    with pytest.raises(InvalidError, match="has been asked"):
        roster.ask_swap(dev, shift=mine, to=fay, reason="")
    for person in (fay, dev):
        with pytest.raises(HiddenError):
            roster.answer_swap(person, swap_id=swap.pk, accept=True)
    client_of(eva).post(f"/people/roster/swaps/{swap.pk}/answer/", {"answer": "yes"})
    mine.refresh_from_db()
    assert mine.user == eva
    with pytest.raises(InvalidError):
        roster.answer_swap(eva, swap_id=swap.pk, accept=True)
    back = roster.ask_swap(eva, shift=mine, to=dev, reason="")
    roster.answer_swap(eva, swap_id=back.pk, accept=False)
    mine.refresh_from_db()
    assert mine.user == eva
    shift(fay, 1, 3)
    busy = roster.ask_swap(eva, shift=mine, to=fay, reason="")
    with pytest.raises(InvalidError, match="has a turn"):
        roster.answer_swap(fay, swap_id=busy.pk, accept=True)


def test_the_roster_shows_the_week_and_its_gaps(django_assert_max_num_queries: MaxQueries) -> None:
    chief, (dev, eva) = make_user(Role.AUTHORITY), officers()
    for number in range(20):
        shift((dev, eva)[number % 2], number * 8, number * 8 + 8)
    client = client_of(chief)
    with django_assert_max_num_queries(12):
        text = client.get("/people/roster/").content.decode()
    assert "On duty now" in text
    for week in ("2030-01-07", "0001-01-01", "9999-12-31", "x", ""):
        assert client.get(f"/people/roster/?week={week}").status_code == 200
    assert "Nobody is planned" in client.get("/people/roster/?week=2030-01-07").content.decode()
    assert client_of(make_user(Role.INVESTIGATOR)).get("/people/roster/").status_code == 403
    begin = (timezone.now() + timedelta(days=30)).strftime("%Y-%m-%dT08:00")
    end = (timezone.now() + timedelta(days=30)).strftime("%Y-%m-%dT16:00")
    made = client.post("/people/roster/new/", {"user": dev.pk, "starts_at": begin, "ends_at": end})
    assert made.status_code == 302
    assert dev.name in client.get(made.headers["Location"]).content.decode()
    late = Shift.objects.latest("starts_at")
    client.post(f"/people/roster/{late.pk}/call-off/")
    assert dev.name not in client.get(made.headers["Location"]).content.decode().split("<main")[1].split("<h2>As")[1]


BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


@given(st.lists(st.tuples(st.integers(-5, 50), st.integers(1, 20)), max_size=8))
def test_gaps_are_exactly_the_hours_in_which_nobody_is_planned(turns: list[tuple[int, int]]) -> None:
    Shift.objects.all().delete()
    user = User.objects.first() or make_user(Role.DUTY)
    Shift.objects.bulk_create(
        Shift(user=user, starts_at=BEGIN + at * HOUR, ends_at=BEGIN + (at + long) * HOUR) for at, long in turns
    )
    gaps = find_gaps(BEGIN, BEGIN + 48 * HOUR)
    for hour in range(48):
        moment = BEGIN + hour * HOUR + HOUR / 2
        covered = any(at <= hour < at + long for at, long in turns)
        assert any(gap.starts_at <= moment < gap.ends_at for gap in gaps) is not covered

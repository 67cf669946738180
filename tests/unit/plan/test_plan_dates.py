"""Dates: every figure here was counted by hand, beside the rule that it follows."""

from datetime import date

import pytest
from tests.samples.planned import case_of, leads_of, paid, place, plan_of, seen, step_of, tie

from comity.leads.model import ObservableKind, Role

IBAN = seen(ObservableKind.IBAN, "AE480339999000000004711", tie("AE", Role.FINANCIAL_INSTITUTION, name="Mashreqbank"))


def box(state: str, provider: str = "") -> object:
    return seen(
        ObservableKind.EMAIL, "x@y.example", tie(state, Role.MAIL_PROVIDER, provider, "Post"), places=(place("row 1"),)
    )


def server(state: str) -> object:
    host = tie(state, Role.INFRASTRUCTURE, name="Host")
    return seen(ObservableKind.IPV4, "31.184.255.255", host, places=(place("row 1"),), tags=("server-network",))


# 2026-11-24 is a Tuesday: Guru Nanak's birthday in India, an ordinary day elsewhere.


def test_preservation_in_the_united_states_lasts_ninety_days() -> None:
    # 18 USC 2703(f)(2): 6 days to 30 November, 31, 31, 22: 2027-02-22; renewal two weeks before, a Monday
    step = step_of(plan_of(case_of("IN"), leads_of(box("US", "google_us"))), "preservation")  # type: ignore[arg-type]
    assert step.start_by.on == date(2026, 11, 24)  # a 24/7 point is open on a holiday
    assert step.expires is not None
    assert step.expires.on == date(2027, 2, 22)
    assert [d.on for d in step.other_dates if d.kind == "renew_by"] == [date(2027, 2, 8)]


def test_preservation_under_budapest_lasts_sixty_days_at_least() -> None:
    # ETS 185 art. 29(7): 2026-11-24 + 60 days = 2027-01-23, a Saturday, which does not move
    step = step_of(plan_of(case_of("DE"), leads_of(server("FR"))), "preservation")  # type: ignore[arg-type]
    assert step.expires is not None
    assert step.expires.on == date(2027, 1, 23)
    assert "Saturday in France: act before it" in step.expires.computation
    # renewal or request a fortnight before: 2027-01-09 is a Saturday, so the Friday before
    assert [d.on for d in step.other_dates if d.kind == "renew_by"] == [date(2027, 1, 8)]


def test_european_order_is_answered_in_ten_days() -> None:
    # Regulation 2023/1543 art. 10(3): received on 2026-11-27 + 10 days = 2026-12-07, a Monday
    step = step_of(plan_of(case_of("DE"), leads_of(server("FR"))), "subscriber_information")  # type: ignore[arg-type]
    assert step.start_by.on == date(2026, 11, 27)
    assert step.due is not None
    assert step.due.on == date(2026, 12, 7)
    assert {d.kind for d in step.other_dates} == {"note"}


def test_european_freezing_is_decided_and_carried_out_in_four_days() -> None:
    # Regulation 2018/1805 arts 7-9: 48 hours to recognise and 48 more to execute, from noon of 2026-11-24 in Paris
    plan = plan_of(case_of("DE"), leads_of(seen(ObservableKind.IBAN, "FR1", tie("FR", Role.FINANCIAL_INSTITUTION))))
    step = step_of(plan, "freezing", first=False)
    assert step.due is not None
    assert step.due.at == "2026-11-28T12:00+01:00"
    assert step.due.at_requesting == "2026-11-28T12:00+01:00"


def test_decision_and_execution_follow_each_other() -> None:
    # The preservation of 2026-11-24 sets no time for its answer: a month, so the order leaves on Thursday, 2026-12-24.
    # Directive 2014/41 art. 12(3), (4): + 30 days = 2027-01-23, a Saturday, moves to Monday the 25th (Regulation
    # 1182/71 art. 3(4)); + 90 days = 2027-04-25, a Sunday, moves to the 26th.
    step = step_of(plan_of(case_of("DE"), leads_of(server("FR"))), "search_seizure")  # type: ignore[arg-type]
    assert step.recommended is not None
    assert step.recommended.instrument == "eu-eio"
    assert step.start_by.on == date(2026, 12, 24)
    assert step.due is not None
    assert step.due.on == date(2027, 4, 26)
    assert "2027-01-23, moved past" in step.due.computation


EMERGENCY = '[urgency]\nlevel = "emergency"\nreason = "a threat to kill"\n'


def test_emergency_shortens_the_answer_to_hours() -> None:
    # Regulation 2023/1543 art. 10(4): 8 hours from receipt
    plan = plan_of(case_of("DE", EMERGENCY), leads_of(box("FR")))  # type: ignore[arg-type]
    step = step_of(plan, "emergency_disclosure")
    assert step.order <= 2
    assert step.due is not None
    assert step.due.at == "2026-11-24T20:00+01:00"
    assert [d.kind for d in step.other_dates if d.kind == "own"] == ["own"]  # validated within 48 hours


HOLD = """
[[earlier_steps]]
measure = "freezing"
state = "AE"
holder = "Mashreqbank"
sent = 2026-11-19
effective = 2026-11-20
lapses = 2026-11-27T12:00:00+04:00
"""


def test_hold_drives_the_freezing() -> None:
    plan = plan_of(case_of("IN", HOLD, top='time_zone = "Asia/Kolkata"\n'), leads_of(IBAN))
    first, formal = step_of(plan, "freezing"), step_of(plan, "freezing", first=False)
    for step in (first, formal):
        assert step.expires is not None
        assert (step.expires.on, step.expires.at) == (date(2026, 11, 27), "2026-11-27T12:00+04:00")
        assert step.expires.at_requesting == "2026-11-27T13:30+05:30"
        assert "authorities work until 12:00" in step.expires.computation
        assert "until 2026-11-27T12:00:00+04:00" in step.earlier
    assert first.start_by.on == formal.start_by.on == date(2026, 11, 24)  # a holiday: the hold ends in three days
    assert "by who is on duty; offices open on 2026-11-25" in formal.start_by.computation
    assert "in 3 days: every day counts" in formal.start_by.computation
    # the statements do not race against the hold
    assert step_of(plan, "bank_information").start_by.on == date(2026, 11, 27)
    lapse = next(o for o in plan.obstacles if o.id == "preservation_lapse")
    assert any("57 % of the time has passed" in fact for fact in lapse.detected)  # 4 of 7 days


def test_hold_that_is_far_leaves_time() -> None:
    rest = HOLD.replace("2026-11-27T12:00:00+04:00", "2027-06-01")
    formal = step_of(plan_of(case_of("IN", rest), leads_of(IBAN)), "freezing", first=False)
    assert formal.start_by.on == date(2026, 11, 25)
    assert formal.expires is not None
    assert (formal.expires.on, formal.expires.at) == (date(2027, 6, 1), "")


def test_what_the_host_deletes_hurries_the_request_for_it() -> None:
    # 2026-12-27 − 21 days for the way = 2026-12-06, a Sunday: Friday the 4th
    rest = HOLD.replace('"freezing"', '"preservation"').replace('"AE"', '"RU"').replace('"Mashreqbank"', '"reseller"')
    rest = rest.replace("2026-11-27T12:00:00+04:00", "2026-12-27").replace("effective = 2026-11-20\n", "")
    rest += 'objects = ["31.184.255.255"]\n'
    plan = plan_of(case_of("IN", rest), leads_of(server("RU")))  # type: ignore[arg-type]
    keep = step_of(plan, "preservation")
    assert "asked for on 2026-11-19" in keep.earlier
    assert keep.expires is not None
    assert keep.expires.on == date(2026, 12, 27)
    for measure in ("traffic_data", "search_seizure"):
        step = step_of(plan, measure)
        assert step.start_by.on == date(2026, 12, 4)
        assert "− 21 days for the way = 2026-12-06" in step.start_by.computation
    orders = [step.start_by.on for step in plan.steps]
    assert orders == sorted(orders)


def test_preservation_in_effect_counts_from_its_real_day() -> None:
    rest = '[[earlier_steps]]\nmeasure = "preservation"\nstate = "US"\nsent = 2026-11-01\neffective = 2026-11-03\n'
    step = step_of(plan_of(case_of("IN", rest), leads_of(box("US", "google_us"))), "preservation")  # type: ignore[arg-type]
    assert step.expires is not None
    assert step.expires.on == date(2027, 2, 1)  # 27 days to 30 November, 31, 31, 1
    assert "took effect" in step.expires.computation


def test_steps_wait_for_those_before_them() -> None:
    plan = plan_of(case_of("IN"), leads_of(IBAN))
    days = {step.id: step.start_by.on for step in plan.steps}
    for step in plan.steps:
        assert all(days[other] <= step.start_by.on for other in step.depends_on)
    # statements leave on 2026-11-27; a month for the answer ends on Sunday 2026-12-27, so Monday the 28th; the return
    # waits for the confiscation as long again
    assert step_of(plan, "confiscation").start_by.on == date(2026, 12, 28)
    assert step_of(plan, "asset_return").start_by.on == date(2027, 1, 27)


@pytest.mark.parametrize(
    ("at", "on", "instant"),
    [
        ("2026-11-18T15:47:52+05:30", date(2026, 11, 21), "2026-11-21T14:17+04:00"),
        ("2026-11-18T15:47:52", date(2026, 11, 21), ""),
        ("2026-11-18", date(2026, 11, 21), ""),
    ],
)
def test_recall_works_best_in_seventy_two_hours(at: str, on: date, instant: str) -> None:
    case = case_of("IN", top='time_zone = "Asia/Kolkata"\n')
    plan = plan_of(case, leads_of(IBAN, transfers=(paid("x", IBAN.value, at),)))
    window = next(d for d in step_of(plan, "freezing", state="AE").other_dates if d.kind == "recall_window")
    assert (window.on, window.at) == (on, instant)


def test_payment_without_a_day_has_no_window() -> None:
    plan = plan_of(case_of("IN"), leads_of(IBAN, transfers=(paid("x", IBAN.value, "yesterday-ish"),)))
    assert not [d for s in plan.steps for d in s.other_dates if d.kind == "recall_window"]


def test_money_held_without_an_order_is_asked_after_on_the_first_and_third_day() -> None:
    plan = plan_of(case_of("IN"), leads_of(IBAN, transfers=(paid("x", IBAN.value),)))
    recall, stop, freeze = (s for s in plan.steps if s.measure == "freezing")
    for step in (recall, stop):
        asked = [d for d in step.other_dates if d.kind == "remind"]
        assert [(d.on - step.start_by.on).days for d in asked] == [1, 3]
        assert "until when" in asked[0].what
        assert "without one it ends by itself" in asked[1].what
    assert not [d for d in freeze.other_dates if (d.on - freeze.start_by.on).days in (1, 3)]


def test_dates_that_are_past_are_told_as_past() -> None:
    old = paid("x", IBAN.value, "2026-11-10")
    held = """
[[earlier_steps]]
measure = "freezing"
state = "AE"
sent = 2026-11-12
lapses = 2026-11-20
"""
    plan = plan_of(case_of("IN", held), leads_of(IBAN, transfers=(old,)))
    stop = step_of(plan, "freezing", state="AE")
    window = next(d for d in stop.other_dates if d.kind == "recall_window")
    assert window.past
    assert window.what.startswith("the 72 hours in which a recall works best are over")
    assert stop.expires is not None
    assert stop.expires.past
    assert "may be gone" in stop.expires.what
    assert "ended on 2026-11-20, 4 days ago: every day counts" in stop.start_by.computation
    assert not [d for d in (stop.start_by, *stop.other_dates) if d.past and d.on >= plan.on]


def test_a_date_to_come_is_not_past() -> None:
    plan = plan_of(case_of("IN"), leads_of(IBAN, transfers=(paid("x", IBAN.value, "2026-11-23"),)))
    assert not [d for s in plan.steps for d in (s.start_by, *s.other_dates) if d.past]

"""The clock: every date here was counted by hand, beside the rule that it follows."""

from datetime import UTC, date, datetime

import pytest
from tests.samples.docket import NOON, day, event, history, promise, request, sent_and

from comity.docket import Act, Direction, Event, Request
from comity.docket.clock import (
    Deadline,
    DeadlineState,
    Effect,
    Prudence,
    Usual,
    deadlines,
    kind_rules,
    reminder,
    renewal,
    trigger_of,
)
from comity.law import Channel, Measure, TimeUnit, load_registry

SIXTY = promise("minimum_duration", 60, "start of preservation")
TEN = promise("production", 10, "receipt of EPOC", instrument="eu-e-evidence", moves=True)
EIGHT_HOURS = promise(
    "production_emergency", 8, "receipt of EPOC in emergency", TimeUnit.HOURS, instrument="eu-e-evidence", moves=True
)


def epoc(**more: object) -> Request:
    fields = {"requesting": "DE", "requested": "FR", "measure": Measure.SUBSCRIBER_INFORMATION, "promises": (TEN,)}
    return request(**{**fields, **more})


def only(asked: Request, events: tuple[Event, ...], now: datetime) -> Deadline:
    (found,) = deadlines(asked, events, now)
    return found


def test_every_limit_in_the_law_data_has_a_rule_and_a_trigger() -> None:
    limits = [
        limit
        for instrument in load_registry().instruments.values()
        for provision in instrument.provisions
        for limit in provision.time_limits
    ]
    assert len(limits) > 100
    assert {limit.kind for limit in limits} <= set(kind_rules())
    assert [limit.starts for limit in limits if trigger_of(limit) is None] == []


def test_preservation_of_budapest_ends_after_sixty_days() -> None:
    # ETS 185 art. 29(7): took effect on 2026-11-25 in Washington; + 60 days = 2027-01-24, a Sunday, which does not move
    asked = request(promises=(SIXTY,))
    events = sent_and(event(Act.DELIVER, day(0, 13)), event(Act.TAKE_EFFECT, day(1)))
    found = only(asked, events, day(2))
    assert found.on == date(2027, 1, 24)
    assert found.state is DeadlineState.RUNNING
    assert "Sunday in United States: act before it" in found.computation
    assert only(asked, events, datetime(2027, 1, 25, 4, 59, tzinfo=UTC)).state is DeadlineState.RUNNING
    assert only(asked, events, datetime(2027, 1, 25, 5, 0, tzinfo=UTC)).state is DeadlineState.LAPSED


def test_what_is_not_registered_is_assumed_and_said() -> None:
    asked = request(promises=(SIXTY,))
    assert only(asked, sent_and(), day(1)).state is DeadlineState.NOT_BEGUN
    arrived = only(asked, sent_and(event(Act.DELIVER, day(1))), day(2))
    assert arrived.on == date(2027, 1, 24)
    assert arrived.assumes.startswith("taken to have taken effect on arrival")
    heard = only(epoc(), sent_and(event(Act.ACKNOWLEDGE, day(3))), day(4))
    assert heard.assumes == "its delivery is not registered: counted from what was first heard (acknowledge)"
    unheard = only(epoc(), sent_and(), day(4))
    assert unheard.assumes == "taken to have arrived when it was sent: register its receipt"
    assert unheard.on == date(2026, 12, 4)


def test_preservation_goes_on_once_the_request_for_the_data_has_arrived() -> None:
    asked = request(promises=(SIXTY,))
    events = sent_and(event(Act.TAKE_EFFECT, day(1)))
    in_time = (*events, event(Act.FOLLOW_UP, day(50)))
    assert only(asked, in_time, day(90)).state is DeadlineState.HELD
    too_late = (*events, event(Act.FOLLOW_UP, day(70)))
    assert only(asked, too_late, day(90)).state is DeadlineState.LAPSED


def test_an_extension_counts_where_it_is_later() -> None:
    asked = request(promises=(SIXTY,))
    events = sent_and(event(Act.TAKE_EFFECT, day(1)))
    longer = only(asked, (*events, event(Act.EXTEND, day(20), until="2027-03-31")), day(21))
    assert longer.on == date(2027, 3, 31)
    assert longer.computation.endswith("extended to 2027-03-31 on 2026-12-14")
    assert only(asked, (*events, event(Act.EXTEND, day(20), until="2026-12-31")), day(21)).on == date(2027, 1, 24)


def test_european_order_in_ten_days_that_end_on_a_working_day() -> None:
    # Regulation 2023/1543 art. 10(2): received on Wednesday 2026-11-25 + 10 = Saturday 2026-12-05; Regulation 1182/71
    # art. 3(4): Monday 2026-12-07
    events = sent_and(event(Act.DELIVER, day(1)))
    found = only(epoc(), events, day(2))
    assert found.on == date(2026, 12, 7)
    assert found.zone == "Europe/Paris"
    met = only(epoc(), (*events, event(Act.EXECUTE, day(13))), day(20))
    assert (met.state, met.met_at) == (DeadlineState.MET, day(13))
    assert only(epoc(), (*events, event(Act.EXECUTE, day(14))), day(20)).state is DeadlineState.MET_LATE
    assert only(epoc(), events, day(14)).state is DeadlineState.LATE
    assert only(epoc(), (*events, event(Act.WITHDRAW, day(3))), day(20)).state is DeadlineState.MOOT


def test_in_an_emergency_eight_hours_run_instead() -> None:
    asked = epoc(promises=(TEN, EIGHT_HOURS), emergency=True)
    events = sent_and(event(Act.DELIVER, day(0, 13)))
    found = only(asked, events, day(0, 14))
    assert found.kind == "production_emergency"
    assert found.ends_at == day(0, 21)
    assert only(epoc(promises=(TEN, EIGHT_HOURS)), events, day(0, 14)).kind == "production"


def test_a_question_stops_the_european_order_and_the_rest_runs_on() -> None:
    # 2026-11-25 + 10 days, stopped from the 27th to the 30th: 3 days more = 2026-12-08, a Tuesday
    asked = epoc(
        promises=(TEN, promise("issuing_authority_clarification", 5, "receipt of the provider's Annex III query"))
    )
    events = sent_and(event(Act.DELIVER, day(1)), event(Act.ASK, day(3)))
    stopped, ours = sorted(deadlines(asked, events, day(4)), key=lambda one: one.kind, reverse=True)
    assert stopped.state is DeadlineState.STOPPED
    assert stopped.on is None
    assert ours.on == date(2026, 12, 2)  # five days from the 27th
    answered = (*events, event(Act.ANSWER, day(6)))
    running, met = sorted(deadlines(asked, answered, day(7)), key=lambda one: one.kind, reverse=True)
    assert running.on == date(2026, 12, 8)
    assert "art. 10(6)" in running.computation
    assert met.state is DeadlineState.MET


def test_a_question_does_not_stop_what_no_rule_stops() -> None:
    thirty = promise("decision", 30, "receipt of the EIO by the competent executing authority", moves=True)
    events = sent_and(event(Act.DELIVER, day(1)), event(Act.ASK, day(3)))
    assert only(epoc(promises=(thirty,)), events, day(4)).on == date(2026, 12, 28)  # the 25th is a Friday and Christmas


def test_execution_begins_with_the_decision() -> None:
    ninety = promise("execution", 90, "decision on recognition", moves=True)
    assert only(epoc(promises=(ninety,)), sent_and(event(Act.DELIVER, day(1))), day(2)).state is DeadlineState.NOT_BEGUN
    decided = sent_and(event(Act.DELIVER, day(1)), event(Act.DECIDE, day(8)))
    assert only(epoc(promises=(ninety,)), decided, day(9)).on == date(2027, 3, 2)


def test_a_refusal_leaves_nothing_to_wait_for() -> None:
    ninety = promise("execution", 90, "decision")
    refused = sent_and(event(Act.DELIVER, day(1)), event(Act.REFUSE, day(2)))
    assert only(epoc(promises=(ninety,)), refused, day(9)).state is DeadlineState.MOOT


def test_working_days_are_those_of_who_owes_the_act() -> None:
    # Regulation 2023/1543 art. 16: five working days; asked on Thursday 2026-12-24; in Germany 25, 26 December and the
    # weekend are not worked: 28, 29, 30, 31 December, and 1 January is a holiday: Monday 2027-01-04
    five = promise(
        "issuing_authority_reply", 5, "consultation request of the enforcing authority", TimeUnit.WORKING_DAYS
    )
    found = only(epoc(promises=(five,)), sent_and(event(Act.DELIVER, day(1)), event(Act.ASK, day(30))), day(31))
    assert found.on == date(2027, 1, 4)


def test_a_window_closes_and_is_nobodys_fault() -> None:
    window = promise("enforcing_authority_refusal", 10, "receipt of notification")
    events = sent_and(event(Act.NOTIFY, day(1)))
    assert only(epoc(promises=(window,)), events, day(2)).state is DeadlineState.RUNNING
    assert only(epoc(promises=(window,)), events, day(20)).state is DeadlineState.OVER


def test_a_provisional_arrest_ends_unless_the_request_comes() -> None:
    # CETS 24 art. 16(4): at most 40 days from the arrest: 2026-11-25 + 40 = 2027-01-04
    forty = promise("must_release", 40, "provisional arrest")
    asked = request(measure=Measure.EXTRADITION, promises=(forty,))
    arrested = sent_and(event(Act.DELIVER, day(0, 13)), event(Act.TAKE_EFFECT, day(1)))
    assert only(asked, arrested, day(2)).on == date(2027, 1, 4)
    assert only(asked, (*arrested, event(Act.FOLLOW_UP, day(30))), day(60)).state is DeadlineState.HELD


def test_what_no_event_begins_is_shown_and_not_counted() -> None:
    asked = request(promises=(promise("maximum_stay", 60, "transfer of the detainee"), promise("new", 3, "something")))
    assert {(one.state, one.effect) for one in deadlines(asked, sent_and(), day(1))} == {
        (DeadlineState.NOT_BEGUN, Effect.NOTE)
    }


def test_the_answer_for_a_past_moment_knows_nothing_later() -> None:
    asked = request(promises=(SIXTY,))
    events = sent_and(event(Act.TAKE_EFFECT, day(1)), event(Act.EXTEND, day(20), until="2027-03-31"))
    assert only(asked, events, day(19)).on == date(2027, 1, 24)


def test_served_on_the_provider_is_the_arrival_where_it_was_asked_directly() -> None:
    twenty = promise("production", 20, "service on the provider")
    direct = epoc(promises=(twenty,), channel=Channel.DIRECT_TO_PROVIDER)
    assert only(direct, sent_and(event(Act.DELIVER, day(1))), day(2)).on == date(2026, 12, 15)
    state = epoc(promises=(twenty,), channel=Channel.CENTRAL_AUTHORITIES)
    assert only(state, sent_and(event(Act.DELIVER, day(1))), day(2)).state is DeadlineState.NOT_BEGUN


def test_renew_before_it_ends_and_say_that_the_answer_comes_too_late() -> None:
    # 2027-01-24 - 14 days = Sunday 2027-01-10: the Friday before, 2027-01-08
    asked = request(promises=(SIXTY,))
    lapse = only(asked, sent_and(event(Act.TAKE_EFFECT, day(1))), day(2))
    usual = Usual(days=300, source="median of 7 answers")
    found = renewal(asked, lapse, now=day(2), usual=usual, prudence=Prudence())
    assert found is not None
    assert found.on == date(2027, 1, 8)
    assert (
        "it ends on 2027-01-24, and the usual answer takes 300 days (median of 7 answers), until 2027-09-22"
        in found.what
    )
    soon = renewal(asked, lapse, now=day(2), usual=Usual(days=10, source=""), prudence=Prudence())
    assert soon is not None
    assert "usual" not in soon.what
    held = only(asked, sent_and(event(Act.TAKE_EFFECT, day(1)), event(Act.FOLLOW_UP, day(3))), day(4))
    assert renewal(asked, held, now=day(4), usual=None, prudence=Prudence()) is None


def test_ask_how_far_it_is_where_no_time_is_set() -> None:
    asked = request(measure=Measure.CONTENT_DATA)
    events = sent_and(event(Act.DELIVER, day(1)))
    found = reminder(asked, events, (), now=day(2), prudence=Prudence())
    assert found is not None
    assert found.on == date(2026, 12, 28)  # 2026-12-25 is Christmas, the 26th and 27th a weekend
    later = (*events, event(Act.REMIND, day(40)))
    again = reminder(asked, later, (), now=day(41), prudence=Prudence())
    assert again is not None
    assert again.on == date(2027, 2, 2)
    assert reminder(epoc(), events, deadlines(epoc(), events, day(2)), now=day(2), prudence=Prudence()) is None
    answered = (*events, event(Act.EXECUTE, day(3)))
    assert reminder(asked, answered, (), now=day(4), prudence=Prudence()) is None


@pytest.mark.parametrize("number", [0, 1, 40, 70])
def test_deadlines_come_in_order_and_what_is_missing_last(number: int) -> None:
    asked = epoc(promises=(promise("execution", 90, "decision"), SIXTY, TEN))
    events = sent_and(event(Act.DELIVER, day(1))) if number else history(Act.DRAFT)
    ends = [one.ends_at for one in deadlines(asked, events, day(number))]
    dated = [end for end in ends if end is not None]
    assert dated == sorted(dated)
    assert ends[: len(dated)] == dated


def test_incoming_requests_run_on_the_same_clock() -> None:
    asked = epoc(direction=Direction.INCOMING)
    assert only(asked, (event(Act.DELIVER, NOON),), day(1)).on == date(2026, 12, 4)

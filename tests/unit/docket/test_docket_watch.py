"""Lists, alarms and the calendar feed."""

from datetime import timedelta

import vobject
from tests.samples.docket import LEFT, NOON, day, event, history, promise, request, sent_and

from comity.docket import (
    Act,
    AlarmPolicy,
    Audience,
    Direction,
    Event,
    Level,
    Request,
    Watched,
    alarms,
    make_lists,
    standing,
)
from comity.docket.clock import deadlines
from comity.docket.feed import calendar_feed
from comity.law import TimeUnit

TEN = promise("production", 10, "receipt of the order")
SIXTY = promise("minimum_duration", 60, "start of preservation")
VALIDATE = promise("ex_post_validation", 48, "issue of order", TimeUnit.HOURS)


def watched(asked: Request, events: tuple[Event, ...], number: float) -> Watched:
    now = NOON + timedelta(days=number)
    return Watched(request=asked, standing=standing(asked.direction, events), deadlines=deadlines(asked, events, now))


# Received on 2026-11-25, due on 2026-12-05 in Washington: too late from 2026-12-06, 05:00 in Greenwich.
ARRIVED = sent_and(event(Act.DELIVER, day(1)))


def test_due_today_is_today_where_the_act_is_owed() -> None:
    asked = request(promises=(TEN,))
    for hour, due in ((4, False), (6, True), (28, True), (29, False)):
        now = day(11, 0) + timedelta(hours=hour)
        lists = make_lists([watched(asked, ARRIVED, (now - NOON) / timedelta(days=1))], now=now, since=day(0))
        assert bool(lists.due_today) is due


def test_just_late_is_late_since_the_last_look() -> None:
    asked = request(promises=(TEN,))
    here = [watched(asked, ARRIVED, 14)]
    assert [row.request.id for row in make_lists(here, now=day(14), since=day(11)).just_late] == ["r1"]
    later = make_lists(here, now=day(14), since=day(13))
    assert later.just_late == ()
    assert len(later.late) == 1


def test_who_waits_for_whom() -> None:
    ours = watched(request(id="a"), history(Act.DRAFT), 1)
    theirs = watched(request(id="b"), history(*LEFT), 1)
    done = watched(request(id="c"), history(*LEFT, Act.EXECUTE, Act.CLOSE), 1)
    lists = make_lists([ours, theirs, done], now=day(1), since=day(0))
    assert [one.request.id for one in lists.for_us] == ["a"]
    assert [one.request.id for one in lists.for_them] == ["b"]


def test_each_alarm_is_given_once_however_long_nobody_asked() -> None:
    asked = request(promises=(SIXTY,))
    events = sent_and(event(Act.TAKE_EFFECT, day(1)))
    here = [watched(asked, events, 63)]  # too late from 2027-01-25, 05:00
    at_once = alarms(here, since=day(0), now=day(63), policy=AlarmPolicy())
    assert [(one.level, one.audience) for one in at_once] == [
        (Level.NEAR, Audience.HANDLER),
        (Level.URGENT, Audience.DUTY_OFFICER),
        (Level.PASSED, Audience.DUTY_OFFICER),
    ]
    in_steps = [
        alarm
        for number in range(63)
        for alarm in alarms(here, since=day(number), now=day(number + 1), policy=AlarmPolicy())
    ]
    assert tuple(in_steps) == at_once


def test_a_short_period_warns_by_its_length() -> None:
    asked = request(promises=(VALIDATE,))
    events = history(Act.DRAFT, Act.CHECK, Act.APPROVE, Act.SEND)
    given = [
        one.given_at - events[2].at
        for one in alarms([watched(asked, events, 0.5)], since=day(-1), now=day(9), policy=AlarmPolicy())
    ]
    assert given == [timedelta(hours=24), timedelta(hours=36), timedelta(hours=48)]


def test_of_what_the_other_side_owes_only_the_end_is_told() -> None:
    here = [watched(request(promises=(TEN,)), ARRIVED, 2)]
    assert [one.level for one in alarms(here, since=day(0), now=day(30), policy=AlarmPolicy())] == [Level.PASSED]
    incoming = [watched(request(promises=(TEN,), direction=Direction.INCOMING), (event(Act.DELIVER, day(1)),), 2)]
    assert len(alarms(incoming, since=day(0), now=day(30), policy=AlarmPolicy())) == 3


def test_the_feed_is_read_by_a_foreign_program() -> None:
    asked = request(promises=(TEN, VALIDATE), reference="CY/1, Ü; «2026»")
    feed = calendar_feed([watched(asked, ARRIVED, 1)], name="Fristen", now=day(1))
    assert b"a@example.com" not in feed
    assert all(len(line) <= 75 for line in feed.split(b"\r\n"))
    calendar = vobject.readOne(feed.decode())
    found = {entry.uid.value: entry for entry in calendar.vevent_list}
    assert set(found) == {"r1-production-1@comity", "r1-ex_post_validation-1@comity"}
    whole_day = found["r1-production-1@comity"]
    assert whole_day.summary.value == "CY/1, Ü; «2026»: the data are to be handed over"
    assert (whole_day.dtend.value - whole_day.dtstart.value).days == 1
    assert whole_day.valarm.trigger.value == -timedelta(hours=24)
    assert found["r1-ex_post_validation-1@comity"].dtstart.value == history(*LEFT)[2].at + timedelta(hours=48)


def test_what_is_over_leaves_the_feed() -> None:
    asked = request(promises=(TEN,))
    over = watched(asked, (*ARRIVED, event(Act.EXECUTE, day(2))), 3)
    assert b"VEVENT" not in calendar_feed([over], name="x", now=day(3))

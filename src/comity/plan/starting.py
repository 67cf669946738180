"""By when a step must be on its way: how fast the thing vanishes, what comes first, what lapses meanwhile."""

from dataclasses import dataclass
from datetime import date, timedelta

import msgspec

from comity.law import Channel, Confidence, Route
from comity.plan.counting import OUR_RULE, Clock
from comity.plan.drafting import Draft
from comity.plan.model import Deadline, UrgencyClass
from comity.plan.tables import paces
from comity.plan.workdays import add_working_days, next_working_day, previous_working_day

DAYS_LEVEL_WORKING_DAYS = 3
WEEKS_LEVEL_WORKING_DAYS = 10
ANSWER_ASSUMED_DAYS = 30
#: How long before a preservation ends the request for the data should leave, by the way it travels.
MARGIN_DAYS = {
    Channel.CENTRAL_AUTHORITIES: 21,
    Channel.DIPLOMATIC: 30,
    Channel.JUDICIAL_DIRECT: 14,
}
MARGIN_OTHER_DAYS = 7
#: Ways that are open at any hour of any day.
ALWAYS_OPEN = frozenset({Channel.CONTACT_POINTS_24_7, Channel.POLICE, Channel.DIRECT_TO_PROVIDER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What the steps before this one mean for its dates."""

    answered_on: date | None = None
    """The latest day on which one of them is to be answered; None: not known."""
    waits: bool = False
    """Whether it waits for an answer at all."""
    lapse: Deadline | None = None
    """The first preservation or hold to end among them."""


def start_by(draft: Draft, route: Route | None, clock: Clock, before: Before) -> Deadline:
    """The day by which a step must be on its way."""
    start = _unhurried(draft, route, clock, before)
    lapse = before.lapse
    if lapse is None:
        return start
    margin = MARGIN_DAYS.get(route.channel, MARGIN_OTHER_DAYS) if route else MARGIN_OTHER_DAYS
    leave = lapse.on - timedelta(days=margin)
    latest = previous_working_day(clock.requesting, leave, clock.subdivision)
    if max(latest.on, clock.on) >= start.on:
        return start
    text = f"{lapse.on} ({lapse.what}) − {margin} days for the way = {leave}{latest.note}"
    if latest.on < clock.on:
        text += f"; that is past, so {clock.on}"
    return msgspec.structs.replace(
        start, on=max(latest.on, clock.on), computation=text, source=f"{lapse.source}; {margin} days: {OUR_RULE}"
    )


def _unhurried(draft: Draft, route: Route | None, clock: Clock, before: Before) -> Deadline:
    level = paces()[draft.pace].level
    on, computation = _AT[level](route, clock, before)
    return Deadline(
        kind="start_by",
        what="send it" if route is not None else "do it",
        on=on,
        zone=clock.requesting_zone,
        computation=computation,
        source=OUR_RULE,
        confidence=Confidence.LOW,
    )


def _hours(route: Route | None, clock: Clock, before: Before) -> tuple[date, str]:
    if route is None or route.channel in ALWAYS_OPEN:
        return clock.on, f"{clock.on} (day of the plan): the same day"
    shift = next_working_day(clock.requesting, clock.on, clock.subdivision)
    return shift.on, f"{clock.on} (day of the plan): at once{shift.note}"


def _working_days(count: int, clock: Clock) -> tuple[date, str]:
    shift = add_working_days(clock.requesting, clock.on, count, clock.subdivision)
    return shift.on, f"{clock.on} (day of the plan) + {count} working days = {shift.on}{shift.note}"


def _after(route: Route | None, clock: Clock, before: Before) -> tuple[date, str]:
    answered = before.answered_on or clock.on + timedelta(days=ANSWER_ASSUMED_DAYS)
    known = "" if before.answered_on else f", for which no time is set; {ANSWER_ASSUMED_DAYS} days assumed"
    shift = next_working_day(clock.requesting, max(answered, clock.on), clock.subdivision)
    return shift.on, f"{answered} (the steps before it are answered{known}){shift.note}"


_AT = {
    UrgencyClass.HOURS: _hours,
    UrgencyClass.DAYS: lambda route, clock, before: _working_days(DAYS_LEVEL_WORKING_DAYS, clock),
    UrgencyClass.WEEKS: lambda route, clock, before: _working_days(WEEKS_LEVEL_WORKING_DAYS, clock),
    UrgencyClass.AFTER: _after,
}

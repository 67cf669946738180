"""By when a step must be on its way: how fast the thing vanishes, what comes first, what lapses meanwhile."""

from dataclasses import dataclass
from datetime import date, timedelta

import msgspec

from comity.law import Channel, Confidence, Route
from comity.law.clock import add_working_days, next_working_day, previous_working_day
from comity.plan.counting import OUR_RULE, Clock
from comity.plan.draft import Draft
from comity.plan.model import Deadline, UrgencyClass
from comity.plan.phrases import count
from comity.plan.tables import paces

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
#: What stands ends so soon that nobody waits for the next working day.
DUTY_DAYS = 7
#: Ways that are open at any hour of any day.
ALWAYS_OPEN = frozenset({Channel.CONTACT_POINTS_24_7, Channel.POLICE, Channel.DIRECT_TO_PROVIDER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What the steps before this one, and what was done earlier, mean for its dates."""

    started_on: date | None = None
    """The latest day on which one of them is to be on its way; None: there are none."""
    answered_on: date | None = None
    """The latest day on which one of them is answered, or assumed to be; None: there are none."""
    assumed: bool = False
    """Whether a time was assumed for one of the answers, because none is set."""
    lapse: Deadline | None = None
    """The first preservation to end among them."""
    hold: Deadline | None = None
    """When what stands already for this very step ends: a bank's hold, a host's own keeping."""


def start_by(draft: Draft, route: Route | None, clock: Clock, before: Before) -> Deadline:
    """The day by which a step must be on its way."""
    start = _not_before(_unhurried(draft, route, clock, before), clock, before)
    for end in (before.lapse, before.hold):
        if end is not None:
            start = _hurried(start, end, route, clock)
    return start


def _not_before(start: Deadline, clock: Clock, before: Before) -> Deadline:
    """A step does not leave before those that it depends on."""
    if before.started_on is None or before.started_on <= start.on:
        return start
    text = f"{start.computation}; not before {before.started_on}, when the steps before it leave"
    return msgspec.structs.replace(start, on=before.started_on, computation=text)


def _hurried(start: Deadline, end: Deadline, route: Route | None, clock: Clock) -> Deadline:
    """The same, or earlier, where something ends that the step must still reach."""
    margin = MARGIN_DAYS.get(route.channel, MARGIN_OTHER_DAYS) if route else 0
    leave = end.on - timedelta(days=margin)
    latest = previous_working_day(clock.requesting, leave, clock.subdivision)
    if latest.on >= start.on:
        return start
    if latest.on < clock.on:
        told = _ends(end, clock)
        return msgspec.structs.replace(start, computation=f"{start.computation}; {told}: every day counts")
    text = f"{end.on} ({end.what}) − {margin} days for the way = {leave}{latest.note}"
    source = f"{end.source}; {margin} days: {OUR_RULE}"
    return msgspec.structs.replace(start, on=latest.on, computation=text, source=source)


def _ends(end: Deadline, clock: Clock) -> str:
    """In words, when something ends, and how many working days there are left there."""
    at = f"{end.at} there, {end.at_requesting} here" if end.at else f"{end.on}"
    if end.on < clock.on:
        return f"{end.what.removesuffix(' ends')} ended on {at}, {count((clock.on - end.on).days, 'day')} ago"
    return f"{end.what} on {at}, in {count((end.on - clock.on).days, 'day')}"


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
    soon = before.hold is not None and before.hold.on <= clock.on + timedelta(days=DUTY_DAYS)
    if soon and shift.on != clock.on:  # whoever is on duty sends it on the holiday
        return clock.on, f"{clock.on} (day of the plan): at once, by who is on duty; offices open on {shift.on}"
    return shift.on, f"{clock.on} (day of the plan): at once{shift.note}"


def _working_days(count: int, clock: Clock) -> tuple[date, str]:
    shift = add_working_days(clock.requesting, clock.on, count, clock.subdivision)
    return shift.on, f"{clock.on} (day of the plan) + {count} working days = {shift.on}{shift.note}"


def _after(route: Route | None, clock: Clock, before: Before) -> tuple[date, str]:
    answered = before.answered_on or clock.on + timedelta(days=ANSWER_ASSUMED_DAYS)
    assumed = before.assumed or before.answered_on is None
    known = f", of which one has no set time; {ANSWER_ASSUMED_DAYS} days assumed" if assumed else ""
    shift = next_working_day(clock.requesting, max(answered, clock.on), clock.subdivision)
    return shift.on, f"{answered} (the steps before it are answered{known}){shift.note}"


_AT = {
    UrgencyClass.HOURS: _hours,
    UrgencyClass.DAYS: lambda route, clock, before: _working_days(DAYS_LEVEL_WORKING_DAYS, clock),
    UrgencyClass.WEEKS: lambda route, clock, before: _working_days(WEEKS_LEVEL_WORKING_DAYS, clock),
    UrgencyClass.AFTER: _after,
}

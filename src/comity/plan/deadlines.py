"""Dates of a step: by when it starts, when the answer is owed, when what was obtained lapses; each with its sum."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import msgspec

from comity.law import Addressee, Channel, Confidence, Measure, Route, TimeLimit, state_name
from comity.law.clock import length_hours, next_working_day, previous_working_day
from comity.plan.counting import OUR_RULE, Base, Clock, count
from comity.plan.draft import Draft
from comity.plan.model import Deadline
from comity.plan.starting import ALWAYS_OPEN, ANSWER_ASSUMED_DAYS, Before, start_by
from comity.plan.tables import LimitKind, limit_kinds

REMIND_AFTER_DAYS = 30
RENEW_BEFORE_DAYS = 14

_Limit = tuple[TimeLimit, LimitKind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """The dates of one step."""

    start_by: Deadline
    due: Deadline | None = None
    expires: Deadline | None = None
    others: tuple[Deadline, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """One request on its way."""

    draft: Draft
    route: Route
    clock: Clock
    sent: date
    received: date

    @property
    def assumption(self) -> str:
        """What was taken for granted about the way."""
        if self.received == self.sent:
            return f"sent on {self.sent} by electronic means and received the same day"
        there = state_name(self.draft.state)
        return f"sent on {self.sent} by electronic means and received on {self.received}, a working day in {there}"

    def limits(self, effect: str) -> Iterator[_Limit]:
        """The route's time limits that have an effect and a figure."""
        for limit in self.route.time_limits:
            kind = limit_kinds().get(limit.kind)
            if kind is not None and kind.effect == effect and limit.value:
                yield limit, kind

    def count(self, pair: _Limit, base: Base, *, kind: str, shift: bool = True) -> Deadline:
        """The end of a period of this route."""
        return count(
            pair[0],
            base,
            self.clock,
            kind=kind,
            what=pair[1].text,
            route=self.route,
            state=self.draft.state,
            shift=shift,
        )


def step_dates(
    draft: Draft, route: Route | None, clock: Clock, before: Before, *, effective: date | None = None
) -> Dates:
    """All dates of a step; `effective`: the day on which it took effect already, where it did."""
    start = start_by(draft, route, clock, before)
    if route is None:
        return Dates(start_by=start, expires=before.hold)
    received = start.on if route.channel in ALWAYS_OPEN else next_working_day(draft.state, start.on).on
    sending = Sending(draft=draft, route=route, clock=clock, sent=start.on, received=received)
    due = _due(sending)
    counted = _expires(sending, effective)
    ends = [end for end in (before.hold, counted) if end is not None]
    expires = min(ends, key=lambda end: end.on, default=None)
    return Dates(start_by=start, due=due, expires=expires, others=tuple(_others(sending, due, counted)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """When a step is answered."""

    on: date
    assumed: bool
    """No time is set for it."""


def answered(dates: Dates) -> Answer:
    """When a step with these dates is answered: when that is owed, else a month after it left."""
    if dates.due is not None:
        return Answer(on=dates.due.on, assumed=False)
    return Answer(on=dates.start_by.on + timedelta(days=ANSWER_ASSUMED_DAYS), assumed=True)


def _due(sending: Sending) -> Deadline | None:
    """When the answer is owed: the shortest period that runs from receipt, and the one that begins where it ends."""
    served = sending.route.channel is Channel.DIRECT_TO_PROVIDER
    begins = ("receipt", "request", "service") if served else ("receipt", "request")
    dues = [pair for pair in sending.limits("due") if pair[0].starts.startswith(begins)]
    emergency = sending.clock.emergency
    fitting = [p for p in dues if p[1].emergency == emergency] or [p for p in dues if not p[1].emergency]
    if not fitting:
        return None
    pair = min(fitting, key=_length)
    first = sending.count(pair, Base(on=sending.received, name="received"), kind="due")
    chained = _chained(sending, pair[0])
    if chained is not None:
        end = sending.count(chained, Base(on=first.on, name=pair[1].text), kind="due")
        first = msgspec.structs.replace(end, computation=f"{first.computation}; {end.computation}")
    return msgspec.structs.replace(first, assumes=sending.assumption)


def _chained(sending: Sending, first: TimeLimit) -> _Limit | None:
    """Execution follows the decision, production follows the service on the provider."""
    if first.kind == "serve_provider":
        found = [pair for pair in sending.limits("due") if pair[0].starts.startswith("service")]
    else:
        found = list(sending.limits("then_due")) if first.kind in ("decision", "urgent_recognition") else []
    return min(found, key=_length, default=None)


def _length(pair: _Limit) -> int:
    return length_hours(pair[0])


def _expires(sending: Sending, effective: date | None) -> Deadline | None:
    ends = list(sending.limits("expires"))
    if not ends:
        return None
    pair = min(ends, key=_length)
    if effective is not None:
        return sending.count(pair, Base(on=effective, name="took effect"), kind="expires", shift=False)
    base = Base(on=sending.received, name="taken to take effect")
    assumes = f"the data are preserved on {sending.received}: enter the real day when it is confirmed"
    return msgspec.structs.replace(sending.count(pair, base, kind="expires", shift=False), assumes=assumes)


def _others(sending: Sending, due: Deadline | None, expires: Deadline | None) -> Iterator[Deadline]:
    if expires is not None:
        yield _renewal(sending, expires)
    for pair in sending.limits("own"):
        yield sending.count(pair, Base(on=sending.sent, name="issued"), kind="own")
    for pair in sending.limits("note"):
        yield sending.count(pair, Base(on=sending.received, name="received"), kind="note")
    asked_of_authority = sending.route.addressee.kind is Addressee.AUTHORITY
    asked_again = sending.draft.only == "informal"  # what is held without an order is asked after within days
    if due is None and asked_of_authority and not asked_again and sending.draft.measure is not Measure.PRESERVATION:
        yield _reminder(sending)


def _renewal(sending: Sending, expires: Deadline) -> Deadline:
    can = next(sending.limits("renews"), None)
    clock = sending.clock
    leave = expires.on - timedelta(days=RENEW_BEFORE_DAYS)
    day = previous_working_day(clock.requesting, leave, clock.subdivision)
    on = max(day.on, clock.on)
    return Deadline(
        kind="renew_by",
        what=f"ask for renewal: it {can[1].text}" if can else "have the request for the data on its way",
        on=on,
        zone=clock.requesting_zone,
        computation=f"{expires.on} (end) − {RENEW_BEFORE_DAYS} days = {on}{day.note}",
        assumes=expires.assumes,
        source=f"{expires.source}; {RENEW_BEFORE_DAYS} days: {OUR_RULE}",
        source_url=expires.source_url,
        confidence=expires.confidence,
    )


def _reminder(sending: Sending) -> Deadline:
    clock = sending.clock
    ask = sending.received + timedelta(days=REMIND_AFTER_DAYS)
    shift = next_working_day(clock.requesting, ask, clock.subdivision)
    return Deadline(
        kind="remind",
        what="ask how far it is: no time for the answer is set",
        on=shift.on,
        zone=clock.requesting_zone,
        computation=f"{sending.received} (received) + {REMIND_AFTER_DAYS} days = {shift.on}{shift.note}",
        source=OUR_RULE,
        confidence=Confidence.LOW,
    )

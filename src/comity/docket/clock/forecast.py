"""What will happen if nobody acts: a preservation that ends before the usual answer comes, an answer without a date."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from comity.docket.clock.deadline import Deadline, DeadlineState
from comity.docket.clock.moments import delivery
from comity.docket.clock.tables import Effect, kind_rules
from comity.docket.event import Event
from comity.docket.life import effective, standing
from comity.docket.record import Record
from comity.docket.request import Request
from comity.docket.vocabulary import Act, Direction, Side
from comity.law import Confidence, Measure
from comity.law.clock import next_working_day, previous_working_day, zone_of

OUR_RULE = "Comity's own rule of prudence; no instrument sets it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prudence:
    """Our own margins."""

    renew_before_days: int = 14
    remind_after_days: int = 30
    """After arrival, or the last reminder, where no time for the answer is set."""


class Usual(Record, frozen=True, kw_only=True):
    """How long an answer usually takes."""

    days: int
    source: str
    """From how many requests, or whose figure."""


def renewal(
    request: Request, lapse: Deadline, *, now: datetime, usual: Usual | None, prudence: Prudence
) -> Deadline | None:
    """By when to renew what ends on `lapse`; None: it is held, has ended, or cannot be renewed.

    With a usual time of answer it tells whether the answer would come after the end.
    """
    rule = kind_rules().get(lapse.kind)
    if rule is None or not rule.renewable or lapse.state is not DeadlineState.RUNNING or lapse.on is None:
        return None
    zone = zone_of(request.requesting)
    today = now.astimezone(ZoneInfo(zone)).date()
    leave = lapse.on - timedelta(days=prudence.renew_before_days)
    day = previous_working_day(request.requesting, leave)
    on = max(day.on, today)
    late = _late(lapse.on, today, usual)
    return Deadline(
        kind="renew_by",
        what=f"ask for renewal, or have the request for the data arrive{late}",
        effect=Effect.DUE,
        owed_by=Side.REQUESTING,
        state=DeadlineState.RUNNING,
        began_at=lapse.began_at,
        on=on,
        zone=zone,
        computation=f"{lapse.on} (end) - {prudence.renew_before_days} days = {leave}{day.note}",
        assumes=lapse.assumes,
        source=f"{lapse.source}; {prudence.renew_before_days} days: {OUR_RULE}",
        source_url=lapse.source_url,
        confidence=lapse.confidence,
    )


def _late(end: date, today: date, usual: Usual | None) -> str:
    if usual is None:
        return ""
    expected = today + timedelta(days=usual.days)
    if expected <= end:
        return ""
    return f": it ends on {end}, and the usual answer takes {usual.days} days ({usual.source}), until {expected}"


def reminder(
    request: Request, events: tuple[Event, ...], found: tuple[Deadline, ...], *, now: datetime, prudence: Prudence
) -> Deadline | None:
    """When to ask how far it is, of an outgoing request whose answer has no date; None: it has one, or is over.

    Of a preservation that took effect nothing more is awaited.
    """
    stands = standing(request.direction, events)
    if request.direction is Direction.INCOMING or stands.is_over or stands.sent_at is None:
        return None
    if any(one.effect is Effect.DUE and one.owed_by is Side.REQUESTED and one.on is not None for one in found):
        return None
    counted = effective(events)
    arrived = delivery(counted)
    asked = [event.at for event in counted if event.act is Act.REMIND]
    kept = request.measure is Measure.PRESERVATION and any(event.act is Act.TAKE_EFFECT for event in counted)
    if arrived is None or kept:
        return None
    base = max((arrived.at, *asked))
    zone = zone_of(request.requesting)
    day = base.astimezone(ZoneInfo(zone)).date() + timedelta(days=prudence.remind_after_days)
    shift = next_working_day(request.requesting, day)
    name = "last reminder" if asked else arrived.name
    bare = Deadline(
        kind="remind",
        what="ask how far it is: no time for the answer is set",
        effect=Effect.DUE,
        owed_by=Side.REQUESTING,
        state=DeadlineState.RUNNING,
        began_at=base,
        on=shift.on,
        zone=zone,
        computation=f"{base.astimezone(ZoneInfo(zone)).date()} ({name}) + {prudence.remind_after_days} days"
        f" = {shift.on}{shift.note}",
        source=OUR_RULE,
        confidence=Confidence.LOW,
    )
    ends = bare.ends_at
    late = ends is not None and now >= ends
    return msgspec.structs.replace(bare, state=DeadlineState.LATE) if late else bare

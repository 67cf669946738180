"""Counting periods: from a day and a time limit to a date, with both states' clocks and calendars.

Days are calendar days and the day of the event does not count itself. Only EU acts move an end that is no working day
(Regulation 1182/71 art. 3(4)); elsewhere the earlier, safer day is kept and said to be no working day.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from comity.law import Confidence, InstrumentKind, Route, TimeLimit, TimeUnit
from comity.law.clock import day_kind, day_note, local, next_working_day, period_end, zone_of
from comity.plan.model import Deadline
from comity.plan.tables import paces

RECALL_WINDOW = timedelta(hours=72)
OUR_RULE = "Comity's own rule of prudence; no instrument sets it"
SENT_AT = time(12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The two calendars that a step runs on, and the day of the plan."""

    on: date
    requesting: str
    requesting_zone: str
    subdivision: str
    emergency: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """Where a period begins."""

    on: date
    name: str
    """Of the event: ``received``."""


def count(
    limit: TimeLimit, base: Base, clock: Clock, *, kind: str, what: str, route: Route, state: str, shift: bool = True
) -> Deadline:
    """The date on which a period ends in the requested state; `shift`: its end may move to a working day."""
    counted = _count_hours if limit.unit is TimeUnit.HOURS else _count_days
    weakest = route.weakest_source
    bare = counted(limit, base, clock, state=state, moves=shift and route.kind is InstrumentKind.EU_ACT)
    return msgspec.structs.replace(
        bare,
        kind=kind,
        what=what,
        source=route.cited,
        source_url=weakest.url if weakest else "",
        confidence=weakest.confidence if weakest else Confidence.LOW,
    )


def _count_hours(limit: TimeLimit, base: Base, clock: Clock, *, state: str, moves: bool) -> Deadline:
    began = datetime.combine(base.on, SENT_AT, ZoneInfo(clock.requesting_zone))
    # counted on the absolute clock: local wall time would be an hour off where summer time begins or ends
    end = began.astimezone(UTC) + timedelta(hours=limit.value)
    there = local(end, zone_of(state))
    return Deadline(
        kind="",
        what="",
        on=there.date(),
        at=there.isoformat(timespec="minutes"),
        at_requesting=local(end, clock.requesting_zone).isoformat(timespec="minutes"),
        zone=zone_of(state),
        computation=f"{began.isoformat(timespec='minutes')} ({base.name}) + {limit.value} hours",
        assumes=f"{base.name} at {SENT_AT:%H:%M} on the requesting state's clock",
        source="",
        confidence=Confidence.LOW,
    )


def _count_days(limit: TimeLimit, base: Base, clock: Clock, *, state: str, moves: bool) -> Deadline:
    end = period_end(limit.value, limit.unit, base.on, state)
    unit = limit.unit.value.replace("_", " ")
    computation = f"{base.on} ({base.name}) + {limit.value} {unit} = {end}"
    kind = day_kind(state, end)
    if moves and not kind.working:
        moved = next_working_day(state, end)
        computation += f"{moved.note} to {moved.on} (Regulation 1182/71 art. 3(4))"
        end = moved.on
    else:
        computation += day_note(state, end)
    return Deadline(
        kind="",
        what="",
        on=end,
        zone=zone_of(state),
        computation=computation,
        source="",
        confidence=Confidence.LOW,
    )


def recall_window(paid_at: str, clock: Clock, state: str) -> Deadline:
    """The end of the time in which a recall works best, from the last payment: a day or an instant, ISO 8601."""
    moment = datetime.fromisoformat(paid_at) if len(paid_at) > 10 else None
    day = date.fromisoformat(paid_at[:10])
    pace = paces()["money"]
    base = Deadline(
        kind="recall_window",
        what="until then a recall of the payment works best",
        on=day + timedelta(days=3),
        zone=zone_of(state),
        computation=f"{paid_at} (last payment) + 72 hours",
        source=pace.source,
        source_url=pace.source_url,
        confidence=pace.confidence,
    )
    if moment is None:
        return base
    if moment.tzinfo is None:
        return msgspec.structs.replace(
            base, assumes="the zone of the payment's time is not told: the day alone is counted"
        )
    end = moment.astimezone(UTC) + RECALL_WINDOW
    there = local(end, zone_of(state))
    return msgspec.structs.replace(
        base,
        on=there.date(),
        at=there.isoformat(timespec="minutes"),
        at_requesting=local(end, clock.requesting_zone).isoformat(timespec="minutes"),
    )

"""Requests and events that tests of the docket start from."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from comity.docket import Act, Direction, Event, Promise, Request, Side, Target, act_rules
from comity.docket.tables import Doer
from comity.law import Channel, Confidence, Measure, TimeLimit, TimeUnit

#: A Tuesday; noon in Greenwich is 17:30 in Delhi, 07:00 in Washington, 13:00 in Berlin.
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def day(number: int, hour: int = 12) -> datetime:
    """So many days after the first, at an hour in Greenwich."""
    return NOON + timedelta(days=number, hours=hour - 12)


def promise(kind: str, value: int, starts: str, unit: TimeUnit = TimeUnit.DAYS, **more: Any) -> Promise:
    fields: dict[str, Any] = {
        "instrument": "budapest",
        "article": "29",
        "source": "a source",
        "confidence": Confidence.HIGH,
    } | more
    return Promise(limit=TimeLimit(value=value, unit=unit, starts=starts, kind=kind), **fields)


def request(**more: Any) -> Request:
    """India asks the United States for the preservation of a mailbox."""
    fields: dict[str, Any] = {
        "id": "r1",
        "reference": "CY/1/2026",
        "direction": Direction.OUTGOING,
        "measure": Measure.PRESERVATION,
        "requesting": "IN",
        "requested": "US",
        "channel": Channel.CONTACT_POINTS_24_7,
        "unit": "cyber-1",
        "targets": (Target(kind="email-addr", value="a@example.com", holder="google_us"),),
    } | more
    return Request(**fields)


def event(act: Act, at: datetime = NOON, **more: Any) -> Event:
    """An event with all that its act needs."""
    doer = act_rules()[act].side
    fields: dict[str, Any] = {
        "act": act,
        "at": at,
        "recorded_at": at,
        "by": "asha",
        "side": Side.REQUESTING if doer is Doer.EITHER else Side(doer),
        "note": "told",
        "means": "e-mail",
        "until": "2027-06-30" if act is Act.EXTEND else "",
        "reasons": {
            Act.REFUSE: ("de_minimis",),
            Act.POSTPONE: ("ongoing_proceedings",),
        }.get(act, ()),
        "of": 1 if act is Act.STRIKE else 0,
    } | more
    return Event(**fields)


def history(*acts: Act, start: datetime = NOON) -> tuple[Event, ...]:
    """Acts a minute apart; what is approved is approved by another."""
    return tuple(
        event(act, start + timedelta(minutes=number), by="meera" if act is Act.APPROVE else "asha")
        for number, act in enumerate(acts)
    )


#: From the first draft until it left.
LEFT = (Act.DRAFT, Act.CHECK, Act.APPROVE, Act.SEND)


def sent_and(*more: Event) -> tuple[Event, ...]:
    """A request that left, and what happened to it then."""
    return (*history(*LEFT), *more)


def entered(one: Event, at: datetime) -> Event:
    """The same, entered later than it happened."""
    return msgspec.structs.replace(one, recorded_at=at)

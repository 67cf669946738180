"""Deadlines as a calendar that any calendar program subscribes to: iCalendar (RFC 5545).

It names references and states, never targets or persons: calendars are read on telephones and shared.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from comity.docket.clock import Deadline
from comity.docket.lists import Watched
from comity.docket.request import Request
from comity.law import state_name

PRODUCT = "-//Comity//docket//EN"
WARN_BEFORE = timedelta(hours=24)


def calendar_feed(watched: Iterable[Watched], *, name: str, now: datetime, details: bool = True) -> bytes:
    """The live deadlines of requests as iCalendar, UTF-8; without `details` references and dates alone.

    An event keeps its UID while its deadline moves, so that calendars move it too.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for one in watched:
        seen: dict[str, int] = {}
        for line in one.deadlines:
            seen[line.kind] = seen.get(line.kind, 0) + 1
            if line.on is not None and line.is_live:
                calendar.add_component(_event(one.request, line, seen[line.kind], now=now, details=details))
    feed: bytes = calendar.to_ical()
    return feed


def _event(request: Request, line: Deadline, number: int, *, now: datetime, details: bool) -> Event:
    event = Event()
    says = f"{request.reference}: {line.what}" if details else request.reference
    event.add("uid", f"{request.id}-{line.kind}-{number}@comity")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("summary", says)
    if details:
        event.add("description", _description(request, line))
    event.add("class", "CONFIDENTIAL")
    event.add("transp", "TRANSPARENT")
    for key, value in _when(line):
        event.add(key, value)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", says)
    alarm.add("trigger", -WARN_BEFORE)
    event.add_component(alarm)
    return event


def _when(line: Deadline) -> Iterable[tuple[str, date | datetime]]:
    if line.at is not None:
        end = line.at.astimezone(UTC)
        return (("dtstart", end), ("dtend", end))
    assert line.on is not None
    return (("dtstart", line.on), ("dtend", line.on + timedelta(days=1)))


def _description(request: Request, line: Deadline) -> str:
    parts = [
        f"{state_name(request.requesting)} asks {state_name(request.requested)}: {request.measure.replace('_', ' ')}",
        line.computation,
        f"Taken for granted: {line.assumes}" if line.assumes else "",
        f"Source: {line.source} (confidence: {line.confidence})",
    ]
    return "\n".join(part for part in parts if part)

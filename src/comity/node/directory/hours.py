"""Whether an office works now: its own hours where they are known, else the state's working days."""

import re
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import available_timezones

from comity.law.clock import day_kind, half_day, local, zone_of

_HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")
ALWAYS = "24/7"


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """The clock of an office, and whether anybody is there."""

    local: datetime
    zone: str
    works: bool | None
    """None: it is a working day, and its hours are not known."""
    why: str
    """``always``, ``holiday`` (with `name`), ``hours`` or ``day``."""
    name: str = ""


def read_hours(text: str) -> tuple[time, time] | None:
    """Opening and closing time; None: ``24/7`` or nothing. ValueError for anything else."""
    if text in ("", ALWAYS):
        return None
    found = _HOURS.fullmatch(text)
    if found is None:
        raise ValueError(text)
    opens, closes = time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4]))
    if opens >= closes:
        raise ValueError(text)
    return opens, closes


def is_zone(name: str) -> bool:
    """Whether a name is one of IANA's zones."""
    return name in available_timezones()


def office_now(state: str, now: datetime, *, hours: str = "", zone: str = "") -> Now:
    """What the clock says there, and whether the office works."""
    zone = zone or zone_of(state)
    there = local(now, zone)
    if hours == ALWAYS:
        return Now(local=there, zone=zone, works=True, why="always")
    day = day_kind(state, there.date())
    if not day.working:
        return Now(local=there, zone=zone, works=False, why="holiday", name=day.why)
    half = half_day(state, there.date())
    if half is not None and there.time().isoformat() >= half.until:
        return Now(local=there, zone=zone, works=False, why="hours")
    span = read_hours(hours)
    if span is None:
        return Now(local=there, zone=zone, works=None, why="day")
    return Now(local=there, zone=zone, works=span[0] <= there.time() < span[1], why="hours")

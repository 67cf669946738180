"""When an authority works: time zones, weekends and public holidays of a state.

Zones are IANA's (through CLDR's table of territories), holidays and weekends those of the ``holidays`` library, which
is touched only here. A state that it does not know is said to be unknown, and Monday to Friday is then assumed.
"""

import warnings
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from comity.law.clock.tables import HalfDay, capital_zones, half_days
from comity.law.names import state_name

_SEARCH_DAYS = 60
_DAY = timedelta(days=1)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True, kw_only=True)
class DayKind:
    """Whether a day is worked."""

    working: bool
    why: str
    """``Sunday``, a holiday's name, or empty."""


@lru_cache(maxsize=256)
def zone_of(state: str) -> str:
    """The IANA zone of a state's capital; ``Etc/UTC`` where none is known."""
    from babel.core import get_global

    zones = get_global("territory_zones").get(state, ())
    return capital_zones().get(state) or next(iter(zones), "Etc/UTC")


@lru_cache(maxsize=256)
def _holidays(state: str, subdivision: str) -> Any:
    """The holiday calendar of a state; None where the library has none. Years are added as they are asked for."""
    from holidays import country_holidays

    # asked one by one: the library's list of all states would load the calendar of each
    try:
        plain = country_holidays(state)
    except NotImplementedError:
        return None
    known = subdivision if subdivision in plain.subdivisions else None
    language = "en_US" if "en_US" in plain.supported_languages else None
    return country_holidays(state, subdiv=known, language=language)


def knows_holidays(state: str, year: int) -> bool:
    """Whether the state's public holidays in a year are known."""
    calendar = _holidays(state, "")
    return calendar is not None and _covers(calendar, year)


def _covers(calendar: Any, year: int) -> bool:
    return bool(calendar.start_year <= year <= calendar.end_year)


@lru_cache(maxsize=8192)
def day_kind(state: str, day: date, subdivision: str = "") -> DayKind:
    """Whether a state's authorities work on a day, as far as known."""
    calendar = _holidays(state, subdivision)
    if calendar is None or not _covers(calendar, day.year):
        working = day.weekday() < 5 if calendar is None else not _is_weekend(calendar, day)
        return DayKind(working=working, why="" if working else _WEEKDAYS[day.weekday()])
    # the library warns where it knows a part of a year's holidays only: what it knows is used
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        name, working = calendar.get(day), calendar.is_working_day(day)
    if name:
        return DayKind(working=False, why=str(name))
    if not working:
        return DayKind(working=False, why=_WEEKDAYS[day.weekday()])
    return DayKind(working=True, why="")


def half_day(state: str, day: date) -> HalfDay | None:
    """The half day that a state's authorities work on a day; None: they work it whole, or not at all."""
    found = half_days().get(state)
    fits = found is not None and found.weekday == _WEEKDAYS[day.weekday()] and day.isoformat() >= found.since
    return found if fits and day_kind(state, day).working else None


def day_note(state: str, day: date) -> str:
    """A clause for a day on which a state's authorities do not work, or not all day; empty: they work."""
    kind = day_kind(state, day)
    if not kind.working:
        return f" ({kind.why} in {state_name(state)}: act before it)"
    half = half_day(state, day)
    return f" ({half.weekday} in {state_name(state)}: authorities work until {half.until})" if half else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A working day, and why it is not the day asked about."""

    on: date
    passed: tuple[str, ...]
    """The days passed over, each with its reason."""

    @property
    def note(self) -> str:
        """A clause for a computation; empty where nothing was passed over."""
        return f", moved past {', '.join(self.passed)}" if self.passed else ""


def next_working_day(state: str, day: date, subdivision: str = "") -> Shift:
    """The day itself, or the first working day after it."""
    return _seek(state, day, _DAY, subdivision)


def previous_working_day(state: str, day: date, subdivision: str = "") -> Shift:
    """The day itself, or the last working day before it."""
    return _seek(state, day, -_DAY, subdivision)


def _seek(state: str, day: date, step: timedelta, subdivision: str) -> Shift:
    passed: list[str] = []
    for _ in range(_SEARCH_DAYS):
        kind = day_kind(state, day, subdivision)
        if kind.working or day in (date.min, date.max):
            break
        passed.append(f"{day} ({kind.why} in {state_name(state)})")
        day += step
    return Shift(on=day, passed=tuple(passed))


def add_working_days(state: str, day: date, count: int, subdivision: str = "") -> Shift:
    """The working day that is so many after (or, below zero, before) a day, which does not count itself."""
    step = _DAY if count >= 0 else -_DAY
    passed: list[str] = []
    left = abs(count)
    for _ in range(_SEARCH_DAYS + 5 * left):
        if not left:
            break
        day += step
        kind = day_kind(state, day, subdivision)
        if kind.working:
            left -= 1
        elif kind.why not in _WEEKDAYS:
            passed.append(f"{day} ({kind.why} in {state_name(state)})")
    return Shift(on=day, passed=tuple(passed))


def working_week(state: str) -> str:
    """In words, when a state's authorities work."""
    calendar = _holidays(state, "")
    if calendar is None:
        return "taken to work Monday to Friday; its public holidays are not in our data"
    monday = date(2026, 6, 1)
    days = [_WEEKDAYS[i] for i in range(7) if not _is_weekend(calendar, monday + i * _DAY)]
    half = half_days().get(state)
    short = f" ({half.weekday} until {half.until})" if half else ""
    return f"works {_run(days)}{short}, not on its public holidays"


def _is_weekend(calendar: Any, day: date) -> bool:
    return day.weekday() in calendar.weekend


def _run(days: list[str]) -> str:
    # A week that crosses Sunday (Sunday to Thursday) reads from the first day after the weekend.
    for at in range(7):
        turned = _WEEKDAYS[at:] + _WEEKDAYS[:at]
        if list(turned[: len(days)]) == sorted(days, key=turned.index) and turned[-1] not in days:
            return f"{turned[0]} to {turned[len(days) - 1]}"
    return ", ".join(days)


def local(moment: datetime, zone: str) -> datetime:
    """The same instant on the clock of a zone."""
    return moment.astimezone(ZoneInfo(zone))

"""When authorities work, and when a period ends: calendars, zones and the counting of time limits.

>>> from datetime import date
>>> from comity.law import TimeUnit
>>> from comity.law.clock import next_working_day, period_end
>>> next_working_day("IN", date(2026, 12, 25)).on  # Christmas, a Friday
datetime.date(2026, 12, 28)
>>> period_end(60, TimeUnit.DAYS, date(2026, 11, 24), "FR")
datetime.date(2027, 1, 23)
"""

from comity.law.clock.period import add_months, length_hours, period_end
from comity.law.clock.tables import HalfDay
from comity.law.clock.workdays import (
    DayKind,
    Shift,
    add_working_days,
    day_kind,
    day_note,
    half_day,
    knows_holidays,
    local,
    next_working_day,
    previous_working_day,
    working_week,
    zone_of,
)

__all__ = [
    "DayKind",
    "HalfDay",
    "Shift",
    "add_months",
    "add_working_days",
    "day_kind",
    "day_note",
    "half_day",
    "knows_holidays",
    "length_hours",
    "local",
    "next_working_day",
    "period_end",
    "previous_working_day",
    "working_week",
    "zone_of",
]

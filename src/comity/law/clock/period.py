"""Periods: how long a time limit is, and on which day it ends.

Days are calendar days and the day of the event does not count itself, as in Regulation 1182/71 art. 3(1).
"""

from calendar import monthrange
from datetime import date, timedelta

from comity.law.clock.workdays import add_working_days
from comity.law.instrument import TimeLimit
from comity.law.vocabulary import TimeUnit

_HOURS = {TimeUnit.HOURS: 1, TimeUnit.DAYS: 24, TimeUnit.WORKING_DAYS: 34, TimeUnit.MONTHS: 730, TimeUnit.YEARS: 8766}


def length_hours(limit: TimeLimit) -> int:
    """About how long a period is, to compare it with others."""
    return limit.value * _HOURS[limit.unit]


def period_end(value: int, unit: TimeUnit, base: date, state: str) -> date:
    """The last day of a period in days, working days of a state, months or years that begins with an event on a day.

    A period in hours is counted on instants, not here: ValueError.
    """
    match unit:
        case TimeUnit.WORKING_DAYS:
            return add_working_days(state, base, value).on
        case TimeUnit.MONTHS:
            return add_months(base, value)
        case TimeUnit.YEARS:
            return add_months(base, value * 12)
        case TimeUnit.DAYS:
            return base + timedelta(days=value)
        case TimeUnit.HOURS:
            raise ValueError("a period in hours ends at an instant, not on a day")


def add_months(base: date, months: int) -> date:
    """The same day so many months on, or the last day of a shorter month."""
    total = base.year * 12 + base.month - 1 + months
    year, month = divmod(total, 12)
    return date(year, month + 1, min(base.day, monthrange(year, month + 1)[1]))

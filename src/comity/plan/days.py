"""The days for which plans can be made, and whether a day fits what the evidence tells."""

from datetime import date, timedelta

from comity.plan.errors import PlanDayError

FIRST = date(1990, 1, 1)
LAST = date(2100, 12, 31)
"""Calendars of holidays and the law data tell nothing beyond; periods that run from such a day still end on one."""
LONG_AFTER = timedelta(days=365)


def check_day(on: date) -> None:
    """Raises PlanDayError for a day outside 1990 to 2100."""
    if not FIRST <= on <= LAST:
        raise PlanDayError(on=on, first=FIRST, last=LAST)


def odd_day(on: date, last_seen: date | None) -> str:
    """What is odd about planning for a day, in words; empty: nothing is. `last_seen`: the last day in the evidence."""
    if last_seen is None:
        return ""
    if on < last_seen:
        return (
            f"the plan is for {on}, and the evidence goes on until {last_seen}: its dates are worth nothing; choose a "
            "later day with --on"
        )
    if on - last_seen > LONG_AFTER:
        days = (on - last_seen).days
        return f"the plan is for {on}, {days:,} days after the last moment in the evidence ({last_seen}): is it meant?"
    return ""

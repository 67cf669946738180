"""The day on which an instrument enters into force for a state, computed from its own rule."""

from calendar import monthrange
from datetime import date, timedelta

from comity.law.instrument import EntryRule


def entry_day(rule: EntryRule, bound_on: date, *, not_before: date | None = None) -> date | None:
    """The day that ``rule`` gives for a consent of ``bound_on``, never before the instrument itself; None: no rule.

    ``days`` counts from the deposit; ``months`` gives the first of the month after so many months (ETS 185 art. 36).
    """
    if rule.days:
        day = bound_on + timedelta(days=rule.days)
    elif rule.months:
        day = _first_of_month_after(_months_later(bound_on, rule.months))
    else:
        return None
    return max(day, not_before) if not_before else day


def _months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _first_of_month_after(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)

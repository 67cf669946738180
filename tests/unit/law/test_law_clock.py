"""Calendars and periods: every figure here was counted by hand, beside the rule that it follows."""

from datetime import date

import pytest

from comity.law import TimeUnit
from comity.law.clock import (
    add_months,
    add_working_days,
    day_kind,
    day_note,
    half_day,
    knows_holidays,
    next_working_day,
    period_end,
    previous_working_day,
    working_week,
    zone_of,
)

#: A code of nobody: the library knows every state there is.
NO_CALENDAR = "ZZ"


# 2026-11-24 is a Tuesday: Guru Nanak's birthday in India, an ordinary day elsewhere.


def test_working_week_of_the_emirates_ends_on_friday_noon() -> None:
    friday = date(2026, 11, 27)
    assert day_kind("AE", friday).working
    assert day_note("AE", friday) == " (Friday in United Arab Emirates: authorities work until 12:00)"
    assert half_day("AE", date(2026, 11, 26)) is None
    assert half_day("AE", date(2021, 11, 26)) is None  # the rule is of 2022-01-01
    assert not day_kind("AE", date(2026, 11, 28)).working
    assert working_week("AE") == "works Monday to Friday (Friday until 12:00), not on its public holidays"
    # National Day, 2 and 3 December (Federal Law): Wednesday and Thursday in 2026
    assert next_working_day("AE", date(2026, 12, 2)).on == date(2026, 12, 4)


@pytest.mark.parametrize(
    ("state", "week"),
    [("SA", "Sunday to Thursday"), ("EG", "Sunday to Thursday"), ("IN", "Monday to Friday"), ("IR", "Saturday to Thu")],
)
def test_weeks_elsewhere(state: str, week: str) -> None:
    assert working_week(state).startswith(f"works {week}")


def test_days_off_are_named() -> None:
    shift = next_working_day("IN", date(2026, 11, 24), "KA")
    assert shift.on == date(2026, 11, 25)
    assert shift.note == ", moved past 2026-11-24 (Guru Nanak's Birthday in India)"
    assert previous_working_day("IN", date(2026, 12, 6)).on == date(2026, 12, 4)  # a Sunday
    assert previous_working_day("SA", date(2026, 11, 27)).on == date(2026, 11, 26)  # a Friday
    # Karnataka Rajyotsava, 1 November, is a holiday of the subdivision alone (a Sunday in 2026, a Monday in 2027)
    assert not day_kind("IN", date(2027, 11, 1), "KA").working
    assert day_kind("IN", date(2027, 11, 1)).working
    assert day_kind("IN", date(2027, 11, 1), "??").working


def test_working_days_are_counted_without_the_first() -> None:
    assert add_working_days("IN", date(2026, 11, 24), 3).on == date(2026, 11, 27)  # 25, 26, 27
    assert add_working_days("IN", date(2026, 11, 24), 10).on == date(2026, 12, 8)
    back = add_working_days("IN", date(2026, 12, 28), -1)  # past a weekend and Christmas
    assert back.on == date(2026, 12, 24)
    assert "Christmas" in back.note
    assert add_working_days("IN", date(2026, 11, 24), 0).on == date(2026, 11, 24)


def test_state_without_a_calendar_is_taken_to_work_from_monday_to_friday() -> None:
    assert not knows_holidays(NO_CALENDAR, 2026)
    assert knows_holidays("IN", 2026)
    assert not knows_holidays("IN", 2101)
    assert not day_kind("IN", date(2101, 1, 2)).working
    assert day_kind(NO_CALENDAR, date(2026, 11, 27)).working
    assert day_kind(NO_CALENDAR, date(2026, 11, 28)).why == "Saturday"
    assert working_week(NO_CALENDAR).startswith("taken to work Monday to Friday")
    assert next_working_day(NO_CALENDAR, date.max).on == date.max
    assert zone_of("RU") == "Europe/Moscow"
    assert zone_of("QQ") == "Etc/UTC"


def test_months_end_where_they_are_shorter() -> None:
    assert add_months(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert add_months(date(2026, 11, 24), 12) == date(2027, 11, 24)


def test_a_period_in_hours_ends_at_no_day() -> None:
    with pytest.raises(ValueError, match="instant"):
        period_end(8, TimeUnit.HOURS, date(2026, 11, 24), "FR")


def test_periods_by_unit() -> None:
    start = date(2026, 11, 24)
    assert period_end(10, TimeUnit.DAYS, start, "FR") == date(2026, 12, 4)
    assert period_end(5, TimeUnit.WORKING_DAYS, start, "FR") == date(2026, 12, 1)
    assert period_end(3, TimeUnit.MONTHS, date(2026, 11, 30), "FR") == date(2027, 2, 28)
    assert period_end(2, TimeUnit.YEARS, date(2028, 2, 29), "FR") == date(2030, 2, 28)

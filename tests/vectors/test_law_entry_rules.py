"""Entry rules against first days that treaty offices published."""

from datetime import date

import pytest

from comity.law.entry import computed_entry
from comity.law.instrument import EntryRule


@pytest.mark.parametrize(
    ("bound_on", "expected"),
    [
        (date(2016, 11, 16), date(2017, 3, 1)),  # Andorra, ETS 185
        (date(2011, 5, 25), date(2011, 9, 1)),  # United Kingdom, ETS 185, notification JJ7249C
        (date(2006, 9, 29), date(2007, 1, 1)),  # United States, ETS 185
        (date(2014, 9, 29), date(2015, 1, 1)),  # Turkey, ETS 185, notification JJ7848C
        (date(2025, 11, 30), date(2026, 3, 1)),  # three months from a day that February lacks
        (date(2024, 3, 1), date(2024, 7, 1)),  # the first of a month still waits for the next
    ],
)
def test_first_of_the_month_after_three_months(bound_on: date, expected: date) -> None:
    assert computed_entry(bound_on, EntryRule(months=3)) == expected


def test_days_count_from_the_deposit() -> None:
    assert computed_entry(date(2002, 1, 23), EntryRule(months=1, same_day=True)) == date(2002, 2, 23)  # Belarus, OPSC
    assert computed_entry(date(2005, 1, 31), EntryRule(months=1, same_day=True)) == date(2005, 2, 28)  # Benin, OPSC
    assert computed_entry(date(2002, 1, 25), EntryRule(days=90)) == date(2002, 4, 25)  # Armenia, ETS 30

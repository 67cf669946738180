"""The days that a text tells, in ISO 8601 or in English words."""

import re
from collections.abc import Iterator
from datetime import date

NEAR_DAYS = 31
"""How far from the acts that the evidence shows a day told in the facts still belongs to them; a rule of prudence."""
_MONTHS = ("january february march april may june july august september october november december").split()
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_SPOKEN = re.compile(
    rf"(?<![\d-])(\d{{1,2}})(?:\s*(?:and|to|–|-)\s*(\d{{1,2}}))?\s+({'|'.join(_MONTHS)})\s+(\d{{4}})", re.IGNORECASE
)


def days(text: str) -> Iterator[date]:
    """The days that a text names.

    >>> [f"{day}" for day in days("between 17 and 18 November 2026")]
    ['2026-11-17', '2026-11-18']
    """
    for year, month, day in _ISO.findall(text):
        yield from _day(int(year), int(month), int(day))
    for first, second, month, year in _SPOKEN.findall(text):
        for day in (first, second):
            if day:
                yield from _day(int(year), _MONTHS.index(month.casefold()) + 1, int(day))


def _day(year: int, month: int, day: int) -> Iterator[date]:
    try:
        yield date(year, month, day)
    except ValueError:
        return

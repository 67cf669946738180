"""Dates and clock times in texts: whether there are any, which days they are, and whether a clock has its offset."""

import re
from collections.abc import Iterator
from datetime import date, datetime

_MONTHS = ("january february march april may june july august september october november december").split()
_CLOCK = re.compile(r"(?:(?<![\w:.+−-])|(?<=\dT))\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?=Z|[^\w:]|$)")
#: An offset, or a zone by its full name, which has one; letters such as IST mean several.
_OFFSET = re.compile(
    r"Z\b|\s?\(?(?:[+−-]\d{2}:?\d{2}\b|(?:UTC|GMT)\b|(?:[A-Z][a-z]+ ){1,3}(?:Standard|Summer|Daylight) Time\b)"
)
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_SPOKEN = re.compile(
    rf"(?<![\d-])(\d{{1,2}})(?:\s*(?:and|to|–|-)\s*(\d{{1,2}}))?\s+({'|'.join(_MONTHS)})\s+(\d{{4}})", re.IGNORECASE
)


def clocks_without_offset(text: str) -> Iterator[str]:
    """Each clock time that does not say its offset from UTC."""
    for found in _CLOCK.finditer(text):
        hours, minutes = found[0].split(":")[:2]
        if int(hours) < 25 and int(minutes) < 60 and not _OFFSET.match(text, found.end()):
            yield found[0]


def is_dated(text: str) -> bool:
    """Whether a text names a year, and so a date."""
    return _YEAR.search(text) is not None


def has_clock(text: str) -> bool:
    """Whether a text names a time of day."""
    return _CLOCK.search(text) is not None


def days(text: str) -> Iterator[date]:
    """The days that a text names, in ISO 8601 or in English."""
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


def instant(text: str) -> datetime | date | None:
    """An RFC 3339 instant or an ISO 8601 date; None: neither."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    except ValueError:
        return None


def day_of(moment: datetime | date) -> date:
    """The day of a moment, by its own clock."""
    return moment.date() if isinstance(moment, datetime) else moment

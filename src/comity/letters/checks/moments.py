"""Dates and clock times in texts: whether there are any, which days they are, and whether a clock has its offset."""

import re
from collections.abc import Iterator
from datetime import date, datetime

_CLOCK = re.compile(r"(?:(?<![\w:.+−-])|(?<=\dT))\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?=Z|[^\w:]|$)")
#: An offset, or a zone by its full name, which has one; letters such as IST mean several.
_OFFSET = re.compile(
    r"Z\b|\s?\(?(?:[+−-]\d{2}:?\d{2}\b|(?:UTC|GMT)\b|(?:[A-Z][a-z]+ ){1,3}(?:Standard|Summer|Daylight) Time\b)"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


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


def instant(text: str) -> datetime | date | None:
    """An RFC 3339 instant or an ISO 8601 date; None: neither."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    except ValueError:
        return None


def day_of(moment: datetime | date) -> date:
    """The day of a moment, by its own clock."""
    return moment.date() if isinstance(moment, datetime) else moment

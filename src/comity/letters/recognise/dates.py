"""Dates in running text, in nine languages: month names by CLDR, digits of any script."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from comity.letters.recognise.cues import folded

LANGUAGES = ("en", "fr", "es", "pt", "de", "ru", "ar", "hi", "zh")
FIRST_YEAR, LAST_YEAR = 1950, 2100


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A date in a text."""

    on: date
    start: int
    end: int
    sure: bool = True
    """False: day and month may stand the other way round."""


_YEAR = re.compile(r"\d{4}")
_ISO = re.compile(r"(?<!\d)(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)")
_CHINESE = re.compile(r"(?P<y>\d{4})\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日")
_FIGURES = re.compile(r"(?<!\d)(?<!\d[./-])(?P<a>\d{1,2})(?P<s>[./-])(?P<b>\d{1,2})(?P=s)(?P<y>\d{4})(?!\d)")


def days_in(text: str) -> tuple[Day, ...]:
    """Every date in a folded text, in order."""
    if _YEAR.search(text) is None:
        return ()
    found = sorted(_every(text), key=lambda day: (day.start, -day.end))
    kept: list[Day] = []
    for day in found:
        if not kept or day.start >= kept[-1].end:
            kept.append(day)
    return tuple(kept)


def _every(text: str) -> Iterator[Day]:
    for pattern in (_ISO, _CHINESE):
        for found in pattern.finditer(text):
            yield from _day(found, int(found["y"]), int(found["m"]), int(found["d"]))
    for found in _FIGURES.finditer(text):
        first, second = int(found["a"]), int(found["b"])
        if second > 12 >= first:
            yield from _day(found, int(found["y"]), first, second)
        else:
            sure = found["s"] == "." or first > 12 or first == second
            yield from _day(found, int(found["y"]), second, first, sure=sure)
    months, after, before = _named()
    for pattern in (after, before):
        for found in pattern.finditer(text):
            yield from _day(found, int(found["y"]), months[found["m"].rstrip(".")], int(found["d"]))


def _day(found: re.Match[str], year: int, month: int, day: int, *, sure: bool = True) -> Iterator[Day]:
    try:
        on = date(year, month, day)
    except ValueError:
        return
    if FIRST_YEAR <= year <= LAST_YEAR:
        yield Day(on=on, start=found.start(), end=found.end(), sure=sure)


@lru_cache(maxsize=1)
def _named() -> tuple[dict[str, int], re.Pattern[str], re.Pattern[str]]:
    """Months by folded name; patterns with the day before the month and after it."""
    from babel.dates import get_month_names

    months: dict[str, int] = {}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                names = get_month_names(width, context, locale=language)
                months |= {folded(name).rstrip("."): number for number, name in names.items() if not name[0].isdigit()}
    named = "|".join(re.escape(name) for name in sorted(months, key=len, reverse=True))
    day = r"(?<!\d)(?P<d>\d{1,2})(?:st|nd|rd|th|er|\.|º|ª)?"
    joint = r"[\s,]+(?:of\s+|de\s+|del\s+|d['’]\s*)?"
    year = r"[\s,]+(?:de\s+|del\s+)?(?P<y>\d{4})(?!\d)"
    return (
        months,
        re.compile(rf"{day}{joint}(?P<m>{named})\.?{year}"),
        re.compile(rf"(?<!\w)(?P<m>{named})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?{year}"),
    )

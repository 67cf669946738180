"""Dates as far as a source gives them: a day, a month, a year, or nothing."""

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import Annotated

import msgspec

#: ``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD`` or ``""`` (not sourced: unknown, never "no").
PartialDate = Annotated[str, msgspec.Meta(pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$")]

_SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@lru_cache(maxsize=8192)
def span(text: str) -> tuple[date, date]:
    """The first and the last day that a partial date can mean; ValueError where it is not a date or is empty."""
    shape = _SHAPE.fullmatch(text)
    if shape is None:
        raise ValueError(f"{text!r} is not a date; write YYYY-MM-DD, YYYY-MM or YYYY")
    year, month, day = (int(part) if part else 0 for part in shape.groups())
    if day:
        exact = date(year, month, day)
        return exact, exact
    if month:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(year, 1, 1), date(year, 12, 31)

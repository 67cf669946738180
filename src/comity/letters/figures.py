"""Figures of a text and of its translation: a sum, a date or a number of persons that a translator lost or changed."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

#: Figures with what groups them or parts their decimals, in any script: ``9,20,00,000``, ``22.778,00``, ``٢٢٬٧٧٨``.
_FIGURE = re.compile(r"\d+(?:[.,'’\u00a0\u202f\u066b\u066c]\d+)*")
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
MONTHS = 12
"""A month that the source names in words may be a number in the translation, so new figures up to here say nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherFigures:
    """Where a translation has other figures than its source."""

    lost: tuple[str, ...]
    """In figures alone: ``92000000``."""
    added: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.lost or self.added)


def other_figures(source: str, target: str) -> OtherFigures:
    """What the translation lacks of the figures of its source, and what it has beside them."""
    here, there = Counter(_figures(source)), Counter(_figures(target))
    added = tuple(figure for figure in there - here if int(figure) > MONTHS)
    return OtherFigures(lost=tuple(here - there), added=added)


def _figures(text: str) -> Iterator[str]:
    for match in _FIGURE.finditer(_in_ascii(text)):
        day = _DAY.fullmatch(match.group())
        found = day.groups() if day is not None else (match.group(),)
        yield from (_bare(figure) for figure in found)


def _bare(figure: str) -> str:
    """Without what groups it, and without noughts before it or for decimals: ``22,778.00`` as ``22778``."""
    whole = re.sub(r"[.,]00$", "", figure)
    return re.sub(r"\D", "", whole).lstrip("0") or "0"


def _in_ascii(text: str) -> str:
    return "".join(str(unicodedata.digit(c)) if unicodedata.category(c) == "Nd" else c for c in text)

"""Where in the evidence two values stand, and whether they stand together: in one row, or near in one text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from comity.leads.model import Observable, Place

REACH_CHARS = 200
"""As far as a code may stand from an account in running text: a sentence or two."""
_ROW = re.compile(r"^row \d+")
_COLUMN = re.compile(r", column (.*)$")
_LINE = re.compile(r"^line \d+$")
_SIDES = (
    ("payer", re.compile(r"\b(order|remit|payer|sender|from|debit|debtor|originat|source)", re.IGNORECASE)),
    ("payee", re.compile(r"\b(benef|payee|receiv|recip|to\b|credit|destin|target)", re.IGNORECASE)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One occurrence of an observable."""

    observable: Observable
    place: Place

    @property
    def text(self) -> str:
        """The unit of running text or the table in which it stands."""
        where = self.place.where
        return "" if _LINE.match(where) or _ROW.match(where) else where

    @property
    def row(self) -> str:
        found = _ROW.match(self.place.where)
        return found.group() if found else ""

    @property
    def side(self) -> str:
        """Whose side of a payment the column is of; empty: not told."""
        column = _COLUMN.search(self.place.where)
        return next((side for side, words in _SIDES if column and words.search(column[1])), "")


def spots(observable: Observable) -> Iterator[Spot]:
    """Every place of an observable that is listed."""
    for place in observable.places:
        yield Spot(observable=observable, place=place)


def distance(first: Spot, second: Spot) -> int:
    """Characters between two spots of one artifact; in one row of a table none."""
    if first.row and first.row == second.row:
        return 0
    return abs(first.place.offset - second.place.offset)


def beside(first: Spot, second: Spot) -> bool:
    """Whether two spots are in the same row, or within reach in the same running text."""
    if first.place.artifact != second.place.artifact or first.text != second.text:
        return False
    if first.row or second.row:
        return first.row == second.row
    told = first.place.offset >= 0 and second.place.offset >= 0
    return told and distance(first, second) <= REACH_CHARS

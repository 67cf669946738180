"""Pages of long lists that are never counted: they say whether there is a next page, not how many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet

ROWS = 50
PAGES_MAX = 400
"""A long list is left by its filters, not by turning pages."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice(Generic[T]):
    """One page of a list; the template ``parts/pages.html`` shows the way to the others."""

    rows: list[T]
    number: int
    more: bool

    @property
    def before(self) -> int:
        """Number of the page before; 0: none."""
        return self.number - 1

    @property
    def after(self) -> int:
        """Number of the page after; 0: none."""
        return self.number + 1 if self.more else 0


def slice_of(rows: "QuerySet[Any, T] | Sequence[T]", asked: str | None) -> Slice[T]:
    """The page that an address asks for by its number; the first where that is no number."""
    number = min(max(int(asked), 1), PAGES_MAX) if asked and asked.isascii() and asked.isdigit() else 1
    found = list(rows[(number - 1) * ROWS : number * ROWS + 1])
    return Slice(rows=found[:ROWS], number=number, more=len(found) > ROWS and number < PAGES_MAX)

"""Reading the tables beside this package: rows of ``data/*.csv`` as records, lines of ``data/*.txt`` as sets.

Every row that states a fact about the world carries ``source_url``, ``as_of`` and ``confidence``; ``memory`` as a
source means recalled and not yet read anywhere, and such a row is never more than *low*.
"""

import csv
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import msgspec

from comity.law import Confidence
from comity.leads.errors import UnreadableInputError
from comity.leads.nexus.networks import Source

DATA_FOLDER = Path(__file__).parent.parent / "data"


class Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of the rows."""


class Fact(Row, frozen=True, kw_only=True):
    """A row with its provenance."""

    source_url: str
    as_of: str
    confidence: Confidence

    @property
    def cite(self) -> str:
        """How a reason names the row's source: ``memory`` is said in words."""
        return f"from memory, to be confirmed, {self.as_of}" if self.recalled else f"{self.source_url}, {self.as_of}"

    @property
    def recalled(self) -> bool:
        return self.source_url == "memory"


AnyRow = TypeVar("AnyRow", bound=Row)


def read_rows(name: str, row_type: type[AnyRow], *, folder: Path = DATA_FOLDER) -> tuple[AnyRow, ...]:
    """All rows of one table. Raises UnreadableInputError naming the row that breaks its schema."""
    rows = []
    with (folder / name).open(encoding="utf-8", newline="") as file:
        for number, cells in enumerate(csv.DictReader(file), start=2):
            try:
                rows.append(msgspec.convert(cells, row_type, strict=False))
            except msgspec.ValidationError as error:
                raise UnreadableInputError(
                    path=f"{name} row {number}", problem=str(error), remedy="mend the row as the other rows are"
                ) from error
    return tuple(rows)


def read_lines(name: str, *, folder: Path = DATA_FOLDER) -> frozenset[str]:
    """All lines of one list."""
    return frozenset((folder / name).read_text(encoding="utf-8").split())


class ListSource(Row, frozen=True, kw_only=True):
    id: str
    name: str
    version: str
    as_of: str
    licence: str
    sha256: str


@lru_cache(maxsize=1)
def list_sources() -> dict[str, Source]:
    """Where the derived lists come from, by id: ``services``, ``suffixes`` and so on."""
    return {
        row.id: Source(**{field: getattr(row, field) for field in row.__struct_fields__})
        for row in read_rows("list-sources.csv", ListSource)
    }

"""Observables in the cells of a table, column by column, so that a heading can say what its numbers are."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

import msgspec

from comity.leads.artifacts.cells import Record
from comity.leads.artifacts.columns import Column, ColumnKind
from comity.leads.artifacts.headings import Heading
from comity.leads.artifacts.table import Table
from comity.leads.extract import find_in_text
from comity.leads.extract.digits import read_number
from comity.leads.extract.labels import Label
from comity.leads.extract.sighting import Sighting
from comity.leads.extract.value import read_value
from comity.leads.model import ObservableKind

BATCH_ROWS = 4_000
_BARE = frozenset(
    {
        ColumnKind.DATE,
        ColumnKind.TIME,
        ColumnKind.EPOCH,
        ColumnKind.AMOUNT,
        ColumnKind.CURRENCY,
        ColumnKind.SIGN,
        ColumnKind.EMPTY,
    }
)
"""Columns in which there is nothing to look for."""
_LABELS = {
    ColumnKind.ACCOUNT: "account: ",
    ColumnKind.CARD: "card: ",
    ColumnKind.PHONE: "phone: ",
    ColumnKind.IMEI: "imei: ",
    ColumnKind.REFERENCE: "transaction id: ",
    ColumnKind.BANK_CODE: "bic ifsc: ",
}
"""The word before each cell that makes the extractors take its numbers for what the column holds."""
_NUMBER_LABELS = {
    ColumnKind.ACCOUNT: Label.ACCOUNT,
    ColumnKind.CARD: Label.CARD,
    ColumnKind.PHONE: Label.PHONE,
    ColumnKind.IMEI: Label.IMEI,
    ColumnKind.REFERENCE: Label.REFERENCE,
}
"""What these words make of a cell that is nothing but digits; it is read at once, for tables are full of them."""
_MOST_DIGITS = 22
"""A longer number is more than these kinds are, and is read as text."""
_KNOWN = {
    ColumnKind.IBAN: ObservableKind.IBAN,
    ColumnKind.CARD: ObservableKind.CARD,
    ColumnKind.CRYPTO: ObservableKind.CRYPTO,
}


class CellSighting(msgspec.Struct, frozen=True, kw_only=True):
    """An observable in a cell."""

    seen: Sighting
    row: int
    column: Column
    written: str
    char: int
    """Where it stands in the table's text; where the cell escapes its quotation marks, where the row starts."""


def find_in_rows(table: Table, batch: Sequence[Record], *, regions: tuple[str, ...]) -> Iterator[CellSighting]:
    """Every observable in the rows given (`BATCH_ROWS` of them are worth a call), column by column."""
    for column in table.columns:
        if column.kind not in _BARE:
            yield from _find_in_column(table, batch, column, regions)
    yield from _find_beyond(table, batch, regions)


def _find_in_column(
    table: Table, batch: Sequence[Record], column: Column, regions: tuple[str, ...]
) -> Iterator[CellSighting]:
    label = _label(column)
    number_label = _NUMBER_LABELS.get(column.kind)
    pieces: list[str] = []
    starts: list[int] = []
    rows: list[Record] = []
    length = 0
    for row in batch:
        cell = row.cells[column.index] if column.index < len(row.cells) else ""
        if not cell.strip():
            continue
        if number_label and cell.isdigit() and cell.isascii() and len(cell) <= _MOST_DIGITS:
            for seen in read_number(cell, number_label, regions=regions):
                yield _placed(table, row, column, seen, cell, cell)
            continue
        line = f"{label}{cell}\n\n" if "\n" not in cell else f"{label}{cell.replace(chr(10), ' ')}\n\n"
        starts.append(length)
        rows.append(row)
        pieces.append(line)
        length += len(line)
    for seen in find_in_text("".join(pieces), regions=regions):
        at = bisect_right(starts, seen.start) - 1
        start = seen.start - starts[at] - len(label)
        if start >= 0:
            cell = rows[at].cells[column.index]
            yield _placed(table, rows[at], column, seen, cell[start : seen.end - starts[at] - len(label)], cell)


def _label(column: Column) -> str:
    known = _LABELS.get(column.kind)
    if known:
        return known
    if Heading.OTHER_NUMBER in column.heading and len(column.heading) == 1:
        return f"id {column.title}: "
    return f"{column.title}: " if column.heading or any(char.isalpha() for char in column.title) else ""


def _placed(table: Table, row: Record, column: Column, seen: Sighting, written: str, cell: str) -> CellSighting:
    char = table.text.find(written, row.start, row.end)
    if char >= 0 and cell and written != cell:
        cell_at = table.text.find(cell, row.start, row.end)
        char = table.text.find(written, cell_at, row.end) if cell_at >= 0 else char
    return CellSighting(seen=seen, row=row.number, column=column, written=written, char=max(char, row.start))


def _find_beyond(table: Table, batch: Sequence[Record], regions: tuple[str, ...]) -> Iterator[CellSighting]:
    """What stands in cells beyond the usual width: a record that was divided once too often."""
    width = len(table.columns)
    for row in batch:
        for index in range(width, len(row.cells)):
            column = Column(index=index, title=f"column {index + 1}", kind=ColumnKind.TEXT, heading=frozenset())
            for seen in find_in_text(row.cells[index], regions=regions):
                yield _placed(table, row, column, seen, row.cells[index][seen.start : seen.end], row.cells[index])


def party_value(kind: ColumnKind, cell: str) -> str:
    """A cell as an observable's value, if the column holds one; else as it is written."""
    cell = " ".join(cell.split())
    known = _KNOWN.get(kind)
    for observable in (known,) if known else (ObservableKind.IBAN, ObservableKind.CRYPTO):
        for seen in read_value(observable, cell):
            return seen.value
    if kind is ColumnKind.UPI:
        return cell.lower()
    if kind is ColumnKind.ACCOUNT:
        return next((seen.value for seen in read_value(ObservableKind.BANK_ACCOUNT, cell)), cell)
    return cell

"""Observables in the cells of a table, column by column, so that a heading can say what its numbers are."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

import msgspec

from comity.leads.artifacts.cells import Record
from comity.leads.artifacts.columns import Column, ColumnKind, is_bare, is_surely_address, is_version_heading
from comity.leads.artifacts.headings import Heading
from comity.leads.artifacts.table import Table
from comity.leads.extract import find_in_text
from comity.leads.extract.banking import failing_iban
from comity.leads.extract.digits import read_number
from comity.leads.extract.hosts import read_ipv4
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
    }
)
"""Columns whose cells hold nothing else, as long as they are what the column is."""
_MAY_HOLD = re.compile(
    r"[@\\[({<]|//|::|\d\.\d{1,3}\.\d|\d{9}|\+\d{6}|\.[^\W\d_]{2}|[^\W\d_]{4}|\w{16}|\d[ -]\d{4}[ -]\d"
)
"""What a cell in them has in it if it is anything else."""
_QUAD_FIRST = re.compile(r"\s*\d{1,3}(?:\.\d{1,3}){3}(?![\w.])")
_ADDRESS_LABEL = "ip: "
_OF_A_MAIL = re.compile(r"\b(?:reference|mid|cid)$", re.IGNORECASE)
"""Words after which an address in a text would be the id of a mail."""
_MAIL_HEADER = re.compile(r"(?:message-id|content-id|in-reply-to|references)$", re.IGNORECASE)
_LABELS = {
    ColumnKind.ADDRESS: _ADDRESS_LABEL,
    ColumnKind.ACCOUNT: "account: ",
    ColumnKind.CARD: "card: ",
    ColumnKind.PHONE: "phone: ",
    ColumnKind.IMEI: "imei: ",
    ColumnKind.REFERENCE: "transaction id: ",
    ColumnKind.BANK_CODE: "bic ifsc: ",
}
"""The word before each cell that makes the extractors take its numbers for what the column holds."""
_HASH = re.compile(r"\s*(?:[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64}|[0-9a-fA-F]{128})\s*")
_NO_PAYMENT_HASH = re.compile(r"\s*(?:[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{128})\s*")
"""A hash that is no blockchain transaction's."""
_NUMBER = re.compile(r"\s*'?\d[\d -]{4,24}\s*")
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
_IN_HEADINGS = frozenset(ObservableKind) - {
    ObservableKind.DOMAIN,
    ObservableKind.USER_ACCOUNT,
    ObservableKind.ASN,
    ObservableKind.BIC,
}


class CellSighting(msgspec.Struct, frozen=True, kw_only=True):
    """An observable in a cell."""

    seen: Sighting
    row: int
    column: Column
    written: str
    char: int
    """Where it stands in the table's text; where the cell escapes its quotation marks, where the row starts."""


def find_in_heading(table: Table, *, regions: tuple[str, ...]) -> Iterator[CellSighting]:
    """What the headings name: an account, an address; of names, which fields of logs resemble, nothing."""
    heading = table.heading
    if heading is None:
        return
    for column in table.columns:
        cell = heading.cells[column.index] if column.index < len(heading.cells) else ""
        for seen in find_in_text(cell, regions=regions):
            if seen.kind in _IN_HEADINGS and "scheme-assumed" not in seen.tags:
                yield _placed(table, heading, column, seen, seen.start, seen.end)


def find_in_rows(table: Table, batch: Sequence[Record], *, regions: tuple[str, ...]) -> Iterator[CellSighting]:
    """Every observable in the rows given (`BATCH_ROWS` of them are worth a call), column by column."""
    for column in table.columns:
        yield from _find_in_column(table, batch, column, regions)
    yield from _find_beyond(table, batch, regions)


def _find_in_column(
    table: Table, batch: Sequence[Record], column: Column, regions: tuple[str, ...]
) -> Iterator[CellSighting]:
    usual = _label(column)
    hashes = _hashes(column)
    bare = column.kind in _BARE or column.points_group
    versions = is_version_heading(column.title) and column.kind is not ColumnKind.ADDRESS
    pieces: list[str] = []
    starts: list[int] = []
    rows: list[Record] = []
    length = 0
    for row in batch:
        cell = row.cells[column.index] if column.index < len(row.cells) else ""
        if not cell or (bare and _is_plain(column, cell)) or cell.isspace():
            continue
        at_once = _read_at_once(column, cell, regions)
        if at_once is not None:
            for seen in at_once:
                yield _placed(table, row, column, seen, 0, len(cell))
            continue
        label = _quad_label(cell, versions=versions) or usual
        if column.kind is ColumnKind.IBAN and _NUMBER.fullmatch(cell):  # an account of a state that has no IBANs
            label = _LABELS[ColumnKind.ACCOUNT]
        if hashes and hashes.fullmatch(cell):
            label = ""
        line = f"{label}{cell}\n\n" if "\n" not in cell else f"{label}{cell.replace(chr(10), ' ')}\n\n"
        starts.append(length + len(label))
        rows.append(row)
        pieces.append(line)
        length += len(line)
    for seen in find_in_text("".join(pieces), regions=regions):
        at = bisect_right(starts, seen.start) - 1
        start, end = seen.start - starts[at], seen.end - starts[at]
        if at >= 0 and start < len(rows[at].cells[column.index]):  # else in the label of the next
            yield _placed(table, rows[at], column, seen, start, end)


def _is_plain(column: Column, cell: str) -> bool:
    """Whether a cell of a column of dates, amounts and the like is one, and nothing else."""
    return not _MAY_HOLD.search(cell) or is_bare(column, cell.strip())


def _hashes(column: Column) -> re.Pattern[str] | None:
    """Hashes that the heading does not name: it speaks of accounts, say; None: it may speak of them, or of ids."""
    if Heading.REFERENCE in column.heading:
        return _NO_PAYMENT_HASH
    return _HASH if column.heading and Heading.OTHER_NUMBER not in column.heading else None


def _quad_label(cell: str, *, versions: bool) -> str:
    """The word before a cell that begins with four numbers; empty: it does not."""
    quad = _QUAD_FIRST.match(cell) if "." in cell else None
    if quad is None:
        return ""
    return "version: " if versions and not is_surely_address(quad.group().strip()) else _ADDRESS_LABEL


def _read_at_once(column: Column, cell: str, regions: tuple[str, ...]) -> tuple[Sighting, ...] | None:
    """What a cell holds that needs no search, for tables are full of such; None: it is to be searched."""
    if column.kind is ColumnKind.ADDRESS:
        host = read_ipv4(cell)
        return (Sighting(host.kind, host.value, 0, len(cell)),) if host else None
    number_label = _NUMBER_LABELS.get(column.kind)
    if number_label and cell.isdigit() and cell.isascii() and len(cell) <= _MOST_DIGITS:
        return read_number(cell, number_label, regions=regions)
    return None


def _label(column: Column) -> str:
    known = _LABELS.get(column.kind)
    if known:
        return known
    if Heading.OTHER_NUMBER in column.heading and len(column.heading) == 1:
        return f"id {column.title}: "
    if not (column.heading or any(char.isalpha() for char in column.title)):
        return ""
    # a title as a mail's header has it would make the extractors pass over what stands after it
    title = column.title if _MAIL_HEADER.match(column.title) else column.title.replace("-", " ")
    return f"{title} no: " if _OF_A_MAIL.search(title) else f"{title}: "


def _placed(table: Table, row: Record, column: Column, seen: Sighting, start: int, end: int) -> CellSighting:
    """What was seen in a cell from start to end, with its place in the text."""
    text, written = table.text, row.cells[column.index][start:end]
    char = text.find(written, row.start, row.end)
    if char >= 0 and text.find(written, char + 1, row.end) >= 0:  # the row says it more than once
        cell = _cell_start(text, row, column.index)
        char = cell + start if text.startswith(written, cell + start) else text.find(written, cell, row.end)
    return CellSighting(seen=seen, row=row.number, column=column, written=written, char=max(char, row.start))


def _cell_start(text: str, row: Record, index: int) -> int:
    """Where a cell starts, as far as quotation marks that it escapes do not hide it."""
    at = row.start
    for cell in row.cells[:index]:
        at = max(at, text.find(cell, at, row.end) + len(cell))
    return max(at, text.find(row.cells[index], at, row.end))


def _find_beyond(table: Table, batch: Sequence[Record], regions: tuple[str, ...]) -> Iterator[CellSighting]:
    """What stands in cells beyond the usual width: a record that was divided once too often."""
    width = len(table.columns)
    for row in batch:
        for index in range(width, len(row.cells)):
            column = Column(index=index, title=f"column {index + 1}", kind=ColumnKind.TEXT, heading=frozenset())
            for seen in find_in_text(row.cells[index], regions=regions):
                yield _placed(table, row, column, seen, seen.start, seen.end)


def party_value(kind: ColumnKind, cell: str) -> str:
    """A cell as an observable's value, if the column holds one; else as it is written."""
    cell = " ".join(cell.split())
    known = _KNOWN.get(kind)
    for observable in (known,) if known else (ObservableKind.IBAN, ObservableKind.CRYPTO):
        for seen in read_value(observable, cell):
            return seen.value
    if kind is ColumnKind.UPI:
        return cell.lower()
    if failing := failing_iban(cell):
        return failing
    if kind is ColumnKind.ACCOUNT or (kind is ColumnKind.IBAN and _NUMBER.fullmatch(cell)):
        return next((seen.value for seen in read_value(ObservableKind.BANK_ACCOUNT, cell)), cell)
    return cell

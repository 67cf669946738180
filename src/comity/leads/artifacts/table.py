"""Tables of transactions, logs and lists: which columns there are, what is in each row."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from comity.leads.artifacts.cells import Record, Shape, find_shape, read_records
from comity.leads.artifacts.columns import Column, ColumnKind, read_columns
from comity.leads.artifacts.headings import read_heading

_SAMPLE_ROWS = 300
_PREAMBLE_ROWS = 40
_TYPED = frozenset(ColumnKind) - {ColumnKind.TEXT, ColumnKind.NAME, ColumnKind.EMPTY}
_WHOLE_VALUE = re.compile(
    r"[^\s@]+@[^\s@]+\.\w+|\d{1,3}(?:\.\d{1,3}){3}|https?://\S+|\+\d[\d ()-]{6,}|[0-9a-fA-F]{32,64}"
)
_NAME_OF_HOST = re.compile(
    r"(?:[\w-]+\.)+(?:com|net|org|info|biz|top|xyz|online|site|shop|de|uk|fr|it|es|nl|ru|cn|br|eu|ch|at|pl|au|jp)",
    re.IGNORECASE,
)
"""A domain; other ends of names are fields of logs as well: ``user.id``, ``host.name``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A text that is a table."""

    text: str
    shape: Shape
    columns: tuple[Column, ...]
    first_row: int
    """Number of the first record that is data, not preamble or heading."""
    heading: Record | None = None
    """The row of headings."""
    preamble: str
    """The text before the heading: the account's own number stands there."""

    def rows(self) -> Iterator[Record]:
        """The records of data."""
        for record in read_records(self.text, delimiter=self.shape.delimiter, quoting=self.shape.quoting):
            if record.number >= self.first_row:
                yield record


def read_table(text: str, *, named_so: bool) -> Table | None:
    """The table that a text is; None: it is no table. `named_so`: the file's name says that it is one."""
    shape = find_shape(text)
    if shape is None or not _is_regular(shape, named_so=named_so):
        return None
    records = list(
        islice(read_records(text, delimiter=shape.delimiter, quoting=shape.quoting), shape.first + _SAMPLE_ROWS)
    )
    body = [record for record in records if record.number >= shape.first]
    heading, rows = _heading(body[_padding(body) :])
    columns = read_columns(heading.cells if heading else (), [row.cells for row in rows], width=shape.width)
    if not named_so and not _is_telling(columns, rows, headed=heading is not None):
        return None
    first_row = rows[0].number if rows else shape.first + 1
    start = heading.start if heading else (rows[0].start if rows else 0)
    return Table(text=text, shape=shape, columns=columns, first_row=first_row, heading=heading, preamble=text[:start])


def _is_regular(shape: Shape, *, named_so: bool) -> bool:
    if named_so:
        return shape.share >= 0.3
    return shape.share >= (0.85 if shape.width > 2 else 0.95) and shape.records >= 3


def _padding(body: Sequence[Record]) -> int:
    """How many records are a preamble that was padded to the width of the table, as spreadsheets save it."""
    widest = max((len(_filled(record)) for record in body), default=0)
    for at, record in enumerate(body[:_PREAMBLE_ROWS]):
        filled = _filled(record)
        heads = len(filled) * 4 >= widest * 3 and _known(filled) * 2 >= len(filled) and _is_heading(filled)
        if heads and all(len(_filled(before)) < len(filled) for before in body[:at]):
            return at
    return 0


def _filled(record: Record) -> list[str]:
    return [cell for cell in record.cells if cell.strip()]


def _known(filled: Sequence[str]) -> int:
    return sum(1 for cell in filled if read_heading(cell))


def _heading(body: Sequence[Record]) -> tuple[Record | None, Sequence[Record]]:
    """The row of headings, the last of them where it takes several, and the rows after it."""
    for at, record in enumerate(body[:4]):
        filled = _filled(record)
        if not filled or not _is_heading(filled):
            break
        following = body[at + 1] if at + 1 < len(body) else None
        if following is None or not _is_heading(_filled(following)):
            return record, body[at + 1 :]
    return None, body


def _is_heading(filled: Sequence[str]) -> bool:
    """Whether cells are words that head columns: known ones, or at least no values."""
    if any(_WHOLE_VALUE.fullmatch(cell.strip()) or sum(char.isdigit() for char in cell) > 4 for cell in filled):
        return False
    if any(_NAME_OF_HOST.fullmatch(cell.strip()) and not read_heading(cell) for cell in filled):
        return False
    if _known(filled) >= max(1, len(filled) // 2):
        return True
    short = all(len(cell) <= 40 and any(char.isalpha() for char in cell) for cell in filled)
    return short and len(set(filled)) == len(filled) and len(filled) > 1


def _is_telling(columns: Sequence[Column], rows: Sequence[Record], *, headed: bool) -> bool:
    """Whether a text that nobody called a table is one: its columns hold values of one kind."""
    typed = sum(1 for column in columns if column.kind in _TYPED or _is_whole_values(column, rows))
    return typed >= (1 if headed else 2)


def _is_whole_values(column: Column, rows: Sequence[Record]) -> bool:
    cells = [row.cells[column.index].strip() for row in rows[:50] if column.index < len(row.cells)]
    filled = [cell for cell in cells if cell]
    return bool(filled) and sum(1 for cell in filled if _WHOLE_VALUE.fullmatch(cell)) >= 0.7 * len(filled)

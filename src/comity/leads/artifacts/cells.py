"""Delimited text as records of cells, each with the place where it starts."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import msgspec

_DELIMITERS = (",", ";", "\t", "|", "^", "~")
_SAMPLE_RECORDS = 300
_SAMPLE_CHARS = 1 << 17
_MAX_RECORD_CHARS = 1 << 20
"""A longer record is the sign of a quotation mark that is never closed."""


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One record of the table; a struct, for there are many and it is made four times as fast."""

    number: int
    """From 1, every record of the file counted, as a spreadsheet shows it."""
    start: int
    end: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How a text is divided."""

    delimiter: str
    quoting: bool
    width: int
    """Cells of the usual record."""
    first: int
    """Number of the first record of that width; what is before it is preamble."""
    share: float
    """Share of the records from there on that have that width."""
    records: int
    """Records of that width in the sample."""


class _Lines:
    """The lines of a text for `csv.reader`, which tells nothing of where it is."""

    def __init__(self, text: str, start: int) -> None:
        self._text = text
        self.at = start

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.at >= len(self._text):
            raise StopIteration
        end = self._text.find("\n", self.at)
        end = len(self._text) if end < 0 else end + 1
        line = self._text[self.at : end]
        self.at = end
        return line


def read_records(text: str, *, delimiter: str, quoting: bool) -> Iterator[Record]:
    """Every record that is not empty; a field that is never closed ends the quoting from there on."""
    lines = _Lines(text, _skip_separator_line(text))
    number = 0 if lines.at == 0 else 1
    csv.field_size_limit(max(csv.field_size_limit(), _MAX_RECORD_CHARS))
    reader = _reader(lines, delimiter, quoting=quoting)
    while True:
        start = lines.at
        try:
            cells = next(reader, None)
        except csv.Error:
            cells = []
        if quoting and lines.at - start > _MAX_RECORD_CHARS:
            quoting, lines.at = False, start
            reader = _reader(lines, delimiter, quoting=False)
            continue
        if cells is None:
            return
        number += 1
        if any(cell.strip() for cell in cells):
            yield Record(number=number, start=start, end=lines.at, cells=tuple(cells))


def _reader(lines: _Lines, delimiter: str, *, quoting: bool) -> Iterator[list[str]]:
    return csv.reader(
        lines, delimiter=delimiter, quoting=csv.QUOTE_MINIMAL if quoting else csv.QUOTE_NONE, skipinitialspace=True
    )


def _skip_separator_line(text: str) -> int:
    """``sep=;``, which spreadsheets write and read."""
    if text[:4].lower() == "sep=":
        return text.find("\n") + 1 or len(text)
    return 0


def find_shape(text: str) -> Shape | None:
    """The division under which a text is most of all a table; None: it is none under any."""
    declared = text[4:5] if text[:4].lower() == "sep=" else ""
    sample = text[:_SAMPLE_CHARS]
    if len(sample) < len(text):
        sample = sample[: sample.rfind("\n") + 1] or sample
    shapes = [_shape(sample, delimiter) for delimiter in ((declared,) if declared else _DELIMITERS)]
    found = [shape for shape in shapes if shape]
    most = max((shape.records for shape in found), default=0)
    return max(
        found,
        key=lambda shape: (shape.records * 2 >= most, round(shape.share, 1), shape.width, shape.records, shape.share),
        default=None,
    )


def _shape(sample: str, delimiter: str) -> Shape | None:
    if delimiter not in sample:
        return None
    records = list(islice(read_records(sample, delimiter=delimiter, quoting=True), _SAMPLE_RECORDS))
    quoting = not any("\n" in cell and delimiter * 3 in cell for record in records for cell in record.cells)
    if not quoting:
        records = list(islice(read_records(sample, delimiter=delimiter, quoting=False), _SAMPLE_RECORDS))
    widths = Counter(_width(record.cells) for record in records if _width(record.cells) > 1)
    if not widths:
        return None
    full = Counter(len(record.cells) for record in records if len(record.cells) > 1)
    width = max(full, key=lambda size: (full[size] * min(size, 8), size))
    first = next(at for at, record in enumerate(records) if len(record.cells) == width)
    rest = records[first:]
    same = sum(1 for record in rest if len(record.cells) == width)
    return Shape(
        delimiter=delimiter,
        quoting=quoting,
        width=width,
        first=records[first].number,
        share=same / len(rest),
        records=same,
    )


def _width(cells: tuple[str, ...]) -> int:
    """Cells up to the last that is not empty."""
    return next((at for at in range(len(cells), 0, -1) if cells[at - 1].strip()), 0)

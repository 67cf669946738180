"""Law data as CSV tables, and back."""

import csv
from enum import Enum
from io import StringIO
from typing import TypeVar

import msgspec

from comity.law.errors import LawDataError
from comity.law.export.columns import EMPTY_LIST, LIST_SEPARATOR, Column, Shape, shape_of
from comity.law.export.parts import PARTS, data_of, parts_of
from comity.law.instrument import Record
from comity.law.lawdata import LawData

R = TypeVar("R", bound=Record)
Cells = dict[str, str]
Tables = dict[str, list[Cells]]


def write_tables(data: LawData) -> dict[str, str]:
    """Each table's name and its text: UTF-8 with a header; the same data give the same text."""
    tables: Tables = {}
    headers: dict[str, list[str]] = {}
    for part, places in parts_of(data):
        _header(part.name, part.kind, headers, top=True)
        for number, place in enumerate(places, 1):
            _write(part.name, place.record, {"of": place.owner}, f"{part.name}/{number}", tables)
    return {name: _text(header, tables.get(name, [])) for name, header in headers.items()}


def _header(name: str, kind: type[Record], headers: dict[str, list[str]], *, top: bool) -> None:
    shape = shape_of(kind)
    headers[name] = [*(("row", "of") if top else ("row", "of", "number")), *(column.name for column in shape.columns)]
    for field, child in shape.children:
        _header(f"{name}_{field}", child, headers, top=False)


def _write(name: str, record: Record, place: Cells, row: str, tables: Tables) -> None:
    shape = shape_of(type(record))
    cells = {column.name: _cell(record, column) for column in shape.columns}
    tables.setdefault(name, []).append({"row": row, **place, **cells})
    for field, _ in shape.children:
        for number, child in enumerate(getattr(record, field), 1):
            child_place = {"of": row, "number": str(number)}
            _write(f"{name}_{field}", child, child_place, f"{row}/{field}/{number}", tables)


def _cell(record: Record, column: Column) -> str:
    value: object = record
    for name in column.path:
        value = None if value is None else getattr(value, name)
    if value is None:
        return ""
    if column.is_list:
        assert isinstance(value, tuple)  # the column says so
        if not value and column.optional_list:
            return EMPTY_LIST
        return _joined([_word(item) for item in value])
    return _word(value)


def _joined(words: list[str]) -> str:
    if any(LIST_SEPARATOR in word or word[:1] in ("", "[", EMPTY_LIST) for word in words):
        return msgspec.json.encode(words).decode()
    return LIST_SEPARATOR.join(words)


def _word(value: object) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        short = f"{value:g}"
        return short if float(short) == value else repr(value)
    return str(value)


def _text(header: list[str], rows: list[Cells]) -> str:
    stream = StringIO()
    writer = csv.DictWriter(stream, header, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def read_tables(texts: dict[str, str]) -> LawData:
    """The data of tables that `write_tables` wrote; LawDataError where they are something else."""
    tables = {name: list(csv.DictReader(StringIO(text, newline=""))) for name, text in texts.items()}
    below: dict[tuple[str, str], list[Cells]] = {}
    for name, rows in tables.items():
        for row in rows:
            below.setdefault((name, row.get("of", "")), []).append(row)
    parts: dict[str, list[tuple[str, Record]]] = {}
    for part in PARTS:
        for row in tables.get(part.name, []):
            parts.setdefault(part.name, []).append((row["of"], _read(part.name, part.kind, row, below)))
    return data_of(parts)


def _read(name: str, kind: type[R], row: Cells, below: dict[tuple[str, str], list[Cells]]) -> R:
    try:
        return msgspec.convert(_fields(name, kind, row, below), kind, strict=False)
    except (msgspec.ValidationError, KeyError) as error:
        raise LawDataError(
            file=f"{name}.csv", where=row.get("row", ""), problem=str(error), remedy="export it again"
        ) from error


def _fields(name: str, kind: type[Record], row: Cells, below: dict[tuple[str, str], list[Cells]]) -> dict[str, object]:
    shape = shape_of(kind)
    fields = _values(shape, row, "")
    for field, child in shape.children:
        rows = below.get((f"{name}_{field}", row["row"]), [])
        fields[field] = [_fields(f"{name}_{field}", child, item, below) for item in rows]
    return fields


def _values(shape: Shape, row: Cells, prefix: str) -> dict[str, object]:
    found: dict[str, object] = {}
    for column in shape.columns:
        cell = row[prefix + column.name]
        if len(column.path) == 1 and (cell or column.needed):
            found[column.name] = _list(cell) if column.is_list else cell
    for field, kind, _ in shape.nested:
        below = f"{prefix}{field}."
        if any(cell for name, cell in row.items() if name.startswith(below)):
            found[field] = _values(shape_of(kind), row, below)
    return found


def _list(cell: str) -> list[str]:
    if cell.startswith("["):
        return msgspec.json.decode(cell, type=list[str])
    return [] if cell in ("", EMPTY_LIST) else cell.split(LIST_SEPARATOR)

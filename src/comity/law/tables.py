"""TOML files and CSV tables into plain values. CSV: UTF-8, a header, lists joined by ``;``."""

import csv
import tomllib
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import get_origin

import msgspec

from comity.law.errors import LawDataError
from comity.law.instrument import Record


class ReadError(LawDataError):
    """A file that cannot be read at all."""


def read_toml(path: Path) -> Mapping[str, object]:
    """The table that the file holds; ReadError where it is not UTF-8 or not TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise _not_utf8(path) from error
    except tomllib.TOMLDecodeError as error:
        raise ReadError(
            file=path.name, where="", problem=f"not TOML: {error}", remedy="mend the syntax there"
        ) from error


Row = dict[str, object]


def read_table(path: Path, kind: type[Record]) -> Iterator[tuple[int, Row | ReadError]]:
    """First line and values of each row, without empty cells, or what is wrong with that row.

    Raises ReadError where the file or its header cannot be read.
    """
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            yield from _rows(path, stream, kind)
    except FileNotFoundError as error:
        raise ReadError(file=path.name, where="", problem="the file is missing", remedy="add it") from error
    except UnicodeDecodeError as error:
        raise _not_utf8(path) from error
    except csv.Error as error:
        raise ReadError(file=path.name, where="", problem=f"not CSV: {error}", remedy="mend the syntax") from error


def columns(kind: type[Record]) -> tuple[str, ...]:
    """The header of a table of ``kind``."""
    return tuple(_lists(kind))


def _rows(path: Path, stream: Iterator[str], kind: type[Record]) -> Iterator[tuple[int, Row | ReadError]]:
    rows = csv.reader(stream, strict=True)
    header = next(rows, [])
    _check_header(path, header, kind)
    lists = _lists(kind)
    line = rows.line_num + 1
    for row in rows:
        yield line, _row(path, line, header, row, lists)
        line = rows.line_num + 1


def _row(path: Path, line: int, header: list[str], row: list[str], lists: dict[str, bool]) -> Row | ReadError:
    if len(row) != len(header):
        problem = f"{len(row)} cells under {len(header)} columns"
        return ReadError(file=path.name, where=f"line {line}", problem=problem, remedy="quote cells with commas")
    return {name: _cell(cell, lists[name]) for name, cell in zip(header, row, strict=True) if cell}


def _cell(cell: str, is_list: bool) -> object:
    return [part.strip() for part in cell.split(";") if part.strip()] if is_list else cell


def _check_header(path: Path, header: list[str], kind: type[Record]) -> None:
    known = columns(kind)
    for name in header:
        if name not in known:
            close = get_close_matches(name, known, n=1)
            remedy = f"did you mean {close[0]!r}?" if close else f"the columns are: {', '.join(known)}"
            raise ReadError(file=path.name, where="line 1", problem=f"unknown column {name!r}", remedy=remedy)
    missing = [item.name for item in msgspec.structs.fields(kind) if item.required and item.name not in header]
    doubled = sorted({name for name in header if header.count(name) > 1})
    if missing or doubled:
        problem = f"missing columns: {', '.join(missing)}" if missing else f"columns given twice: {', '.join(doubled)}"
        raise ReadError(file=path.name, where="line 1", problem=problem, remedy=f"the columns are: {', '.join(known)}")


@cache
def _lists(kind: type[Record]) -> dict[str, bool]:
    return {item.name: get_origin(item.type) is tuple for item in msgspec.structs.fields(kind)}


def _not_utf8(path: Path) -> ReadError:
    return ReadError(file=path.name, where="", problem="not UTF-8", remedy="save it as UTF-8")

"""Records as flat tables: which columns a record has, and which tables stand below it.

A nested record gives columns ``outer.inner``; a list of records is a table of its own, ``<table>_<field>``, whose rows
name their parent in ``of`` and their place in ``number``.
"""

from dataclasses import dataclass
from functools import cache
from types import NoneType
from typing import Annotated, get_args, get_origin

import msgspec

from comity.law.instrument import Record

LIST_SEPARATOR = ";"
EMPTY_LIST = "-"
"""An empty list where leaving it out would mean something else (a provision without any refusal ground)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table."""

    name: str
    path: tuple[str, ...]
    """Field names from the record to the value."""
    is_list: bool
    optional_list: bool
    """None and the empty list differ."""
    needed: bool
    """Without default: an empty cell is the empty text or list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A record as a table."""

    kind: type[Record]
    columns: tuple[Column, ...]
    nested: tuple[tuple[str, type[Record], bool], ...]
    """Fields that hold one record, its type, and whether it may be missing."""
    children: tuple[tuple[str, type[Record]], ...]
    """Fields that hold lists of records."""


@cache
def shape_of(kind: type[Record]) -> Shape:
    """The columns and child tables of a record."""
    columns: list[Column] = []
    nested: list[tuple[str, type[Record], bool]] = []
    children: list[tuple[str, type[Record]]] = []
    for field in msgspec.structs.fields(kind):
        optional = NoneType in get_args(field.type)
        plain = (
            next((arg for arg in get_args(field.type) if arg is not NoneType), field.type) if optional else field.type
        )
        is_list = get_origin(plain) is tuple
        inner = get_args(plain)[0] if is_list else plain
        record = inner if isinstance(inner, type) and issubclass(inner, Record) else None
        if record is not None and is_list:
            children.append((field.name, record))
        elif record is not None:
            nested.append((field.name, record, optional))
            columns += [_below(field.name, column) for column in shape_of(record).columns]
        else:
            columns.append(
                Column(
                    name=field.name,
                    path=(field.name,),
                    is_list=is_list,
                    optional_list=is_list and optional,
                    needed=field.required and (is_list or plain is str or get_origin(plain) is Annotated),
                )
            )
    return Shape(kind=kind, columns=tuple(columns), nested=tuple(nested), children=tuple(children))


def _below(name: str, column: Column) -> Column:
    return Column(
        name=f"{name}.{column.name}",
        path=(name, *column.path),
        is_list=column.is_list,
        optional_list=column.optional_list,
        needed=False,
    )

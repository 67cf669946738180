"""The tables of this package: kinds of letters, their parts, and the rules that choose a kind."""

import tomllib
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import TypeVar

import msgspec

from comity.law import Addressee, Channel, Measure
from comity.letters.errors import LettersDataError
from comity.letters.model import Family, Kind

#: Beside the family of letters to providers.
_ALSO_TO_HOLDERS = frozenset({Kind.PROVIDER_EMERGENCY, Kind.PROVIDER_PRESERVATION})

Table = TypeVar("Table", bound=msgspec.Struct)


class Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of the records of a table."""


class Part(Row, frozen=True, kw_only=True):
    """A part of letters, and the fields that it shows."""

    id: str
    fields: tuple[str, ...]
    annex: bool = False
    """It begins a page of its own."""
    title: str = ""
    """Id of its title, where it is not the part's own."""
    section: bool = False
    """It is a section of an official form: it bears the form's letter, and stands there even if it is empty."""
    views: tuple[str, ...] = ()
    """What is shown before the fields, taken from the letter's fields: see `render.views`."""
    boxes: tuple[str, ...] = ()
    """Boxes to tick, by id, before the fields."""


class Form(Row, frozen=True, kw_only=True):
    """The official form whose layout a kind of letter has: its sections in their order."""

    marks: str
    """How its sections are marked: ``upper`` (A, B, C), ``lower`` (a, b, c)."""
    annex: str = ""
    """The annex that holds it; empty: the act's only one."""
    source_url: str
    as_of: str
    confidence: str
    read: str
    """What of the form was read, and what is from memory."""


class Box(Row, frozen=True, kw_only=True):
    """A box of a form."""

    id: str
    label: str
    """Key in the catalogues of wording."""
    when: tuple[str, ...] = ()
    """What of the letter ticks it, any of them: see `render.boxes`; empty: only a person can tell."""
    words_of: str = ""
    """A field whose words, where a person gave it, tick the box too."""
    words: tuple[str, ...] = ()
    """Regular expressions of those words, in any language."""


class KindRow(Row, frozen=True, kw_only=True):
    """A kind of letter and its parts."""

    id: Kind
    family: Family
    made: str
    """``step``, ``earlier`` or ``incoming``: what it is made from."""
    parts: tuple[str, ...]
    form: Form | None = None


class Rule(Row, frozen=True, kw_only=True):
    """Which kind a step's route needs; what is empty is left open."""

    kind: Kind
    instruments: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    channels: tuple[Channel, ...] = ()
    addressees: tuple[Addressee, ...] = ()


class _PartTable(Row, frozen=True, kw_only=True):
    part: tuple[Part, ...]


class _BoxTable(Row, frozen=True, kw_only=True):
    box: tuple[Box, ...]


class _KindTable(Row, frozen=True, kw_only=True):
    kind: tuple[KindRow, ...]
    rule: tuple[Rule, ...]


def read_table(name: str, kind: type[Table]) -> Table:
    """A table under ``data/``; LettersDataError where it breaks its schema."""
    text = (files("comity.letters") / "data" / name).read_text(encoding="utf-8")
    try:
        return msgspec.convert(tomllib.loads(text), kind)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise LettersDataError(file=f"letters/data/{name}", problem=str(error)) from None


@lru_cache(maxsize=1)
def parts() -> MappingProxyType[str, Part]:
    """Parts, by id."""
    return MappingProxyType({part.id: part for part in read_table("parts.toml", _PartTable).part})


@lru_cache(maxsize=1)
def boxes() -> MappingProxyType[str, Box]:
    """Boxes of official forms, by id."""
    return MappingProxyType({box.id: box for box in read_table("boxes.toml", _BoxTable).box})


@lru_cache(maxsize=1)
def kinds() -> MappingProxyType[Kind, KindRow]:
    """Kinds, by id."""
    return MappingProxyType({row.id: row for row in _kind_table().kind})


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """The rules that choose a kind, in order."""
    return _kind_table().rule


@lru_cache(maxsize=1)
def _kind_table() -> _KindTable:
    return read_table("kinds.toml", _KindTable)


def asks_holder(kind: Kind) -> bool:
    """Whether a letter asks who holds the data, and no state; a certificate of the Union commands it instead."""
    return kind in _ALSO_TO_HOLDERS or kinds()[kind].family is Family.PROVIDER


@lru_cache(maxsize=64)
def fields_of(kind: Kind) -> frozenset[str]:
    """Every field that a kind of letter has."""
    return frozenset(field for part in kinds()[kind].parts for field in parts()[part].fields)

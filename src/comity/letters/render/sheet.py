"""From a page to what the Typst template reads: plain data, every text fitted to the fonts, no markup anywhere.

Texts travel as JSON values and are set as they are. Nothing that came from a case is ever part of a program.
"""

import unicodedata
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import TypeVar

import msgspec

from comity.letters.errors import FacingError
from comity.letters.render.page import Block, Furniture, Letterhead, Page, Section, Style, Table

RTL, LTR = "rtl", "ltr"
_STRONG = {"L": LTR, "R": RTL, "AL": RTL}
Fit = Callable[[str], str]
Sheet = dict[str, object]
Item = TypeVar("Item")
SHORT = 600
"""Letters of a text that is kept with what follows; a longer one may end a page."""


def sheet(page: Page, other: Page | None, fit: Fit) -> Sheet:
    """The page, with its translation beside it where there is one; FacingError where they are not the same letter."""
    if other is not None:
        check_facing(page, other)
    pairs = zip(page.sections, other.sections if other else page.sections, strict=True)
    return {
        **_head(page, fit),
        "other": _head(other, fit) if other else None,
        "sections": [_section(section, twin if other else None, fit) for section, twin in pairs],
        "annexes": [_section(section, None, fit) for section in page.annexes],
    }


def direction(text: str) -> str:
    """``rtl`` or ``ltr`` by the first letter that has a direction (Unicode Annex 9, P2); empty: none has."""
    kinds = (unicodedata.bidirectional(character) for character in text)
    return next((_STRONG[kind] for kind in kinds if kind in _STRONG), "")


def check_facing(page: Page, other: Page) -> None:
    """FacingError unless both pages have the same sections and blocks in the same order."""
    for section, twin in _pairs(page.sections, other.sections, "the parts"):
        if section.id != twin.id:
            raise FacingError(where=f"part {section.number}")
        for number, (block, its) in enumerate(_pairs(section.blocks, twin.blocks, f"part {section.number}")):
            if (block.style, block.number, block.address) != (its.style, its.number, its.address):
                raise FacingError(where=f"part {section.number}, block {number + 1}")


def _pairs(ours: tuple[Item, ...], theirs: tuple[Item, ...], where: str) -> Iterator[tuple[Item, Item]]:
    if len(ours) != len(theirs):
        raise FacingError(where=where)
    return zip(ours, theirs, strict=True)


def _head(page: Page, fit: Fit) -> Sheet:
    return {
        "language": page.language.partition("-")[0],
        "title": fit(page.title),
        "reference": fit(page.reference),
        "summary": fit(page.summary),
        "head": [[fit(block.label), fit(block.text)] for block in page.head],
        "letterhead": _fitted(page.letterhead, fit),
        "furniture": _fitted(page.furniture, fit),
        "ready": page.notice.ready,
        "banner": fit(page.notice.banner),
    }


def _fitted(record: Letterhead | Furniture, fit: Fit) -> Sheet:
    fields: dict[str, str | list[str]] = msgspec.to_builtins(record)
    return {
        name: fit(value) if isinstance(value, str) else [fit(line) for line in value] for name, value in fields.items()
    }


def _section(section: Section, twin: Section | None, fit: Fit) -> Sheet:
    """A section with its blocks in groups: labelled values that follow each other make one grid."""
    paired = list(zip(section.blocks, twin.blocks if twin else section.blocks, strict=True))
    keep = _kept(section.blocks)
    blocks = [
        (_is_row(block), _block(block, its if twin else None, fit) | {"keep": kept})
        for (block, its), kept in zip(paired, keep, strict=True)
    ]
    groups = [
        {"grid": is_row, "blocks": [fields for _, fields in group]}
        for is_row, group in groupby(blocks, key=lambda pair: pair[0])
    ]
    title = f"{section.number}. {section.title}" if section.id != "gaps" else section.title
    return {
        "id": section.id,
        "title": fit(title),
        "other": fit(f"{twin.number}. {twin.title}") if twin else None,
        "groups": groups,
    }


def _kept(blocks: tuple[Block, ...]) -> list[bool]:
    """Whether each block stays on the page of the next one, because that belongs to it."""
    short = [len(block.text) < SHORT for block in blocks]
    return [is_short and bool(after and after.level) for is_short, after in zip(short, (*blocks[1:], None), strict=True)]


def _is_row(block: Block) -> bool:
    return block.style in {Style.FIELD, Style.OBJECT} or (block.style is Style.SENTENCE and bool(block.label))


def _block(block: Block, its: Block | None, fit: Fit) -> Sheet:
    return {
        "style": block.style.value,
        "number": block.number,
        "level": block.level,
        "label": fit(block.label),
        **_text(block, fit),
        "table": _table(block.table, fit) if block.table else None,
        "other": {"label": fit(its.label), **_text(its, fit)} if its else None,
        "same": its is not None and _is_value(block) and (block.text, block.table) == (its.text, its.table),
    }


def _is_value(block: Block) -> bool:
    return not block.address


def _text(block: Block, fit: Fit) -> Sheet:
    return {
        "text": fit(block.text),
        "language": block.language.partition("-")[0],
        "direction": direction(block.text),
    }


def _table(table: Table, fit: Fit) -> Sheet:
    return {
        "columns": [{"label": fit(column.label), "exact": column.exact} for column in table.columns],
        "rows": [
            {
                "number": row.number,
                "cells": [{"text": fit(cell), "direction": direction(cell)} for cell in row.cells],
            }
            for row in table.rows
        ],
    }

"""From a page to what the Typst template reads: plain data, every text fitted to the fonts, no markup anywhere.

Texts travel as JSON values and are set as they are. Nothing that came from a case is ever part of a program.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

import msgspec

from comity.letters.render.direction import base_language, is_rtl, running_direction, value_direction
from comity.letters.render.keeping import before_signing, is_row, kept
from comity.letters.render.page import Block, Page, Section, Table

Fit = Callable[[str], str]
Sheet = dict[str, object]
Pairs = list[tuple[Block, Block | None]]


def sheet(page: Page, other: Page | None, fit: Fit) -> Sheet:
    """The page, with the original beside it where there is one; both must be the same letter (`pair`)."""
    ours = _Setter(fit=fit, page=page)
    theirs = _Setter(fit=fit, page=other) if other else None
    twins: tuple[Section | None, ...] = other.sections if other else (None,) * len(page.sections)
    signed = before_signing(page.sections)
    return {
        **ours.head(),
        "other": theirs.head() if theirs else None,
        "sections": [
            ours.section(section, twin, theirs, signed=after)
            for section, twin, after in zip(page.sections, twins, signed, strict=True)
        ],
        "annexes": [ours.section(section, None, None) for section in page.annexes],
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Setter:
    """Makes plain data of what is said in one language."""

    fit: Fit
    page: Page

    @property
    def language(self) -> str:
        """BCP 47."""
        return self.page.language

    def value(self, text: str) -> Sheet:
        """A value, read in its own direction (digits alone from the left), at the side where the language begins."""
        return {
            "text": self.fit(text),
            "direction": value_direction(text, self.language),
            "side": "right" if is_rtl(self.language) else "left",
        }

    def text(self, block: Block) -> Sheet:
        """What a block says; running text in a language begins where its own lines do."""
        if not block.address:
            return {**self.value(block.text), "language": "", "running": False}
        return {
            "text": self.fit(self.page.said(block)),
            "direction": running_direction(block.text, block.language or self.language),
            "language": base_language(block.language or self.language),
            "running": True,
        }

    def head(self) -> Sheet:
        """What the cover, the letterhead, the headers and the footers say."""
        page = self.page
        head = page.letterhead
        furniture: dict[str, str] = msgspec.to_builtins(page.furniture)
        return {
            "language": base_language(page.language),
            "rtl": is_rtl(page.language),
            "title": self.fit(page.title),
            "reference": self.fit(page.reference),
            "running_reference": self.value(page.reference),
            "summary": self.fit(page.summary),
            "author": self.fit(head.authority),
            "head": [[self.fit(block.label), self.value(block.text)] for block in page.head],
            "letterhead": {
                "state": self.fit(head.state),
                "authority": self.value(head.authority),
                "unit": self.value(head.unit),
                "contacts": [self.value(line) for line in head.contacts],
                "addressee": [self.value(line) for line in head.addressee],
            },
            "furniture": {name: self.fit(said) for name, said in furniture.items()},
            "ready": page.notice.ready,
            "banner": self.fit(page.notice.banner),
        }

    def section(
        self, section: Section, twin: Section | None, theirs: "_Setter | None", *, signed: bool = False
    ) -> Sheet:
        """A part with its blocks in groups: labelled values that follow each other make one grid.

        `signed`: the places to sign follow it.
        """
        twins: tuple[Block | None, ...] = twin.blocks if twin else (None,) * len(section.blocks)
        keeps = kept(section.blocks, last=signed)
        blocks = [
            (is_row(block), {**self.block(block, its, theirs), "keep": keep})
            for block, its, keep in zip(section.blocks, twins, keeps, strict=True)
        ]
        return {
            "title": self.fit(section.title),
            "numbered": bool(section.number),
            "new_page": section.new_page,
            "other": {**theirs.value(twin.title), "language": theirs.language} if theirs and twin else None,
            "groups": [
                {"grid": is_row, "blocks": [fields for _, fields in group]}
                for is_row, group in groupby(blocks, key=lambda pair: pair[0])
            ],
        }

    def block(self, block: Block, its: Block | None, theirs: "_Setter | None") -> Sheet:
        """A block, with its counterpart in the other language."""
        once = its is not None and (not block.address or self.page.untranslated(block)) and block.text == its.text
        told = its if theirs and not (once and not is_row(block)) else None
        return {
            "style": block.style.value,
            "number": block.number,
            "level": block.level,
            "label": self.fit(block.label),
            **self.text(block),
            "table": self.table(block.table, its.table if its else None) if block.table else None,
            "other": {"label": theirs.fit(told.label), **theirs.text(told)} if theirs and told else None,
            "same": once,
        }

    def table(self, table: Table, its: Table | None) -> Sheet:
        """A table; with two languages its heads say both, and its cells stand once."""
        columns = its.columns if its else table.columns
        return {
            "columns": [
                {"label": self.fit(" · ".join(dict.fromkeys((ours.label, twin.label)))), "exact": ours.exact}
                for ours, twin in zip(table.columns, columns, strict=True)
            ],
            "rows": [{"number": row.number, "cells": [self.value(cell) for cell in row.cells]} for row in table.rows],
        }

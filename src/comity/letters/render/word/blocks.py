"""The parts of a letter in a DOCX file: numbered paragraphs, labelled values, tables, places to sign."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from comity.letters.render.keeping import SHORT, is_row, kept
from comity.letters.render.page import Block, Furniture, Page, Section, Style, Table
from comity.letters.render.word.grid import Grid, add_grid, shares
from comity.letters.render.word.styles import GRID, NUMBER_TWIPS, TABLE, TEXT_WIDTH_TWIPS, Look
from comity.letters.render.word.writing import Element, Form, Writing, child

_LABEL_TWIPS = 2041
"""36 mm."""
_ANNEX_LABEL_TWIPS = 3629
"""64 mm."""
_LEVEL_TWIPS = 284
_SIGN_TWIPS = (5200, 684, 3300)
"""Where to sign, a space, place and date."""
_SIGN_HEIGHT_TWIPS = 1300
"""Room to sign above the line."""
_LONGEST_CELL, _LONGEST_WORD, _LINE_LETTERS = 90, 32, 95
_AROUND_CELL = 2.6

Pair = tuple[Block, Block | None, bool]
"""A block, its counterpart in the other language, and whether it stays on the page of the next one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocks:
    """Puts blocks at the end of a body, in one language or in two side by side."""

    body: Element
    page: Page
    other: Page | None
    writing: Writing
    second: Writing

    def section(self, section: Section, twin: Section | None, *, signed: bool = False) -> None:
        """A numbered part, with the title of its twin under its own; `signed`: the places to sign follow it."""
        self.writing.paragraph(
            self.body, section.title, Look.PART, form=Form(new_page=section.new_page, uncounted=not section.number)
        )
        if twin is not None and twin.title != section.title:
            self.second.paragraph(self.body, twin.title, Look.SECOND_HEADING)
        twins = twin.blocks if twin else (None,) * len(section.blocks)
        self._groups(section.blocks, twins, _LABEL_TWIPS, last=signed)

    def annex(self, section: Section) -> None:
        """A part on a page of its own, behind the letter."""
        self.writing.paragraph(self.body, section.title, Look.ANNEX, lead=self.page.furniture.annex)
        self._groups(section.blocks, (None,) * len(section.blocks), _ANNEX_LABEL_TWIPS)

    def _groups(
        self, blocks: Sequence[Block], twins: Sequence[Block | None], label_twips: int, *, last: bool = False
    ) -> None:
        for kind, pairs in groupby(zip(blocks, twins, kept(blocks, last=last), strict=True), key=self._kind):
            match kind:
                case "row":
                    self._rows(tuple(pairs), label_twips)
                case "facing":
                    self._facing(tuple(pairs))
                case _:
                    for block, its, keep in pairs:
                        self._single(block, its, keep=keep)

    def _kind(self, pair: Pair) -> str:
        block, its, _ = pair
        if is_row(block):
            return "row"
        running = block.style in {Style.PARAGRAPH, Style.SENTENCE}
        return "facing" if its is not None and running and not self._once(block, its) else "single"

    def _once(self, block: Block, its: Block) -> bool:
        """Whether both say the same, or there is no translation yet."""
        return block.text == its.text and (not block.address or self.page.untranslated(block))

    def _single(self, block: Block, its: Block | None, *, keep: bool) -> None:
        match block.style:
            case Style.HEADING:
                look = Look.NUMBERED_GROUP if block.number else Look.GROUP
                self.writing.paragraph(self.body, block.text, look, form=Form(keep=True))
                if its is not None and its.text != block.text:
                    self.second.paragraph(self.body, its.text, Look.SECOND_HEADING)
            case Style.GAP:
                self.writing.paragraph(self.body, block.text, Look.GAP, lead=block.label)
            case Style.SIGNATURE:
                self._signature(block, self.page.furniture)
            case Style.TABLE if block.table is not None:
                self._table(block.table, its.table if its else None)
            case _:
                self._running(self.body, block, self.page, self.writing, keep=keep)

    def _running(self, holder: Element, block: Block, page: Page, writing: Writing, *, keep: bool) -> None:
        look = Look.PARAGRAPH if block.style is Style.PARAGRAPH else Look.ITEM if block.number else Look.SENTENCE
        if page is not self.page:
            look = Look.FACING  # only one of two languages is numbered
        writing.said(holder, block, page, look, lead=block.label, keep=keep)

    def _facing(self, pairs: Sequence[Pair]) -> None:
        half = TEXT_WIDTH_TWIPS // 2
        grid = self._grid((half, TEXT_WIDTH_TWIPS - half))
        for block, its, keep in pairs:
            ours, theirs = grid.row(whole=False)
            assert its is not None
            assert self.other is not None
            self._running(ours, block, self.page, self.writing, keep=keep)
            self._running(theirs, its, self.other, self.second, keep=keep)

    def _rows(self, pairs: Sequence[Pair], label_twips: int) -> None:
        wide = TEXT_WIDTH_TWIPS - NUMBER_TWIPS - label_twips
        differ = self.other is not None and any(its and not self._once(block, its) for block, its, _ in pairs)
        values = (wide // 2, wide - wide // 2) if differ else (wide,)
        grid = self._grid((label_twips, *values), indent=NUMBER_TWIPS)
        before: tuple[object, ...] = ()
        for block, its, keep in pairs:
            label, *cells = grid.row(whole=len(block.text) < SHORT)
            names = dict.fromkeys((block.label, its.label if its else block.label))
            if (*names, block.level) == before:
                names = {}  # what continues the row above needs no second label
            else:
                before = (*names, block.level)
            form = Form(keep=keep, start=max(block.level - 1, 0) * _LEVEL_TWIPS)
            self.writing.paragraph(label, " · ".join(name for name in names if name), Look.LABEL, form=form)
            self._value(cells[0], block, self.page, self.writing)
            if len(cells) > 1 and its is not None and self.other is not None:
                self._second_value(cells[1], block, its, self.other)

    def _second_value(self, cell: Element, block: Block, its: Block, other: Page) -> None:
        if self._once(block, its):
            self.second.paragraph(cell, "", Look.VALUE)
        else:
            self._value(cell, its, other, self.second)

    def _value(self, cell: Element, block: Block, page: Page, writing: Writing) -> None:
        look = Look.EXACT if block.style is Style.OBJECT else Look.VALUE
        if block.address:
            writing.said(cell, block, page, look)
        else:
            writing.value(cell, block.text, look)

    def _table(self, table: Table, its: Table | None) -> None:
        numbered = any(row.number for row in table.rows)
        room = TEXT_WIDTH_TWIPS - NUMBER_TWIPS
        grid = self._grid(
            ((NUMBER_TWIPS,) if numbered else ()) + _widths(table, room),
            style=TABLE,
            indent=0 if numbered else NUMBER_TWIPS,
        )
        heads = grid.row(head=True)
        if numbered:
            self.writing.paragraph(heads[0], "", Look.TABLE_HEAD)
        columns = its.columns if its else table.columns
        for cell, ours, theirs in zip(heads[numbered:], table.columns, columns, strict=True):
            label = " · ".join(dict.fromkeys((ours.label, theirs.label)))
            self.writing.paragraph(cell, label, Look.TABLE_HEAD)
        for row in table.rows:
            cells = grid.row()
            if numbered:
                self.writing.paragraph(cells[0], "", Look.TABLE_NUMBER)
            for cell, column, text in zip(cells[numbered:], table.columns, row.cells, strict=True):
                self.writing.value(cell, text, Look.TABLE_EXACT if column.exact else Look.TABLE_TEXT)

    def _signature(self, block: Block, words: Furniture) -> None:
        self.writing.paragraph(self.body, "", Look.SPACE, form=Form(before=_SIGN_HEIGHT_TWIPS, keep=True))
        grid = self._grid(_SIGN_TWIPS)
        name, between, day = grid.row()
        for cell in (name, day):
            borders = child(cell[0], "tcBorders")
            child(borders, "top", val="single", sz=4, space=0, color="4A5160")
        self.writing.paragraph(name, block.label, Look.SIGNATORY)
        if block.text:
            self.writing.value(name, block.text, Look.SIGNATORY_NAME)
        self.writing.paragraph(name, words.signed, Look.SMALL)
        self.writing.paragraph(between, "", Look.SMALL)
        self.writing.paragraph(day, words.signed_on, Look.SMALL)

    def _grid(self, widths: Sequence[int], *, style: str = GRID, indent: int = 0) -> Grid:
        apart(self.body, self.writing)
        return add_grid(self.body, widths, style=style, rtl=self.writing.rtl, indent=indent)


def apart(body: Element, writing: Writing) -> None:
    """Keeps a table apart from one that stands right before it."""
    if len(body) and body[-1].tag.endswith("}tbl"):
        writing.paragraph(body, "", Look.SPACE)


def _widths(table: Table, width: int) -> tuple[int, ...]:
    """The widths of the columns: what the longest word of each needs, and a share of the rest by the longest cell."""
    least, wish = [], []
    for place, column in enumerate(table.columns):
        texts = (column.label, *(row.cells[place] for row in table.rows))
        word = min(max(len(word) for text in texts for word in (text.split() or [""])), _LONGEST_WORD)
        least.append(word + _AROUND_CELL)
        wish.append(min(max(map(len, texts)), _LONGEST_CELL) - word)
    rest = max(_LINE_LETTERS - sum(least), 0) / (sum(wish) or 1)
    return shares(tuple(need + rest * more for need, more in zip(least, wish, strict=True)), width)

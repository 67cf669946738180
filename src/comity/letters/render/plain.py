"""A page as plain text for e-mail or telex: 72 columns, numbered, nothing but letters and line feeds.

In two languages each paragraph stands in the other side's language first, and in the original under it behind a bar;
what is the same in both stands once. What is still to be translated says so. No direction marks are sent: in a page
that runs from right to left an exact value has a line of its own, so that it is shown as it is to be copied.

A line is longer only where one exact value is: such values are never broken, so that they can be copied. Control
characters and direction overrides in values from the evidence are shown by their code, never sent.
"""

import re
import textwrap
import unicodedata
from collections.abc import Iterator

from comity.letters.render.page import Block, Page, Row, Section, Style, Table
from comity.letters.render.pair import Pair, PairedPage, PairedSection
from comity.letters.render.visible import visible

COLUMNS = 72
#: A wide letter with the marks that may not begin a line, or a run of other letters.
_WIDE = "\u2e80-\u2fdf\u3005-\u30ff\u31f0-\u9fff\uac00-\ud7af\uf900-\ufaff"
_CLOSING = "、。，；：？！）》」』”’〉】…"
_PIECES = re.compile(f"[（《「『“‘〈【]*[{_WIDE}][{_CLOSING}]*|[^{_WIDE}（《「『〈【]+[{_CLOSING}]*|[（《「『“‘〈【]+")
INDENT = 3
BAR = "    | "


def plain_text(page: Page) -> str:
    """The whole page; ends with a line feed."""
    return "\n".join(line.rstrip() for line in _lines(page)) + "\n"


def paired_text(paired: PairedPage) -> str:
    """A letter in two languages; ends with a line feed."""
    return "\n".join(line.rstrip() for line in _paired_lines(paired)) + "\n"


def width(text: str) -> int:
    """Columns that a text takes in a terminal or telex: wide letters take two, combining marks none."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in {"W", "F"} else 1 for c in text
    )


def _lines(page: Page) -> Iterator[str]:
    if not page.notice.ready:
        yield from _notice(page)
    yield from _wrapped(visible(page.title).upper(), "", "")
    yield "=" * COLUMNS
    for block in page.head:
        yield from _block(block, page)
    for section in page.sections:
        yield ""
        yield from _wrapped(_headline(section), "", " " * INDENT)
        yield "-" * COLUMNS
        for block in section.blocks:
            yield from _block(block, page)
    yield from _foot(page)


def _paired_lines(paired: PairedPage) -> Iterator[str]:
    page, original = paired.page, paired.original
    if not page.notice.ready:
        yield from _notice(page)
    yield from _wrapped(visible(page.title).upper(), "", "")
    yield from _wrapped(visible(original.title).upper(), BAR, BAR)
    yield "=" * COLUMNS
    for both in paired.head:
        yield from _both(both, paired)
    for section in paired.sections:
        yield ""
        yield from _wrapped(_headline(section), "", " " * INDENT)
        yield from _wrapped(visible(section.original_title).upper(), BAR, BAR)
        yield "-" * COLUMNS
        for both in section.pairs:
            yield from _both(both, paired)
    yield from _foot(page)


def _both(both: Pair, paired: PairedPage) -> Iterator[str]:
    yield from _block(both.block, paired.page)
    if both.alike or paired.page.untranslated(both.block):
        return
    for line in _block(both.original, paired.original, columns=COLUMNS - len(BAR)):
        if line.strip():
            yield f"{BAR}{line}"


def _headline(section: Section | PairedSection) -> str:
    number = f"{section.number}. " if section.number else ""
    return f"{number}{visible(section.title).upper()}"


def _foot(page: Page) -> Iterator[str]:
    for section in page.annexes:
        yield ""
        yield from _wrapped(f"{page.furniture.annex}: {visible(section.title)}".upper(), "", " " * INDENT)
        yield "-" * COLUMNS
        for block in section.blocks:
            yield from _block(block, page)
    yield ""
    yield "=" * COLUMNS
    yield from _wrapped(f"{visible(page.reference)} - {visible(page.notice.banner)}", "", "")


def _notice(page: Page) -> Iterator[str]:
    yield "*" * COLUMNS
    yield from _wrapped(f"{visible(page.notice.banner)}. {visible(page.notice.title)}:", "", "")
    for gap in page.notice.gaps:
        yield from _wrapped(visible(gap), " - ", " " * INDENT)
    yield "*" * COLUMNS
    yield ""


def _block(block: Block, page: Page, *, columns: int = COLUMNS) -> Iterator[str]:
    indent = " " * (INDENT * block.level)
    text, label = visible(page.said(block)), visible(block.label)
    match block.style:
        case Style.PARAGRAPH:
            yield ""
            lead = f"{indent}{block.number} "
            yield from _wrapped(f"{label}: {text}" if label else text, lead, " " * len(lead), columns)
        case Style.HEADING:
            yield ""
            lead = f"{indent}{block.number} " if block.number else indent
            yield from _wrapped(text, lead, " " * len(lead), columns)
        case Style.SIGNATURE:
            yield ""
            yield from _wrapped(label, indent, indent, columns)
            yield f"{indent}{'_' * 40}"
            if text:
                yield from _wrapped(text, indent, indent, columns)
        case Style.GAP:
            yield ""
            yield from _wrapped(f">>> {label}: {text} <<<", indent, indent, columns)
        case Style.TABLE if block.table is not None:
            for row in block.table.rows:
                yield from _row(block.table, row, indent, page, columns)
        case Style.OBJECT if page.direction == "rtl":
            inner = indent + " " * INDENT
            yield from _wrapped(f"{label}:", inner, inner, columns)
            yield from _wrapped(text, inner + " " * INDENT, inner + " " * INDENT, columns)
        case Style.SENTENCE if block.number:
            lead = f"{indent}{' ' * INDENT}{block.number} "
            yield from _wrapped(text, lead, " " * len(lead), columns)
        case _:
            inner = indent + " " * INDENT
            yield from _wrapped(f"{label}: {text}" if label else text, inner, inner + " " * INDENT, columns)


def _row(table: Table, row: Row, indent: str, page: Page, columns: int) -> Iterator[str]:
    """A row as a line for each cell: the first at the margin, what belongs to it indented."""
    if row.number:
        yield ""
    lead = f"{indent}{row.number} " if row.number else indent + " " * INDENT
    for place, (column, cell) in enumerate(zip(table.columns, row.cells, strict=True)):
        if cell:
            first = lead if place == 0 else " " * (len(lead) + (0 if row.number else INDENT))
            rest = " " * (len(first) + INDENT)
            label, text = visible(column.label), visible(cell)
            if page.direction == "rtl" and column.exact:
                yield from _wrapped(f"{label}:", first, rest, columns)
                yield from _wrapped(text, rest, rest, columns)
            else:
                yield from _wrapped(f"{label}: {text}", first, rest, columns)


def _wrapped(text: str, first: str, rest: str, columns: int = COLUMNS) -> Iterator[str]:
    """A text in lines of 72 columns; a word that is longer stands whole on a line of its own."""
    if text.isascii():
        yield from textwrap.wrap(
            text, columns, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
        ) or [first]
        return
    line, used = first, width(first)
    begun = False
    for glue, word in _words(text):
        size = width(word)
        if begun and used + len(glue) + size > columns:
            yield line
            line, used, begun = rest, width(rest), False
        line += f"{glue}{word}" if begun else word
        used += size + (len(glue) if begun else 0)
        begun = True
    yield line


def _words(text: str) -> Iterator[tuple[str, str]]:
    """The pieces between which a line may end, each with what stands before it; wide letters need no space."""
    for word in text.split():
        glue = " "
        for piece in _PIECES.findall(word):
            yield glue, piece
            glue = ""

"""A page as plain text for e-mail or telex: 72 columns, numbered, nothing but letters and line feeds.

A line is longer only where one exact value is: such values are never broken, so that they can be copied. Control
characters and direction overrides in values from the evidence are shown by their code, never sent.
"""

import re
import textwrap
import unicodedata
from collections.abc import Iterator

from comity.letters.render.page import Block, Page, Style

COLUMNS = 72
INDENT = 3
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff\u200b\U000e0000-\U000e007f]")


def plain_text(page: Page) -> str:
    """The whole page; ends with a line feed."""
    return "\n".join(line.rstrip() for line in _lines(page)) + "\n"


def visible(text: str) -> str:
    """A text in one line, with what cannot be seen shown by its code."""
    flat = " ".join(text.split())
    return _HIDDEN.sub(lambda found: f"<U+{ord(found[0]):04X}>", flat)


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
        yield from _block(block)
    for section in page.sections:
        yield ""
        yield from _wrapped(f"{section.number}. {visible(section.title).upper()}", "", " " * INDENT)
        yield "-" * COLUMNS
        for block in section.blocks:
            yield from _block(block)
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


def _block(block: Block) -> Iterator[str]:
    indent = " " * (INDENT * block.level)
    text, label = visible(block.text), visible(block.label)
    match block.style:
        case Style.PARAGRAPH:
            yield ""
            lead = f"{indent}{block.number} "
            yield from _wrapped(f"{label}: {text}" if label else text, lead, " " * len(lead))
        case Style.HEADING:
            yield ""
            lead = f"{indent}{block.number} " if block.number else indent
            yield from _wrapped(text, lead, " " * len(lead))
        case Style.SIGNATURE:
            yield ""
            yield from _wrapped(label, indent, indent)
            yield f"{indent}{'_' * 40}"
            yield from _wrapped(text or "—", indent, indent)
        case Style.GAP:
            yield ""
            yield from _wrapped(f">>> {label}: {text} <<<", indent, indent)
        case _:
            inner = indent + " " * INDENT
            yield from _wrapped(f"{label}: {text}" if label else text, inner, inner + " " * INDENT)


def _wrapped(text: str, first: str, rest: str) -> Iterator[str]:
    """A text in lines of 72 columns; a word that is longer stands whole on a line of its own."""
    if text.isascii():
        yield from textwrap.wrap(
            text, COLUMNS, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
        ) or [first]
        return
    line, used = first, width(first)
    begun = False
    for word in text.split():
        size = width(word)
        if begun and used + 1 + size > COLUMNS:
            yield line
            line, used, begun = rest, width(rest), False
        line += f" {word}" if begun else word
        used += size + (1 if begun else 0)
        begun = True
    yield line

"""A letter laid out in one language: numbered sections of blocks, which every renderer walks.

The page is the one place where a letter's data become an order of words. A renderer only sets them: what one form
shows, all show.
"""

from dataclasses import dataclass
from enum import StrEnum


class Style(StrEnum):
    """What a block is; how it looks is the renderer's affair."""

    PARAGRAPH = "paragraph"
    """Text with a number of its own."""
    SENTENCE = "sentence"
    """Text without one, or with that of a list inside a paragraph: ``(2)``."""
    HEADING = "heading"
    """Of a group of blocks inside a section."""
    FIELD = "field"
    """A label and its value."""
    OBJECT = "object"
    """A value to be copied exactly: an account, an address, a digest. Never broken, never translated."""
    GAP = "gap"
    """What is still to be completed."""
    TABLE = "table"
    """Rows of like things, such as objects or payments: see `Block.table`."""
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table."""

    label: str
    exact: bool = False
    """Its cells are to be copied exactly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table: a cell for each column; an empty cell has nothing to say."""

    cells: tuple[str, ...]
    number: str = ""
    """As shown: ``7.2``; empty: none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Like things, one a row; no column is empty throughout."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block."""

    style: Style
    text: str = ""
    label: str = ""
    number: str = ""
    """As shown: ``3.2``; empty: none."""
    level: int = 0
    """Depth of indentation."""
    address: str = ""
    """JSON Pointer of the text in the letter; empty: a value or a label, not a text."""
    free: bool = False
    """Free text of a person or of the plan: a translator must render it into another language."""
    language: str = ""
    """BCP 47 tag of a free text: where it is not the page's, the text is still to be translated. Empty: the page's."""
    table: Table | None = None
    """What a block of style ``table`` sets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A numbered part of the letter."""

    id: str
    number: int
    """0: none, as for the only annex."""
    title: str
    blocks: tuple[Block, ...]
    new_page: bool = False
    """A numbered part that begins a page of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """That a letter is a draft, and what it lacks; belongs on every page."""

    ready: bool
    banner: str
    title: str
    gaps: tuple[str, ...]
    """A line for each, where there is no room for `Page.annexes`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """Who writes to whom, as it stands at the head of the letter; the parts of the letter say more."""

    state: str
    authority: str
    unit: str
    contacts: tuple[str, ...]
    addressee: tuple[str, ...]
    """Lines of the address: name, unit, place, state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """Words around the letter: of its cover, headers, footers and places to sign."""

    language: str
    """Name of the language, in itself."""
    marking: str
    """``CONFIDENTIAL``; empty: the letter does not ask for it."""
    page: str
    """Holds ``{page}`` and ``{pages}``, which a renderer fills in."""
    sender: str
    addressee: str
    written_in: str
    data: str
    """What the file holds beside what is read; the digest follows it."""
    scan: str
    """What the QR code carries, for who cannot see it."""
    digest: str
    signed: str
    signed_on: str
    annex: str
    original: str
    translation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A whole letter, laid out."""

    language: str
    """BCP 47."""
    direction: str = "ltr"
    """``rtl`` where the language runs from right to left."""
    title: str
    reference: str
    head: tuple[Block, ...]
    """Reference, case and date, as fields."""
    letterhead: Letterhead
    sections: tuple[Section, ...]
    annexes: tuple[Section, ...]
    """What follows the signatures; the gaps of a draft, so far."""
    notice: Notice
    furniture: Furniture
    summary: str
    """One sentence about the file, for its properties."""
    to_translate: str = ""
    """What stands before a text that is still to be translated, in the page's language."""

    def untranslated(self, block: Block) -> bool:
        """Whether a text is not yet in the page's language."""
        return bool(block.language) and block.language.split("-")[0] != self.language.split("-")[0]

    def said(self, block: Block) -> str:
        """What a block says, with a mark before what is still to be translated."""
        return f"{self.mark(block)} {block.text}" if self.untranslated(block) else block.text

    def mark(self, block: Block) -> str:
        """The mark alone; empty: it needs none."""
        return f"[{self.to_translate}]" if self.untranslated(block) else ""

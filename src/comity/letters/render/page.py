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
    """Text without one."""
    HEADING = "heading"
    """Of a group of blocks inside a section."""
    FIELD = "field"
    """A label and its value."""
    OBJECT = "object"
    """A value to be copied exactly: an account, an address, a digest. Never broken, never translated."""
    GAP = "gap"
    """What is still to be completed."""
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block."""

    style: Style
    text: str
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A numbered part of the letter."""

    id: str
    number: int
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """That a letter is a draft, and what it lacks; belongs on every page."""

    ready: bool
    banner: str
    title: str
    gaps: tuple[str, ...]


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
    sections: tuple[Section, ...]
    notice: Notice
    to_translate: str = ""
    """What stands before a text that is still to be translated, in the page's language."""

    def untranslated(self, block: Block) -> bool:
        """Whether a text is not yet in the page's language."""
        return bool(block.language) and block.language.split("-")[0] != self.language.split("-")[0]

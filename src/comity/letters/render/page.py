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
    """Free text in the letter's own language: a translator must render it."""


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
    title: str
    reference: str
    head: tuple[Block, ...]
    """Reference, case and date, as fields."""
    sections: tuple[Section, ...]
    notice: Notice

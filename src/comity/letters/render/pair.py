"""A letter in the other side's language beside the original, paragraph by paragraph.

Both pages come from one letter, so that each block has its counterpart; a renderer sets the two side by side or one
under the other.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from comity.letters.errors import LettersDataError
from comity.letters.render.page import Block, Page, Section


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One block in both languages."""

    block: Block
    """In the other side's language."""
    original: Block

    @property
    def alike(self) -> bool:
        """Whether both say the same, so that it need be set only once: an exact value, a number, a name."""
        return (self.block.label, self.block.text) == (self.original.label, self.original.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class PairedSection:
    """A numbered part in both languages."""

    id: str
    number: int
    title: str
    original_title: str
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairedPage:
    """A whole letter in both languages."""

    page: Page
    """In the other side's language; its notice, direction and language are those of the pair."""
    original: Page
    head: tuple[Pair, ...]
    sections: tuple[PairedSection, ...]


def pair(page: Page, original: Page) -> PairedPage:
    """Two pages of one letter, block by block; LettersDataError where they are not of one letter."""
    if page.reference != original.reference or [s.id for s in page.sections] != [s.id for s in original.sections]:
        raise _different(page, original)
    return PairedPage(
        page=page,
        original=original,
        head=tuple(_pairs(page.head, original.head, page, original)),
        sections=tuple(
            _section(mine, other, page, original) for mine, other in zip(page.sections, original.sections, strict=True)
        ),
    )


def _section(mine: Section, other: Section, page: Page, original: Page) -> PairedSection:
    return PairedSection(
        id=mine.id,
        number=mine.number,
        title=mine.title,
        original_title=other.title,
        pairs=tuple(_pairs(mine.blocks, other.blocks, page, original)),
    )


def _pairs(mine: tuple[Block, ...], others: tuple[Block, ...], page: Page, original: Page) -> Iterator[Pair]:
    for block, other in zip_longest(mine, others):
        if block is None or other is None or _place(block) != _place(other):
            raise _different(page, original)
        yield Pair(block=block, original=other)


def _place(block: Block) -> tuple[str, str, int, str]:
    return block.style.value, block.number, block.level, block.address


def _different(page: Page, original: Page) -> LettersDataError:
    problem = f"the pages in {page.language} and {original.language} are not of one letter"
    return LettersDataError(file=page.reference, problem=problem)

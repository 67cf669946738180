"""Which blocks belong together: labelled values that make one grid, and what stays on the page of the next block."""

from collections.abc import Iterator, Sequence

from comity.letters.render.page import Block, Section, Style

SHORT = 600
"""Letters of a text that is kept with what follows; a longer one may end a page."""


def before_signing(sections: Sequence[Section]) -> Iterator[bool]:
    """Whether the places to sign follow each section: they never stand on a page that says nothing else."""
    following = [any(block.style is Style.SIGNATURE for block in section.blocks) for section in sections[1:]]
    yield from (*following, False)[: len(sections)]


def kept(blocks: Sequence[Block], *, last: bool = False) -> Iterator[bool]:
    """Whether each block stays on the page of the next one, because that belongs to it; `last`: the last one does."""
    after: tuple[Block | None, ...] = (*blocks[1:], None) if blocks else ()
    for block, following in zip(blocks, after, strict=True):
        belongs = following.level > 0 if following is not None else last
        yield len(block.text) < SHORT and belongs


def is_row(block: Block) -> bool:
    """Whether a block is a label with its value beside it."""
    return block.style in {Style.FIELD, Style.OBJECT} or (block.style is Style.SENTENCE and bool(block.label))

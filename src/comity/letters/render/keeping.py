"""Which blocks belong together: labelled values that make one grid, and what stays on the page of the next block."""

from collections.abc import Iterator, Sequence

from comity.letters.render.page import Block, Style

SHORT = 600
"""Letters of a text that is kept with what follows; a longer one may end a page."""


def kept(blocks: Sequence[Block]) -> Iterator[bool]:
    """Whether each block stays on the page of the next one, because that belongs to it."""
    after: tuple[Block | None, ...] = (*blocks[1:], None) if blocks else ()
    for block, following in zip(blocks, after, strict=True):
        yield len(block.text) < SHORT and following is not None and following.level > 0


def is_row(block: Block) -> bool:
    """Whether a block is a label with its value beside it."""
    return block.style in {Style.FIELD, Style.OBJECT} or (block.style is Style.SENTENCE and bool(block.label))

"""Whether two pages are the same letter in two languages, so that they can stand side by side."""

from comity.letters.errors import FacingError
from comity.letters.render.page import Block, Page


def check_facing(page: Page, other: Page) -> None:
    """FacingError unless both pages have the same parts and blocks in the same order."""
    if [section.id for section in page.sections] != [section.id for section in other.sections]:
        raise FacingError(where="the list of their parts")
    for section, twin in zip(page.sections, other.sections, strict=True):
        ours, theirs = [_kind(block) for block in section.blocks], [_kind(block) for block in twin.blocks]
        if ours != theirs:
            raise FacingError(where=f"part {section.number}")


def _kind(block: Block) -> tuple[object, ...]:
    """What must be alike; the words may differ."""
    shape = (len(block.table.columns), len(block.table.rows)) if block.table else None
    return (block.style, block.number, block.address, block.level, shape)

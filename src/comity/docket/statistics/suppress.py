"""Counts fit to be published: small ones are hidden, and nothing that is shown gives them away."""

from collections.abc import Mapping
from dataclasses import dataclass

LEAST_SHOWN = 5
"""Counts from one to below this are hidden, as statistical offices do for cells that point at persons."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One count, shown or hidden."""

    count: int | None
    """None: hidden."""

    def __str__(self) -> str:
        return "suppressed" if self.count is None else str(self.count)


def suppress(counts: Mapping[str, int], *, least: int = LEAST_SHOWN) -> tuple[dict[str, Cell], int]:
    """Cells that add up to a published total, and that total.

    Counts below `least` are hidden, but not zeros. Where what is hidden could be told from the total, that is where
    one cell alone is hidden or all hidden ones together are fewer than `least`, the smallest shown cells are hidden
    too; where none is left, all are.
    """
    hidden = {name for name, count in counts.items() if 0 < count < least}
    rest = sorted((count, name) for name, count in counts.items() if count and name not in hidden)
    while hidden and rest and (len(hidden) == 1 or sum(counts[name] for name in hidden) < least):
        hidden.add(rest.pop(0)[1])
    cells = {name: Cell(count=None if name in hidden else count) for name, count in counts.items()}
    return cells, sum(counts.values())

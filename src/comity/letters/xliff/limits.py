"""How large a translator's file may be."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class XliffLimits:
    """Beyond these a file is refused."""

    size_bytes: int = 16 * 1024 * 1024
    depth: int = 40
    """Elements inside elements."""
    elements: int = 200_000
    text_characters: int = 200_000
    """Of one translation."""

"""A file as it was opened: its lines of text with their places, and the letter that it holds as data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line, paragraph or cell of text."""

    text: str
    where: str
    """Words that lead a person there: ``page 2, line 14``, ``paragraph 7``, ``table 1, row 2``."""
    strong: bool = False
    """Set as a heading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What a file holds."""

    form: str
    """``pdf``, ``docx``, ``json`` or ``text``."""
    lines: tuple[Line, ...] = ()
    data: bytes | None = None
    """A letter as data; None: it holds none."""
    files: tuple[str, ...] = ()
    """Names of other files inside."""
    notes: tuple[str, ...] = ()
    """What could not be read, and what a person should know."""

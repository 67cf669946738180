"""What the pages of `comity law` share: JSON, headings, indented lines, folded lists."""

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    pass

COLOUR = {
    "yes": "green",
    "open": "green",
    "bound": "green",
    "covered": "green",
    "unknown": "yellow",
    "conditional": "yellow",
    "no": "red",
    "closed": "red",
}


def print_json(answer: object) -> None:
    """The answer as JSON, for a program."""
    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(answer), indent=2) + b"\n")


class Page:
    """A page for a person; every text is shown as it is written, whatever signs it has."""

    def __init__(self) -> None:
        from rich.console import Console

        self.console: Console = Console(highlight=False)

    def heading(self, text: str, note: str = "") -> None:
        """A line in bold, with an empty one before it."""
        from rich.markup import escape

        self.console.print(f"\n[bold]{escape(text)}[/]" + (f"  [dim]{escape(note)}[/]" if note else ""))

    def line(self, text: str, *, word: str = "", dim: str = "", indent: int = 3) -> None:
        """One line: a word in its colour, the text, and a dim rest."""
        from rich.markup import escape
        from rich.padding import Padding

        colour = COLOUR.get(word)
        head = f"[{colour}]{escape(word)}[/]  " if colour else f"{escape(word)}  " if word else ""
        tail = f"  [dim]{escape(dim)}[/]" if dim else ""
        self.console.print(Padding(head + escape(text) + tail, (0, 0, 0, indent)))

    def pairs(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Named values, without the empty ones."""
        for name, value in pairs:
            if value:
                self.line(f"{name}: {value}")

    def folded(self, names: Iterable[str], *, indent: int = 3) -> None:
        """Many short names as one paragraph."""
        text = ", ".join(names)
        if text:
            self.line(text, indent=indent)

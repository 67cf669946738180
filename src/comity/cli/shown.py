"""Texts out of evidence as a terminal may be given them, and a console that writes no blanks at the ends of lines."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape

from comity.leads.artifacts.naming import visible

_FILLED = re.compile(r" +$", re.MULTILINE)


def safe(text: str) -> str:
    """The text on one line, with what would move the cursor, hide or turn escaped, and as Rich takes it."""
    return escape(visible(" ".join(text.split())))


@contextmanager
def trimmed_page() -> Iterator[Console]:
    """A console whose lines are written to standard output without the blanks with which they are filled up."""
    console = Console(highlight=False)
    with console.capture() as captured:
        yield console
    sys.stdout.write(_FILLED.sub("", captured.get()))

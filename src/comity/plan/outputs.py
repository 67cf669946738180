"""What Comity itself wrote: told by its marks, so that a report beside the evidence never becomes evidence.

Marks can be forged, so whoever plans is told which files were passed over; a file that the case file names by its whole
path is read whatever it is.
"""

import re
from pathlib import Path

HEAD_BYTES = 8192
TAIL_BYTES = 512
MADE_BY = "Made by Comity"
"""How the last line of every page for the terminal begins."""
_HTML = re.compile(rb"<meta name=\"generator\" content=\"Comity ")
_RECORDS = (
    re.compile(rb"\s*\{\s*\"schema\":\s*\"comity-"),
    re.compile(rb"\s*\{\s*\"id\":\s*\"s\d+\",\s*\"order\":\s*\d+,"),
    re.compile(rb"\s*\{\s*\"artifacts\":\s*\[\s*(?:\]|\{\s*\"id\":\s*\"a1\")"),
)
_LAST = re.compile(rb"(?:\A|\n)" + MADE_BY.encode() + rb" [^\n]*\s*\Z")


def is_report(path: Path) -> bool:
    """Whether a file is a report that `comity plan --html` wrote; OSError where it cannot be read."""
    return _HTML.search(_ends(path)[0]) is not None


def is_output(path: Path) -> bool:
    """Whether a file is a report, a record or a page of Comity; False where it cannot be read."""
    try:
        head, tail = _ends(path)
    except OSError:
        return False
    return bool(_HTML.search(head) or any(mark.match(head) for mark in _RECORDS) or _LAST.search(tail))


def _ends(path: Path) -> tuple[bytes, bytes]:
    """The first and the last bytes of a file."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
        size = file.seek(0, 2)
        file.seek(max(0, size - TAIL_BYTES))
        return head, file.read(TAIL_BYTES)

"""Setting the page: from values and a template to a PDF (PDF/A-3a, PDF/UA-1) that looks the same everywhere and always.

The compiler's own fonts have Latin, Greek and Cyrillic letters; other scripts take the machine's. A character that no
font has would be a blank, so it is shown by its number, with all of its block.
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from comity.evidence.errors import EvidenceError
from comity.evidence.legible import legible

_TEMPLATE = Path(__file__).parent / "data" / "report.typ"
_STANDARDS = ("a-3a", "ua-1")
_MISSING = re.compile(r'the text `(".*?")` could not be displayed', re.DOTALL)
_BLOCK = 256
_TRIES = 30
_ASCII_LAST = frozenset(chr(code) for code in range(0x80, 0x30000))


class PaperError(EvidenceError):
    """A report that cannot be set."""


def set_report(data: Mapping[str, Any], attached: bytes, *, made_at: datetime) -> bytes:
    """The PDF; `attached` travels in it as ``report.json``. PaperError where the compiler refuses."""
    from typst import TypstError

    without: frozenset[str] = frozenset()
    for left in reversed(range(_TRIES)):
        try:
            return _compile(_walk(data, partial(legible, without=without)), attached, made_at)
        except TypstError as error:
            missing = missing_in(str(error))
            if not missing or not left:
                raise PaperError(what="report", problem=str(error)[:500], remedy="report this as a mistake") from None
            without = without | missing if left > 1 else _ASCII_LAST
    raise AssertionError  # the last try returns or raises


def missing_in(message: str) -> frozenset[str]:
    """The blocks of the characters that no font has."""
    found = _MISSING.search(message)
    if found is None:
        return frozenset()
    text = re.sub(r"\\u\{([0-9a-f]+)\}", lambda one: chr(int(one.group(1), 16)), found.group(1)[1:-1])
    starts = {ord(letter) // _BLOCK * _BLOCK for letter in text if ord(letter) >= 0x80}
    return frozenset(chr(code) for start in starts for code in range(max(start, 0x80), start + _BLOCK))


def _compile(data: Any, attached: bytes, made_at: datetime) -> bytes:
    import typst

    sources: dict[str, str | bytes] = {
        "main.typ": _TEMPLATE.read_bytes(),
        "data.json": json.dumps(data, ensure_ascii=True).encode(),
        "report.json": attached,
    }
    return bytes(
        typst.compile(  # type: ignore[call-overload]  # its stub knows no dict
            sources, format="pdf", pdf_standards=list(_STANDARDS), timestamp=int(made_at.timestamp())
        )
    )


def _walk(value: Any, change: Callable[[str], str]) -> Any:
    match value:
        case str():
            return change(value)
        case Mapping():
            return {key: _walk(one, change) for key, one in value.items()}
        case list() | tuple():
            return [_walk(one, change) for one in value]
        case _:
            return value

"""Standard output and error that can write every sign, in whichever charset they have."""

import codecs
import sys
import unicodedata
from io import TextIOWrapper

_PLAIN = str.maketrans(
    {
        "…": "...",
        "—": "-",
        "–": "-",
        "−": "-",
        "‑": "-",
        "·": "*",
        "•": "*",
        "×": "x",
        "→": "->",
        "←": "<-",
        "≤": "<=",
        "≥": ">=",
        "“": '"',
        "”": '"',
        "„": '"',
        "‘": "'",
        "’": "'",
        "✓": "+",
        "✗": "x",
        "€": "EUR",
    }
)
"""Signs of ours that a terminal may lack, in ASCII."""
_HANDLER = "comity"


def make_writable() -> None:
    """Let standard output and error write whatever they are given, in whichever charset they have.

    Signs of ours that the charset lacks are written in ASCII, letters of evidence escaped (``\\u0441``), so that
    nothing is lost and nothing fails. A stream that is no text stream of this process is left as it is.
    """
    codecs.register_error(_HANDLER, _replaced)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=_HANDLER)


def _replaced(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):  # pragma: no cover  # only ever registered for writing
        raise error
    signs = error.object[error.start : error.end]
    return "".join(_in_ascii(sign) for sign in signs), error.end


def _in_ascii(sign: str) -> str:
    plain = sign.translate(_PLAIN)
    if plain.isascii():
        return plain
    if unicodedata.name(sign, "").startswith("BOX DRAWINGS"):
        return "|" if "VERTICAL" in unicodedata.name(sign) else "-"
    return sign.encode("ascii", "backslashreplace").decode()

"""Any file that may be a letter, opened by what it is and not by its name."""

import msgspec

from comity.letters.drafted import Drafted
from comity.letters.errors import LetterFileError, LetterLimitError
from comity.letters.model import SCHEMA, Letter
from comity.letters.read.docx import open_docx
from comity.letters.read.limits import DEFAULT_READ_LIMITS, ReadLimits
from comity.letters.read.opened import Line, Opened
from comity.letters.read.pdf import open_pdf

_PDF, _ZIP = b"%PDF-", b"PK\x03\x04"
_NEXT = "give the letter as PDF, DOCX, JSON or plain text"
_WIDE = (b"\xff\xfe", b"\xfe\xff")
"""Marks of text in UTF-16, as some mail programs save it."""
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\x0b\x0c\r\x1b")
_PICTURE = "a picture, in which no words can be read: a person must read it"
_OTHERS = {
    b"\x89PNG": _PICTURE,
    b"\xff\xd8\xff": _PICTURE,
    b"GIF8": _PICTURE,
    b"II*\x00": _PICTURE,
    b"MM\x00*": _PICTURE,
    b"{\\rtf": "rich text (RTF)",
    b"\xd0\xcf\x11\xe0": "a document of an old word processor, or an encrypted one",
    _ZIP: "an archive that is no DOCX",
}
"""What people send in place of a letter, by its first bytes."""


class _Mark(msgspec.Struct):
    """As much of a JSON file as tells what it is."""

    schema: str = ""


def form_of(data: bytes) -> str:
    """``pdf``, ``docx``, ``json``, ``text`` or ``other``."""
    if _PDF in data[:1024]:
        return "pdf"
    if data.startswith(_ZIP):
        return "docx" if b"word/" in data or b"[Content_Types].xml" in data else "other"
    if data.startswith(_WIDE):
        return "text"
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"{") and not head.startswith(b"{\\rtf"):
        return "json"
    return "other" if not head or not _CONTROLS.isdisjoint(head) or head.startswith(tuple(_OTHERS)) else "text"


def open_file(data: bytes, *, limits: ReadLimits = DEFAULT_READ_LIMITS, files_inside: bool = False) -> Opened:
    """What a file holds; LetterFileError where it is none that a letter can be."""
    if len(data) > limits.file_bytes:
        raise LetterLimitError(path="file", limit="file_bytes", allowed=limits.file_bytes, actual=len(data))
    match form_of(data):
        case "pdf":
            return open_pdf(data, limits=limits, files_inside=files_inside)
        case "docx":
            return open_docx(data, limits=limits)
        case "json":
            if len(data) > limits.data_bytes:
                raise LetterLimitError(path="JSON", limit="data_bytes", allowed=limits.data_bytes, actual=len(data))
            return Opened(form="json", data=data)
        case "text":
            return Opened(form="text", lines=_text_lines(data, limits))
        case _:
            raise LetterFileError(path="file", problem=_is_no_letter(data), remedy=_NEXT)


def _is_no_letter(data: bytes) -> str:
    """What a file is that is no letter, as far as its first bytes tell."""
    if not data.strip():
        return "it is empty"
    told = next((told for mark, told in _OTHERS.items() if data.startswith(mark)), "")
    return f"it is {told}" if told else "it is no letter that can be read"


def letter_in(data: bytes) -> Letter | Drafted:
    """The letter, or the draft with its check, that JSON holds; LetterFileError where it breaks the schema."""
    try:
        mark = msgspec.json.decode(data, type=_Mark)
        if mark.schema == SCHEMA:
            return msgspec.json.decode(data, type=Letter)
        return msgspec.json.decode(data, type=Drafted)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise LetterFileError(path="letter.json", problem=f"it is no letter ({error})", remedy=_NEXT) from None


def _text_lines(data: bytes, limits: ReadLimits) -> tuple[Line, ...]:
    text = _decoded(data)
    if len(text) > limits.text_chars:
        raise LetterLimitError(path="text", limit="text_chars", allowed=limits.text_chars, actual=len(text))
    pieces = ((number, " ".join(line.split())) for number, line in enumerate(text.splitlines(), start=1))
    return tuple(Line(text=line, where=f"line {number}") for number, line in pieces if line)


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-16" if data.startswith(_WIDE) else "utf-8-sig")
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        best = from_bytes(data[: 1 << 20]).best()
        return data.decode(best.encoding if best else "latin-1", "replace")

"""A PDF, opened within limits: never a script run, never a file inside opened but the letter's own data."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any

from comity.letters.errors import ActiveContentError, LetterFileError, LetterLimitError
from comity.letters.read.limits import DEFAULT_READ_LIMITS, ReadLimits
from comity.letters.read.opened import Line, Opened
from comity.letters.read.pdfobjects import DATA_NAME, active_content, attachments, page_count

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader
    from pypdf.generic import StreamObject

_AGAIN = "ask the sender for it again"


def open_pdf(data: bytes, *, limits: ReadLimits = DEFAULT_READ_LIMITS, files_inside: bool = False) -> Opened:
    """Text and data of a PDF.

    ActiveContentError for scripts, actions that start something, and (unless `files_inside`) files other than the
    letter's data; LetterLimitError where it goes past a limit; LetterFileError where it is encrypted or damaged.
    """
    if len(data) > limits.file_bytes:
        raise LetterLimitError(path="PDF", limit="file_bytes", allowed=limits.file_bytes, actual=len(data))
    with _guarded(limits):
        reader = _reader(data)
        found = dict.fromkeys(active_content(reader, limits))
        inside = attachments(reader, limits)
        names = [name for name, _ in inside if name != DATA_NAME]
        if names and not files_inside:
            found |= dict.fromkeys(f"the file {name!r}" for name in names)
        if found:
            raise ActiveContentError(path="PDF", found=tuple(found)[:8])
        pages = page_count(reader, limits)
        lines = tuple(_lines(reader, pages, limits))
        notes = () if lines else ("the pages hold images only, or no text: have them read by OCR or by a person",)
        return Opened(form="pdf", lines=lines, data=_own(inside), files=tuple(names), notes=notes)


def data_in_pdf(data: bytes, *, limits: ReadLimits = DEFAULT_READ_LIMITS) -> bytes | None:
    """The letter's data inside a PDF alone, whatever else is in it; None: there are none."""
    with _guarded(limits):
        return _own(attachments(_reader(data), limits))


def lines_of_pdf(data: bytes, *, limits: ReadLimits = DEFAULT_READ_LIMITS) -> tuple[Line, ...]:
    """The lines of all pages."""
    with _guarded(limits):
        reader = _reader(data)
        return tuple(_lines(reader, page_count(reader, limits), limits))


def _own(inside: list[tuple[str, bytes]]) -> bytes | None:
    return next((content for name, content in inside if name == DATA_NAME), None)


@contextmanager
def _guarded(limits: ReadLimits) -> Iterator[None]:
    """Turns whatever a hostile file makes pypdf raise into one clear error."""
    from pypdf import apply_configuration, get_configuration
    from pypdf.errors import LimitReachedError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it logs each flaw; the error tells it once
    bound = get_configuration().with_overwrites(
        maximum_declared_stream_length=limits.stream_bytes,
        array_based_stream_maximum_output_length=limits.stream_bytes,
        zlib_maximum_output_length=limits.stream_bytes,
        lzw_maximum_output_length=limits.stream_bytes,
        run_length_maximum_output_length=limits.stream_bytes,
        stream_parsing_work_maximum_count=limits.tokens,
        page_tree_maximum_entries=limits.pages * 2,
        page_tree_maximum_depth=limits.depth,
    )
    try:
        with apply_configuration(bound):
            yield
    except LimitReachedError as error:
        raise LetterFileError(path="PDF", problem=f"it goes past a limit: {error}", remedy=_AGAIN) from None
    except (PyPdfError, *_BROKEN) as error:
        told = str(error) or type(error).__name__
        raise LetterFileError(path="PDF", problem=f"it is damaged ({told[:200]})", remedy=_AGAIN) from None


_BROKEN = (
    ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError, NotImplementedError,
    ArithmeticError, AssertionError, MemoryError, UnicodeError,
)  # fmt: skip
"""What pypdf lets through on broken files beside its own errors."""


def _reader(data: bytes) -> "PdfReader":
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(data), strict=False)
    if reader.is_encrypted:
        raise LetterFileError(path="PDF", problem="it is encrypted", remedy="ask for a copy that is not")
    return reader


def _lines(reader: "PdfReader", pages: int, limits: ReadLimits) -> Iterator[Line]:
    budget = _Budget(limits)
    for index in range(pages):
        number = 0
        for text in _page_text(reader.pages[index], budget).splitlines():
            said = " ".join(text.split())
            if said:
                number += 1
                yield Line(text=said, where=f"page {index + 1}, line {number}")
        for said in _notes(reader.pages[index]):
            budget.text(len(said))
            yield Line(text=said, where=f"page {index + 1}, put on the page")


_BARE = frozenset({"/Link", "/Popup"})
"""Annotations that show nothing of their own."""
_NOTES_MAX = 200


def _notes(page: "PageObject") -> Iterator[str]:
    """What is put on a page beside its text: notes, stamps, fields filled in (ISO 32000-2 12.5); no signatures."""
    from pypdf.generic import ArrayObject, DictionaryObject

    held = page.get("/Annots")
    listed = held.get_object() if held is not None else None
    for one in listed[:_NOTES_MAX] if isinstance(listed, ArrayObject) else ():
        note = one.get_object()
        if not isinstance(note, DictionaryObject) or note.get("/Subtype") in _BARE:
            continue
        widget = note.get("/Subtype") == "/Widget"
        shown = note.get("/V" if widget else "/Contents")
        if isinstance(shown, str) or not widget:
            yield " ".join(str(shown or note.get("/Subtype", "note")).split())


class _Budget:
    """Operations and characters that may still be spent on a document."""

    def __init__(self, limits: ReadLimits) -> None:
        self._limits = limits
        self._operations = 0
        self._forms = 0
        self._chars = 0
        self._bytes = 0

    def operation(self, operator: bytes, *_: Any) -> None:
        """One drawing operation; the shape is pypdf's visitor."""
        self._operations += 1
        self._forms += operator == b"Do"
        if self._operations > self._limits.operations:
            raise LetterLimitError(path="PDF", limit="operations", allowed=self._limits.operations)
        if self._forms > self._limits.forms:
            raise LetterLimitError(path="PDF", limit="forms", allowed=self._limits.forms)

    def content(self, size_bytes: int) -> None:
        """Instructions of one page."""
        self._bytes += size_bytes
        if self._bytes > self._limits.content_bytes:
            raise LetterLimitError(path="PDF", limit="content_bytes", allowed=self._limits.content_bytes)

    def text(self, chars: int) -> None:
        """Text of one page."""
        self._chars += chars
        if self._chars > self._limits.text_chars:
            raise LetterLimitError(path="PDF", limit="text_chars", allowed=self._limits.text_chars)


def _contents(page: "PageObject") -> "Iterator[StreamObject]":
    """The streams of a page's instructions, none of them parsed."""
    from pypdf.generic import ArrayObject, StreamObject

    held = page.get("/Contents")
    held = held.get_object() if held is not None else None
    for one in held if isinstance(held, ArrayObject) else (held,):
        stream = one.get_object() if one is not None else None
        if isinstance(stream, StreamObject):
            yield stream


def _page_text(page: "PageObject", budget: _Budget) -> str:
    budget.content(sum(len(stream.get_data()) for stream in _contents(page)))
    text = page.extract_text(visitor_operand_before=budget.operation) or ""
    budget.text(len(text))
    return text

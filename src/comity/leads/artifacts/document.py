"""The text of a PDF, page by page, with `pypdf` (BSD); what has none is a finding."""

import logging
import re
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from comity.leads.limits import Limits
from comity.leads.model import Finding, Severity

if TYPE_CHECKING:
    from pypdf import PdfReader

_JAVASCRIPT = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFile)\b")


_BROKEN = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    RecursionError,
    OSError,
    NotImplementedError,
    ArithmeticError,
    AssertionError,
    ImportError,
    MemoryError,
)
"""What `pypdf` lets through on broken files beside its own errors."""

_NO_TABLE = b"\nstartxref\n0\n%%EOF\n"
"""Where the table of a torn PDF is lost, this makes the reader look for its objects one by one."""


def read_pdf(data: bytes, *, artifact: str, limits: Limits) -> Iterator[tuple[str, str] | Finding]:
    """Pairs of place (``page 2``, ``page 2, link target``) and text, and findings."""
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it logs each flaw of a broken file; we tell it once
    try:
        reader, torn = _open(data)
        if reader.is_encrypted and not reader.decrypt(""):
            yield _finding(
                "pdf-encrypted", artifact, "", "The PDF is encrypted and was not read; ask for its password."
            )
            return
        pages = len(reader.pages)
    except (PyPdfError, *_BROKEN) as error:
        yield _finding("pdf-unreadable", artifact, "", f"The PDF is damaged and was not read: {_told(error)}.")
        return
    if torn:
        yield _finding(
            "pdf-damaged", artifact, "", "The PDF is torn; what could be found in it was read, more may be lost."
        )
    yield from _read_pages(reader, pages, artifact, limits, active=_JAVASCRIPT.search(data) is not None)


def _open(data: bytes) -> "tuple[PdfReader, bool]":
    """The document, and whether it had to be put together from its pieces."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        return PdfReader(BytesIO(data), strict=False), False
    except PyPdfError:
        return PdfReader(BytesIO(data + _NO_TABLE), strict=False), True


def _read_pages(
    reader: "PdfReader", pages: int, artifact: str, limits: Limits, *, active: bool
) -> Iterator[tuple[str, str] | Finding]:
    if active:
        message = "The PDF carries scripts, programs to launch or files within it; open it only in isolation."
        yield _finding("pdf-active-content", artifact, "", message)
    if pages > limits.pdf_pages:
        message = f"Only the first {limits.pdf_pages:,} of {pages:,} pages were read."
        yield _finding("pdf-pages-not-read", artifact, f"page {limits.pdf_pages + 1}", message)
    found = False
    for number in range(min(pages, limits.pdf_pages)):
        for piece in _page(reader, number, artifact, limits):
            found = found or (isinstance(piece, tuple) and bool(piece[1].strip()))
            yield piece
    if not found:
        message = "The PDF holds images only, or no text; have it read by OCR or by a person."
        yield _finding("pdf-without-text", artifact, "", message)


def _page(reader: "PdfReader", number: int, artifact: str, limits: Limits) -> Iterator[tuple[str, str] | Finding]:
    from pypdf.errors import PyPdfError

    where = f"page {number + 1}"
    try:
        page = reader.pages[number]
        text = page.extract_text() or ""
        links = [str(uri) for uri in _links(page.get("/Annots"))]
    except (PyPdfError, *_BROKEN) as error:
        yield _finding("pdf-page-unreadable", artifact, where, f"The page cannot be read: {_told(error)}.")
        return
    if len(text) > limits.pdf_page_chars:
        yield _finding(
            "pdf-page-cut",
            artifact,
            where,
            f"Only the first {limits.pdf_page_chars:,} characters of the page were read.",
        )
    yield where, text[: limits.pdf_page_chars]
    for link in links:
        yield f"{where}, link target", link


def _links(annotations: object) -> Iterator[object]:
    """The addresses of link annotations (ISO 32000-1 section 12.6.4.7)."""
    resolved = getattr(annotations, "get_object", lambda: annotations)()
    for reference in resolved if isinstance(resolved, list) else ():
        annotation = reference.get_object()
        action = annotation.get("/A") if annotation else None
        action = action.get_object() if action is not None else None
        if action is not None and "/URI" in action:
            yield action["/URI"]


def _told(error: BaseException) -> str:
    return (str(error) or type(error).__name__).rstrip(".")[:200]


def _finding(code: str, artifact: str, where: str, message: str) -> Finding:
    severity = Severity.NOTICE if code == "pdf-without-text" else Severity.WARNING
    return Finding(code=code, severity=severity, artifact=artifact, where=where, message=message)

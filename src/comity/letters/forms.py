"""The forms of output by name: one table from which the terminal, and others, choose.

>>> form_of("letter.PDF")
<Form.PDF: 'pdf'>
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import assert_never

from comity.letters.drafted import Drafted, to_json
from comity.letters.render.fonts import FontShelf, MissingFont
from comity.letters.render.page import Page
from comity.letters.render.pair import pair
from comity.letters.render.plain import COLUMNS, paired_text, plain_text


class Form(StrEnum):
    """A form of output."""

    PDF = "pdf"
    DOCX = "docx"
    JSON = "json"
    TEXT = "text"

    @property
    def suffix(self) -> str:
        """Of its files."""
        return ".txt" if self is Form.TEXT else f".{self.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A letter in one form."""

    data: bytes
    missing: tuple[MissingFont, ...] = ()
    """What could not be shown: see `comity.letters.render.pdf.SetPdf`."""


def form_of(name: str) -> Form | None:
    """The form that a file's name ends with; None: it says none."""
    suffix = PurePath(name).suffix.casefold()
    return next((form for form in Form if form.suffix == suffix), None)


def is_letter(data: bytes, form: Form) -> bool:
    """Whether a file may be a letter that was written in a form: what a newer one may be written over."""
    match form:
        case Form.PDF:
            return data.startswith(b"%PDF-") and b"(letter.json)" in data
        case Form.DOCX:
            return data.startswith(b"PK") and b"customXml/item1.xml" in data
        case Form.JSON:
            return data.startswith(b"{") and b'"schema": "comity-draft-' in data[:200]
        case Form.TEXT:
            return b"\n" + b"=" * COLUMNS + b"\n" in data
        case _:
            assert_never(form)


def written(
    drafted: Drafted, form: Form, *, page: Page, original: Page | None = None, shelf: FontShelf | None = None
) -> Written:
    """A draft in a form, as it was laid out; beside the original where one is given. Errors as of each form."""
    match form:
        case Form.PDF:
            from comity.letters.render.pdf import set_pdf

            made = set_pdf(drafted.letter, page, original=original, shelf=shelf)
            return Written(data=made.data, missing=made.missing)
        case Form.DOCX:
            from comity.letters.render.word import docx

            return Written(data=docx(drafted.letter, page, original=original))
        case Form.JSON:
            return Written(data=to_json(drafted))
        case Form.TEXT:
            text = plain_text(page) if original is None else paired_text(pair(page, original))
            return Written(data=text.encode())
        case _:
            assert_never(form)

"""A letter as PDF/A-3 with its data inside, tagged for screen readers, set by Typst."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

import msgspec

from comity.letters.errors import FontsError
from comity.letters.model import Letter
from comity.letters.render.code import qr_svg
from comity.letters.render.data import letter_data
from comity.letters.render.fitting import Fitting
from comity.letters.render.fonts import FontShelf, MissingFont, bundled
from comity.letters.render.page import Page
from comity.letters.render.pair import pair
from comity.letters.render.press import Copy, Press
from comity.letters.render.sheet import sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPdf:
    """A PDF file, and what could not be shown in it."""

    data: bytes
    missing: tuple[MissingFont, ...] = ()
    """Scripts without a font on this machine: their letters stand as codes, such as ``<U+4E2D>``."""


def pdf(letter: Letter, page: Page, *, original: Page | None = None, shelf: FontShelf | None = None) -> bytes:
    """As `set_pdf`, whole: FontsError where any script has no font on this machine."""
    made = set_pdf(letter, page, original=original, shelf=shelf)
    _require(made.missing)
    return made.data


def set_pdf(letter: Letter, page: Page, *, original: Page | None = None, shelf: FontShelf | None = None) -> SetPdf:
    """The PDF file of a letter as it was laid out; beside the original where one is given.

    The letter's data are attached as ``letter.json``; a QR code on the cover carries the reference and their digest.
    FontsError where the page's own language has no font on this machine, LettersDataError where the original is another
    letter.
    """
    copy = copy_for(letter, page, original=original, shelf=shelf)
    return SetPdf(data=_press().pdf(copy), missing=copy.missing)


def pictures(
    letter: Letter, page: Page, *, original: Page | None = None, dots_per_inch: int = 100
) -> tuple[bytes, ...]:
    """The pages as PNG pictures, as a gallery shows them."""
    copy = copy_for(letter, page, original=original)
    _require(copy.missing)
    return _press().pictures(copy, dots_per_inch=dots_per_inch)


def copy_for(letter: Letter, page: Page, *, original: Page | None = None, shelf: FontShelf | None = None) -> Copy:
    """What the compiler sets; errors as of `set_pdf`."""
    if original is not None:
        pair(page, original)
    fitting = Fitting(shelf=shelf or FontShelf(), language=page.language)
    for title in (page.title, original.title if original else ""):
        fitting.fitted(title)
    _require(tuple(fitting.missing.values()))
    data = letter_data(letter)
    digest = hashlib.sha256(data).hexdigest()
    fields = sheet(page, original, fitting.fitted)
    text, mono = (font.family for font in bundled())
    fields |= {"digest": digest, "families": [text, *sorted(fitting.families), mono], "mono": mono}
    fields["day"] = [letter.dated_on.year, letter.dated_on.month, letter.dated_on.day]
    return Copy(
        reference=letter.reference,
        inputs={
            "sheet": msgspec.json.encode(fields).decode(),
            "data": data.decode(),
            "qr": qr_svg(page.reference, digest),
        },
        folders=tuple(sorted({folder for folder in fitting.families.values() if folder is not None})),
        made_at=int(datetime(*letter.dated_on.timetuple()[:3], tzinfo=UTC).timestamp()),
        missing=tuple(fitting.missing.values()),
    )


def _require(missing: tuple[MissingFont, ...]) -> None:
    for font in missing:
        raise FontsError(script=font.script, package=font.package, problem=str(font))


@lru_cache(maxsize=1)
def _press() -> Press:
    return Press()

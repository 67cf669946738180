"""Whether a signed file carries exactly the letter that was approved, and nothing else; what may go out.

The data inside are compared with the letter as values, and the words of the pages with those of the letter as it was
set for signing: also where a translation stands, or a script cannot be read back.
"""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from io import BytesIO

from comity.letters.drafted import Drafted
from comity.letters.errors import LetterFileError, LettersError
from comity.letters.model import Letter
from comity.letters.read.file import form_of, letter_in
from comity.letters.read.limits import DEFAULT_READ_LIMITS, ReadLimits
from comity.letters.read.opened import Opened
from comity.letters.read.pdf import open_pdf
from comity.letters.sign.trust import Trust
from comity.letters.sign.verdict import SignatureFinding, Verdict, Verification
from comity.letters.sign.verify import verify_letter

TOLD_CHARS = 160


class Flaw(StrEnum):
    """Why a signed file is not what may go out."""

    NO_PDF = "no_pdf"
    NO_LETTER = "no_letter"
    """It carries no letter as data: it was printed or scanned."""
    OTHER_LETTER = "other_letter"
    OTHER_PAGES = "other_pages"
    """Its pages say something else than the letter."""
    NOT_SIGNED = "not_signed"
    BROKEN = "broken"
    """A signature does not hold, or something was added after the last."""
    OUT_OF_TIME = "out_of_time"
    """A certificate has ended, or has not begun."""


class NotTheLetterError(LettersError):
    """A signed file that is not what may go out."""

    def __init__(self, flaw: Flaw, told: str = "") -> None:
        self.flaw, self.told = flaw, told
        super().__init__(f"{flaw.value.replace('_', ' ')}: {told}; sign the approved letter, as it was saved")


def require_outgoing(
    data: bytes, approved: Letter, pages: bytes, trust: Trust, *, file: str, now: datetime,
    limits: ReadLimits = DEFAULT_READ_LIMITS,
) -> Verification:  # fmt: skip
    """What the verification says of a signed file that carries the approved letter.

    `pages`: the approved letter as PDF, as it was given to be signed. NotTheLetterError where it is another letter, is
    not signed, or a signature does not hold; a signer who leads to no trusted root is told, not refused.
    LetterFileError where the file cannot be read, or holds what a letter must not bring.
    """
    if form_of(data) != "pdf":
        raise NotTheLetterError(Flaw.NO_PDF)
    opened = open_pdf(data, limits=limits)
    _require_same(opened, approved, open_pdf(pages, limits=limits))
    found = verify_letter(data, trust, file=file, now=now, limits=limits)
    signed = [one for one in found.signatures if one.kind == "signature"]
    if not signed:
        raise NotTheLetterError(Flaw.NOT_SIGNED)
    broken = next((one for one in found.signatures if one.verdict is Verdict.FAILED), None)
    if broken is not None:
        raise NotTheLetterError(Flaw.BROKEN, f"{broken.signer or broken.name}: {broken.why}")
    if found.notes:
        raise NotTheLetterError(Flaw.BROKEN, found.notes[0])
    late = next(_out_of_time(data, signed, now), "")
    if late:
        raise NotTheLetterError(Flaw.OUT_OF_TIME, late)
    return found


def _require_same(opened: Opened, approved: Letter, given: Opened) -> None:
    if opened.data is None:
        raise NotTheLetterError(Flaw.NO_LETTER)
    try:
        carried = letter_in(opened.data)
    except LetterFileError:
        raise NotTheLetterError(Flaw.OTHER_LETTER) from None
    if (carried.letter if isinstance(carried, Drafted) else carried) != approved:
        raise NotTheLetterError(Flaw.OTHER_LETTER)
    shown, expected = _words(opened), _words(given)
    if shown != expected:
        at = next((at for at, pair in enumerate(zip(shown, expected, strict=False)) if pair[0] != pair[1]), -1)
        raise NotTheLetterError(Flaw.OTHER_PAGES, " ".join(shown[max(at - 2, 0) : at + 8])[:TOLD_CHARS])


def _words(opened: Opened) -> list[str]:
    return [word for line in opened.lines for word in line.text.split()]


def _out_of_time(data: bytes, signed: list[SignatureFinding], now: datetime) -> Iterator[str]:
    """Whose certificate does not count now, where no time stamp proves an earlier time."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    stamped = {one.name for one in signed if one.stamped_at}
    for signature in PdfFileReader(BytesIO(data)).embedded_regular_signatures:
        certificate = signature.signer_cert
        counts = certificate.not_valid_before <= now <= certificate.not_valid_after
        if not counts and str(signature.field_name) not in stamped:
            yield str(certificate.subject.human_friendly)

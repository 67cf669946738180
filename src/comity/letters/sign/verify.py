"""A letter verified: its signatures, the data inside against what it shows, the papers beside it."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime

from comity.letters.drafted import Drafted
from comity.letters.errors import LetterFileError
from comity.letters.model import Letter
from comity.letters.read.docx import open_docx
from comity.letters.read.file import form_of, letter_in
from comity.letters.read.limits import DEFAULT_READ_LIMITS, ReadLimits
from comity.letters.read.opened import Opened
from comity.letters.read.pdf import data_in_pdf, lines_of_pdf
from comity.letters.sign.agreement import agreement
from comity.letters.sign.detached import verify_detached
from comity.letters.sign.papers import check_papers
from comity.letters.sign.trust import Trust
from comity.letters.sign.verdict import (
    Agreement,
    DataFinding,
    PaperFinding,
    SignatureFinding,
    Verification,
    bottom_line,
)
from comity.letters.sign.verifypdf import verify_pdf


def verify_letter(
    data: bytes,
    trust: Trust,
    *,
    file: str,
    now: datetime,
    detached: Mapping[str, bytes] | None = None,
    papers: Callable[[], Mapping[str, str]] | None = None,
    limits: ReadLimits = DEFAULT_READ_LIMITS,
) -> Verification:
    """Everything that can be verified of a letter.

    `detached` holds signature files by name; `papers` gives the SHA-256 of the files beside the letter, and is asked
    only where the letter states digests. LetterFileError where the file cannot be read at all: then nothing of it is
    to be believed.
    """
    form = form_of(data)
    signatures: tuple[SignatureFinding, ...] = ()
    notes: tuple[str, ...] = ()
    if form == "pdf":
        signatures, notes = verify_pdf(data, trust, now=now)
    signatures += tuple(
        verify_detached(data, signature, trust, now=now, name=name) for name, signature in (detached or {}).items()
    )
    letter, found = _data(data, form, limits)
    enclosed = _enclosed(letter, papers) if letter is not None else ()
    verdict, why = bottom_line(signatures, found, enclosed, notes)
    return Verification(
        file=file,
        sha256=hashlib.sha256(data).hexdigest(),
        form=form,
        at=now.isoformat(),
        verdict=verdict,
        why=why,
        signatures=signatures,
        data=found,
        enclosures=enclosed,
        notes=notes,
    )


def _enclosed(letter: Letter, papers: Callable[[], Mapping[str, str]] | None) -> tuple[PaperFinding, ...]:
    sealed = papers is not None and any(enclosure.digest for enclosure in letter.enclosures)
    return check_papers(letter, papers() if papers is not None and sealed else {})


def _data(data: bytes, form: str, limits: ReadLimits) -> tuple[Letter | None, DataFinding]:
    nothing = DataFinding(agreement=Agreement.NO_DATA, why="it holds no letter as data")
    if form == "json":
        letter = _letter(data)
        digest = hashlib.sha256(data).hexdigest()
        return letter, DataFinding(agreement=Agreement.AGREES, digest=digest, why="the file is the data")
    opened = _opened(data, form, limits)
    if opened is None or opened.data is None:
        return None, nothing
    try:
        letter = _letter(opened.data)
    except LetterFileError as error:
        return None, DataFinding(agreement=Agreement.DIFFERS, why=str(error))
    return letter, agreement(opened.data, letter, opened)


def _opened(data: bytes, form: str, limits: ReadLimits) -> Opened | None:
    """The pages and the data of a file that has both, whatever else is in it; None: it has none."""
    if form == "pdf":
        inside = data_in_pdf(data, limits=limits)
        return Opened(form=form, lines=lines_of_pdf(data, limits=limits), data=inside) if inside is not None else None
    return open_docx(data, limits=limits) if form == "docx" else None


def _letter(data: bytes) -> Letter:
    held = letter_in(data)
    return held.letter if isinstance(held, Drafted) else held

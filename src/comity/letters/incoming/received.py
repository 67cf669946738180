"""What arrives, read: our own letters from the data inside, a stranger's from its words."""

import hashlib
from collections.abc import Iterator
from datetime import date

from comity.law import Confidence, Registry
from comity.letters.drafted import Drafted
from comity.letters.errors import LetterFileError
from comity.letters.incoming.alarms import alarms_in, said_by
from comity.letters.incoming.request import letter_of
from comity.letters.model import Letter
from comity.letters.model.record import Record
from comity.letters.read.file import letter_in, open_file
from comity.letters.read.limits import DEFAULT_READ_LIMITS, ReadLimits
from comity.letters.read.opened import Opened
from comity.letters.recognise import Recognition, Said, document, recognise
from comity.letters.shown import Shown, shown_of
from comity.letters.sign.agreement import agreement
from comity.letters.sign.verdict import Agreement, DataFinding


class Received(Record, frozen=True, kw_only=True):
    """A letter that arrived."""

    schema: str = "comity-received-1"
    file: str
    sha256: str
    form: str
    """``pdf``, ``docx``, ``json`` or ``text``."""
    by_data: bool
    """True: from the data inside. False: recognised from the words, and to be looked over by a person."""
    letter: Letter
    data: DataFinding
    """The data inside against what is shown."""
    recognition: Recognition | None = None
    shown: Shown | None = None
    """The language of the pages of a letter that was read from its data; None: it was recognised from its words."""
    sides_stated: bool = False
    """Whether a person said which state asks which."""
    alarms: tuple[Said, ...] = ()
    """Lines that raise a ground for refusal by themselves."""
    files: tuple[str, ...] = ()
    """Other files inside, named and never opened."""
    notes: tuple[str, ...] = ()

    @property
    def sides_unsure(self) -> bool:
        """Whether which state asks which was read from words that leave it open, and nobody said it."""
        if self.recognition is None or self.sides_stated:
            return False
        said = (*self.recognition.said("requesting_state")[:1], *self.recognition.said("requested_state")[:1])
        return any(one.confidence is Confidence.LOW for one in said)


def receive(
    data: bytes,
    registry: Registry,
    *,
    file: str,
    received_on: date,
    files_inside: bool = False,
    limits: ReadLimits = DEFAULT_READ_LIMITS,
) -> Received:
    """The structured request of a file; LetterFileError (or one of its kinds) where it cannot or must not be read.

    With `files_inside` other files in a PDF are named instead of refused. Where the data inside are broken, or say
    something else than the pages, the words count, and a note tells.
    """
    opened = open_file(data, limits=limits, files_inside=files_inside)
    held, finding, notes = _by_data(opened)
    letter = held.letter if isinstance(held, Drafted) else held
    shown = None
    if letter is not None:
        shown = shown_of(letter, held if isinstance(held, Drafted) else None, opened)
    recognition = None
    lines = document(opened) if letter is None or opened.lines else said_by(letter)
    if letter is None:
        recognition = recognise(lines, registry)
        letter = letter_of(recognition, registry, received_on=received_on)
        if len(lines.lines) < len(opened.lines):
            notes = (*notes, f"only its first {len(lines.lines):,} lines were read for what it asks")
    return Received(
        file=file,
        sha256=hashlib.sha256(data).hexdigest(),
        form=opened.form,
        by_data=recognition is None,
        letter=letter,
        data=finding,
        recognition=recognition,
        shown=shown,
        alarms=alarms_in(lines),
        files=opened.files,
        notes=(*opened.notes, *notes),
    )


def _by_data(opened: Opened) -> tuple[Letter | Drafted | None, DataFinding, tuple[str, ...]]:
    if opened.data is None:
        nothing = DataFinding(agreement=Agreement.NO_DATA, why="it holds no letter as data; its words were read")
        return None, nothing, ()
    try:
        held = letter_in(opened.data)
    except LetterFileError as error:
        if opened.form == "json":
            raise
        broken = DataFinding(agreement=Agreement.DIFFERS, why=f"the data inside are no letter: {error}")
        return None, broken, ("the data inside are broken; its words were read instead",)
    letter = held.letter if isinstance(held, Drafted) else held
    if opened.form == "json":
        digest = hashlib.sha256(opened.data).hexdigest()
        return held, DataFinding(agreement=Agreement.AGREES, digest=digest, why="the file is the data"), ()
    finding = agreement(opened.data, letter, opened)
    if finding.agreement is Agreement.DIFFERS:
        return None, finding, ("the data inside are not believed; its words were read instead",)
    if finding.agreement is Agreement.NOT_COMPARED and not finding.figures_agree:
        return None, finding, (f"{finding.why}; its words were read instead",)
    return held, finding, tuple(_remarks(finding))


def _remarks(finding: DataFinding) -> Iterator[str]:
    if finding.draft:
        yield "its pages say that it is a draft with gaps: nobody has sent it yet"
    if finding.agreement is Agreement.NOT_COMPARED:
        yield finding.why

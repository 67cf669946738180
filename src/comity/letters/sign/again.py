"""The pages of a letter made again from its data, and read as what arrived was read: what they should say."""

from dataclasses import dataclass

from comity.law import Confidence
from comity.letters.checks import Finding, Report, State
from comity.letters.model import Letter
from comity.letters.read.docx import open_docx
from comity.letters.read.opened import Line
from comity.letters.read.pdf import open_pdf
from comity.letters.render.layout import lay_out
from comity.letters.render.page import Page
from comity.letters.render.pair import pair
from comity.letters.render.plain import paired_text, plain_text
from comity.letters.tables import kinds, parts

GAP = "Xqzxq"
"""What stands for the title of a gap: a word of no letter, found again in the text of the pages."""
ANNEXED = "Yqzyq"
_ANYTHING = "anything"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How a letter may have been set."""

    form: str
    """``pdf``, ``docx`` or ``text``."""
    language: str
    beside: bool = False
    draft: bool = False
    """With the marks of a draft that has gaps, whichever they are: each of them as `GAP`."""


def lines_again(letter: Letter, way: Way) -> tuple[Line, ...]:
    """The lines of the letter as it is set that way; LettersError where this machine cannot set it."""
    report = Report(ready=not way.draft, findings=tuple(_gaps(letter)) if way.draft else ())
    page = lay_out(letter, report, way.language)
    original = lay_out(letter, report) if way.beside else None
    return _read(letter, page, original, way.form)


def _read(letter: Letter, page: Page, original: Page | None, form: str) -> tuple[Line, ...]:
    if form == "pdf":
        from comity.letters.render.pdf import set_pdf

        return open_pdf(set_pdf(letter, page, original=original).data).lines
    if form == "docx":
        from comity.letters.render.word import docx

        return open_docx(docx(letter, page, original=original)).lines
    text = plain_text(page) if original is None else paired_text(pair(page, original))
    lines = (" ".join(line.split()) for line in text.splitlines())
    return tuple(Line(text=line, where=f"line {number}") for number, line in enumerate(lines, start=1) if line)


def _gaps(letter: Letter) -> list[Finding]:
    """A gap for every field that a letter of its kind may lack, and one that stands in the annex alone."""
    fields = dict.fromkeys(field for part in kinds()[letter.kind].parts for field in parts()[part].fields)
    return [_gap(ANNEXED, ""), *(_gap(GAP, field) for field in fields)]


def _gap(title: str, field: str) -> Finding:
    return Finding(
        id=f"{_ANYTHING}-{field}",
        field=field,
        state=State.MISSING,
        required=True,
        title=title,
        articles="",
        why="",
        example="",
        confidence=Confidence.HIGH,
    )

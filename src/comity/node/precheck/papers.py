"""What lies in the packages of a pre-check: the draft in three forms with what is open in it; what was said of it."""

from dataclasses import replace
from datetime import datetime
from typing import Literal, TypeVar

import msgspec
from django.utils.translation import gettext as _

from comity.letters import Drafted, Finding, catalogue, in_words_of, lay_out
from comity.letters.forms import Form, written
from comity.letters.render.data import letter_data
from comity.letters.render.fonts import FOLDERS, FontShelf
from comity.node.errors import InvalidError

MARK = "FOR PRE-CHECK ONLY, NOT A REQUEST"
LETTER, SHEET, ANSWER = "letter.json", "precheck.json", "precheck-answer.json"
JSON_BYTES_MAX = 4 << 20
"""Of each of the files that are read."""
REMARKS_MAX = 1000
REMARK_CHARS_MAX = 10_000


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Base of what is read from others: what is not known is passed over."""


class OpenPoint(Record, frozen=True, kw_only=True):
    """A finding of our own check that is open."""

    title: str
    state: str
    required: bool
    why: str
    field: str = ""


class Sheet(Record, frozen=True, kw_only=True):
    """What goes with a draft."""

    schema: Literal["comity-precheck-1"] = "comity-precheck-1"
    id: str
    """Names this pre-check; the answer repeats it."""
    mark: str = MARK
    reference: str
    version: int
    language: str
    """In which the draft would go out."""
    agency: str
    shared_at: datetime
    open_points: tuple[OpenPoint, ...] = ()


class Said(Record, frozen=True, kw_only=True):
    """What the other side says of a text, or of the whole letter."""

    address: str = ""
    """JSON Pointer of the text in the letter; empty: the whole."""
    text: str


class Answer(Record, frozen=True, kw_only=True):
    """What the other side says of a draft."""

    schema: Literal["comity-precheck-answer-1"] = "comity-precheck-answer-1"
    id: str
    """Of the `Sheet` that it answers."""
    reference: str
    version: int
    agency: str
    said_at: datetime
    remarks: tuple[Said, ...]


Paper = TypeVar("Paper", Sheet, Answer)


def draft_files(drafted: Drafted, language: str, sheet: Sheet) -> dict[str, bytes]:
    """The files of a draft by name: PDF and DOCX with the mark on their pages, the letter's data, the sheet."""
    said = in_words_of(drafted, language)
    page = lay_out(said.letter, said.report, language, said.translation(language))
    # With this banner nobody signs it: `comity.letters.sign` refuses pages that say that they are not ready.
    banner = f"{catalogue(language).say('banner.not_ready')} – {MARK}"
    page = replace(page, notice=replace(page.notice, ready=False, banner=banner))
    shelf = FontShelf(folders=FOLDERS)
    whole = msgspec.structs.replace(sheet, open_points=tuple(map(_point, (*said.report.gaps, *said.report.advised))))
    return {
        "draft.pdf": written(said, Form.PDF, page=page, shelf=shelf).data,
        "draft.docx": written(said, Form.DOCX, page=page, shelf=shelf).data,
        LETTER: letter_data(said.letter),
        SHEET: _encoded(whole),
    }


def answer_file(answer: Answer) -> dict[str, bytes]:
    """The file of an answer by name."""
    return {ANSWER: _encoded(answer)}


def read_sheet(files: dict[str, bytes]) -> Sheet:
    """The sheet of a draft; InvalidError where the package holds no pre-check."""
    return _read(files, SHEET, Sheet)


def read_answer(files: dict[str, bytes]) -> Answer:
    """An answer within its limits; InvalidError where the package holds none."""
    found = _read(files, ANSWER, Answer)
    if len(found.remarks) > REMARKS_MAX or any(len(one.text) > REMARK_CHARS_MAX for one in found.remarks):
        most = f"{REMARKS_MAX:,} remarks of {REMARK_CHARS_MAX:,} letters"
        raise InvalidError({"file": _("it holds more than %(most)s") % {"most": most}})
    return found


def plain(text: str) -> str:
    """Words of others without what no text means and no database keeps."""
    return "".join(letter for letter in text if letter.isprintable() or letter in "\n\t").strip()


def _point(finding: Finding) -> OpenPoint:
    return OpenPoint(
        title=finding.title,
        state=finding.state.value,
        required=finding.required,
        why=finding.why,
        field=finding.field,
    )


def _read(files: dict[str, bytes], name: str, kind: type[Paper]) -> Paper:
    try:
        return msgspec.json.decode(files[name], type=kind)
    except KeyError:
        told = _("it holds no %(name)s: it is another file of a pre-check, or of something else") % {"name": name}
        raise InvalidError({"file": told}) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidError({"file": _("%(name)s cannot be read: %(told)s") % {"name": name, "told": error}}) from None


def _encoded(paper: Sheet | Answer) -> bytes:
    return msgspec.json.format(msgspec.json.encode(paper), indent=2) + b"\n"

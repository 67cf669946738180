"""A letter as a file, as it goes out."""

from comity.letters import Drafted, in_language, in_words_of, lay_out
from comity.letters.forms import Form, written
from comity.letters.render.fonts import FOLDERS, FontShelf
from comity.letters.xliff import to_xliff
from comity.node.composer.models import Letter
from comity.node.errors import HiddenError

TYPES = {
    Form.PDF: "application/pdf",
    Form.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Form.JSON: "application/json",
    Form.TEXT: "text/plain; charset=utf-8",
}


def as_file(letter: Letter, form: str) -> tuple[bytes, str]:
    """The newest version in a form (``pdf``, ``docx``, ``json``, ``text``, ``xliff``) and its media type."""
    drafted = letter.newest().drafted()
    if form == "xliff":
        return to_xliff(drafted.letter, letter.language, drafted.translation(letter.language)), "application/xml"
    if form not in {one.value for one in Form}:
        raise HiddenError
    return file_of(drafted, letter.language, Form(form)), TYPES[Form(form)]


def file_of(drafted: Drafted, language: str, form: Form) -> bytes:
    """A letter in a language and a form, as it goes out."""
    said = in_words_of(drafted, language)
    page = lay_out(said.letter, said.report, language, said.translation(language))
    if language != drafted.letter.language:
        said = in_language(said, language, beside=False)
    return written(said, form, page=page, shelf=FontShelf(folders=FOLDERS)).data

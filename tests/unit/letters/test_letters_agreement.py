"""The data inside a letter against its pages, both ways: whatever was changed on them is told."""

import zipfile
from datetime import date
from functools import cache
from io import BytesIO

import msgspec
import pytest
from tests.samples.letterfiles import data_of, docx_of, sample, shown_lines
from tests.samples.letters import complete

from comity.law import load_registry
from comity.letters import Kind, checked, lay_out
from comity.letters.drafted import in_words_of
from comity.letters.errors import NotReadyError, SigningError
from comity.letters.forms import Form, written
from comity.letters.incoming import receive
from comity.letters.read.file import letter_in, open_file
from comity.letters.sign.agreement import agreement
from comity.letters.sign.readiness import require_ready_page
from comity.letters.sign.verdict import DataFinding

LANGUAGES = ("ar", "de", "en", "es", "fr", "hi", "pt", "ru", "zh")


@cache
def made(form: Form, language: str, *, beside: bool = False, gaps: bool = False) -> bytes:
    """The sample as a file; with gaps, without what it says of urgency and of its purpose."""
    letter, expected = complete(Kind.MLA_REQUEST)
    if gaps:
        letter = msgspec.structs.replace(letter, purpose=(), necessity=())
    drafted = checked(letter, expected)
    assert drafted.report.ready is not gaps
    drafted = in_words_of(drafted, language) if gaps else drafted
    page = lay_out(letter, drafted.report, language)
    original = lay_out(letter, drafted.report) if beside else None
    return written(drafted, form, page=page, original=original).data


def judged(data: bytes) -> DataFinding:
    opened = open_file(data)
    assert opened.data is not None
    return agreement(opened.data, sample_of(data), opened)


def changed(old: str, new: str, *, data: bytes | None = None) -> bytes:
    """The DOCX with other words on its pages and the same data inside."""
    source, target = BytesIO(data or made(Form.DOCX, "en")), BytesIO()
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(target, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name == "word/document.xml":
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            after.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_agrees_as_pdf_and_docx(language: str) -> None:
    for form in (Form.PDF, Form.DOCX):
        found = judged(made(form, language))
        assert (found.agreement, found.draft) == ("agrees", False), found.why
        assert found.translated == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_with_gaps_is_no_forgery_and_is_not_signed(language: str) -> None:
    for form in (Form.PDF, Form.DOCX):
        data = made(form, language, gaps=True)
        found = judged(data)
        assert found.draft
        assert found.agreement == "agrees" or (language, form, found.agreement) == ("hi", Form.PDF, "not_compared")
        opened = open_file(data)
        with pytest.raises(NotReadyError):
            require_ready_page(opened, sample_of(data), what="f")


def sample_of(data: bytes):  # type: ignore[no-untyped-def]
    inside = open_file(data).data
    assert inside is not None
    held = letter_in(inside)
    return getattr(held, "letter", held)


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_beside_its_original(language: str) -> None:
    for form in (Form.PDF, Form.DOCX):
        assert judged(made(form, language, beside=True)).agreement == "agrees"


def texts() -> dict[str, tuple[str, str]]:
    letter = sample()
    facts = letter.facts[0].text
    return {
        "holder": (letter.assistance[0].holder, "Another Company"),
        "date": (f"{letter.dated_on.day} ", "1 "),
        "facts": (facts[:30], "Something else happened here. "),
        "article": (letter.basis[0].title, "Treaty of Nowhere"),
    }


@pytest.mark.parametrize("what", ["holder", "date", "facts", "article"])
def test_what_the_pages_say_otherwise_is_told(what: str) -> None:
    old, new = texts()[what]
    data = changed(old, new)
    found = judged(data)
    assert found.agreement == "differs"
    assert any(new.split()[0] in shown for shown in found.only_shown)
    with pytest.raises(SigningError, match=r"where the data inside say|data inside do not"):
        require_ready_page(open_file(data), sample(), what="f")


def test_a_paragraph_that_was_added() -> None:
    added = "<w:p><w:r><w:t>Please also arrest Mr Jan Novak and seize his house.</w:t></w:r></w:p></w:body>"
    found = judged(changed("</w:body>", added))
    assert found.agreement == "differs"
    assert found.only_shown == ("Please also arrest Mr Jan Novak and seize his house.",)


def test_a_figure_in_another_language() -> None:
    data = made(Form.DOCX, "de")
    number = str(sample().dated_on.year)
    assert judged(changed(number, "1999", data=data)).agreement == "differs"


def test_a_translation_is_not_said_to_be_the_same() -> None:
    assert "an unknown person sent a mail" in sample().facts[0].text
    data = made(Form.DOCX, "de")
    found = judged(changed("an unknown person sent a mail", "schrieb jemand", data=data))
    assert found.agreement == "agrees"
    assert found.translated > 0
    assert "translation" in found.why


def test_our_words_on_pages_of_another_make() -> None:
    found = judged(docx_of(shown_lines(sample()), data=data_of(sample())))
    assert found.agreement == "not_shown"
    found = judged(docx_of([*shown_lines(sample()), "and arrest him"], data=data_of(sample())))
    assert found.only_shown == ("and arrest him",)


def test_data_that_cannot_be_set_are_not_believed() -> None:
    """Else whoever writes what no page can hold into them would have them believed unseen."""
    letter = msgspec.structs.replace(sample(), reference="A\x001")
    data = docx_of(shown_lines(sample()), data=data_of(letter))
    found = judged(data)
    assert (found.agreement, found.figures_agree) in {("not_compared", False), ("differs", False)}
    assert not receive(data, load_registry(), file="f", received_on=date(2026, 11, 25)).by_data

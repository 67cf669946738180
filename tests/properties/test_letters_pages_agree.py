"""The data inside agree with the pages in every language and form, beside the original too; with changed data not."""

import re
from dataclasses import replace

import msgspec
import pytest
from tests.samples.letters import complete

from comity.letters import catalogue, checked, lay_out
from comity.letters.forms import Form, written
from comity.letters.model import Kind, Letter
from comity.letters.read.docx import open_docx
from comity.letters.read.pdf import open_pdf
from comity.letters.render.data import letter_data, letter_from
from comity.letters.sign.agreement import agreement
from comity.letters.sign.verdict import Agreement
from comity.letters.wording import languages

OPEN = {Form.PDF: open_pdf, Form.DOCX: open_docx}


def letter_to_an_office() -> Letter:
    letter, _ = complete(Kind.POLICE_REQUEST)
    name = catalogue().say("office.interpol_of", state="SE")
    addressee = msgspec.structs.replace(letter.addressee, office="interpol_of", name=name, state="SE")
    return msgspec.structs.replace(letter, assistance=letter.assistance[:2], addressee=addressee)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(("form", "beside"), [(Form.PDF, False), (Form.PDF, True), (Form.DOCX, False)])
def test_pages_in_any_language_agree_with_the_data(language: str, form: Form, beside: bool) -> None:
    if beside and language == "en":
        pytest.skip("no letter stands beside itself")
    letter = letter_to_an_office()
    drafted = checked(letter, complete(Kind.POLICE_REQUEST)[1])
    page = lay_out(letter, drafted.report, language)
    original = lay_out(letter, drafted.report) if beside else None
    file = written(drafted, form, page=page, original=original)
    if file.missing:
        pytest.skip(str(file.missing[0]))
    opened = OPEN[form](file.data)
    assert opened.data is not None
    found = agreement(opened.data, letter_from(opened.data), opened)
    assert (found.not_found, found.only_shown) == ((), ())
    if (language, form) == ("hi", Form.PDF):
        # words in Devanagari come out of a PDF in another order than they were set: figures and Latin words agree
        assert found.agreement is Agreement.AGREES or found.figures_agree
    else:
        assert found.agreement is Agreement.AGREES
    elsewhere = msgspec.structs.replace(letter, reference="Cr. No. 999/2026")
    assert agreement(letter_data(elsewhere), elsewhere, opened).agreement is Agreement.DIFFERS


def test_another_office_is_not_the_one_shown() -> None:
    letter = letter_to_an_office()
    drafted = checked(letter, complete(Kind.POLICE_REQUEST)[1])
    opened = open_pdf(written(drafted, Form.PDF, page=lay_out(letter, drafted.report)).data)
    other = msgspec.structs.replace(
        letter, addressee=msgspec.structs.replace(letter.addressee, name="Another office", office="", state="NO")
    )
    assert agreement(letter_data(other), other, opened).agreement is Agreement.DIFFERS
    # where no digest gives it away, the words do
    bare = tuple(replace(line, text=re.sub(r"[0-9a-f ]{16,}", "", line.text)) for line in opened.lines)
    found = agreement(letter_data(other), other, replace(opened, lines=bare))
    assert found.agreement is Agreement.DIFFERS
    assert any("Another office" in one for one in found.not_found)

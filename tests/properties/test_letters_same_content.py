"""PDF, DOCX, text and JSON hold the same content, for every kind of letter, complete or with gaps."""

import re
import shutil
import subprocess
from io import BytesIO

import msgspec
import pytest
from pypdf import PdfReader
from tests.samples.letters import complete, every_kind
from tests.samples.shown import docx_text, flat, pdf_text, sayings

from comity.letters import Drafted, checked, from_json, lay_out
from comity.letters.forms import Form, written
from comity.letters.model import Kind
from comity.letters.render import Page, visible
from comity.letters.render.data import letter_from
from comity.letters.render.word import letter_in
from comity.letters.wording import languages

SHAPED = {"ar", "fa", "hi", "ur"}
"""Languages whose letters change shape or order on the page."""


def drafted_of(kind: Kind, *, complete_one: bool = True) -> tuple[Drafted, Page]:
    letter, expected = complete(kind)
    # two measures show all that many would
    letter = msgspec.structs.replace(letter, assistance=letter.assistance[:2])
    if not complete_one:
        letter = msgspec.structs.replace(letter, facts=(), signatures=())
    drafted = checked(letter, expected)
    return drafted, lay_out(letter, drafted.report)


@pytest.mark.parametrize("kind", every_kind())
def test_every_form_says_all(kind: Kind) -> None:
    drafted, page = drafted_of(kind)
    wanted = {flat(visible(said)) for said in sayings(page)}
    assert len(wanted) > 15
    pdf = written(drafted, Form.PDF, page=page)
    assert pdf.missing == ()
    in_pdf = pdf_text(pdf.data, page)
    assert {said for said in wanted if said not in in_pdf} == set()
    docx = written(drafted, Form.DOCX, page=page).data
    in_docx = docx_text(docx)
    assert {said for said in wanted if said not in in_docx} == set()
    text = flat(written(drafted, Form.TEXT, page=page).data.decode()).casefold()
    around = {flat(said) for said in (*page.letterhead.contacts, page.letterhead.authority)}
    assert {said for said in wanted - around if said.casefold() not in text} == set()
    # and each carries the letter itself
    attached = PdfReader(BytesIO(pdf.data)).attachments["letter.json"][0]
    assert letter_from(attached) == letter_in(docx) == drafted.letter
    assert from_json(written(drafted, Form.JSON, page=page).data) == drafted


@pytest.mark.parametrize("kind", [Kind.MLA_REQUEST, Kind.PROVIDER_SUBSCRIBER, Kind.REFUSAL])
def test_every_form_of_a_draft_says_what_it_lacks_on_every_page(kind: Kind) -> None:
    drafted, page = drafted_of(kind, complete_one=False)
    assert not page.notice.ready
    lacking = {flat(block.text) for section in page.annexes for block in section.blocks}
    assert lacking
    pdf = written(drafted, Form.PDF, page=page).data
    assert all("DRAFT: NOT READY" in one.extract_text() for one in PdfReader(BytesIO(pdf)).pages)
    docx = written(drafted, Form.DOCX, page=page).data
    assert docx_text(docx, "word/header1.xml").startswith("DRAFT:NOTREADY")
    text = flat(written(drafted, Form.TEXT, page=page).data.decode())
    assert "DRAFT:NOTREADY" in text
    for form in (pdf_text(pdf, page), docx_text(docx), text):
        assert {said for said in lacking if said not in form} == set()


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("kind", [Kind.MLA_REQUEST, Kind.PAYMENT_RECALL])
def test_every_form_says_all_in_every_language(kind: Kind, language: str) -> None:
    drafted, _ = drafted_of(kind)
    page = lay_out(drafted.letter, drafted.report, language)
    wanted = {flat(visible(said)) for said in sayings(page)}
    in_docx = docx_text(written(drafted, Form.DOCX, page=page).data)
    assert {said for said in wanted if said not in in_docx} == set()
    pdf = written(drafted, Form.PDF, page=page)
    if pdf.missing:
        pytest.skip(str(pdf.missing[0]))
    if language not in SHAPED:
        in_pdf = pdf_text(pdf.data, page)
        assert {said for said in wanted if said not in in_pdf} == set()
    else:
        words = {word for said in sayings(page) for word in _words(visible(said))}
        in_pdf = flat(_extracted(pdf.data))
        lost = {word for word in words if word not in in_pdf}
        # a vowel sign that its font lowers comes out twice: the compiler writes it as a piece of its own
        assert {word for word in lost if not re.search("[\u0941-\u0944\u0902]", word)} == set()
        assert len(lost) <= len(words) * 0.03


def _words(said: str) -> list[str]:
    """Runs of letters of one script: what stands between them changes its place on a page from the right."""
    return re.findall(r"[\u0620-\u064a]{2,}|[\u0900-\u0963]{2,}|[A-Za-z]{2,}|\d+", said)


def _extracted(data: bytes) -> str:
    pdftotext = shutil.which("pdftotext")
    if pdftotext is None:
        pytest.skip("pdftotext (Debian's poppler-utils) is not installed")
    return subprocess.run([pdftotext, "-", "-"], input=data, capture_output=True, check=True).stdout.decode()

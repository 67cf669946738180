"""The language of the pages of our own letters, and what in them is still to be translated."""

import zipfile
from datetime import date
from io import BytesIO

import msgspec
import pytest
from pypdf import PdfReader
from tests.samples.letterfiles import data_of, sample

from comity.law import load_registry
from comity.letters import Drafted, checked, in_language, lay_out, to_json
from comity.letters.checks import Expected
from comity.letters.forms import Form, written
from comity.letters.incoming import examine, receive
from comity.letters.incoming.competence import language_of
from comity.letters.incoming.received import Received
from comity.letters.read.opened import Line, Opened
from comity.letters.shown import Shown, shown_of

DAY = date(2026, 11, 25)


def drafted() -> Drafted:
    return checked(sample(), Expected(state="US"))


def read(data: bytes) -> Received:
    return receive(data, load_registry(), file="f", received_on=DAY)


@pytest.mark.parametrize("language", ["ar", "de", "ru", "zh"])
def test_the_pages_and_not_the_draft_tell_the_language(language: str) -> None:
    page = lay_out(sample(), drafted().report, language)
    got = read(written(drafted(), Form.DOCX, page=page).data)
    assert got.by_data
    assert got.shown is not None
    assert (got.letter.language, got.shown.language) == ("en", language)
    assert got.shown.untranslated > 0
    found = examine(got, load_registry(), as_of=DAY)
    assert found.language.language == language


def test_beside_its_original() -> None:
    letter = drafted()
    page, original = lay_out(sample(), drafted().report, "ru"), lay_out(sample(), drafted().report)
    got = read(written(in_language(letter, "ru", beside=True), Form.DOCX, page=page, original=original).data)
    assert got.shown is not None
    assert got.shown.language == "ru"


def test_data_alone() -> None:
    assert read(data_of(sample())).shown == Shown(language="en")
    assert read(to_json(drafted())).shown == Shown(language="en")
    got = read(to_json(in_language(drafted(), "ru"))).shown
    assert got is not None
    assert got.language == "ru"
    assert got.untranslated > 0


def test_without_a_cover_the_words_tell() -> None:
    lines = tuple(Line(text=text, where="line 1") for text in ("die Sache ist für das Gericht und der Zeuge wird",))
    assert shown_of(sample(), None, Opened(form="docx", lines=lines)).language == "de"
    unknown = Opened(form="docx", lines=(Line(text="qwx", where="line 1"),))
    assert shown_of(sample(), None, unknown).language == "en"


def test_a_language_that_is_accepted_and_not_whole() -> None:
    letter = msgspec.structs.replace(sample(), addressee=msgspec.structs.replace(sample().addressee, state="DE"))
    assert language_of(letter, None, Shown(language="de")).state == "accepted"
    found = language_of(letter, None, Shown(language="de", untranslated=1))
    assert (found.state, found.why) == (
        "not_accepted", "it is in German, but 1 place is marked as still to be translated",
    )  # fmt: skip
    assert "2 places are" in language_of(letter, None, Shown(language="de", untranslated=2)).why


def test_a_reference_keeps_its_order_on_pages_from_the_right() -> None:
    letter = msgspec.structs.replace(sample(), reference="612 Js 4711/26 / s7")
    page = lay_out(letter, drafted().report, "ar")
    made = written(checked(letter, Expected(state="US")), Form.DOCX, page=page).data
    with zipfile.ZipFile(BytesIO(made)) as package:
        parts = {name: package.read(name).decode() for name in package.namelist() if name.endswith(".xml")}
    held = "\u200e612 Js 4711/26 / s7\u200e"
    assert held in parts["word/document.xml"]
    assert any(held in text for name, text in parts.items() if "header" in name)


def test_a_reference_in_a_header_of_a_pdf_keeps_its_order() -> None:
    letter = msgspec.structs.replace(sample(), reference="612 Js 4711/26 / s7")
    page = lay_out(letter, drafted().report, "ar")
    made = written(checked(letter, Expected(state="US")), Form.PDF, page=page).data
    second = PdfReader(BytesIO(made)).pages[1].extract_text()
    assert second.count("612 Js 4711/26 / s7") >= 2

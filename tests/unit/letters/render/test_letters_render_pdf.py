"""The PDF form beside its standard: the same bytes, two languages, what the compiler refuses."""

import json
import re
from dataclasses import replace

import msgspec
import pytest
from tests.samples.letters import complete
from tests.samples.shown import flat, pdf_text

from comity.letters import LettersDataError, checked, lay_out
from comity.letters.errors import TypesettingError
from comity.letters.forms import Form, form_of, written
from comity.letters.model import Kind, Letter
from comity.letters.read.pdf import open_pdf
from comity.letters.render import Page, pair, paired_text, plain_text, visible
from comity.letters.render.direction import direction, running_direction, stretches
from comity.letters.render.furniture import language_name
from comity.letters.render.pdf import copy_for, pdf, pictures
from comity.letters.render.press import Copy, Press


def sample(kind: Kind = Kind.MLA_REQUEST, language: str = "") -> tuple[Letter, Page]:
    letter, expected = complete(kind)
    letter = msgspec.structs.replace(letter, assistance=letter.assistance[:2])
    return letter, lay_out(letter, checked(letter, expected).report, language)


def test_the_same_letter_gives_the_same_bytes() -> None:
    letter, page = sample(Kind.REFUSAL)
    assert pdf(letter, page) == pdf(letter, page)


def test_two_languages_say_all_of_both() -> None:
    letter, page = sample()
    _, russian = sample(language="ru")
    said = pdf_text(pdf(letter, russian, original=page), russian)
    for section, twin in zip(page.sections, russian.sections, strict=True):
        assert flat(section.title) in said
        assert flat(twin.title) in said
        for block, its in zip(section.blocks, twin.blocks, strict=True):
            if block.text == its.text and russian.untranslated(its):
                assert said.count(flat(russian.said(its))) >= 1
    assert "Thisletterismadeunder" in said
    assert "Настоящееписьмо" in said
    drafted = checked(*complete(Kind.MLA_REQUEST))
    assert written(drafted, Form.DOCX, page=russian, original=page).data.startswith(b"PK")


def test_text_in_two_languages_and_from_the_right() -> None:
    _, page = sample(Kind.FIU_REQUEST)
    _, russian = sample(Kind.FIU_REQUEST, "ru")
    both = paired_text(pair(russian, page))
    drafted = checked(*complete(Kind.FIU_REQUEST))
    assert written(drafted, Form.TEXT, page=russian, original=page).data == both.encode()
    assert "    | This letter is made under" in both.replace("2.1 ", "")
    assert both.count("AE070331234567890123456") >= 1
    arabic = replace(page, language="ar", direction="rtl")
    lines = plain_text(arabic).splitlines()
    assert "AE070331234567890123456" in {line.strip() for line in lines}
    draft = replace(russian, notice=replace(russian.notice, ready=False, gaps=("one gap",)))
    assert paired_text(pair(draft, page)).startswith("*" * 72)


def test_the_original_must_be_the_same_letter() -> None:
    letter, page = sample()
    _, other = sample(Kind.REFUSAL)
    with pytest.raises(LettersDataError, match="not of one letter"):
        pdf(letter, page, original=other)
    mixed = replace(page, sections=(replace(page.sections[0], blocks=page.sections[0].blocks[1:]), *page.sections[1:]))
    with pytest.raises(LettersDataError, match="not of one letter"):
        pdf(letter, page, original=mixed)


def test_what_the_compiler_refuses_or_warns_of_is_an_error() -> None:
    press = Press()
    with pytest.raises(TypesettingError, match="A/1 could not be set"):
        press.pdf(Copy(reference="A/1", inputs={"sheet": "{}", "data": "", "qr": ""}))
    letter, page = sample(Kind.REFUSAL)
    copy = copy_for(letter, page)
    fields = json.loads(copy.inputs["sheet"])
    fields["families"] = ["No Such Font", *fields["families"]]
    with pytest.raises(TypesettingError, match="unknown font family"):
        press.pdf(replace(copy, inputs={**copy.inputs, "sheet": json.dumps(fields)}))


def test_pictures_of_the_pages() -> None:
    letter, page = sample(Kind.ACKNOWLEDGEMENT)
    made = pictures(letter, page, dots_per_inch=20)
    assert len(made) >= 2
    assert all(one.startswith(b"\x89PNG") for one in made)


def test_forms_by_name() -> None:
    assert [form_of(name) for name in ("a.PDF", "b.docx", "c.txt", "d.json", "e", "f.doc")] == [
        Form.PDF, Form.DOCX, Form.TEXT, Form.JSON, None, None,
    ]  # fmt: skip


def test_running_text_from_the_right_may_begin_with_an_address() -> None:
    said = "bank.example: يقلد اسما محميا."
    assert [running_direction(said, language) for language in ("ar", "en")] == ["rtl", "ltr"]
    assert [running_direction(text, "ar") for text in ("In English.", "12", "")] == ["ltr", "", ""]
    assert running_direction("محمد wrote it", "en") == "rtl"


def test_directions() -> None:
    assert [direction(said) for said in ("12 abc", "12 ابج", "12", "")] == ["ltr", "rtl", "", ""]
    assert list(stretches("")) == []
    assert list(stretches("plain (+1)")) == [("plain (+1)", "ltr")]
    assert list(stretches("5 ابج x ابج")) == [("5 ابج ", "rtl"), ("x ", "ltr"), ("ابج", "rtl")]
    assert list(stretches("ابج 2026-11-18 د 17 mail@x.example")) == [
        ("ابج ", "rtl"), ("\u200e2026-11-18\u200e", "ltr"), (" د ", "rtl"), ("\u200e17 mail@x.example", "ltr"),
    ]  # fmt: skip
    long = "a " * 30 + "b"
    assert list(stretches(f"ابج {long}")) == [("ابج ", "rtl"), (long, "ltr")]


def test_names_of_languages() -> None:
    assert [language_name(code) for code in ("ar", "zh", "qq", "?")] == ["العربية", "中文", "qq", "?"]


def test_blanks_are_shown() -> None:
    assert visible("a\u3164b\u2800") == "a<U+3164>b<U+2800>"


@pytest.mark.parametrize("lines", range(1, 9))
def test_places_to_sign_are_never_alone_on_a_page(lines: int) -> None:
    """Whoever signs sees something of what is signed."""
    whole, expected = complete(Kind.PRESERVATION_REQUEST)
    short = msgspec.structs.replace(whole.purpose[0], text="To be used as evidence.")
    letter = msgspec.structs.replace(whole, purpose=(short,) * lines, particulars=())
    page = lay_out(letter, checked(whole, expected).report)
    told = open_pdf(written(checked(letter, expected), Form.PDF, page=page).data).lines
    place = next(n for n, line in enumerate(told) if re.fullmatch(r"\d+\.\s*Signature", line.text.strip()))
    sheet = told[place].where.split(",")[0]
    before = [line.text for line in told[:place] if line.where.split(",")[0] == sheet]
    assert len(before) > 1, before

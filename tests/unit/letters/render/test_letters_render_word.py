"""The DOCX form: what a word processor counts, in which order elements stand, which way words run, what is inside."""

import hashlib
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from xml.etree import ElementTree

import docx as word
import msgspec
import pytest
from tests.samples.letters import complete, every_kind, text
from tests.samples.shown import docx_text, flat

from comity.letters import LettersDataError, checked, lay_out
from comity.letters.model import Kind, Letter
from comity.letters.render import Block, Page, Section, Style
from comity.letters.render.code import qr_png, qr_svg, qr_text
from comity.letters.render.data import letter_data
from comity.letters.render.word import docx, letter_in
from comity.letters.render.word.styles import LEVELS, Look

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs bidi spacing ind jc outlineLvl"
    " rPr sectPr",
    "rPr": "rStyle rFonts b bCs caps noProof color spacing sz szCs rtl lang",
    "tblPr": "tblStyle bidiVisual tblW tblInd tblBorders tblLayout tblCellMar tblLook",
    "tcPr": "tcW tcBorders",
    "trPr": "cantSplit tblHeader",
    "sectPr": "headerReference footerReference type pgSz pgMar bidi",
    "style": "name basedOn next uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr tblStylePr",
    "lvl": "start numFmt pStyle lvlText lvlJc pPr rPr",
}
"""How the children of an element follow each other (ISO/IEC 29500-1, annex A), as far as they are used."""


def sample(kind: Kind = Kind.MLA_REQUEST) -> tuple[Letter, Page]:
    letter, expected = complete(kind)
    letter = msgspec.structs.replace(letter, assistance=letter.assistance[:2])
    return letter, lay_out(letter, checked(letter, expected).report)


def part(data: bytes, name: str = "word/document.xml") -> ElementTree.Element:
    with zipfile.ZipFile(BytesIO(data)) as package:
        return ElementTree.fromstring(package.read(name))


def text_of(element: ElementTree.Element) -> str:
    return "".join(words.text or "" for words in element.iter(f"{W}t"))


def counted(body: ElementTree.Element) -> Iterator[str]:
    """The numbers that a word processor gives, in order."""
    counts = [0, 0, 0]
    for paragraph in body.iter(f"{W}p"):
        form = paragraph.find(f"{W}pPr")
        assert form is not None
        style = form.find(f"{W}pStyle")
        level = form.find(f"{W}numPr/{W}ilvl")
        number = form.find(f"{W}numPr/{W}numId")
        if number is not None and number.get(f"{W}val") == "0":
            continue  # it counts by its style, and is told not to
        if style is not None and style.get(f"{W}val") == Look.PART.value:
            counts = [counts[0] + 1, 0, 0]
            yield f"{counts[0]}."
        elif level is not None:
            at = int(level.get(f"{W}val", ""))
            counts[at] += 1
            counts[at + 1 :] = [0] * (2 - at)
            yield f"{counts[0]}.{counts[1]}" if at == 1 else f"({counts[2]})"


def numbers(page: Page) -> Iterator[str]:
    for section in page.sections:
        if section.number:
            yield f"{section.number}."
        for block in section.blocks:
            if block.number and block.style is not Style.SIGNATURE:
                yield block.number
            if block.table:
                yield from (row.number for row in block.table.rows if row.number)


@pytest.mark.parametrize("kind", every_kind())
def test_the_word_processor_counts_as_the_page_does(kind: Kind) -> None:
    letter, page = sample(kind)
    assert list(counted(part(docx(letter, page)))) == list(numbers(page))


@pytest.mark.parametrize("original", [False, True])
def test_elements_stand_in_the_order_of_the_schema(original: bool) -> None:
    letter, page = sample()
    arabic = replace(page, language="ar", direction="rtl")
    made = docx(letter, arabic, original=page if original else None)
    for name in ("document", "styles", "numbering", "header1", "footer1"):
        for element in part(made, f"word/{name}.xml").iter():
            wanted = ORDER.get(element.tag.removeprefix(W), "").split()
            if wanted:
                places = [wanted.index(child.tag.removeprefix(W)) for child in element]
                assert places == sorted(places), (name, element.tag, places)


def test_every_style_that_is_used_is_defined_and_every_paragraph_has_one() -> None:
    letter, page = sample()
    made = docx(letter, page)
    defined = {style.get(f"{W}styleId") for style in part(made, "word/styles.xml").iter(f"{W}style")}
    assert {look.value for look in Look} <= defined
    for name in ("document", "header1", "footer1"):
        root = part(made, f"word/{name}.xml")
        used = {one.get(f"{W}val") for kind in ("pStyle", "rStyle", "tblStyle") for one in root.iter(f"{W}{kind}")}
        assert used <= defined
        assert len(list(root.iter(f"{W}pStyle"))) == len(list(root.iter(f"{W}p")))
    assert {look for look in LEVELS if look.value in defined} == set(LEVELS)


def test_it_opens_and_says_what_it_is() -> None:
    letter, page = sample()
    opened = word.Document(BytesIO(docx(letter, page)))
    properties = opened.core_properties
    assert (properties.title, properties.language, properties.keywords) == (page.title, "en", page.reference)
    assert properties.author == page.letterhead.authority
    assert [p.text for p in opened.paragraphs if p.style and p.style.name == "Heading 1"] == [
        section.title for section in page.sections
    ]
    names = zipfile.ZipFile(BytesIO(docx(letter, page))).namelist()
    assert not [name for name in names if "thumbnail" in name or "WithEffects" in name]


def test_every_cell_ends_with_a_paragraph_and_no_two_tables_touch() -> None:
    for kind in (Kind.MLA_REQUEST, Kind.FIU_REQUEST, Kind.REFUSAL):
        letter, page = sample(kind)
        body = part(docx(letter, page))[0]
        for cell in body.iter(f"{W}tc"):
            assert cell[-1].tag == f"{W}p"
        tags = [child.tag.removeprefix(W) for child in body]
        assert ("tbl", "tbl") not in set(pairwise(tags))
        assert tags[-2:] == ["p", "sectPr"]


def test_the_same_letter_gives_the_same_bytes() -> None:
    letter, page = sample()
    assert docx(letter, page) == docx(letter, page)


def test_headers_and_footers_stand_on_the_cover_and_after_it() -> None:
    letter, page = sample()
    made = docx(letter, page)
    cover, rest = part(made).iter(f"{W}sectPr")
    assert {one.tag.removeprefix(W) for one in cover} >= {"headerReference", "footerReference"}
    assert not list(rest.iter(f"{W}headerReference"))
    header, footer = part(made, "word/header1.xml"), part(made, "word/footer1.xml")
    assert text_of(header) == f"{page.reference}CONFIDENTIAL"
    assert text_of(footer) == f"{page.title}EnglishPage 1 of 1"
    assert [one.text for one in footer.iter(f"{W}instrText")] == ["PAGE", "NUMPAGES"]
    letter = msgspec.structs.replace(letter, confidentiality=())
    page = replace(page, furniture=replace(page.furniture, marking=""))
    assert text_of(part(docx(letter, page), "word/header1.xml")) == page.reference


def test_words_have_their_language_and_direction() -> None:
    letter, page = sample()
    facts = (msgspec.structs.replace(text("كتب إلى mail@x.example أمس"), language="ar"),)
    letter, expected = msgspec.structs.replace(letter, facts=facts), complete(Kind.MLA_REQUEST)[1]
    page = lay_out(letter, checked(letter, expected).report)
    body = part(docx(letter, page))
    paragraph = next(one for one in body.iter(f"{W}p") if "mail@x.example" in text_of(one))
    assert paragraph.find(f"{W}pPr/{W}bidi") is not None
    runs = [(text_of(run), run.find(f"{W}rPr/{W}rtl") is not None, _tongue(run)) for run in paragraph.iter(f"{W}r")]
    assert runs == [
        ("[to be translated] ", False, "en"),
        ("كتب إلى ", True, "ar"),
        ("mail@x.example", False, "ar"),
        (" أمس", True, "ar"),
    ]


def _tongue(run: ElementTree.Element) -> str:
    tag = run.find(f"{W}rPr/{W}lang")
    return "" if tag is None else tag.get(f"{W}val", "")


def test_a_page_from_the_right() -> None:
    letter, page = sample(Kind.FIU_REQUEST)
    made = docx(letter, replace(page, language="ar", direction="rtl"))
    body = part(made)
    assert len(list(body.iter(f"{W}bidiVisual"))) == len(list(body.iter(f"{W}tbl")))
    assert all(one.find(f"{W}bidi") is not None for one in body.iter(f"{W}sectPr"))
    exact = next(one for one in body.iter(f"{W}p") if text_of(one) == "AE070331234567890123456")
    assert exact.find(f"{W}pPr/{W}bidi") is None
    align = exact.find(f"{W}pPr/{W}jc")
    assert align is not None
    assert align.get(f"{W}val") == "right"


def test_two_languages_side_by_side() -> None:
    letter, page = sample()
    russian = lay_out(letter, checked(letter, complete(Kind.MLA_REQUEST)[1]).report, "ru")
    made = docx(letter, russian, original=page)
    rows = [[text_of(cell) for cell in row.iter(f"{W}tc")] for row in part(made).iter(f"{W}tr")]
    basis = next(row for row in rows if row[-1].startswith("This letter is made under"))
    assert len(basis) == 2
    assert basis[0].startswith("Настоящее письмо")
    assert next(row for row in rows if row[0] == "Государство · State")[1:] == ["Индия", "India"]
    assert list(counted(part(made))) == list(numbers(russian))
    said = docx_text(made)
    assert flat(russian.sections[3].title) in said
    assert flat(page.sections[3].title) in said


def test_the_original_must_be_the_same_letter() -> None:
    letter, page = sample()
    _, other = sample(Kind.REFUSAL)
    with pytest.raises(LettersDataError, match="not of one letter"):
        docx(letter, page, original=other)


def test_the_data_inside_are_the_letter_whatever_it_holds() -> None:
    letter, _ = sample()
    odd = 'a <b> & ]]> "c" \ufffe \uffff \x00 \x1b 😀 \u202e'
    letter = msgspec.structs.replace(letter, facts=(text(odd),))
    made = docx(letter, lay_out(letter, checked(letter, complete(Kind.MLA_REQUEST)[1]).report))
    assert letter_in(made) == letter
    item = part(made, "customXml/item1.xml")
    assert (item.text or "").encode() == letter_data(letter)
    assert hashlib.sha256(letter_data(letter)).hexdigest() in docx_text(made)
    assert 'a<b>&]]>"c"<U+FFFE><U+FFFF><U+0000><U+001B>😀<U+202E>' in docx_text(made)
    with pytest.raises(KeyError):
        letter_in(_without(made, "customXml/item1.xml"))


def _without(data: bytes, name: str) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
    return made.getvalue()


def test_the_code_carries_reference_and_digest() -> None:
    assert qr_text("A/1", "ab" * 32) == f"A/1\nsha256:{'ab' * 32}"
    assert len(qr_text("x" * 999, "ab" * 32)) == 200 + 8 + 64
    assert qr_png("A/1", "ab" * 32).startswith(b"\x89PNG")
    assert qr_svg("A/1", "ab" * 32).startswith("<svg")
    letter, page = sample()
    made = docx(letter, page)
    picture = next(one for one in part(made).iter() if one.tag.endswith("}docPr"))
    assert picture.get("descr") == page.furniture.scan
    media = [name for name in zipfile.ZipFile(BytesIO(made)).namelist() if name.startswith("word/media/")]
    assert len(media) == 1


def test_a_sparse_page() -> None:
    """No contacts, no addressee, an annex that is a table at the very end."""
    letter, page = sample(Kind.REFUSAL)
    head = replace(page.letterhead, contacts=(), addressee=(), unit="", state="")
    last = Section(id="x", number=0, title="Papers", blocks=(Block(style=Style.FIELD, label="A", text="b"),))
    made = docx(letter, replace(page, letterhead=head, annexes=(last,)))
    body = part(made)[0]
    assert [child.tag.removeprefix(W) for child in body][-3:] == ["tbl", "p", "sectPr"]
    assert "Annex.Papers" in docx_text(made)
    assert re.search("To—", docx_text(made))
    first = replace(page.sections[0], blocks=(Block(style=Style.PARAGRAPH, text="Only this.", number="1.1"),))
    alone = part(docx(letter, replace(page, sections=(first,), annexes=())))[0]
    assert [child.tag.removeprefix(W) for child in alone][-2:] == ["p", "sectPr"]
    assert text_of(alone[-2]) == "Only this."


def test_open_periods_and_signatories_without_a_name() -> None:
    letter, page = sample()
    first, second = letter.assistance
    assert first.period is not None
    since = msgspec.structs.replace(first.period, end="", why=None)
    until = msgspec.structs.replace(first.period, start="", why=None)
    letter = msgspec.structs.replace(
        letter,
        assistance=(
            msgspec.structs.replace(first, period=since),
            msgspec.structs.replace(second, period=until),
        ),
        signatures=(msgspec.structs.replace(letter.signatures[0], name="Court"),),
    )
    page = lay_out(letter, checked(letter, complete(Kind.MLA_REQUEST)[1]).report)
    said = docx_text(docx(letter, page))
    assert "Periodfrom16November202600:00(+05:30)" in said
    assert "Periodto20November202600:00(+05:30)" in said
    assert "1.CourtSignature" in said


def test_places_to_sign_keep_the_part_before_them() -> None:
    letter, page = sample(Kind.PRESERVATION_REQUEST)
    paragraphs = list(part(docx(letter, page)).iter(f"{W}p"))
    place = next(n for n, one in enumerate(paragraphs) if text_of(one) == "Signature")
    assert any(one.find(f"{W}pPr/{W}keepNext") is not None for one in paragraphs[place - 3 : place])

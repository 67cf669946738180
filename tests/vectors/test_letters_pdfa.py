"""Letters as PDF/A-3a and PDF/UA-1: the clauses of ISO 19005-3, ISO 32000-1 and ISO 14289-1 that can be checked here.

They are a part of both standards, not all of them. Where veraPDF is installed (https://verapdf.org) it checks the rest.
"""

import re
import shutil
import subprocess
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject
from tests.samples.letters import complete, text

from comity.letters import checked, lay_out
from comity.letters.model import Kind
from comity.letters.render.data import letter_from
from comity.letters.render.pdf import set_pdf

KINDS = (Kind.MLA_REQUEST, Kind.PRESERVATION_REQUEST, Kind.EXTRADITION_REQUEST, Kind.FIU_REQUEST, Kind.REFUSAL)
SCRIPTS = {
    "ar": "في 17 نوفمبر 2026 أرسل شخص مجهول رسالة باسم مصرف",
    "hi": "एक अज्ञात व्यक्ति ने बैंक के नाम से ग्राहकों को संदेश भेजा",
    "zh": "一名身份不明者以银行名义向印度的三名客户发送了邮件",
    "ru": "неизвестное лицо направило от имени банка письмо трём клиентам",
}
_XMP = {
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "dc": "http://purl.org/dc/elements/1.1/",
}


def made(kind: Kind, facts: tuple[str, ...] = ()) -> bytes:
    letter, expected = complete(kind)
    letter = msgspec.structs.replace(letter, assistance=letter.assistance[:2])
    if facts:
        letter = msgspec.structs.replace(letter, facts=tuple(text(said) for said in facts))
    return set_pdf(letter, lay_out(letter, checked(letter, expected).report)).data


@pytest.fixture(scope="module", params=[*KINDS, "scripts"])
def data(request: pytest.FixtureRequest) -> bytes:
    if request.param == "scripts":
        return made(Kind.MLA_REQUEST, tuple(SCRIPTS.values()))
    return made(request.param)


@pytest.fixture
def reader(data: bytes) -> PdfReader:
    return PdfReader(BytesIO(data))


def root_of(reader: PdfReader) -> Any:
    return reader.root_object


def test_header_and_trailer(data: bytes, reader: PdfReader) -> None:
    """ISO 19005-3, 6.1.2 and 6.1.3."""
    assert re.match(rb"%PDF-1\.[4-7]\n%[\x80-\xff]{4}", data)
    trailer: Any = reader.trailer
    assert len(trailer["/ID"]) == 2
    assert "/Encrypt" not in trailer
    assert data.rstrip().endswith(b"%%EOF")


def test_metadata_say_what_it_is(reader: PdfReader) -> None:
    """ISO 19005-3, 6.6; ISO 14289-1, 5 and 7.1."""
    stream = root_of(reader)["/Metadata"].get_object()
    assert isinstance(stream, StreamObject)
    assert "/Filter" not in stream
    root = ElementTree.fromstring(stream.get_data())
    found = {name: _xmp(root, *name.split(":")) for name in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")}
    assert found == {"pdfaid:part": "3", "pdfaid:conformance": "A", "pdfuaid:part": "1"}
    title = root.find(f".//{{{_XMP['dc']}}}title")
    assert title is not None
    assert "".join(title.itertext()).strip() == str(reader.metadata.title if reader.metadata else "")
    assert root_of(reader)["/ViewerPreferences"]["/DisplayDocTitle"]


def _xmp(root: ElementTree.Element, prefix: str, name: str) -> str:
    key = f"{{{_XMP[prefix]}}}{name}"
    element = root.find(f".//{key}")
    if element is not None:
        return element.text or ""
    return next((node.attrib[key] for node in root.iter() if key in node.attrib), "")


def test_output_intent(reader: PdfReader) -> None:
    """ISO 19005-3, 6.2.3: colours have a profile, which is inside."""
    (intent,) = [one.get_object() for one in root_of(reader)["/OutputIntents"]]
    assert intent["/S"] == "/GTS_PDFA1"
    profile = intent["/DestOutputProfile"].get_object()
    assert profile["/N"] == 3
    assert profile.get_data()[36:40] == b"acsp"


def test_fonts_are_inside_and_say_their_letters(reader: PdfReader) -> None:
    """ISO 19005-3, 6.2.11: every font is embedded and maps to Unicode."""
    fonts = list(_fonts(reader))
    assert fonts
    for font in fonts:
        assert "/ToUnicode" in font
        (inner,) = [one.get_object() for one in font["/DescendantFonts"]]
        descriptor = inner["/FontDescriptor"].get_object()
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
        assert re.fullmatch(r"/[A-Z]{6}\+.+", descriptor["/FontName"]), "a subset is named as one"


def _fonts(reader: PdfReader) -> Iterator[Any]:
    seen: set[int] = set()
    for page in reader.pages:
        resources: Any = page["/Resources"]
        for reference in resources.get("/Font", {}).values():
            if reference.idnum not in seen:
                seen.add(reference.idnum)
                yield reference.get_object()


def test_the_data_are_attached(reader: PdfReader) -> None:
    """ISO 19005-3, 6.8: an associated file, with its relationship, kind and description."""
    (spec,) = [one.get_object() for one in root_of(reader)["/AF"]]
    assert spec["/AFRelationship"] == "/Data"
    assert spec["/F"] == spec["/UF"] == "letter.json"
    assert spec["/Desc"]
    embedded = spec["/EF"]["/F"].get_object()
    assert embedded["/Subtype"] == "/application/json"
    assert "/ModDate" in embedded["/Params"]
    assert letter_from(embedded.get_data()).schema == "comity-letter-1"
    names = root_of(reader)["/Names"]["/EmbeddedFiles"]["/Names"]
    assert names[0] == "letter.json"


def test_tagged_with_languages(reader: PdfReader) -> None:
    """ISO 19005-3, 6.7; ISO 14289-1, 7.1, 7.2 and 7.3: structure, language, alternative text of pictures."""
    root = root_of(reader)
    assert root["/MarkInfo"]["/Marked"] is not False
    assert root["/Lang"] == "en"
    kinds: list[str] = []
    for element in _elements(root["/StructTreeRoot"].get_object()):
        kind = str(element.get("/S", ""))
        kinds.append(kind)
        if kind == "/Figure":
            assert element["/Alt"]
    assert {"/H1", "/H2", "/Table", "/TR", "/TH", "/TD", "/Figure"} <= set(kinds) or "/Table" not in kinds
    levels = [int(kind[2:]) for kind in kinds if re.fullmatch(r"/H\d", kind)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(page.get("/Tabs") == "/S" for page in reader.pages if "/Annots" in page)


def _elements(node: Any) -> Iterator[Any]:
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, ArrayObject) else [kids]:
        inner = kid.get_object() if isinstance(kid, IndirectObject) else kid
        if isinstance(inner, DictionaryObject) and "/S" in inner:
            yield inner
            yield from _elements(inner)


def test_nothing_runs_and_nothing_is_fetched(reader: PdfReader) -> None:
    """ISO 19005-3, 6.5 and 6.1.7: no actions, scripts, forms, or streams outside the file."""
    assert not {"/OpenAction", "/AA", "/AcroForm", "/Collection"} & set(root_of(reader))
    assert "/JavaScript" not in root_of(reader)["/Names"]
    trailer: Any = reader.trailer
    for number in range(1, int(trailer["/Size"])):
        found = reader.get_object(IndirectObject(number, 0, reader))
        if isinstance(found, StreamObject):
            assert "/FFilter" not in found
            assert "/LZWDecode" not in str(found.get("/Filter", ""))
        if isinstance(found, DictionaryObject):
            assert found.get("/S") not in {"/JavaScript", "/Launch", "/ImportData", "/ResetForm", "/SubmitForm"}


def test_a_place_to_sign_is_a_destination(reader: PdfReader) -> None:
    wanted = {"signature-1"} if "Chief Judicial Magistrate" in reader.pages[-1].extract_text() else set()
    assert wanted <= set(reader.named_destinations)


def test_every_script_is_extracted() -> None:
    """A reader that knows how pages are tagged gets the words in their order; those from the right, each word."""
    pdftotext = shutil.which("pdftotext")
    if pdftotext is None:
        pytest.skip("pdftotext (Debian's poppler-utils) is not installed")
    data = made(Kind.MLA_REQUEST, tuple(SCRIPTS.values()))
    said = subprocess.run([pdftotext, "-", "-"], input=data, capture_output=True, check=True).stdout.decode()
    together = "".join(said.split())
    for language, words in SCRIPTS.items():
        for word in words.split() if language == "ar" else ["".join(words.split())]:
            assert word in together, language


def test_verapdf_agrees(data: bytes, tmp_path: Path) -> None:
    verapdf = shutil.which("verapdf")
    if verapdf is None:
        pytest.skip("veraPDF is not installed: see https://verapdf.org")
    path = tmp_path / "letter.pdf"
    path.write_bytes(data)
    for flavour in ("3a", "ua1"):
        command = [verapdf, "--format", "text", "--flavour", flavour, str(path)]
        ran = subprocess.run(command, capture_output=True, check=False)
        assert ran.stdout.startswith(b"PASS"), ran.stdout.decode()

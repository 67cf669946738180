"""PDFs and STIX content."""

import io

import msgspec
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from comity.leads.artifacts.document import read_pdf
from comity.leads.artifacts.stix import StixError, read_stix
from comity.leads.limits import DEFAULT_LIMITS, Limits
from comity.leads.model import Finding


def pdf_with(text: str) -> bytes:
    """A PDF of one page, written by hand."""
    content = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources "
        b"<< /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def rewritten(data: bytes, *, password: str = "", link: str = "") -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    if link:
        writer.add_annotation(0, Link(rect=(0, 0, 10, 10), url=link))
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def read(data: bytes) -> list[tuple[str, str] | str]:
    pieces = read_pdf(data, artifact="a1", limits=DEFAULT_LIMITS)
    return [piece.code if isinstance(piece, Finding) else piece for piece in pieces]


def test_pages_and_links_are_read() -> None:
    data = rewritten(pdf_with("pay to evil.example now"), link="http://evil.example/x")
    assert read(data) == [
        ("page 1", "pay to evil.example now"),
        ("page 1, link target", "http://evil.example/x"),
    ]


def test_pdf_that_cannot_be_read_is_a_finding() -> None:
    data = pdf_with("secret")
    assert read(rewritten(data, password="x")) == ["pdf-encrypted"]
    assert read(b"%PDF-1.4\ngarbage") == ["pdf-unreadable"]
    torn = pdf_with("still here")
    assert read(torn[: torn.index(b"xref")] + b"trailer << /Root 1 0 R >>") == ["pdf-damaged", ("page 1", "still here")]
    assert read(pdf_with("")) == [("page 1", ""), "pdf-without-text"]


def test_active_content_is_told() -> None:
    data = pdf_with("hello").replace(b"/Type /Catalog", b"/Type /Catalog /OpenAction << /S /JavaScript /JS (1) >>")
    assert read(data)[0] == "pdf-active-content"


def test_broken_page_is_a_finding_and_others_are_read() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_with("hello"))))
    page = writer.pages[0]
    page[NameObject("/Annots")] = TextStringObject("no list")
    bad = writer.add_blank_page(10, 10)
    bad[NameObject("/Resources")] = TextStringObject("x")
    bad[NameObject("/Contents")] = DictionaryObject({NameObject("/Type"): NameObject("/Nothing")})
    stream = io.BytesIO()
    writer.write(stream)
    pieces = read(stream.getvalue())
    assert pieces[0] == ("page 1", "hello")
    assert len(pieces) == 2


def test_long_documents_are_read_within_bounds() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_with("hello"))))
    writer.add_blank_page(10, 10)
    stream = io.BytesIO()
    writer.write(stream)
    pieces = list(read_pdf(stream.getvalue(), artifact="a1", limits=Limits(pdf_pages=1, pdf_page_chars=2)))
    assert [piece.code if isinstance(piece, Finding) else piece for piece in pieces] == [
        "pdf-pages-not-read",
        "pdf-page-cut",
        ("page 1", "he"),
    ]


def test_page_that_cannot_be_read_is_a_finding() -> None:
    data = pdf_with("hello").replace(b"<< /Length ", b"<< /Filter /Nonsense /Length ")
    assert read(data) == ["pdf-page-unreadable", "pdf-without-text"]


def test_annotations_without_links_are_passed_over() -> None:
    data = pdf_with("hello").replace(b"/MediaBox", b"/Annots [<< /Subtype /Text >> << /A << /S /Named >> >>] /MediaBox")
    assert read(data) == [("page 1", "hello")]


def stix(*objects: dict[str, object], bundle: bool = True) -> set[tuple[str, str]]:
    content: object = {"type": "bundle", "id": "bundle--1", "objects": list(objects)} if bundle else list(objects)
    return {(one.seen.kind.value, one.seen.value) for one in read_stix(msgspec.json.encode(content))}


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ({"type": "ipv4-addr", "value": "203.0.113.9"}, {("ipv4-addr", "203.0.113.9")}),
        ({"type": "ipv4-addr", "value": "198.51.100.0/24"}, {("ipv4-addr", "198.51.100.0")}),
        ({"type": "ipv6-addr", "value": "2001:DB8::1"}, {("ipv6-addr", "2001:db8::1")}),
        ({"type": "domain-name", "value": "EVIL.com"}, {("domain-name", "evil.com")}),
        ({"type": "domain-name", "value": "evil.nosuchsuffix"}, {("domain-name", "evil.nosuchsuffix")}),
        ({"type": "domain-name", "value": "1.2"}, set()),
        ({"type": "url", "value": "http://evil.com/a"}, {("url", "http://evil.com/a"), ("domain-name", "evil.com")}),
        ({"type": "url", "value": "evil.com/a"}, {("url", "http://evil.com/a"), ("domain-name", "evil.com")}),
        ({"type": "email-addr", "value": "A@evil.com"}, {("email-addr", "a@evil.com"), ("domain-name", "evil.com")}),
        ({"type": "autonomous-system", "number": 15169}, {("autonomous-system", "AS15169")}),
        (
            {"type": "file", "name": "x.exe", "hashes": {"MD5": "D41D8CD98F00B204E9800998ECF8427E", "SSDEEP": "x"}},
            {("file-hash", "d41d8cd98f00b204e9800998ecf8427e")},
        ),
        (
            {"type": "user-account", "account_type": "telegram", "account_login": "bad"},
            {("user-account", "telegram:bad")},
        ),
        ({"type": "user-account", "user_id": "7"}, {("user-account", "account:7")}),
        (
            {"type": "user-account", "user_id": "7", "account_login": "a@evil.com"},
            {("user-account", "account:a@evil.com"), ("email-addr", "a@evil.com"), ("domain-name", "evil.com")},
        ),
        (
            {"type": "x-misp-attribute", "x_misp_type": "ip-src", "x_misp_value": "203.0.113.9"},
            {("ipv4-addr", "203.0.113.9")},
        ),
        (
            {"type": "report", "description": "see evil[.]com", "external_references": [{"url": "http://ref.com"}]},
            {("domain-name", "evil.com")},
        ),
        ({"type": "x-foo", "deep": {"list": [{"x": "evil.com"}], "id": "other.com"}}, {("domain-name", "evil.com")}),
        ({"type": "x-foo", "number": 5}, set()),
        ({"type": "marking-definition", "name": "evil.com"}, set()),
        (
            {"type": "observed-data", "objects": {"0": {"type": "ipv4-addr", "value": "203.0.113.9"}, "1": 5}},
            {("ipv4-addr", "203.0.113.9")},
        ),
    ],
)
def test_stix_objects(item: dict[str, object], expected: set[tuple[str, str]]) -> None:
    assert stix(item) == expected
    assert stix(item, bundle=False) == expected


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("[ipv4-addr:value = '203.0.113.9']", {("ipv4-addr", "203.0.113.9")}),
        ("[domain-name:value IN ('a.com', 'b.com')]", {("domain-name", "a.com"), ("domain-name", "b.com")}),
        (
            "[file:hashes.'SHA-1' = 'da39a3ee5e6b4b0d3255bfef95601890afd80709']",
            {("file-hash", "da39a3ee5e6b4b0d3255bfef95601890afd80709")},
        ),
        ("[url:value LIKE 'http://evil.com/%']", set()),
        ("[url:value LIKE 'http://evil.com/']", {("url", "http://evil.com/"), ("domain-name", "evil.com")}),
        ("[email-message:from_ref.value = 'a@evil.com']", {("email-addr", "a@evil.com"), ("domain-name", "evil.com")}),
        ("[autonomous-system:number = 15169]", {("autonomous-system", "AS15169")}),
        (
            "[network-traffic:dst_ref.value = '203.0.113.9' AND network-traffic:dst_port = 443]",
            {("ipv4-addr", "203.0.113.9")},
        ),
        ("[file:name = 'it\\'s evil.com']", {("domain-name", "evil.com")}),
    ],
)
def test_stix_patterns(pattern: str, expected: set[tuple[str, str]]) -> None:
    assert stix({"type": "indicator", "pattern": pattern}) == expected


def test_patterns_of_other_languages_are_not_read() -> None:
    assert stix({"type": "indicator", "pattern_type": "yara", "pattern": "[ipv4-addr:value = '203.0.113.9']"}) == set()


def test_what_is_no_json() -> None:
    for data in (b"{", b"[" * 100_000, b'"\xff"'):
        with pytest.raises(StixError):
            list(read_stix(data))
    assert list(read_stix(b"5")) == []


def test_free_text_is_followed_only_so_deep() -> None:
    deep: object = "evil.com"
    for _ in range(80):
        deep = [deep]
    assert stix({"type": "x-foo", "deep": deep}) == set()

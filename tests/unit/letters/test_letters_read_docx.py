"""A DOCX as its reader sees it: letterhead, paragraphs, headings, tables, notes, and the data inside."""

from tests.samples.letterfiles import data_of, docx_of, sample, zipped

from comity.letters.read.docx import data_in_docx, open_docx
from comity.letters.read.file import open_file

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BODY = f"""<w:document {W} xmlns:o="urn:other"><w:body>
<o:thing>not ours</o:thing>
<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>1. Facts</w:t></w:r></w:p>
<w:p><w:r><w:t>First</w:t><w:br/><w:t>second</w:t><w:tab/><w:t>half</w:t></w:r></w:p>
<w:p><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Reference:</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>147/2026</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:p><w:r><w:t>alone</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p/></w:tc></w:tr>
<w:tr><w:tc><w:tbl><w:tr><w:tc><w:p><w:r><w:t>inner</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>
</w:body></w:document>"""
HEAD = f"<w:hdr {W}><w:p><w:r><w:t>Ministry of Justice</w:t></w:r></w:p></w:hdr>"
NOTE = f"<w:footnotes {W}><w:p><w:r><w:t>a note</w:t></w:r></w:p></w:footnotes>"


def test_lines_in_order() -> None:
    data = zipped(
        {"word/document.xml": BODY.encode(), "word/header1.xml": HEAD.encode(), "word/footnotes.xml": NOTE.encode()}
    )
    lines = open_docx(data).lines
    assert [(line.text, line.where) for line in lines] == [
        ("Ministry of Justice", "header1, paragraph 1"),
        ("1. Facts", "paragraph 1"),
        ("First", "paragraph 2"),
        ("second half", "paragraph 2"),
        ("Reference: 147/2026", "table 1, row 1"),
        ("alone", "table 1, row 2"),
        ("inner", "table 1, row 4"),
        ("a note", "footnotes, paragraph 1"),
    ]
    assert lines[1].strong
    assert not lines[2].strong


def test_nothing_in_it() -> None:
    opened = open_docx(zipped({"word/document.xml": f"<w:document {W}/>".encode()}))
    assert opened.notes == ("there is no text in it: have it read by a person",)
    assert open_docx(zipped({"word/other.xml": b"<a/>"})).lines == ()


def test_data_plain_or_in_base64() -> None:
    data = data_of(sample())
    assert data_in_docx(docx_of(["x"], data=data)) == data
    plain = b'<letter xmlns="x"> ' + data.replace(b"&", b"&amp;").replace(b"<", b"&lt;") + b"</letter>"
    assert data_in_docx(docx_of(["x"], extra={"customXml/item2.xml": plain})) == data
    for other in (b"<a>text</a>", b"<a>AAAA</a>", b"<a/>"):
        assert data_in_docx(docx_of(["x"], extra={"customXml/item1.xml": other})) is None
    assert data_in_docx(docx_of(["x"], extra={"docProps/item.xml": plain})) is None


def test_found_by_what_it_is() -> None:
    assert open_file(docx_of(["x"])).form == "docx"

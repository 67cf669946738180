"""What a reader gets out of a file: its text, without the spaces, headers and footers that differ from form to form."""

import re
import zipfile
from io import BytesIO
from xml.etree import ElementTree

from pypdf import PdfReader

from comity.letters.render import Page, visible

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def flat(said: str) -> str:
    """Without spaces."""
    return re.sub(r"\s+", "", said)


def pdf_text(data: bytes, page: Page) -> str:
    """The text of all pages, flat, without headers and footers."""
    words = page.furniture
    number = re.escape(flat(words.page)).replace(r"\{page\}", r"\d+").replace(r"\{pages\}", r"\d+")
    foot = re.compile(rf"{re.escape(flat(visible(page.title)))}{re.escape(flat(words.language))}.{{0,40}}?{number}")
    banner = "" if page.notice.ready else flat(page.notice.banner)
    head = banner + flat(visible(page.reference)) + flat(words.marking)
    texts = (flat(one.extract_text()) for one in PdfReader(BytesIO(data)).pages)
    return "".join(foot.sub("", text).replace(head, "", 1) for text in texts)


def docx_text(data: bytes, part: str = "word/document.xml") -> str:
    """The text of a part, flat."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        root = ElementTree.fromstring(package.read(part))
    return flat("".join(text.text or "" for text in root.iter(f"{_W}t")).replace("\u200e", ""))


def sayings(page: Page) -> list[str]:
    """Everything that a page says, each once: titles, labels, texts, cells, gaps."""
    said = [page.title, page.reference, page.letterhead.state, page.letterhead.authority, page.letterhead.unit]
    said += [*page.letterhead.contacts, *page.letterhead.addressee]
    said += [text for block in page.head for text in (block.label, block.text)]
    for section in (*page.sections, *page.annexes):
        said.append(section.title)
        for block in section.blocks:
            said += [block.label, page.said(block)]
            if block.table:
                said += [column.label for column in block.table.columns]
                said += [cell for row in block.table.rows for cell in row.cells]
    return list(dict.fromkeys(text for text in said if text))

"""The DOCX file of a letter, put together."""

import hashlib
import zipfile
from copy import deepcopy
from datetime import datetime
from importlib.resources import files
from io import BytesIO

from docx import api
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from comity.letters.model import Letter
from comity.letters.render.code import qr_png
from comity.letters.render.data import letter_data
from comity.letters.render.keeping import before_signing
from comity.letters.render.page import Page
from comity.letters.render.pair import pair
from comity.letters.render.visible import visible
from comity.letters.render.word.blocks import Blocks
from comity.letters.render.word.data import add_data
from comity.letters.render.word.frame import Frame
from comity.letters.render.word.styles import Look
from comity.letters.render.word.writing import Element, Writing, child

_OWN_PARTS = {
    RELATIONSHIP_TYPE.STYLES: "styles.xml",
    RELATIONSHIP_TYPE.NUMBERING: "numbering.xml",
    RELATIONSHIP_TYPE.SETTINGS: "settings.xml",
}
_KEPT = frozenset({*_OWN_PARTS, RELATIONSHIP_TYPE.THEME, RELATIONSHIP_TYPE.FONT_TABLE})
_MARGINS_TWIPS = {"top": 1757, "right": 1361, "bottom": 1531, "left": 1361, "header": 680, "footer": 680, "gutter": 0}
_A4_TWIPS = {"w": 11906, "h": 16838}
_LONGEST_PROPERTY = 255
_MADE_AT = (1980, 1, 1, 0, 0, 0)
"""Of every member of the file, so that the same letter gives the same bytes."""


def docx(letter: Letter, page: Page, *, original: Page | None = None) -> bytes:
    """The DOCX file of a letter as it was laid out; beside the original where one is given.

    The letter's data are inside as a custom XML part; a QR code on the cover carries the reference and their digest.
    LettersDataError where the original is of another letter.
    """
    if original is not None:
        pair(page, original)
    data = letter_data(letter)
    digest = hashlib.sha256(data).hexdigest()
    document = _empty(page.language)
    _describe(document, letter, page)
    body: Element = document.element.body
    writing = Writing(language=page.language)
    second = Writing(language=original.language if original else page.language)
    frame = Frame(document=document, body=body, page=page, other=original, writing=writing, second=second)
    end = _sections(document, frame, writing)
    frame.cover(qr_png=qr_png(page.reference, digest), digest=digest)
    writing.paragraph(body, "", Look.SPACE)[0].append(deepcopy(end))  # the cover ends here
    for reference in list(end.iterchildren(qn("w:headerReference"), qn("w:footerReference"))):
        end.remove(reference)  # as on the cover
    frame.letterhead()
    _parts(body, page, original, Blocks(body=body, page=page, other=original, writing=writing, second=second))
    body.append(end)
    add_data(document, data)
    return _saved(document)


def _parts(body: Element, page: Page, original: Page | None, blocks: Blocks) -> None:
    twins = original.sections if original else (None,) * len(page.sections)
    for section, twin, signed in zip(page.sections, twins, before_signing(page.sections), strict=True):
        blocks.section(section, twin, signed=signed)
    for annex in page.annexes:
        blocks.annex(annex)
    if body[-1].tag == qn("w:tbl"):
        blocks.writing.paragraph(body, "", Look.SPACE)


def _empty(language: str) -> Document:
    """A document with nothing in it but our styles, numbering and settings."""
    document = api.Document()
    parts = files("comity.letters") / "render" / "word" / "parts"
    document.part.numbering_part  # noqa: B018  makes it
    for name, relation in list(document.part.rels.items()):
        if relation.reltype in _OWN_PARTS:
            relation.target_part._element = parse_xml((parts / _OWN_PARTS[relation.reltype]).read_bytes())
        elif relation.reltype not in _KEPT:
            document.part.rels.pop(name)
    package = document.part.package
    for name, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            package.rels.pop(name)
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    child(defaults, "lang", val=language, eastAsia=language, bidi=language)
    return document


def _describe(document: Document, letter: Letter, page: Page) -> None:
    properties = document.core_properties
    at = datetime.combine(letter.dated_on, datetime.min.time())
    properties.title, properties.subject = _property(page.title), _property(page.summary)
    properties.author, properties.keywords = _property(page.letterhead.authority), _property(page.reference)
    properties.language = page.language
    properties.comments, properties.last_modified_by, properties.revision = "", "", 1
    properties.created = properties.modified = at


def _property(text: str) -> str:
    """A text as the properties of a file can hold it."""
    shown = visible(text)
    return shown if len(shown) <= _LONGEST_PROPERTY else f"{shown[: _LONGEST_PROPERTY - 1]}…"


def _sections(document: Document, frame: Frame, writing: Writing) -> Element:
    """The properties of the sections, with header and footer; taken out of the body, to be put at its end."""
    section = document.sections[0]
    for part, put in ((section.header, frame.header), (section.footer, frame.footer)):
        part.is_linked_to_previous = False
        put(part._element)
    end: Element = section._sectPr
    end.getparent().remove(end)
    for old in list(end):
        if not old.tag.endswith("Reference"):
            end.remove(old)
    child(end, "type", val="nextPage")
    child(end, "pgSz", **_A4_TWIPS)
    child(end, "pgMar", **_MARGINS_TWIPS)
    if writing.rtl:
        child(end, "bidi")
    return end


def _saved(document: Document) -> bytes:
    made, fixed = BytesIO(), BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _MADE_AT), old.read(name), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()

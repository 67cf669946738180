"""What stands around the parts in a DOCX file: cover with its QR code, letterhead, headers and footers."""

from dataclasses import dataclass
from io import BytesIO

from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from comity.letters.render.direction import held
from comity.letters.render.furniture import DATA_FILE
from comity.letters.render.page import Block, Page
from comity.letters.render.word.blocks import apart
from comity.letters.render.word.data import DATA_PART
from comity.letters.render.word.grid import Grid, add_grid
from comity.letters.render.word.styles import GRID, MARK, TEXT_WIDTH_TWIPS, Look
from comity.letters.render.word.writing import Element, Form, Writing, child

_LABEL_TWIPS = 1928
_QR_MM = 32
_QR_TWIPS = 2211
_CONTACTS_TWIPS, _NO_CONTACTS_TWIPS = 3700, 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Puts what is around a letter at the end of its body."""

    document: Document
    body: Element
    page: Page
    other: Page | None
    writing: Writing
    second: Writing

    def cover(self, *, qr_png: bytes, digest: str) -> None:
        """Who writes to whom, what, in which language; the code and the digest of the data."""
        words, head = self.page.furniture, self.page.letterhead
        self.writing.paragraph(self.body, head.state, Look.STATE, form=Form(before=1200, align="center"))
        for text, look in ((head.authority, Look.AUTHORITY), (head.unit, Look.NORMAL)):
            if text:
                self.writing.value(self.body, text, look, align="center")
        self.writing.paragraph(self.body, self.page.title, Look.COVER_TITLE, form=Form(before=1400))
        if self.other is not None:
            self.second.paragraph(self.body, self.other.title, Look.COVER_SECOND)
        if words.marking:
            self.writing.paragraph(self.body, words.marking, Look.MARKING)
        self.writing.paragraph(self.body, "", Look.SPACE, form=Form(before=1100))
        facts = self._grid((_LABEL_TWIPS, TEXT_WIDTH_TWIPS - _LABEL_TWIPS))
        self._fact(facts, words.sender, (head.authority,))
        self._fact(facts, words.addressee, head.addressee or ("—",))
        for block in self.page.head:
            self._fact(facts, block.label, (block.text,))
        self._fact(facts, words.written_in, (self._tongues(),))
        self.writing.paragraph(self.body, "", Look.SPACE, form=Form(before=1100))
        self._code(qr_png, digest)

    def letterhead(self) -> None:
        """Who writes, to whom, on what; then the title."""
        head, words = self.page.letterhead, self.page.furniture
        beside = _CONTACTS_TWIPS if head.contacts else _NO_CONTACTS_TWIPS
        sender, contacts = self._grid((TEXT_WIDTH_TWIPS - beside, beside)).row()
        for cell in (sender, contacts):
            child(child(cell[0], "tcBorders"), "bottom", val="single", sz=8, space=0, color="1D3557")
        self.writing.paragraph(sender, head.state, Look.STATE)
        self.writing.value(sender, head.authority, Look.AUTHORITY)
        if head.unit:
            self.writing.value(sender, head.unit, Look.NORMAL)
        for line in head.contacts or ("",):
            self.writing.value(contacts, line, Look.SMALL)
        addressee, facts = self._grid((TEXT_WIDTH_TWIPS - _CONTACTS_TWIPS, _CONTACTS_TWIPS)).row()
        self.writing.paragraph(addressee, words.addressee, Look.LABEL, form=Form(before=160))
        for line in head.addressee or ("—",):
            self.writing.value(addressee, line, Look.VALUE)
        self._facts(facts, self.page.head)
        self.writing.paragraph(self.body, self.page.title, Look.TITLE)
        if self.other is not None:
            self.second.paragraph(self.body, self.other.title, Look.COVER_SECOND)

    def header(self, element: Element) -> None:
        """The draft mark, where the letter is not ready; the reference and the marking."""
        _clear(element)
        if not self.page.notice.ready:
            self.writing.paragraph(element, self.page.notice.banner, Look.BANNER)
        line = self.writing.paragraph(element, held(self.page.reference, self.page.language), Look.HEADER)
        if self.page.furniture.marking:
            self.writing.tab(line)
            self.writing.run(line, self.page.furniture.marking, style=MARK)

    def footer(self, element: Element) -> None:
        """The title; the language, and the number of the page, which the word processor counts."""
        _clear(element)
        self.writing.paragraph(element, self.page.title, Look.FOOTER)
        line = self.writing.paragraph(element, self._tongues(), Look.FOOTER)
        self.writing.tab(line)
        before, _, rest = self.page.furniture.page.partition("{page}")
        between, _, after = rest.partition("{pages}")
        for words, field in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
            self.writing.spaced(line, words)
            if field:
                self.writing.field(line, field)

    def _facts(self, cell: Element, head: tuple[Block, ...]) -> None:
        for number, block in enumerate(head):
            form = Form(before=160 if number == 0 else 0)
            said = held(block.text, self.page.language)
            self.writing.paragraph(cell, said, Look.VALUE, lead=block.label, form=form)

    def _fact(self, grid: Grid, label: str, lines: tuple[str, ...]) -> None:
        name, value = grid.row()
        self.writing.paragraph(name, label, Look.LABEL)
        for line in lines:
            self.writing.value(value, line, Look.VALUE)

    def _code(self, qr_png: bytes, digest: str) -> None:
        words = self.page.furniture
        code, told = self._grid((_QR_TWIPS, TEXT_WIDTH_TWIPS - _QR_TWIPS)).row()
        picture = self.writing.paragraph(code, "", Look.NORMAL)
        child(picture, "r").append(self._inline(qr_png, words.scan))
        self.writing.paragraph(told, words.data.replace(DATA_FILE, DATA_PART[1:]), Look.NORMAL)
        self.writing.paragraph(told, words.digest, Look.LABEL)
        for line in (digest[:32], digest[32:]):
            self.writing.value(told, line, Look.EXACT)

    def _inline(self, png: bytes, alternative: str) -> Element:
        inline = self.document.part.new_pic_inline(BytesIO(png), width=Mm(_QR_MM))
        properties = inline.find(qn("wp:docPr"))
        properties.set("name", "QR")
        properties.set("descr", alternative)
        drawing = child(self.body, "drawing")
        self.body.remove(drawing)
        drawing.append(inline)
        return drawing

    def _tongues(self) -> str:
        second = f" · {self.other.furniture.language}" if self.other else ""
        return f"{self.page.furniture.language}{second}"

    def _grid(self, widths: tuple[int, ...]) -> Grid:
        apart(self.body, self.writing)
        return add_grid(self.body, widths, style=GRID, rtl=self.writing.rtl)


def _clear(element: Element) -> None:
    for inner in list(element):
        element.remove(inner)

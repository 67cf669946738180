"""Words into paragraphs of a DOCX file: in one line, with what cannot be seen shown, each in its direction."""

from dataclasses import dataclass
from typing import Protocol

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from comity.letters.render.direction import RTL, direction, is_rtl
from comity.letters.render.visible import visible


class Holder(Protocol):
    """A document's body, a cell, a header or a footer."""

    def add_paragraph(self, text: str = "", style: str | None = None) -> Paragraph: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """How words of one language are written."""

    language: str

    def paragraph(self, holder: Holder, text: str, style: str, *, label: str = "", own: bool = False) -> Paragraph:
        """A paragraph with an optional bold label; `own`: it begins where its own script does, not the page's."""
        made = holder.add_paragraph(style=style)
        self.fill(made, text, label=label, own=own)
        return made

    def fill(self, paragraph: Paragraph, text: str, *, label: str = "", own: bool = False) -> None:
        """Puts words into a paragraph that is there."""
        told = direction(text)
        from_right = told == RTL if own and told else is_rtl(self.language)
        if from_right:
            paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        if label:
            self.run(paragraph, f"{visible(label)}. ", bold=True)
        self.run(paragraph, visible(text))

    def run(self, paragraph: Paragraph, text: str, *, bold: bool | None = None) -> Run:
        """A run with its language, and its direction where it is from the right."""
        made = paragraph.add_run(text)
        made.bold = bold
        properties = made._r.get_or_add_rPr()
        if direction(text) == RTL:
            properties.append(OxmlElement("w:rtl"))
        tongue = OxmlElement("w:lang")
        for kind in ("val", "eastAsia", "bidi"):
            tongue.set(qn(f"w:{kind}"), self.language)
        properties.append(tongue)
        return made


def reuse_first(cell: "Holder") -> Paragraph:
    """The empty paragraph that a new cell, header or footer has."""
    paragraphs: list[Paragraph] = getattr(cell, "paragraphs")  # noqa: B009  the protocol need not have it
    return paragraphs[0]


def mirror(table: Table, language: str) -> None:
    """Columns from the right, where the language is."""
    if is_rtl(language):
        table._tbl.tblPr.append(OxmlElement("w:bidiVisual"))


def child(parent: BaseOxmlElement, name: str, **attributes: str) -> BaseOxmlElement:
    """A new element under another, with attributes of the same namespace."""
    element: BaseOxmlElement = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    parent.append(element)
    return element

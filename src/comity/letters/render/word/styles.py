"""Styles of the DOCX form: fonts that every word processor has, headings, numbered paragraphs, labels, values."""

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

TEXT_FONT, CODE_FONT = "Times New Roman", "Courier New"
INK, TONE, QUIET, ALARM = (RGBColor.from_string(code) for code in ("16181D", "1D3557", "4A5160", "A3131F"))
NUMBER_WIDTH = Mm(11)
TITLE, PART, GROUP, ANNEX = "Title", "Heading 1", "Letter Group", "Letter Annex"
PARAGRAPH, NUMBERED_GROUP, SENTENCE = "Letter Paragraph", "Letter Numbered Group", "Letter Sentence"
LABEL, VALUE, CODE, GAP, SMALL, BANNER = (
    "Letter Label", "Letter Value", "Letter Code", "Letter Gap", "Letter Small", "Letter Banner",
)  # fmt: skip


def add_styles(document: Document) -> None:
    """Changes the built-in styles that are used, and adds the letter's own."""
    normal = _style(document, "Normal")
    _set(normal, size=11, after=5)
    _set(_style(document, TITLE), size=15, bold=True, before=12, after=14, align=WD_ALIGN_PARAGRAPH.CENTER)
    _without_border(_style(document, TITLE))
    _set(_style(document, PART), size=12.5, bold=True, color=TONE, before=16, after=5, keep=True)
    _set(_added(document, ANNEX), size=12.5, bold=True, color=TONE, before=0, after=8, keep=True)
    _outline(_style(document, ANNEX), 0)
    _set(_added(document, GROUP), bold=True, before=6, after=2, keep=True, indent=NUMBER_WIDTH)
    _set(_added(document, NUMBERED_GROUP), bold=True, before=6, after=2, keep=True)
    _set(_added(document, PARAGRAPH), before=3, after=5)
    _set(_added(document, SENTENCE), after=4, indent=NUMBER_WIDTH)
    _set(_added(document, LABEL), size=9.5, color=QUIET, after=2)
    _set(_added(document, VALUE), after=2)
    _set(_added(document, CODE), size=9, after=2, font=CODE_FONT)
    _set(_added(document, GAP), color=ALARM, bold=True, before=3, after=5, indent=NUMBER_WIDTH)
    _set(_added(document, SMALL), size=9, color=QUIET, after=0)
    banner = _added(document, BANNER)
    _set(banner, size=9.5, bold=True, color=RGBColor(255, 255, 255), after=3, align=WD_ALIGN_PARAGRAPH.CENTER)
    _shade(banner, "A3131F")


def _style(document: Document, name: str) -> ParagraphStyle:
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle)
    return style


def _added(document: Document, name: str) -> ParagraphStyle:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    return style


def _set(
    style: ParagraphStyle,
    *,
    size: float = 11,
    bold: bool = False,
    color: RGBColor = INK,
    before: float = 0,
    after: float = 0,
    keep: bool = False,
    indent: int = 0,
    font: str = TEXT_FONT,
    align: WD_ALIGN_PARAGRAPH | None = None,
) -> None:
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    style.font.color.rgb = color
    _fonts(style, font, size, bold=bold)
    form = style.paragraph_format
    form.space_before, form.space_after, form.keep_with_next = Pt(before), Pt(after), keep
    form.widow_control = True
    form.alignment = align
    if indent:
        _start_indent(style, indent)


def _fonts(style: ParagraphStyle, name: str, size: float, *, bold: bool) -> None:
    """The same font for every kind of script, with its size for those written from the right."""
    properties = style.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    if fonts is not None:
        properties.remove(fonts)
    fonts = OxmlElement("w:rFonts")
    for kind in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{kind}"), name)
    properties.insert(0, fonts)
    if bold:
        properties.append(OxmlElement("w:bCs"))
    complex_size = OxmlElement("w:szCs")
    complex_size.set(qn("w:val"), str(round(size * 2)))
    properties.append(complex_size)


def _start_indent(style: ParagraphStyle, width: int) -> None:
    """An indent where lines begin: Word mirrors it in paragraphs that run from the right."""
    style.paragraph_format.left_indent = width


def _without_border(style: ParagraphStyle) -> None:
    properties = style.element.get_or_add_pPr()
    border = properties.find(qn("w:pBdr"))
    if border is not None:
        properties.remove(border)


def _outline(style: ParagraphStyle, level: int) -> None:
    element = OxmlElement("w:outlineLvl")
    element.set(qn("w:val"), str(level))
    style.element.get_or_add_pPr().append(element)


def _shade(style: ParagraphStyle, fill: str) -> None:
    element = OxmlElement("w:shd")
    element.set(qn("w:val"), "clear")
    element.set(qn("w:color"), "auto")
    element.set(qn("w:fill"), fill)
    properties = style.element.get_or_add_pPr()
    spacing = properties.find(qn("w:spacing"))
    properties.insert(0, element) if spacing is None else spacing.addprevious(element)

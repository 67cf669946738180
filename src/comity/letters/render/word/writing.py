"""Words into paragraphs of a DOCX file: in one line, what cannot be seen shown, each in its language and direction.

Elements are put down in the order of the schema (ISO/IEC 29500-1, 17.3), which word processors insist on.
"""

from dataclasses import dataclass

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from comity.letters.render.direction import (
    LTR,
    RTL,
    base_language,
    direction,
    is_rtl,
    running_direction,
    stretches,
    value_direction,
)
from comity.letters.render.page import Block, Page
from comity.letters.render.visible import visible
from comity.letters.render.word.styles import LEAD, LEVELS, Look

Element = BaseOxmlElement
_SPACE = qn("xml:space")


def child(parent: Element, name: str, **attributes: str | int) -> Element:
    """A new element at the end of another, with attributes of the same namespace."""
    element: Element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), str(value))
    parent.append(element)
    return element


def lead_end(language: str) -> str:
    """What stands between a label that runs into its paragraph and the words after it."""
    return "：" if base_language(language) in {"zh", "ja"} else ". "


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How one paragraph stands, beside what its style says."""

    side: str = ""
    """Direction in which its lines run, where it is not the page's."""
    keep: bool = False
    """Whether it stays on the page of the next paragraph."""
    before: int = 0
    """Room above it, in twentieths of a point."""
    start: int = 0
    """How far it is moved in, in twentieths of a point."""
    align: str = ""
    new_page: bool = False
    uncounted: bool = False
    """Whether it bears no number, although its style counts."""


PLAIN = Form()


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """How the words of a page are written."""

    language: str
    """BCP 47."""

    @property
    def rtl(self) -> bool:
        """Whether the page's lines begin on the right."""
        return is_rtl(self.language)

    def paragraph(
        self,
        holder: Element,
        text: str,
        look: Look,
        *,
        lead: str = "",
        mark: str = "",
        language: str = "",
        form: Form = PLAIN,
    ) -> Element:
        """A paragraph at the end of a body, cell, header or footer.

        `lead` is a bold label before it, `mark` what a translator must know, `language` that of the text where it is
        not the page's.
        """
        made = child(holder, "p")
        _put_form(child(made, "pPr"), look, form, rtl=(form.side or (RTL if self.rtl else LTR)) == RTL)
        if lead:
            self.run(made, lead, style=LEAD, after=lead_end(language or self.language))
        if mark:
            self.run(made, mark, after=" ")
        self.run(made, text, language=language)
        return made

    def said(
        self, holder: Element, block: Block, page: Page, look: Look, *, lead: str = "", keep: bool = False
    ) -> None:
        """What a block says, whose lines run as its own script does."""
        form = Form(side=running_direction(block.text, block.language or self.language), keep=keep)
        self.paragraph(holder, block.text, look, lead=lead, mark=page.mark(block), language=block.language, form=form)

    def value(self, holder: Element, text: str, look: Look, *, align: str = "") -> Element:
        """A value, read in its own direction (digits alone from the left), at the side where the language begins."""
        side = value_direction(text, self.language)
        mirrored = "right" if self.rtl and side == LTR else ""
        return self.paragraph(holder, text, look, form=Form(side=side, align=align or mirrored))

    def run(self, paragraph: Element, text: str, *, style: str = "", language: str = "", after: str = "") -> None:
        """Words with their language, in runs of one direction; `after` follows them, where there are any."""
        for stretch, side in stretches(visible(text)):
            made = child(paragraph, "r")
            self._form(made, side, style=style, language=language)
            _words(made, stretch)
        if text and after:
            _words(paragraph[-1], after)

    def spaced(self, paragraph: Element, words: str) -> None:
        """Fixed words of ours with the spaces at their ends, as between two fields."""
        made = child(paragraph, "r")
        self._form(made, direction(words), style="", language="")
        _words(made, words)

    def field(self, paragraph: Element, instruction: str) -> None:
        """A field that the word processor fills in, such as the number of the page."""
        for kind in ("begin", "", "separate", "shown", "end"):
            made = child(paragraph, "r")
            match kind:
                case "":
                    child(made, "instrText").text = instruction
                case "shown":
                    child(made, "t").text = "1"
                case _:
                    child(made, "fldChar", fldCharType=kind)

    def tab(self, paragraph: Element) -> None:
        """To the next tab stop."""
        child(child(paragraph, "r"), "tab")

    def _form(self, run: Element, side: str, *, style: str, language: str) -> None:
        form = child(run, "rPr")
        if style:
            child(form, "rStyle", val=style)
        if side == RTL:
            child(form, "rtl")
        tongue = language or self.language
        child(form, "lang", val=tongue, eastAsia=tongue, bidi=tongue)


def _words(run: Element, words: str) -> None:
    text = child(run, "t")
    text.set(_SPACE, "preserve")
    text.text = words


def _put_form(properties: Element, look: Look, form: Form, *, rtl: bool) -> None:
    child(properties, "pStyle", val=look.value)
    if form.keep:
        child(properties, "keepNext")
    if form.new_page:
        child(properties, "pageBreakBefore")
    if form.uncounted:
        count = child(properties, "numPr")
        child(count, "ilvl", val=0)
        child(count, "numId", val=0)
    elif look in LEVELS:
        # the style counts too, but not every word processor lets several styles share one level
        count = child(properties, "numPr")
        child(count, "ilvl", val=LEVELS[look])
        child(count, "numId", val=1)
    if rtl:
        child(properties, "bidi")
    if form.before:
        child(properties, "spacing", before=form.before)
    if form.start or look is Look.TABLE_NUMBER:
        child(properties, "ind", left=form.start, firstLine=0)
    if form.align:
        child(properties, "jc", val=form.align)

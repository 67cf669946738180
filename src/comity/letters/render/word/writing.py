"""Words into paragraphs of a DOCX file: in one line, with what cannot be seen shown, each in its language and direction.

Elements are put down in the order of the schema (ISO/IEC 29500-1, 17.3), which word processors insist on.
"""

from dataclasses import dataclass

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from comity.letters.render.direction import LTR, RTL, base_language, direction, is_rtl
from comity.letters.render.visible import visible
from comity.letters.render.word.styles import LEAD, Look

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
        language: str = "",
        side: str = "",
        keep: bool = False,
    ) -> Element:
        """A paragraph at the end of a body, cell, header or footer.

        `lead` is a bold label before it, `language` that of the text where it is not the page's, `side` the direction
        in which its lines run where it is not the page's; `keep` holds it on the page of the next paragraph.
        """
        made = child(holder, "p")
        form = child(made, "pPr")
        child(form, "pStyle", val=look.value)
        if keep:
            child(form, "keepNext")
        if (side or (RTL if self.rtl else LTR)) == RTL:
            child(form, "bidi")
        if lead:
            self.run(made, lead, style=LEAD, after=lead_end(language or self.language))
        self.run(made, text, language=language)
        return made

    def said(self, holder: Element, text: str, look: Look, *, lead: str = "", language: str = "") -> Element:
        """Running text, whose lines run as its own script does."""
        return self.paragraph(holder, text, look, lead=lead, language=language, side=direction(text))

    def run(self, paragraph: Element, text: str, *, style: str = "", language: str = "", after: str = "") -> None:
        """A run with its language, and its direction where it is from the right; nothing where there are no words."""
        if not text:
            return
        made = child(paragraph, "r")
        self._form(made, text, style=style, language=language)
        words = child(made, "t")
        words.set(_SPACE, "preserve")
        words.text = f"{visible(text)}{after}"

    def spaced(self, paragraph: Element, words: str) -> None:
        """Fixed words of ours with the spaces at their ends, as between two fields."""
        made = child(paragraph, "r")
        self._form(made, words, style="", language="")
        text = child(made, "t")
        text.set(_SPACE, "preserve")
        text.text = words

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

    def _form(self, run: Element, text: str, *, style: str, language: str) -> None:
        form = child(run, "rPr")
        if style:
            child(form, "rStyle", val=style)
        if direction(text) == RTL:
            child(form, "rtl")
        tongue = language or self.language
        child(form, "lang", val=tongue, eastAsia=tongue, bidi=tongue)

"""Numbering of the DOCX form: parts ``4.`` and paragraphs ``4.1``, which the word processor keeps counting."""

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from comity.letters.render.word.styles import NUMBERED_GROUP, PARAGRAPH, PART

_ABSTRACT, _NUMBER = 90, 90
_INDENT_TWIPS = 624
"""11 mm."""
_LIST = f"""
<w:abstractNum {nsdecls("w")} w:abstractNumId="{_ABSTRACT}">
  <w:multiLevelType w:val="multilevel"/>
  <w:lvl w:ilvl="0">
    <w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="%PART%"/><w:lvlText w:val="%1."/>
    <w:lvlJc w:val="left"/>
    <w:pPr><w:tabs><w:tab w:val="num" w:pos="{_INDENT_TWIPS}"/></w:tabs>
    <w:ind w:left="{_INDENT_TWIPS}" w:hanging="{_INDENT_TWIPS}"/></w:pPr>
  </w:lvl>
  <w:lvl w:ilvl="1">
    <w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="%PARAGRAPH%"/><w:lvlText w:val="%1.%2"/>
    <w:lvlJc w:val="left"/>
    <w:pPr><w:tabs><w:tab w:val="num" w:pos="{_INDENT_TWIPS}"/></w:tabs>
    <w:ind w:left="{_INDENT_TWIPS}" w:hanging="{_INDENT_TWIPS}"/></w:pPr>
    <w:rPr><w:b w:val="0"/><w:color w:val="4A5160"/></w:rPr>
  </w:lvl>
</w:abstractNum>
"""


def add_numbering(document: Document) -> None:
    """Adds the list, and makes the styles of parts and of numbered paragraphs count by it."""
    styles = document.styles
    ids = {"%PART%": styles[PART].style_id, "%PARAGRAPH%": styles[PARAGRAPH].style_id}
    text = _LIST
    for mark, style_id in ids.items():
        text = text.replace(mark, str(style_id))
    numbering = document.part.numbering_part.element
    first = numbering.find(qn("w:num"))
    element = parse_xml(text)
    numbering.append(element) if first is None else first.addprevious(element)
    numbering.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{_NUMBER}"><w:abstractNumId w:val="{_ABSTRACT}"/></w:num>'
        )
    )
    for name, level in ((PART, 0), (PARAGRAPH, 1), (NUMBERED_GROUP, 1)):
        properties = styles[name].element.get_or_add_pPr()
        count = properties.get_or_add_numPr()
        count.get_or_add_ilvl().val = level
        count.get_or_add_numId().val = _NUMBER

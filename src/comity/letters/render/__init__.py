"""Forms of output. A renderer takes a `Page` (or, for data, the `Draft` itself) and gives bytes or text.

Another form needs only a function from `Page`; another language only a catalogue.
"""

from comity.letters.render.layout import gap_line, lay_out, notice
from comity.letters.render.page import Block, Notice, Page, Section, Style
from comity.letters.render.plain import COLUMNS, plain_text, visible

__all__ = [
    "COLUMNS",
    "Block",
    "Notice",
    "Page",
    "Section",
    "Style",
    "gap_line",
    "lay_out",
    "notice",
    "plain_text",
    "visible",
]

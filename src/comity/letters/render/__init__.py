"""Forms of output. A renderer takes a `Page` (or, for data, the `Draft` itself) and gives bytes or text.

Another form needs only a function from `Page`; another language only a catalogue.
"""

from comity.letters.render.layout import advice_of, gap_line, lay_out, notice, title_of
from comity.letters.render.page import Block, Notice, Page, Section, Style
from comity.letters.render.pair import Pair, PairedPage, PairedSection, pair
from comity.letters.render.plain import COLUMNS, paired_text, plain_text
from comity.letters.render.visible import visible

__all__ = [
    "COLUMNS",
    "Block",
    "Notice",
    "Page",
    "Pair",
    "PairedPage",
    "PairedSection",
    "Section",
    "Style",
    "advice_of",
    "gap_line",
    "lay_out",
    "notice",
    "pair",
    "paired_text",
    "plain_text",
    "title_of",
    "visible",
]

"""Labels that block explorers, or the writer, put beside a crypto address: ``Binance 14: 0x…``, ``1A1z… (Huobi)``."""

import csv
import re
from functools import lru_cache
from importlib.resources import files

TAG = "label-"
"""What begins the tag of an address that a label stands beside; then follows the label's word."""
_REACH = 64
"""How many characters beside an address are looked at."""


@lru_cache(maxsize=1)
def _words() -> str:
    """The words of ``wallet_labels.csv`` as the part of a pattern, the longest first."""
    text = files("comity.leads").joinpath("data/wallet_labels.csv").read_text("utf-8")
    words = sorted((row["word"] for row in csv.DictReader(text.splitlines())), key=len, reverse=True)
    return rf"(?<![\w.@/-])(?P<word>{'|'.join(map(re.escape, words))})(?![\w@-]|\.\w)"


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """A label that ends a text, one that begins it, and one anywhere in it."""
    before = re.compile(rf"{_words()}[\w .#-]{{0,24}}[:=(\[|][ \t]*\Z", re.IGNORECASE)
    after = re.compile(rf"[ \t]*[(\[|,–-][ \t]*(?:(?:tag|label)[ :=]*)?{_words()}", re.IGNORECASE)
    return before, after, re.compile(_words(), re.IGNORECASE)


def labels_beside(text: str, start: int, end: int) -> tuple[str, ...]:
    """The tag of the label beside an address: right before it up to a colon or bracket, or in brackets after it."""
    before, after, _ = _patterns()
    line = text[max(text.rfind("\n", 0, start) + 1, start - _REACH) : start]
    found = before.search(line) or after.match(text, end, end + _REACH)
    return (f"{TAG}{found['word'].lower()}",) if found else ()


def label_in(cell: str) -> tuple[str, ...]:
    """The tag of a cell that is a label."""
    found = _patterns()[2].search(cell)
    return (f"{TAG}{found['word'].lower()}",) if found else ()

"""Labels that block explorers, or the writer, put beside a crypto address: ``Binance 14: 0x…``, ``1A1z… (Huobi)``."""

import csv
import re
from functools import lru_cache
from importlib.resources import files

TAG = "label-"
"""What begins the tag of an address that a label stands beside; then follows the label's word."""
_REACH = 64
"""How many characters beside an address are looked at for a label."""
_SENTENCE = 120
"""How many for a sentence that says whose address it is."""
_LABEL_WORDS = 3
"""A note of more words is a sentence, not a label."""
_NOUN = (
    r"(?:address(?:es)?|wallets?|accounts?|deposits?|custody|cluster|(?:einzahlungs)?adresse|konto|dirección|direccion"
    r"|billetera|endereço|carteira|indirizzo|portefeuille|адрес|кошел[её]к|сч[её]т)"
)
_AT = r"(?:of|at|on|with|by|from|for|bei|von|der|de|du|chez|en|da|di|на|у|в|биржи|биржа)"
_IS = (
    r"[ \t]*[,(–—-]?[ \t]*(?:(?:which|that|die|qui|que)[ \t]+)?"
    r"(?:(?:is|was|are|ist|war|est|es|è|é|это)\b|(?<=[ ,(])(?:an?|the|eine?|une?)\b"
    r"|(?:seems|appears|believed|said)\b|[=:—-])"
)
_BELONGS = (
    r"(?:belong\w*|attribut\w*|held|hosted|controlled|owned|operated|custodied|identified|tagged|labell?ed|linked"
    r"|gehört|gehalten|appartient|pertenece|pertence|appartiene|принадлежит)"
)
_NOT = re.compile(r"\b(?:not|never|no|neither|nicht|keine?|kein|pas|non|não|не)\b|n't\b", re.IGNORECASE)
_STOP = re.compile(r"[.!?;](?=\s|\Z)|\n|[A-Za-z0-9]{25,}")
"""What ends the part of a sentence that speaks of an address: the sentence, or another address."""


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


@lru_cache(maxsize=1)
def _sentences() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What says, right before an address, whose it is; what says it after; and what says it by itself."""
    word = _words()
    owned = rf"{_words().replace('<word>', '<owner>')}(?:['’]s)?[ \t]+(?:[\w-]+[ \t]+){{0,2}}{_NOUN}\b"
    of = rf"\b{_NOUN}[ \t]+(?:[\w-]+[ \t]+){{0,2}}?{_AT}[ \t]+(?:(?:the|der|la|le)[ \t]+)?(?:[\w-]+[ \t]+)?{word}"
    saying = rf"(?:{owned}|{of})"
    before = re.compile(rf"{saying}(?:[ \t]+(?:is|at|ist|est|es))?[ \t]*[:=(\[|,–-]?[ \t]*\Z", re.IGNORECASE)
    belongs = rf"(?:[ \t,(-]+\w+){{0,4}}?[ \t,(-]+{_BELONGS}\b[^.,;\n]{{0,30}}?{word.replace('<word>', '<keeper>')}"
    after = re.compile(rf"(?:{_IS}[^.,;\n]{{0,60}}?{saying}|{belongs})", re.IGNORECASE)
    return before, after, re.compile(saying, re.IGNORECASE)


def labels_beside(text: str, start: int, end: int) -> tuple[str, ...]:
    """The tag of the label beside an address: right before it up to a colon or bracket, or in brackets after it.

    A sentence that says whose address it is (``… is a deposit address of OKX``) counts as its label.
    """
    before, after, _ = _patterns()
    line = text[max(text.rfind("\n", 0, start) + 1, start - _REACH) : start]
    found = before.search(line) or after.match(text, end, end + _REACH)
    return (f"{TAG}{found['word'].lower()}",) if found else _said_beside(text, start, end)


def _said_beside(text: str, start: int, end: int) -> tuple[str, ...]:
    before, after, _ = _sentences()
    stop = _STOP.search(text, end, end + _SENTENCE)
    told = after.match(text, end, stop.start() if stop else end + _SENTENCE)
    if told is None:
        line = text[max(text.rfind("\n", 0, start) + 1, start - _SENTENCE) : start]
        stops = list(_STOP.finditer(line))
        told = before.search(line, stops[-1].end() if stops else 0)
    return _tag_of(told)


def _tag_of(told: re.Match[str] | None) -> tuple[str, ...]:
    if told is None or _NOT.search(told.string, max(0, told.start() - 12), told.end()):
        return ()
    word = next(found for name, found in told.groupdict().items() if found)
    return (f"{TAG}{word.lower()}",)


def label_in(cell: str) -> tuple[str, ...]:
    """The tag of a cell that is a label."""
    found = _patterns()[2].search(cell)
    return (f"{TAG}{found['word'].lower()}",) if found and not _NOT.search(cell) else ()


def label_told_in(note: str) -> tuple[str, ...]:
    """The tag of a cell of notes that is a label, or says whose address stands beside it; else nothing."""
    short = len(note.split()) <= _LABEL_WORDS
    return label_in(note) if short else _tag_of(_sentences()[2].search(note))

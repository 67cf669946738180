"""What texts of an act may hold, so that a log can be read line by line: nobody makes a line of their own in it."""

import unicodedata
from collections.abc import Collection, Iterator

import msgspec

from comity.evidence.custody.entry import Draft
from comity.evidence.errors import EntryError
from comity.evidence.legible import legible

ID_CHARS_MAX = 200
"""Longest id of a new item."""
_LINES = ("remarks",)
"""What may run over several lines."""
_BREAKING = frozenset(("Cc", "Zl", "Zp"))
_JOINERS = str.maketrans("", "", "\u200c\u200d")
"""Letters of a kind in Indic and Persian words."""


def refuse_unfit(drafts: Collection[Draft], known: Collection[str]) -> None:
    """EntryError at the first act with a text that could not be read in one line as it is; `remarks` may have several.

    Ids of items that are not `known` yet are bounded too; those that are stay usable, whatever they are.
    """
    for place, draft in enumerate(drafts, start=1):
        what = "act" if len(drafts) == 1 else f"act {place}"
        for item in draft.items:
            if item.id not in known:
                _refuse_id(item.id, what)
        for name, text in _texts(msgspec.to_builtins(draft)):
            allowed = "\n\t" if name in _LINES else ""
            if not text.isprintable() and any(_breaks(letter) for letter in text if letter not in allowed):
                _refuse(what, f"{name}, {legible(text[:60])!r}, has a line break or another control character")


def _refuse_id(text: str, what: str) -> None:
    if len(text) > ID_CHARS_MAX:
        said = f"the item id {legible(text[:40])!r}… has {len(text):,} characters, more than {ID_CHARS_MAX}"
        _refuse(what, said, "shorten it: what it is stands in the description")
    if text != text.strip():
        _refuse(what, f"the item id {legible(text)!r} begins or ends with a blank")
    plain = text.translate(_JOINERS)
    if legible(plain) != plain:
        _refuse(what, f"the item id {legible(text)!r} has a character that is not seen as it is")


def _refuse(what: str, problem: str, remedy: str = "take it out") -> None:
    raise EntryError(what=what, problem=problem, remedy=f"{remedy}; nothing was entered")


def _texts(value: object, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text in an act, with the name of its place."""
    match value:
        case str():
            yield name, value
        case dict():
            for key, one in value.items():
                yield from _texts(one, f"{name}.{key}" if name else key)
        case list() | tuple():
            for one in value:
                yield from _texts(one, name)


def _breaks(letter: str) -> bool:
    return unicodedata.category(letter) in _BREAKING

"""Directions of writing.

>>> from comity.letters.render.direction import direction
>>> direction("17 نوفمبر")
'rtl'
"""

import re
import unicodedata
from collections.abc import Iterator

from comity.letters.saying import direction as of_language

RTL, LTR = "rtl", "ltr"
_MARK = "\u200e"
_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_FROM_RIGHT = re.compile(f"[{_RIGHT}]")
_IN_BRACKETS = rf"\([^(){_RIGHT}]*\)"
_FIGURES = re.compile(rf"[A-Za-z0-9+](?:[^(){_RIGHT}]|{_IN_BRACKETS})*(?:[A-Za-z0-9]|{_IN_BRACKETS})")
LONGEST_FIGURES = 40
"""Letters of a stretch that is held together; a longer one is running text."""
_STRONG = {"L": LTR, "R": RTL, "AL": RTL}


def direction(text: str) -> str:
    """``rtl`` or ``ltr`` by the first letter that has a direction (Unicode Annex 9, P2); empty: none has."""
    kinds = (unicodedata.bidirectional(character) for character in text)
    return next((_STRONG[kind] for kind in kinds if kind in _STRONG), "")


def value_direction(text: str, language: str) -> str:
    """How a value is read: from the right where the page is and it has words that are, else by its first letter.

    Digits alone are read from the left.
    """
    if is_rtl(language) and _FROM_RIGHT.search(text):
        return RTL
    return direction(text) or LTR


def running_direction(text: str, language: str) -> str:
    """How running text in a language is read: from the right where its language is and it has words that are, though an
    address or a name stands first; else by its first letter. Empty: none has a direction.

    >>> running_direction("bank.example: يقلد اسما محميا", "ar")
    'rtl'
    """
    if is_rtl(language) and _FROM_RIGHT.search(text):
        return RTL
    return direction(text)


def held(text: str, language: str) -> str:
    """A reference on a page from the right, between marks of direction where its ends have none of their own.

    >>> held("612 Js 4711/26 / s7", "ar").replace("\u200e", "|")
    '|612 Js 4711/26 / s7|'
    >>> held("612 Js 4711/26 / s7", "de")
    '612 Js 4711/26 / s7'
    """
    if not text or not is_rtl(language) or _FROM_RIGHT.search(text):
        return text
    return _held(text)


def stretches(text: str) -> Iterator[tuple[str, str]]:
    """A text in stretches of one direction, each with it; what has none goes with what stands before it.

    Beside words from the right, figures with marks between them are a stretch from the left, between marks of direction
    (U+200E) where nothing else holds them together: the parts of a time would else change places.

    >>> list(stretches("في mail 5"))
    [('في ', 'rtl'), ('mail 5', 'ltr')]
    >>> [said.replace("\u200e", "|") for said, _ in stretches("في 20:12 (+05:30)")]
    ['في ', '|20:12 (+05:30)|']
    """
    told = direction(text) or LTR
    if not _FROM_RIGHT.search(text):
        yield from [(text, told)] if text else []
        return
    start = 0
    for found in _FIGURES.finditer(text):
        if len(found[0]) <= LONGEST_FIGURES and not found[0].isdigit():
            yield from _stretches(text[start : found.start()], told)
            yield _held(found[0]), LTR
            start = found.end()
    yield from _stretches(text[start:], told)


def _stretches(text: str, told: str) -> Iterator[tuple[str, str]]:
    start = 0
    told = direction(text) or told
    for place, character in enumerate(text):
        new = _STRONG.get(unicodedata.bidirectional(character), told)
        if new != told:
            yield text[start:place], told
            start, told = place, new
    if text[start:]:
        yield text[start:], told


def _held(figures: str) -> str:
    before = "" if direction(figures[0]) else _MARK
    return f"{before}{figures}{'' if direction(figures[-1]) else _MARK}"


def is_rtl(language: str) -> bool:
    """Whether a language is written from the right."""
    return of_language(language) == RTL


def base_language(language: str) -> str:
    """A BCP 47 tag without script or region."""
    return language.partition("-")[0].casefold()

"""Directions of writing.

>>> from comity.letters.render.direction import direction
>>> direction("17 نوفمبر")
'rtl'
"""

import unicodedata
from collections.abc import Iterator

from comity.letters.saying import direction as of_language

RTL, LTR = "rtl", "ltr"
_STRONG = {"L": LTR, "R": RTL, "AL": RTL}


def direction(text: str) -> str:
    """``rtl`` or ``ltr`` by the first letter that has a direction (Unicode Annex 9, P2); empty: none has."""
    kinds = (unicodedata.bidirectional(character) for character in text)
    return next((_STRONG[kind] for kind in kinds if kind in _STRONG), "")


def stretches(text: str) -> Iterator[tuple[str, str]]:
    """A text in stretches of one direction, each with it; what has none goes with what stands before it.

    >>> list(stretches("في mail 5"))
    [('في ', 'rtl'), ('mail 5', 'ltr')]
    """
    start, told = 0, direction(text) or LTR
    for place, character in enumerate(text):
        new = _STRONG.get(unicodedata.bidirectional(character), told)
        if new != told:
            yield text[start:place], told
            start, told = place, new
    if text[start:]:
        yield text[start:], told


def is_rtl(language: str) -> bool:
    """Whether a language is written from the right."""
    return of_language(language) == RTL


def base_language(language: str) -> str:
    """A BCP 47 tag without script or region."""
    return language.partition("-")[0].casefold()

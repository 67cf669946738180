"""Text from a package as people may see it: nothing in it can hide, move or look like the report's own words.

Names are evidence's own, and evidence may come from an adversary: a right-to-left override makes ``exe.txt`` of
``txt.exe``, a line feed makes a row of its own (Unicode Technical Report 36).
"""

import unicodedata

_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"))
"""Controls, marks of direction, halves of pairs, private and unassigned code points, and spaces but the common one."""
_RIGHT_TO_LEFT = frozenset(("R", "AL", "AN"))
_NO_CHARACTERS = frozenset[str]()


def legible(text: str, *, without: frozenset[str] = _NO_CHARACTERS, inline: bool = False) -> str:
    """The text with what cannot be seen, and what is in `without`, as ``\\u{202E}``; `inline`: letters that run from
    right to left too, for they would carry the words around them along."""
    return "".join(
        escaped(letter) if _is_hidden(letter) or letter in without or (inline and _runs_left(letter)) else letter
        for letter in text
    )


def in_ascii(text: str) -> str:
    """The text in ASCII alone: what is compared where letters of two scripts look alike."""
    return "".join(letter if " " <= letter <= "~" else escaped(letter) for letter in text)


def escaped(letter: str) -> str:
    """A character by its number."""
    return f"\\u{{{ord(letter):04X}}}"


def _is_hidden(letter: str) -> bool:
    return letter != " " and unicodedata.category(letter) in _HIDDEN


def _runs_left(letter: str) -> bool:
    return unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number of things in words: ``1 file``, ``1,200 files``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"

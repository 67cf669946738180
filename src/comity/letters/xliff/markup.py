"""The exact values in a text, which a translator must keep as they are: addresses, accounts, instants, digests.

>>> [piece.value for piece in pieces("write to a@b.example now", ()) if isinstance(piece, Code)]
['a@b.example']
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from comity.letters.model import Letter

#: Where a value may begin and end, so that no part of a longer one is taken.
_BEFORE = r"(?<![\w.+@:/-])"
_AFTER = r"(?![\w@])"
_EXACT = (
    r"https?://[^\s<>\"«»„“”]{1,2000}[\w/=-]",
    r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}",
    r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)?",
    r"\d{1,3}(?:\.\d{1,3}){3}",
    r"[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){3,7}",
    r"[0-9a-fA-F]{32,128}",
    r"0x[0-9a-fA-F]{40,64}",
    r"[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?\d{1,3})?",
)
_PATTERN = re.compile(_BEFORE + "(?:" + "|".join(_EXACT) + ")" + _AFTER)
SHORTEST = 4
"""Values of the letter that are shorter are not looked for: they would be found in any word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """An exact value inside a text, as a placeholder."""

    id: str
    value: str


Piece = str | Code


def pieces(text: str, values: Iterable[str]) -> tuple[Piece, ...]:
    """A text cut at its exact values: those that are known by their form, and those of the letter."""
    found: list[Piece] = []
    begin = 0
    for number, (start, end) in enumerate(_spans(text, values), start=1):
        if start > begin:
            found.append(text[begin:start])
        found.append(Code(id=str(number), value=text[start:end]))
        begin = end
    if begin < len(text):
        found.append(text[begin:])
    return tuple(found)


def plain(cut: Iterable[Piece]) -> str:
    """The text again."""
    return "".join(piece.value if isinstance(piece, Code) else piece for piece in cut)


def exact_values(letter: Letter) -> tuple[str, ...]:
    """What the letter itself has as values to be copied exactly, longest first."""
    values = {letter.reference, letter.case_reference}
    values |= {
        text for item in letter.assistance for subject in item.subjects for text in (subject.value, subject.shown)
    }
    values |= {text for pay in letter.payments for text in (pay.at, pay.source, pay.target, pay.reference)}
    values |= {contact for party in (letter.requesting, letter.conducting) if party for contact in party.contacts}
    values |= {act.reference for act in letter.earlier} | {paper.digest for paper in letter.enclosures}
    return tuple(sorted((value for value in values if len(value) >= SHORTEST), key=lambda value: (-len(value), value)))


def _spans(text: str, values: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where the values stand, in order and without overlap; a longer one goes before what it holds."""
    taken: list[tuple[int, int]] = [found.span() for found in _PATTERN.finditer(text)]
    known = [re.escape(value) for value in values if value in text]
    if known:
        longest_first = re.compile(r"(?<!\w)(?:" + "|".join(known) + r")(?!\w)")
        taken += [found.span() for found in longest_first.finditer(text)]
    end = 0
    for span in sorted(taken, key=lambda span: (span[0], -span[1])):
        if span[0] >= end:
            yield span
            end = span[1]

"""Pages against the pages that the data give: every line of the one must stand in the other, in its order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from comity.letters.read.opened import Line
from comity.letters.recognise.cues import folded

_PAGE = re.compile(r"page (\d+), ")
_NUMBER = re.compile(r"(?<![\d.,/:-])\d{1,3}(?![\d.,/:-])")
#: The number of a paragraph: in a draft, a part that is a gap alone moves those of the parts behind it.
_NUMBERING = re.compile(r"^\W*\d{1,2}(?:\.\d{1,2}|\.)\.?(?=\D|$)|(?<=\s)\d{1,2}(?:\.\d{1,2}|\.)\W*$")
#: Letters that are set in another shape or order than they are written in; what a reader makes of them may differ.
SHAPED = re.compile("[\u0590-\u08ff\u0900-\u109f\u1780-\u17ff\u1a00-\u1aaf\ufb1d-\ufdff\ufe70-\ufeff]")
#: What readers of PDF tell in one way or another: blanks, hyphens at the end of a line, marks of direction.
_LOOSE = re.compile("[\\s\u00ad\u200b-\u200f\u202a-\u202e\u2066-\u2069\u2010\u2011]|(?<=[^\\W\\d])-(?=[^\\W\\d])")
_FIGURES = re.compile(r"\d+(?:[.,:/-]\d+)*")
_WORD = re.compile(r"\w")
_WORDS = re.compile(r"\w\S*")
_NEAR = 3
"""Lines that agree between two that do not, and are looked at together with them."""
_CONTEXT = 3
"""Words told before and after those that differ."""
WORDS_MAX = 6_000
_LONGER, _MORE = 2, 40
"""By how much a translation may be longer than its text, in letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One place where the pages do not say what the data say."""

    expected: str
    """As the data have it, a few words around; empty: the pages have more."""
    shown: str
    """As the pages have it; empty: the pages have less."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How two texts agree."""

    differences: tuple[Difference, ...]
    apart: int = 0
    """Words in the places that differ."""
    translated: int = 0
    """Places where a translation stands for a text that the data have in its own language alone."""
    unread: int = 0
    """Places whose letters could not be read back; the rest of them agrees."""
    draft: bool = False
    """Whether the pages say of themselves that they are a draft with gaps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leeway:
    """What may differ by the way in which the pages are set."""

    translated: bool = False
    """They are in another language than the data: a translation may stand for a text."""
    beside: bool = False
    """Two columns: where a page ends, readers take the one or the other first."""
    unshaped: bool = False
    """Letters of scripts that cannot be read back may differ: figures, and words in other scripts, may not."""
    titles: tuple[str, ...] = ()
    """Of gaps, which may stand in a draft beside what the data give; looked at where letters may differ."""


def likeness(expected: Sequence[Line], shown: Sequence[Line], leeway: Leeway) -> Likeness:
    """The shown lines against those of a letter without gaps."""
    around = furniture(expected)
    return compared(kept(expected, around), kept(shown, around), leeway)


def unshaped_likeness(
    expected: Sequence[Line], shown: Sequence[Line], leeway: Leeway, *, titles: Sequence[str] = ()
) -> Likeness:
    """By what is left without letters of scripts that cannot be read back: figures, and words in other scripts.

    More of it behind the end of the letter is taken for the list of gaps of a draft, and is not compared; `titles` are
    those of gaps, which may stand in the letter too.
    """
    ours, theirs = (list(_unshaped(lines)) for lines in (expected, shown))
    whole = compared(ours, theirs, leeway)
    if not whole.differences:
        return whole
    known = [key(SHAPED.sub(" ", title)) for title in titles]
    theirs = [line for line in theirs if _FIGURES.search(line) or not any(key(line) in title for title in known)]
    keys = [key(line) for line in theirs]
    last = key(ours[-1]) if ours else ""
    ends = [number for number, one in enumerate(keys) if one == last]
    for end in ends:
        found = compared(ours, theirs[: end + 1], leeway)
        if not found.differences:
            return replace(found, draft=True)
    return whole


def furniture(lines: Sequence[Line]) -> frozenset[str]:
    """Heads and feet: what stands on every page but the cover, whatever its number."""
    pages: dict[int, list[str]] = {}
    for line in lines:
        page = _PAGE.match(line.where)
        if page is not None:
            pages.setdefault(int(page[1]), []).append(_masked(line.text))
    bodies = [texts for number, texts in pages.items() if number > 1]
    if len(bodies) == 1:
        return frozenset(text for text in bodies[0][-1:] if text.count("#") > 1)
    return frozenset(set.intersection(*map(set, bodies))) if bodies else frozenset()


def _masked(text: str) -> str:
    found = _NUMBER.findall(text)
    return key(_NUMBER.sub("#", text) if len(found) > 1 else text)


def kept(lines: Sequence[Line], around: frozenset[str]) -> list[str]:
    """The lines that say something, without heads and feet."""
    return [line.text for line in lines if key(line.text) and _masked(line.text) not in around]


def key(text: str) -> str:
    """What of a line is compared."""
    return _LOOSE.sub("", folded(text))


def bare(text: str) -> str:
    """A line without the number of its paragraph."""
    return _NUMBERING.sub("", text, count=1)


def compared(expected: list[str], shown: list[str], leeway: Leeway) -> Likeness:
    """Two texts, without heads and feet, line by line."""
    ours, theirs = [key(line) for line in expected], [key(line) for line in shown]
    if "".join(ours) == "".join(theirs):
        return Likeness(differences=())
    found: list[Difference] = []
    renderings = apart = unread = 0
    for a, b in _regions(ours, theirs):
        if "".join(ours[a]) == "".join(theirs[b]):
            continue
        if leeway.beside and _same_words(expected[a], shown[b]):
            continue
        if leeway.unshaped and _same_unshaped(expected[a], shown[b], leeway):
            unread += 1
            continue
        if leeway.translated and _is_translation(expected[a], shown[b]):
            renderings += 1
            continue
        one, other = " ".join(expected[a]).split(), " ".join(shown[b]).split()
        apart += len(one) + len(other)
        found += _words(one, other)
    return Likeness(differences=tuple(found), apart=apart, translated=renderings, unread=unread)


def _regions(ours: list[str], theirs: list[str]) -> Iterator[tuple[slice, slice]]:
    """Where the lines differ; places near to each other in one."""
    start: tuple[int, int] | None = None
    end = (0, 0)
    for what, a, a_end, b, b_end in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if what == "equal":
            if start is not None and a_end - a > _NEAR:
                yield slice(start[0], end[0]), slice(start[1], end[1])
                start = None
            continue
        start, end = start or (a, b), (a_end, b_end)
    if start is not None:
        yield slice(start[0], end[0]), slice(start[1], end[1])


def _is_translation(expected: list[str], shown: list[str]) -> bool:
    """Whether marked texts may stand translated: something is there for them, with the same figures."""
    ours, theirs = " ".join(expected), " ".join(shown)
    fits = len(theirs) <= _LONGER * len(ours) + _MORE
    return "[" in ours and bool(theirs) and fits and _figures(ours) == _figures(theirs)


def _unshaped(lines: Sequence[Line]) -> Iterator[str]:
    """What other scripts say in each line, without heads and feet."""
    plain = tuple(replace(line, text=SHAPED.sub(" ", line.text)) for line in lines)
    around = furniture(plain)
    for line in kept(plain, around):
        text = bare(line)
        if _WORD.search(text):
            yield " ".join(_WORDS.findall(text))


def _same_unshaped(expected: list[str], shown: list[str], leeway: Leeway) -> bool:
    """Whether what can be read back is the same; titles of gaps may stand between."""
    ours, theirs = [readable(line) for line in expected], [readable(line) for line in shown]
    known = [readable(title) for title in leeway.titles]
    rest = [line for line in theirs if not any(line in title for title in known)]
    wanted = "".join(ours)
    told = {"".join(theirs), "".join(rest)}
    return wanted in told or (leeway.beside and sorted(wanted) in map(sorted, told))


def readable(line: str) -> str:
    """What of a line is figures, or words in scripts that can be read back."""
    return "".join(map(key, _WORDS.findall(SHAPED.sub(" ", bare(line)))))


def _same_words(expected: list[str], shown: list[str]) -> bool:
    """Whether two texts have the same words, whatever their order."""
    return sorted("".join(map(key, expected))) == sorted("".join(map(key, shown)))


def _figures(text: str) -> set[str]:
    return set(_FIGURES.findall(folded(text)))


def _words(expected: list[str], shown: list[str]) -> Iterator[Difference]:
    if len(expected) + len(shown) > WORDS_MAX:
        yield Difference(expected=" ".join(expected[:20]), shown=" ".join(shown[:20]))
        return
    ours, theirs = [key(word) for word in expected], [key(word) for word in shown]
    for what, a, a_end, b, b_end in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if what != "equal" and "".join(ours[a:a_end]) != "".join(theirs[b:b_end]):
            yield Difference(
                expected=" ".join(expected[max(a - _CONTEXT, 0) : a_end + _CONTEXT]) if a_end > a else "",
                shown=" ".join(shown[max(b - _CONTEXT, 0) : b_end + _CONTEXT]) if b_end > b else "",
            )

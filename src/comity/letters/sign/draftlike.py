"""The pages of a draft with gaps against those that the data give: its marks of gaps are no part of the letter."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from comity.letters.read.opened import Line
from comity.letters.sign.again import ANNEXED, GAP
from comity.letters.sign.likeness import Leeway, Likeness, bare, compared, furniture, kept, key, readable

_HEADING_LINES = 8
"""Of a heading above a gap, in two languages and narrow columns."""
_LAST_LINES = 4
"""By which the end of a letter is known that no heading of gaps tells."""
_WRAPPED_LINES = 6
"""Over which a line of ours may run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftWords:
    """Our own words in a draft that are no part of its letter."""

    titles: tuple[str, ...] = ()
    """Of gaps, in the language of the pages."""
    empty: tuple[str, ...] = ()
    """What an empty section of a form says, alone and beside the original."""


def draft_likeness(
    expected: Sequence[Line], shown: Sequence[Line], leeway: Leeway, words: DraftWords
) -> Likeness | None:
    """The shown lines against those of a draft with all its gaps; None: they do not say that they are one.

    What stands under the heading of the gaps, behind the letter, is not compared: it is no part of the letter. Nor is
    whether an empty section says that it is empty, or names its gap.
    """
    around = furniture(expected)
    texts = kept(expected, around)
    heading = next((first for first, second in pairwise(texts) if ANNEXED.casefold() in key(second)), "")
    said = kept(shown, around)
    if not heading:
        return None
    letter = texts[: texts.index(heading)]
    ends = [number for number, line in enumerate(said) if key(line) == key(heading)][-1:]
    if not ends and leeway.unshaped:
        ends = _after_last(letter, said)
    best: Likeness | None = None
    for end in ends:
        found = _without_annex(letter, said[:end], said[end:], _mark(texts), leeway, words)
        if best is None or found.apart < best.apart:
            best = found
    return replace(best, draft=True) if best is not None else None


def _after_last(letter: Sequence[str], said: Sequence[str]) -> list[int]:
    """Where the letter may end whose heading of gaps cannot be read back: behind its last line that can."""
    told = [text for line in letter if GAP.casefold() not in key(line) and (text := readable(line))]
    lasts = set(told[-_LAST_LINES:])
    return [number + 1 for number, line in enumerate(said) if readable(line) in lasts]


def _without_annex(
    letter: Sequence[str],
    said: Sequence[str],
    annex: Sequence[str],
    mark: str,
    leeway: Leeway,
    words: DraftWords,
) -> Likeness:
    theirs = list(_said(said, mark, "".join(map(key, annex)), words.titles))
    ours = list(_without_gaps(letter, frozenset(key(bare(line)) for line in theirs)))
    seen = readable if leeway.unshaped else _as_it_is
    return compared(
        list(_without_empty(ours, words.empty, seen)),
        list(_without_empty([bare(line) for line in theirs], words.empty, seen)),
        leeway,
    )


def _as_it_is(line: str) -> str:
    return line


def _mark(texts: Sequence[str]) -> str:
    """What stands before, or after, the title of a gap."""
    label = next((key(line).partition(GAP.casefold()) for line in texts if GAP.casefold() in key(line)), ("", "", ""))
    return max(label[0], label[2], key=len)


def _said(lines: Sequence[str], mark: str, annex: str, titles: Sequence[str]) -> Iterator[str]:
    """The lines that are no gap; the title of a gap may run over several."""
    known = [_words(title) for title in titles]
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        if not (mark and mark in key(line)):
            yield line
            continue
        title = [key(line).replace(mark, "", 1)]
        text = line
        while number < len(lines) and len(title) < _WRAPPED_LINES:
            more = lines[number]
            told = _words(f"{text} {more}") - _words(mark)
            if "".join([*title, key(more)]) not in annex and not any(told <= one for one in known):
                break
            title.append(key(more))
            text = f"{text} {more}"
            number += 1


def _without_gaps(lines: Sequence[str], there: frozenset[str]) -> Iterator[str]:
    """The lines of a draft with all its gaps that the pages must have: not the gaps, nor headings of them alone."""
    texts = [bare(line) for line in lines]
    gone = {number for number, line in enumerate(texts) if GAP.casefold() in key(line)}
    for number in tuple(gone):
        for above in range(number - 1, max(number - 1 - _HEADING_LINES, -1), -1):
            if above in gone or key(texts[above]) in there:
                break
            gone.add(above)
    yield from (line for number, line in enumerate(texts) if number not in gone)


def _without_empty(lines: Sequence[str], empty: Sequence[str], seen: Callable[[str], str]) -> Iterator[str]:
    """The lines without those that say that there is nothing to say, in however many lines they do."""
    wanted = [letters for text in empty if (letters := sorted(_letters(seen(text))))]
    number = 0
    while number < len(lines):
        length = next(
            (
                length
                for length in range(1, _WRAPPED_LINES + 1)
                if sorted(_letters(seen(" ".join(lines[number : number + length])))) in wanted
            ),
            0,
        )
        if not length:
            yield lines[number]
        number += length or 1


def _words(text: str) -> Counter[str]:
    """The words of a text, whatever their order: a reader gives those of a line from the right as they are seen."""
    return Counter(filter(None, map(_letters, text.split())))


def _letters(text: str) -> str:
    return "".join(letter for letter in key(text) if letter.isalnum())

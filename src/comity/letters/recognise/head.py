"""The head of a letter: its letterhead, the block to whom it goes, and where the head ends."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from comity.letters.recognise.cues import cues, folded, heading, label, phrase
from comity.letters.recognise.dates import days_in
from comity.letters.recognise.document import Document, Sentence

_HEAD_LINES = 40
_NEAR, _TAIL = 60, 25
"""Lines from the beginning and the end in which authorities are looked for."""
_BLOCK_LINES = 6
_LINE_CHARS = 160
"""Longest line of an address; a paragraph is longer."""
_SALUTATION_CHARS = 80
_DATE_LINE_CHARS = 60
_TITLE_LINES = 3
_SENTENCE_CHARS = 60
_ADDRESS_CHARS = 100
"""Longest further line of an address."""
_ABBREVIATED = re.compile(r"(?<!\w)(?:\w\.){2,4}$")
"""An end such as *Washington D.C.*, which ends no sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """An address: its first line, what follows the word that begins it, and the lines after."""

    line: Sentence
    value: str
    lines: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands above the text."""

    letterhead: tuple[Sentence, ...] = ()
    """Lines from the top to the first reference, date or address."""
    below: tuple[Sentence, ...] = ()
    """Lines of the head below a reference or a date."""
    addressee: Block | None = None
    """The block that a word for an addressee begins; None: no such word."""


def head_of(document: Document) -> Head:
    """The head of a letter."""
    lines = _head_lines(document)
    start, block = _addressee(lines)
    end = next((n for n, line in enumerate(lines) if n >= _is_title_first(lines) and is_stop(line)), len(lines))
    parted = next((n for n, line in enumerate(lines) if _is_mark(line)), len(lines))
    return Head(letterhead=lines[: min(end, start)], below=lines[parted + 1 :], addressee=block)


def is_stop(line: Sentence) -> bool:
    """Whether a line ends an address: a label, a reference, a date, a subject, a salutation."""
    named = ("addressee", "sender", "subject")
    return _is_mark(line) or _is_salutation(line) or any(label(cues().label[n]).match(line.folded) for n in named)


def has_authority(text: str) -> bool:
    """Whether a folded text has a word for an authority."""
    return phrase(cues().phrase["authority"]).search(text) is not None


def candidates(document: Document) -> Iterator[Sentence]:
    """Lines near the beginning and the end that name an authority and are no sentence."""
    last = len(document.lines)
    for line in document.lines:
        near = line.number < _NEAR or line.number >= last - _TAIL
        if near and len(line.text) <= _LINE_CHARS and has_authority(line.folded) and not _is_sentence(line.text):
            yield line


def _head_lines(document: Document) -> tuple[Sentence, ...]:
    for line in document.lines[:_HEAD_LINES]:
        if _ends_head(line):
            return document.lines[: line.number]
    return document.lines[:_HEAD_LINES]


def _ends_head(line: Sentence) -> bool:
    if line.number < _TITLE_LINES and len(line.text) <= _LINE_CHARS:
        return False
    subject = label(cues().label["subject"]).match(line.folded) is not None
    return (
        subject or len(line.text) > _LINE_CHARS or _is_salutation(line) or _is_heading(line) or _is_sentence(line.text)
    )


def _is_title_first(lines: tuple[Sentence, ...]) -> int:
    """How many lines at the top are a reference or a date that stands above the letterhead."""
    count = 0
    while count < len(lines) and count < _TITLE_LINES and _is_mark(lines[count]):
        count += 1
    return count


def _addressee(lines: tuple[Sentence, ...]) -> tuple[int, Block | None]:
    """Where the address of the other side begins, and the address; the end of the head where none is marked."""
    for number, line in enumerate(lines):
        found = _opening().match(line.folded)
        if found is None or len(line.folded) != len(line.text):
            continue
        if found["colon"] is not None and not any(has_authority(one.folded) for one in lines[:number]):
            continue  # "Central Authority: Ministry of Justice" at the top is the sender's
        # "To the" is not part of a name, "Генеральному прокурору" is
        after = 0 if has_authority(found[0]) and found["colon"] is None else found.end()
        block = Block(line=line, value=line.text[after:].strip(" :,"), lines=_block(lines[number + 1 :]))
        if any(has_authority(text) for text in (folded(block.value), *(one.folded for one in block.lines[:2]))):
            return number, block
    return len(lines), None


def _block(lines: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    for line in lines[:_BLOCK_LINES]:
        if ends_address(line) or len(line.text) > _ADDRESS_CHARS:
            break
        found.append(line)
    return tuple(found)


def ends_address(line: Sentence) -> bool:
    """Whether a line is no part of an address: a mark, another address, a sentence that asks or names a treaty."""
    asking = phrase((*cues().phrase["request"], *cues().phrase["treaty"]))
    return is_stop(line) or opens_address(line) or asking.search(line.folded) is not None


def opens_address(line: Sentence) -> bool:
    """Whether an address begins on a line."""
    found = _opening().match(line.folded)
    return found is not None and (found.end() == len(line.folded) or has_authority(line.folded[found.end() :]))


def _is_mark(line: Sentence) -> bool:
    """Whether a line is a reference or a date."""
    named = any(label(cues().label[name]).match(line.folded) for name in ("reference", "date"))
    return named or (len(line.text) <= _DATE_LINE_CHARS and bool(days_in(line.folded)))


def _is_salutation(line: Sentence) -> bool:
    short = len(line.text) <= _SALUTATION_CHARS and line.text.rstrip().endswith((",", "،", "，", ":", "：", "!"))
    return short and _salutation().match(line.folded) is not None and not has_authority(line.folded)


def _is_heading(line: Sentence) -> bool:
    return any(heading(words).match(line.folded) for words in cues().section.values())


def _is_sentence(text: str) -> bool:
    ends = text.rstrip().endswith((".", "。", "।", ";", ":")) and _ABBREVIATED.search(text.rstrip()) is None
    return ends and len(text) > _SENTENCE_CHARS


@lru_cache(maxsize=1)
def _opening() -> re.Pattern[str]:
    """The beginning of an address; with ``colon`` where it is a label that a letterhead may bear too."""
    words = "|".join(re.escape(folded(one)) for one in sorted(cues().label["opening"], key=len, reverse=True))
    titles = "|".join(re.escape(folded(one)) for one in sorted(cues().label["central"], key=len, reverse=True))
    return re.compile(rf"^\W{{0,3}}(?:(?:{words})(?:\s*[:：]|(?!\w))|(?P<colon>(?:{titles})[^:：]{{0,60}}[:：]))\s*")


@lru_cache(maxsize=1)
def _salutation() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(folded(one)) for one in cues().label["salutation"]))

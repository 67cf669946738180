"""A letter as lines of text, each folded for comparison; and what is found in them, with its place."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from comity.law import Confidence
from comity.letters.model.record import Record
from comity.letters.read.opened import Line, Opened
from comity.letters.recognise.cues import cues, folded, heading, label, opening, phrase, started

QUOTED_CHARS = 300
READ_CHARS = 400_000
"""How much of a letter is read for what it asks: more than a hundred pages."""
READ_LINES = 20_000
ROWS_LEAST = 3
"""Labels of a table that must be there before one without a colon is believed."""


class Said(Record, frozen=True, kw_only=True):
    """One thing that was recognised, and the words that say it."""

    value: str
    """As Comity writes it: an id, an ISO 8601 date, a code, a name."""
    text: str
    """As it stands there, at most `QUOTED_CHARS` characters."""
    where: str
    """In words that lead a person there; empty: told by the whole."""
    confidence: Confidence = Confidence.MEDIUM


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One line, as it stands and folded."""

    text: str
    folded: str
    where: str
    strong: bool = False
    number: int

    def said(self, value: str, confidence: Confidence = Confidence.MEDIUM) -> Said:
        """Something that this line says."""
        return Said(value=value, text=self.text[:QUOTED_CHARS], where=self.where, confidence=confidence)


@dataclass(frozen=True, kw_only=True)
class Document:
    """The lines in order."""

    lines: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """All of it, a line each."""
        return "\n".join(line.text for line in self.lines)

    @cached_property
    def flat(self) -> str:
        """All of it, folded, in one line: phrases go on over the ends of lines."""
        return " ".join(line.folded for line in self.lines)

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [], 0
        for line in self.lines:
            starts.append(at)
            at += len(line.folded) + 1
        return starts

    def line_at(self, place: int) -> Sentence:
        """The line in which a place of `flat` lies."""
        return self.lines[bisect_right(self._starts, place) - 1]

    def matches(self, words: tuple[str, ...]) -> Iterator[re.Match[str]]:
        """Every place in `flat` of one of some phrases; only those that are there at all cost more than a glance."""
        there = tuple(word for word in words if folded(word).strip("*") in self.flat)
        return phrase(there).finditer(self.flat) if there else iter(())

    def with_phrase(self, words: tuple[str, ...]) -> Iterator[Sentence]:
        """The lines with one of some phrases, each once."""
        seen: set[int] = set()
        for match in self.matches(words):
            line = self.line_at(match.start())
            if line.number not in seen:
                seen.add(line.number)
                yield line

    def section(self, name: str) -> tuple[Sentence, ...]:
        """The lines below a heading, to the next; empty: there is no such heading."""
        return self._sections.get(name, ())

    @cached_property
    def _sections(self) -> dict[str, tuple[Sentence, ...]]:
        found: dict[str, list[Sentence]] = {}
        current: list[Sentence] | None = None
        inline = ""
        rows = self._rows
        for line in self.lines:
            name, rest = rows.get(line.number) or _section_of(line)
            if name:
                current = found.setdefault(name, [])
                current += [rest] if rest is not None else []
                inline = name if rest is not None else ""
            elif line.strong or (inline and _leaves(inline, line)):
                current = None
            elif current is not None:
                current.append(line)
        return {name: tuple(lines) for name, lines in found.items()}

    @cached_property
    def _rows(self) -> dict[int, tuple[str, Sentence | None]]:
        """Rows of a table in a PDF, where no colon parts a label from its value; several prove that there is one."""
        found = {line.number: row for line in self.lines if line.where.startswith("page") and (row := _row_of(line))}
        return found if len({name for name, _ in found.values()}) >= ROWS_LEAST else {}

    def labelled(self, name: str) -> Iterator[tuple[Sentence, str]]:
        """What follows a label, on its line or, where nothing does, on the next; with the line that says it."""
        pattern = label(cues().label[name])
        for line in self.lines:
            found = pattern.match(line.folded)
            if found is None:
                continue
            value = _tail(line, found.start(1))
            after = line.number + 1
            if value:
                yield line, value
            elif after < len(self.lines):
                yield self.lines[after], self.lines[after].text


def _section_of(line: Sentence) -> tuple[str, Sentence | None]:
    """The section that a line begins, and what of it stands on the line itself; empty: none."""
    for name, words in cues().section.items():
        if heading(words).match(line.folded):
            return name, None
        found = opening(words).match(line.folded)
        if found is not None and name != "signatures":
            rest = re.split("[:：]", line.text, maxsplit=1)[-1].strip()
            return name, replace(line, text=rest, folded=found[1])
    return "", None


def _row_of(line: Sentence) -> tuple[str, Sentence | None] | None:
    for name, words in cues().section.items():
        found = started(words).match(line.text)
        if found is not None:
            rest = line.text[found.end() :]
            return name, replace(line, text=rest, folded=folded(rest))
    return None


def _leaves(name: str, line: Sentence) -> bool:
    """Whether a line ends a section that began within a line: the next paragraph need not belong to it."""
    if name == "contact" or line.where.startswith(("paragraph", "table")):
        return True
    if any(label(words).match(line.folded) for words in cues().label.values()):
        return True
    other = ("confidential", "urgent") if name == "assistance" else ("request", "confidential", "urgent")
    return any(phrase(cues().phrase[one]).search(line.folded) for one in other)


def document(opened: Opened) -> Document:
    """The lines of a file that was opened, up to `READ_CHARS` characters and `READ_LINES` lines."""
    kept: list[Sentence] = []
    chars = 0
    for number, line in enumerate(opened.lines[:READ_LINES]):
        sentence = _sentence(number, line)
        chars += max(len(line.text), len(sentence.folded))  # some signs unfold into many letters
        if chars > READ_CHARS:
            break
        kept.append(sentence)
    return Document(lines=tuple(kept))


def _sentence(number: int, line: Line) -> Sentence:
    return Sentence(text=line.text, folded=folded(line.text), where=line.where, strong=line.strong, number=number)


def _tail(line: Sentence, start: int) -> str:
    """The end of a line as it stands, from a place in its folded form: exact where folding keeps the length."""
    if len(line.folded) == len(line.text):
        return line.text[start:].strip()
    return line.text[-max(len(line.folded) - start, 0) :].strip() if start < len(line.folded) else ""

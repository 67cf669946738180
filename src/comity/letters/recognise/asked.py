"""What is asked for: measures, the time for which data are wanted, by when, and how quietly."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import islice, pairwise

from comity.law import Confidence, Measure, Registry
from comity.letters.model import Kind
from comity.letters.recognise.cues import cues, folded, phrase, verbal
from comity.letters.recognise.dates import days_in
from comity.letters.recognise.document import Document, Said, Sentence
from comity.letters.wording import catalogue, languages

LINES_MAX = 200
"""Lines of one kind that are kept."""
_KINDS_OF_MEASURE = {
    Kind.PRESERVATION_REQUEST: Measure.PRESERVATION,
    Kind.PRESERVATION_EXTENSION: Measure.PRESERVATION,
    Kind.EPOC_PR: Measure.PRESERVATION,
    Kind.EXTRADITION_REQUEST: Measure.EXTRADITION,
    Kind.PROVISIONAL_ARREST: Measure.EXTRADITION,
}
"""Kinds that ask for one thing alone; the other measures that they name say what it is about."""
_BEFORE = 5
"""Lines in which a word of asking may stand before what is asked for."""
_TITLE_LINES = 40
_APART = 30
"""Characters that may stand between the two dates of a period."""
_SENTENCE_ENDS = re.compile(r"(?:^|\w{3})[.;] ")
"""Between two dates; not an abbreviation such as the Russian one of *year*."""
_NUMBER_OF_DAYS = r"(\d{1,3})\s*\S{0,12}?\s*"


def find_kind(document: Document) -> Said | None:
    """What the letter is: by a title of our own letters, else by the words of its head."""
    head = Document(lines=document.lines[:_TITLE_LINES])
    for first, second in pairwise((*head.lines, *head.lines[-1:])):
        # a long title goes on in a second line
        for title in (first.folded.strip(), f"{first.folded.strip()} {second.folded.strip()}"):
            if title in _titles():
                return first.said(_titles()[title])
    for kind, words in cues().kind.items():
        line = next(head.with_phrase(words), None)
        if line is not None:
            return line.said(kind.value)
    return None


@lru_cache(maxsize=1)
def _titles() -> dict[str, str]:
    """The titles of our own letters in every language, folded, with the kind that each names."""
    kinds = {kind: f"kind.{kind.value}" for kind in Kind}
    return {folded(catalogue(tag).say(key)).strip(): kind.value for tag in languages() for kind, key in kinds.items()}


def find_measures(document: Document, kind: Kind | None) -> tuple[Said, ...]:
    """Measures that are asked for; where a section says what is asked, by that alone."""
    alone = _KINDS_OF_MEASURE.get(kind) if kind is not None else None
    within = document.section("assistance")
    part = Document(lines=_renumbered(within)) if within else document
    asking = {line.number for line in part.with_phrase(cues().phrase["request"])}
    quiet = {line.number for line in part.with_phrase(cues().phrase["confidential"])}
    found: list[Said] = []
    for measure, words in cues().measure.items():
        every = list(islice(part.with_phrase(words), LINES_MAX)) + _verbal(part, measure)
        # "do not tell the account holder" asks for silence, and for no account
        lines = [line for line in every if line.number not in quiet]
        sure = [line for line in lines if within or any(line.number - n in asking for n in range(_BEFORE + 1))]
        if sure:
            found.append(sure[0].said(measure.value))
        elif lines:
            found.append(lines[0].said(measure.value, Confidence.LOW))
    certain = [said for said in found if said.confidence is not Confidence.LOW] or found
    only = [said for said in certain if alone is not None and said.value == alone.value]
    return tuple(only or certain)


def _verbal(part: Document, measure: Measure) -> list[Sentence]:
    """Lines with a verb and an object that ask for a measure."""
    words = cues().verb.get(measure, ())
    return [part.line_at(one.start()) for one in islice(verbal(words).finditer(part.flat), LINES_MAX)] if words else []


def find_period(document: Document) -> tuple[Said, Said] | None:
    """Beginning and end of the time for which data are asked: two dates that follow a word for it, within two lines."""
    for line in (*document.section("assistance"), *document.lines):
        spread = _spread(document, line)
        if spread:
            (first, last), sure = spread
            level = Confidence.MEDIUM if sure else Confidence.LOW
            return line.said(first.isoformat(), level), line.said(last.isoformat(), level)
    return None


def _spread(document: Document, line: Sentence) -> tuple[tuple[date, date], bool] | None:
    """The two days of a period that begins on a line."""
    if phrase(cues().phrase["period"]).search(line.folded) is None:
        return None
    after = document.lines[line.number + 1].folded if line.number + 1 < len(document.lines) else ""
    text = f"{line.folded} {after}"
    days = days_in(text)
    if len(days) > 1 and _SENTENCE_ENDS.search(text[days[0].end : days[1].start]):
        return None  # two dates of two sentences are no period
    if len(days) < 2 or days[0].start >= len(line.folded) or days[1].start - days[0].end > _APART:
        return None
    first, last = sorted((days[0].on, days[1].on))
    return (first, last), days[0].sure and days[1].sure


def find_deadline(document: Document) -> Said | None:
    """By when an answer is wanted: an ISO 8601 date, or a duration such as ``P30D``."""
    words = phrase(cues().phrase["deadline"])
    number = re.compile(_NUMBER_OF_DAYS + f"(?:{phrase(cues().phrase['days']).pattern})")
    spread: set[int] = set()
    for line in document.lines:
        if _spread(document, line):
            spread |= {line.number, line.number + 1}
        if line.number in spread and number.search(line.folded) is None:
            continue
        for cue in islice(words.finditer(line.folded), 5):
            around = line.folded[max(cue.start() - 40, 0) : cue.end() + 60]
            days = days_in(line.folded[cue.start() : cue.end() + 60]) if _leads(cue[0]) else days_in(around)
            if len(days) == 1 and _asks(document, line):
                return line.said(days[0].on.isoformat(), Confidence.MEDIUM if days[0].sure else Confidence.LOW)
            told = number.search(around)
            if told is not None and not days:
                return line.said(f"P{int(told[1])}D")
    return None


def find_lines(document: Document, name: str) -> Iterator[Said]:
    """Lines with a phrase for something, such as ``confidential``."""
    return (line.said(name) for line in islice(document.with_phrase(cues().phrase[name]), 5))


def find_holders(document: Document, registry: Registry) -> Iterator[tuple[Said, str]]:
    """Providers of our data that the letter names, with their ids."""
    for provider in registry.providers.values():
        names = tuple(dict.fromkeys(name for name in (provider.legal_entity, provider.name) if len(name) > 3))
        line = next(document.with_phrase(names), None) if names else None
        if line is not None:
            yield line.said(provider.name), provider.id


def _leads(cue: str) -> bool:
    """Whether a word for a deadline stands before its date: not in Hindi and Chinese."""
    return cue[0] < "\u0900"


def _asks(document: Document, line: Sentence) -> bool:
    """Whether a line, or the one before it, asks for something: dates of the facts are no deadlines."""
    asking = phrase((*cues().phrase["request"], *cues().phrase["urgent"], *cues().phrase["deadline"][:5]))
    near = document.lines[max(line.number - 1, 0) : line.number + 1]
    return any(asking.search(one.folded) for one in near)


def _renumbered(lines: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    from dataclasses import replace

    return tuple(replace(line, number=number) for number, line in enumerate(lines))

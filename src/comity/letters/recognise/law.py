"""The law that a letter names: offences by section and by word, and the instruments that it invokes."""

import re
from collections.abc import Iterator
from functools import lru_cache

from comity.law import Confidence, InstrumentKind, NationalOffence, Registry
from comity.letters.recognise.cues import cues, folded
from comity.letters.recognise.document import Document, Said, Sentence

_NUMBER = re.compile(r"\d+[a-z]{0,2}(?:[.-]\d+)?(?:\([0-9a-z]{1,4}\))*")
_RUN = re.compile(
    r"[\s,;/&]*(?:(?:and|et|y|e|und|и|و|तथा|और|и ч\.|r/w|read with|with|section|sections|s\.)?"
    r"[\s,;/&]*\d[\w.()-]*[\s,;/&]*)+"
)
_LIST_CHARS = 80
"""How far after *sections* a list of numbers may go."""
_ARTICLE = re.compile(r"(?:articles?|arts?\.?|artículos?|artigos?|artikel|статья|статьи|ст\.|المادة|अनुच्छेद|第)\s*(\d+)")
_OF_TREATY = re.compile(
    r"[^.;]{0,50}?(?:convention|treaty|protocol|vertrag|übereinkommen|konvention|abkommen|traité|accord|convenio|tratado"
    r"|convenção|acordo|конвенц|договор|اتفاقية|公约|条约)"
)
"""An article *of a treaty*, which is no section of a law."""
_NEAR_CHARS = 120
_TITLE_CHARS = 60
_PLAIN_WORDS = frozenset("of the and for on in act code law to de la du des el del".split())
_ENOUGH = 0.75
COURTESY = "letters-rogatory"
"""The instrument of those who have none."""


def find_sections(document: Document, registry: Registry, state: str) -> tuple[tuple[Said, NationalOffence], ...]:
    """Sections of a state's law that the letter cites and that our data know, each once."""
    law = registry.states.get(state)
    if law is None:
        return ()
    named = {title for title in {row.law for row in law.offences} if _is_named(title, document.flat)}
    rows = [row for row in law.offences if row.law in named]
    found: dict[tuple[str, str, str], tuple[Said, NationalOffence]] = {}
    for line, number in _numbers(document):
        for row in rows:
            if row.section.casefold() == number or row.section.casefold().split("(")[0] == number:
                key = (row.law, row.section, row.offence_id)
                found.setdefault(key, (line.said(row.offence_id, Confidence.HIGH), row))
    return tuple(found.values())


def find_offences(document: Document, registry: Registry) -> Iterator[Said]:
    """Canonical offences that the letter names in words."""
    for offence in registry.offences.values():
        words = (*cues().offence.get(offence.id, ()), offence.title)
        line = next(document.with_phrase(words), None)
        if line is not None:
            yield line.said(offence.id)


def find_instruments(document: Document, registry: Registry, pair: tuple[str, str]) -> tuple[tuple[Said, str], ...]:
    """Instruments that the letter invokes, each with the article named near it; bilateral ones by the pair first.

    Reciprocity counts as a basis only where nothing else is named: most letters offer it in passing.
    """
    found = (*_bilateral(document, registry, pair), *_shared(document, registry))
    others = tuple(one for one in found if one[0].value != COURTESY)
    return others or found


def _shared(document: Document, registry: Registry) -> Iterator[tuple[Said, str]]:
    for instrument, words in _titles(registry):
        found = next(document.matches(words), None)
        if found is not None:
            near = document.flat[max(found.start() - _NEAR_CHARS, 0) : found.end() + _NEAR_CHARS]
            yield document.line_at(found.start()).said(instrument, Confidence.HIGH), _article(near)


def _bilateral(document: Document, registry: Registry, pair: tuple[str, str]) -> Iterator[tuple[Said, str]]:
    if not all(pair) or pair[0] == pair[1]:
        return
    titles = [m for _, words in _titles(registry) if (m := next(document.matches(words), None)) is not None]
    found = next((m for m in document.matches(cues().phrase["treaty"]) if not _is_of(m, titles)), None)
    if found is None:
        return
    surrender = next(document.matches(cues().kind_words("extradition_request")), None) is not None
    wanted = InstrumentKind.EXTRADITION if surrender else InstrumentKind.MLAT
    near = document.flat[max(found.start() - _NEAR_CHARS, 0) : found.end() + 2 * _NEAR_CHARS]
    between = [treaty for treaty in registry.treaties_between(*pair) if treaty.kind is wanted]
    # one that stands beside the treaty of the two, such as the Union's, is named by its own title alone
    own = [treaty for treaty in between if set(treaty.states) == set(pair)]
    for treaty in sorted(own or between, key=lambda treaty: bool(treaty.ended_on)):  # what it followed comes last
        yield document.line_at(found.start()).said(treaty.id), _article(near)


def _is_of(word: re.Match[str], titles: list[re.Match[str]]) -> bool:
    """Whether a word for a treaty belongs to the title of one that is open to many: it names no other."""
    return any(title.start() - _TITLE_CHARS <= word.start() <= title.end() for title in titles)


def _article(near: str) -> str:
    found = _ARTICLE.search(near)
    return found[1] if found else ""


@lru_cache(maxsize=4)
def _titles(registry: Registry) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Names of instruments that are open to more than two states; those that several share are left out."""
    titles: dict[str, list[str]] = {}
    for instrument in registry.shared:
        titles.setdefault(folded(instrument.title), []).append(instrument.id)
    own = {ids[0]: title for title, ids in titles.items() if len(ids) == 1}
    named = {**{one: () for one in own}, **cues().instrument}
    # a title that goes on in a longer one (a protocol to a convention) is told apart by the longer
    return tuple(
        (one, (*words, *((own[one],) if one in own else ())))
        for one, words in named.items()
        if one in registry.instruments
    )


def _is_named(title: str, text: str) -> bool:
    """Whether a law is named: by its abbreviation in brackets, or by most of its words."""
    plain = folded(title)
    short = re.search(r"\(([^)]{2,8})\)", plain)
    if short is not None and re.search(rf"(?<!\w){re.escape(short[1])}(?!\w)", text):
        return True
    words = [word for word in re.findall(r"\w+", re.sub(r"\(.*?\)", "", plain)) if word not in _PLAIN_WORDS]
    return bool(words) and sum(word in text for word in words) >= _ENOUGH * len(words)


def _numbers(document: Document) -> Iterator[tuple[Sentence, str]]:
    """Numbers that follow a word for *section*, with the line where they stand."""
    for found in document.matches(cues().phrase["section"]):
        tail = document.flat[found.end() : found.end() + _LIST_CHARS]
        run = _RUN.match(tail)
        if run is not None and _OF_TREATY.match(tail[run.end() :]):
            continue
        for number in _NUMBER.finditer(run[0] if run else ""):
            yield document.line_at(found.start()), number[0]

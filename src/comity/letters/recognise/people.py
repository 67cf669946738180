"""Persons that a letter names with a label, its reference, and its date."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from comity.law import Confidence
from comity.letters.recognise.cues import cues, folded, phrase
from comity.letters.recognise.dates import days_in
from comity.letters.recognise.document import Document, Said, Sentence

ROLES = ("suspect", "witness", "victim", "sought")
_NAME_CHARS = 120
_LEAST = 2
"""Characters of a name: two in Chinese."""
_REFERENCE_CHARS = 80
_MARKED_LINES, _REFERENCE_LINE_CHARS = 12, 160
"""Lines of the head in which a number without a label may be the reference."""
_PERSONS_MAX = 50
_HEAD, _TAIL, _DATE_LINE_CHARS = 40, 15, 70
_WORD = r"[^\W\d_a-zа-яß-ÿ][\w'’-]+"
_CAPITAL = r"[A-ZÀ-ÞА-ЯЁ][\w'’-]+"
_NAMED = rf"(?P<name>{_CAPITAL}(?:\s+(?:{_CAPITAL}|[A-Z]\.|al-\w+|bin|ben|de|da|dos|van|von|el)){{1,4}})"
_BORN = re.compile(
    _NAMED + r"\s*[,(]?\s*(?:[^;:()]{0,40}?\s)?\(?"
    r"(?:born|née?|nacid[oa]|nascid[oa]|geboren|geb\.|родивш|род\.|г\.\s?р\.|d\.?o\.?b\.?)(?!\w)"
)
"""A name, and that it was born, at most a few words behind."""
_TITLED = re.compile(
    r"(?:\bM\.|\bMme|\bMonsieur|\bMadame|\bMr\.?|\bMrs\.?|\bMs\.?|\bHerrn?|\bFrau|\bSr\.|\bSra\.)\s+" + _NAMED
)
_TITLES = re.compile(r"^(?:M\.|Mme|Mr\.?|Mrs\.?|Ms\.?|Monsieur|Madame|Herrn?|Frau|Sr\.|Sra\.|The|On|In)\s+")
_NO_NAMES = frozenset(
    "court ministry republic kingdom states office authority tribunal division section central criminal bank".split()
)
_NAME_WORDS, _ROLE_CHARS, _OFFICE_CHARS = 5, 120, 30
_AGAINST = re.compile(
    r"(?:\bgegen(?: d(?:en|ie))?|\bagainst|\bcontre|\bcontra|\bv\.|\bvs\.?|\b[Ii]nvestigation of|\bв отношении)\s+"
    rf"({_WORD}(?:\s+{_WORD}){{1,3}})"
)
"""In a subject: against whom it goes, by two to four words with capitals."""
_MARKED = re.compile(
    r"(?:reference no\.?|ref\.? no\.?|\bref\.|№|n\.?o\.?)\s*[:：]?\s*([\w/.\-]{0,40}\d[\w/.\-]{0,40})", re.IGNORECASE
)


def find_persons(document: Document) -> Iterator[tuple[Said, str]]:
    """Persons with their role; names as they stand."""
    seen: set[str] = set()
    for role in ROLES:
        for line, value in document.labelled(role):
            name = re.split(r"[;(]|,\s*(?=\D{0,12}\d)", value)[0].strip(" .")
            if _LEAST <= len(name) <= _NAME_CHARS and any(c.isalpha() for c in name) and name not in seen:
                seen.add(name)
                yield line.said(name), role
                if len(seen) >= _PERSONS_MAX:
                    return
    for said, role in islice(_inline(document), _PERSONS_MAX):
        if said.value not in seen:
            seen.add(said.value)
            yield said, role
    if not seen:
        yield from _against(document)


def _inline(document: Document) -> Iterator[tuple[Said, str]]:
    """Persons in running text: with a birth behind the name, a title before it, or the word for their part in it."""
    roles = _roles()
    for line in document.lines:
        for pattern in (_BORN, _TITLED):
            for found in pattern.finditer(line.text):
                name = _TITLES.sub("", found["name"]).strip(" ,.")
                if _is_name(name) and (pattern is _BORN or not _is_officer(line, found)):
                    yield line.said(name), _role(line.folded, found.end())
        for found in roles.finditer(line.text):
            name = found["name"].strip(" ,،.")
            if len(name.split()) > 1:
                yield line.said(name), _role_named(found["role"])


def _is_officer(line: Sentence, found: re.Match[str]) -> bool:
    """Whether a word for an office stands just before or behind a name: who writes, and not whom it concerns."""
    near = folded(line.text[max(found.start() - _OFFICE_CHARS, 0) : found.end() + _OFFICE_CHARS].split(". ")[0])
    return phrase((*cues().phrase["authority"], *cues().phrase["court"])).search(near) is not None


def _is_name(name: str) -> bool:
    words = name.split()
    return 1 < len(words) <= _NAME_WORDS and not any(word.casefold() in _NO_NAMES for word in words)


def _role(folded_line: str, end: int) -> str:
    """By the word for a witness or victim that follows in the sentence; else it is a suspect's."""
    after = folded_line[end : end + _ROLE_CHARS].split(". ", maxsplit=1)[0]
    return next((role for role in ("witness", "victim") if phrase(cues().label[role]).search(after)), "suspect")


def _role_named(word: str) -> str:
    return next(role for role in ROLES if folded(word) in {folded(one) for one in cues().label[role]})


@lru_cache(maxsize=1)
def _roles() -> re.Pattern[str]:
    """In Arabic and Hindi, where names have no capitals: the word for a person's part, then two to four words."""
    words = [word for role in ROLES for word in cues().label[role] if word[0] >= "\u0600" and word[0] < "\u0980"]
    named = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    word = r"[\u0600-\u060b\u060d-\u06ff\u0900-\u0963\u0966-\u097f]+"
    ends = r"(?=\s*[،,.;:(]|\s+(?:ने|से|को|का|की|के)(?!\S))"
    return re.compile(rf"(?P<role>{named})\s+(?P<name>{word}(?:\s+{word}){{1,3}}?){ends}")


def _against(document: Document) -> Iterator[tuple[Said, str]]:
    """Whom the subject names; not sure, because a firm or a place may stand there."""
    for line, _ in document.labelled("subject"):
        after = document.lines[line.number + 1].text if line.number + 1 < len(document.lines) else ""
        found = _AGAINST.search(f"{line.text} {after}" if line.where.startswith(("page", "line")) else line.text)
        if found is not None:
            yield line.said(found[1], Confidence.LOW), "suspect"
            return


def find_reference(document: Document) -> Said | None:
    """The letter's own reference."""
    for line, value in document.labelled("reference"):
        shown = re.split(r"\s{2,}|\s+(?=date[:\s])", value, maxsplit=1, flags=re.IGNORECASE)[0].strip(" .;,")
        if any(c.isdigit() for c in shown) and len(shown) <= _REFERENCE_CHARS:
            return line.said(shown)
    subjects = (line for line, _ in document.labelled("subject"))
    for line in (*document.lines[:_MARKED_LINES], *subjects):
        found = _MARKED.search(line.text)
        if found is not None and len(line.text) <= _REFERENCE_LINE_CHARS:
            return line.said(found[1].strip(" .;,"), Confidence.LOW)
    return None


def find_date(document: Document) -> Said | None:
    """The day on which it was written: by its label, else a short line at the head or the foot with a date alone."""
    for line, _ in document.labelled("date"):
        days = days_in(line.folded)
        if days:
            return line.said(days[0].on.isoformat(), Confidence.HIGH if days[0].sure else Confidence.LOW)
    for line in (*document.lines[:_HEAD], *document.lines[-_TAIL:]):
        days = days_in(line.folded)
        if len(days) == 1 and len(line.text) <= _DATE_LINE_CHARS:
            return line.said(days[0].on.isoformat(), Confidence.MEDIUM if days[0].sure else Confidence.LOW)
    return None

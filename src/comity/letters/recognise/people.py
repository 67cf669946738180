"""Persons that a letter names with a label, its reference, and its date."""

import re
from collections.abc import Iterator

from comity.law import Confidence
from comity.letters.recognise.dates import days_in
from comity.letters.recognise.document import Document, Said

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
_AGAINST = re.compile(
    r"(?:\bgegen(?: d(?:en|ie))?|\bagainst|\bcontre|\bcontra|\bv\.|\bvs\.?|\b[Ii]nvestigation of|\bв отношении)\s+"
    rf"({_WORD}(?:\s+{_WORD}){{1,3}})"
)
"""In a subject: against whom it goes, by two to four words with capitals."""
_MARKED = re.compile(
    r"(?:reference no\.?|ref\.? no\.?|№|n\.?o\.?)\s*[:：]?\s*([\w/.\-]{0,40}\d[\w/.\-]{0,40})", re.IGNORECASE
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
    if not seen:
        yield from _against(document)


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

"""Sections of law as people cite them, matched with the rows of the law data."""

import re
from dataclasses import dataclass

from comity.law import NationalOffence

_CITED = re.compile(
    r"^(?P<law>.+?)[,;]?\s+(?P<mark>ss?\.|sections?|§+|art(?:icle|\.)s?)\s*(?P<section>.+)$", re.IGNORECASE
)
# § 263 Abs. 1 StGB; art. 313-1 du Code penal; section 66D of the Information Technology Act 2000
_CITED_FIRST = re.compile(
    r"^(?P<mark>ss?\.|sections?|§+|art(?:icle|\.)s?)\s*(?P<section>\d[\w().-]*(?:[,;]?\s+(?:(?:and|et|und|u\.)\s+)?"
    r"(?:(?:Abs|Satz|S|Nr|lit|al|para)\.?\s*)?\d[\w().-]*)*)"
    r"[,;]?\s+(?:(?:of|du|de|des|der|del|della)\s+(?:the\s+)?)?(?P<law>[^\W\d].*)$",
    re.IGNORECASE,
)
_PART = re.compile(r"\b(?:Abs|Satz|Nr|lit|al|para)\.?\s*\w+", re.IGNORECASE)
_SHORT = re.compile(r"\(([^\W\d_]{3,})\)")
_NUMBER = re.compile(r"\d+[A-Za-z]*(?:\([0-9A-Za-z]+\))*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A law and what is cited of it."""

    law: str
    section: str
    mark: str = ""
    """``s.``, ``art.`` or ``§``, as it is cited; empty: only the law is."""

    @property
    def numbers(self) -> tuple[str, ...]:
        """Each section in a list such as ``3 and 4``; one of a subsection, ``263(1)``, as a whole too."""
        exact = [number.casefold() for number in _NUMBER.findall(_PART.sub("", self.section))]
        return tuple(dict.fromkeys((*exact, *(number.partition("(")[0] for number in exact))))


def cite(text: str) -> Cited:
    """A citation taken apart; where it has no section, all of it is the law's name.

    >>> cite("Information Technology Act 2000, s. 66D")
    Cited(law='Information Technology Act 2000', section='66D', mark='s.')
    """
    found = _CITED_FIRST.match(text.strip()) or _CITED.match(text.strip())
    if found is None:
        return Cited(law=text.strip(), section="")
    return Cited(law=found["law"].strip().rstrip(","), section=found["section"].strip(), mark=_mark(found["mark"]))


def _mark(word: str) -> str:
    if word.startswith("§"):
        return "§"
    return "art." if word.casefold().startswith("art") else "s."


def is_cited(cited: Cited, row: NationalOffence) -> bool:
    """Whether a row of the law data is a section that was cited."""
    sections = {section.strip().casefold() for section in row.section.split(",")}
    return sections <= set(cited.numbers) and bool(names_of_law(cited.law) & names_of_law(row.law))


def names_of_law(law: str) -> frozenset[str]:
    """How a law may be called: whole, without what stands in brackets, and by an abbreviation there, ``(StGB)``."""
    short = {found.casefold() for found in _SHORT.findall(law) if sum(c.isupper() for c in found) > 1}
    bare = _plain(re.sub(r"\([^)]*\)", " ", law))
    return frozenset({_plain(law), *short, *([bare] if short else [])})


def _plain(law: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", law.casefold()).split())

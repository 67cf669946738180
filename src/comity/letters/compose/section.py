"""Sections of law as people cite them, matched with the rows of the law data."""

import re
from dataclasses import dataclass

from comity.law import NationalOffence

_CITED = re.compile(r"^(?P<law>.+?)[,;]?\s+(?:ss?\.|sections?|§+|art(?:icle|\.)s?)\s*(?P<section>.+)$", re.IGNORECASE)
_NUMBER = re.compile(r"\d+[A-Za-z]*(?:\([0-9A-Za-z]+\))*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A law and what is cited of it."""

    law: str
    section: str

    @property
    def numbers(self) -> tuple[str, ...]:
        """Each section in a list such as ``3 and 4``."""
        return tuple(number.casefold() for number in _NUMBER.findall(self.section))


def cite(text: str) -> Cited:
    """A citation taken apart; where it has no section, all of it is the law's name.

    >>> cite("Information Technology Act 2000, s. 66D")
    Cited(law='Information Technology Act 2000', section='66D')
    """
    found = _CITED.match(text.strip())
    if found is None:
        return Cited(law=text.strip(), section="")
    return Cited(law=found["law"].strip().rstrip(","), section=found["section"].strip())


def is_cited(cited: Cited, row: NationalOffence) -> bool:
    """Whether a row of the law data is a section that was cited."""
    numbers = {number.casefold() for number in _NUMBER.findall(row.section)} or {row.section.casefold()}
    return numbers <= set(cited.numbers) and _plain(cited.law) == _plain(row.law)


def _plain(law: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", law.casefold()).split())

"""Accounts, addresses and numbers in a letter: those that it is about, and those under which its sender is reached.

The letterhead's, the signature's and a contact line's are contacts. A number that may be either stays an object, and is
said to be unsure: a person strikes it out sooner than misses it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import msgspec

from comity.law import Confidence
from comity.leads.extract import find_in_text
from comity.leads.extract.sighting import Sighting
from comity.leads.model import ObservableKind
from comity.letters.recognise.cues import cues, folded, label, phrase
from comity.letters.recognise.document import Document, Said, Sentence
from comity.letters.recognise.head import Head, head_of
from comity.letters.recognise.wrapped import Paragraph, paragraphs

OBJECTS_MAX = 200
_QUOTED_CHARS, _QUOTES_CHARS = 300, 900
"""Of a line, and of all lines that name an object."""
_VICTIM_CHARS = 40
_ACCOUNTS = frozenset({ObservableKind.IBAN, ObservableKind.CARD, ObservableKind.UPI, ObservableKind.BANK_ACCOUNT})
_REACHED = frozenset({ObservableKind.EMAIL, ObservableKind.PHONE})
_OF_DESKS = _REACHED | {ObservableKind.URL, ObservableKind.DOMAIN}
_BEFORE_CHARS = 200
"""How far before a number a word for a contact may stand."""
_TAIL_LINES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Things:
    """What was found, each once."""

    objects: tuple[tuple[Said, ObservableKind], ...]
    contacts: tuple[Said, ...]
    victims: tuple[Said, ...] = ()
    """Accounts that it says are a victim's: nobody is asked about them."""


def find_things(document: Document, regions: tuple[str, ...]) -> Things:
    """Objects and contacts; `regions` are the states whose telephone numbers may stand without a code."""
    places = _Places.of(document)
    objects: dict[tuple[ObservableKind, str], tuple[Said, ObservableKind]] = {}
    contacts: dict[str, Said] = {}
    victims: dict[str, Said] = {}
    for paragraph in paragraphs(document, lambda text: _ends_whole(text, regions)):
        for one in _seen(paragraph.text, regions):
            line = paragraph.line_at(one.start)
            sure = places.judge(paragraph, one, line)
            if sure is None:
                if one.kind in _REACHED:
                    contacts.setdefault(one.value, line.said(one.value))
            elif _is_victims(paragraph.text, one):
                victims.setdefault(one.value, line.said(one.value))
            elif len(objects) < OBJECTS_MAX:
                key = (one.kind, one.value)
                kept = objects.get(key)
                if kept is None or (kept[0].confidence is Confidence.LOW and sure is not Confidence.LOW):
                    objects[key] = (line.said(one.value, sure), one.kind)
                elif line.text[:_QUOTED_CHARS] not in kept[0].text:
                    both = f"{kept[0].text} … {line.text[:_QUOTED_CHARS]}"[:_QUOTES_CHARS]
                    objects[key] = (msgspec.structs.replace(kept[0], text=both), one.kind)
    spared = {
        value: said for value, said in victims.items() if value not in {said.value for said, _ in objects.values()}
    }
    return Things(objects=tuple(objects.values()), contacts=tuple(contacts.values()), victims=tuple(spared.values()))


def _is_victims(text: str, one: Sighting) -> bool:
    """Whether the words just around an account say that it is the victim's."""
    if one.kind not in _ACCOUNTS:
        return False
    near = folded(text[max(one.start - _VICTIM_CHARS, 0) : one.end + _VICTIM_CHARS])
    return phrase(cues().phrase["of_victim"]).search(near) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Places:
    """Lines by what they are for."""

    desk: frozenset[int]
    """Of the letterhead, an address, the signature, a section on contacts."""
    tail: int
    """From which line on the letter ends."""

    @classmethod
    def of(cls, document: Document) -> "_Places":
        desk = {line.number for line in _desk_lines(document, head_of(document))}
        return cls(desk=frozenset(desk), tail=len(document.lines) - _TAIL_LINES)

    def judge(self, paragraph: Paragraph, one: Sighting, line: Sentence) -> Confidence | None:
        """How sure it is that a sighting is an object; None: it is a contact."""
        if one.kind not in _OF_DESKS:
            return Confidence.HIGH
        named = (label(cues().label[name]).match(line.folded) for name in ("contact", "sender"))
        if line.number in self.desk or any(named):
            return None
        if _headed().match(paragraph.text) is not None:
            return None
        before = folded(paragraph.text[max(one.start - _BEFORE_CHARS, 0) : one.start])
        sentence = before.rpartition(". ")[2] if ". " in before[:-8] else before
        if phrase(cues().phrase["enquiries"]).search(before) is not None:
            return None
        reached = phrase(cues().phrase["reached"]).search(sentence) is not None
        if not reached or phrase(cues().phrase["request"]).search(sentence) is not None:
            return Confidence.HIGH
        return Confidence.LOW if line.number >= self.tail else Confidence.HIGH


def _desk_lines(document: Document, head: Head) -> Iterator[Sentence]:
    asking = phrase((*cues().phrase["request"], *cues().phrase["account"]))
    address = (head.addressee.line, *head.addressee.lines) if head.addressee is not None else ()
    block = (line for line in (*head.letterhead, *address) if not line.text.endswith("."))
    yield from (line for line in block if asking.search(line.folded) is None)
    yield from document.section("contact")
    closing = _closing(document)
    yield from (line for line in document.lines[closing:] if asking.search(line.folded) is None)


def _closing(document: Document) -> int:
    """The line from which on the letter is signed; its end where no formula says so."""
    formula = phrase(cues().section["signatures"])
    for line in document.lines[len(document.lines) // 2 :]:
        found = formula.match(line.folded)
        if found is not None and len(line.folded) - found.end() < found.end():
            return line.number
    return len(document.lines)


@lru_cache(maxsize=2048)
def _seen(text: str, regions: tuple[str, ...]) -> tuple[Sighting, ...]:
    """Sightings in a text, without the domains of its own addresses."""
    seen = list(find_in_text(text, regions=regions) if regions else find_in_text(text))
    hosts = [one for one in seen if one.kind in {ObservableKind.URL, ObservableKind.EMAIL}]
    return tuple(
        one
        for one in seen
        if one.kind is not ObservableKind.DOMAIN
        or not any(host.start <= one.start < host.end or one.value in host.value for host in hosts)
    )


@lru_cache(maxsize=1)
def _headed() -> re.Pattern[str]:
    """A paragraph that begins with a word for a contact, and goes on with a name: a table's row in a PDF."""
    words = "|".join(re.escape(word) for word in sorted(cues().section["contact"], key=len, reverse=True))
    return re.compile(rf"(?i:{words})\s+(?:[A-Z\u0410-\u042f]|\+\d)")


def _ends_whole(text: str, regions: tuple[str, ...]) -> bool:
    return any(one.end >= len(text) for one in _seen(text, regions))

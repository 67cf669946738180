"""From the lines of a letter to all that is recognised in it, and what is not."""

from collections.abc import Iterator
from datetime import date

import msgspec

from comity.law import Confidence, NationalOffence, Registry
from comity.leads.model import ObservableKind
from comity.letters.model import Kind
from comity.letters.model.record import Record
from comity.letters.recognise.asked import (
    find_deadline,
    find_holders,
    find_kind,
    find_lines,
    find_measures,
    find_period,
)
from comity.letters.recognise.document import Document, Said
from comity.letters.recognise.language import language_of
from comity.letters.recognise.law import find_instruments, find_offences, find_sections
from comity.letters.recognise.objects import find_things
from comity.letters.recognise.parties import find_parties
from comity.letters.recognise.people import find_date, find_persons, find_reference

SECTIONS = ("stage", "facts", "purpose", "necessity", "link", "procedure", "urgency", "confidentiality", "undertakings")
#: What a request has, and what a person does where it was not recognised.
WANTED = {
    "language": "it is in none of the nine that are read, and what stands above may be wrong: have it translated",
    "kind": "say what it is",
    "sender": "name the requesting authority",
    "requesting_state": "name the requesting state",
    "addressee": "name the authority to which it is addressed",
    "requested_state": "name the requested state",
    "reference": "give the sender's reference",
    "date": "give the day on which it was written",
    "instrument": "name the instrument on which it rests, or ask",
    "offences": "name the offences, or ask for the text of the law",
    "persons": "say whom it concerns",
    "measures": "say what is asked for",
    "objects": "name the accounts, addresses or numbers",
    "period": "say for which time data are asked, or ask",
    "deadline": "say by when, or ask",
    "confidentiality": "it does not say whether it is to be kept confidential",
    "facts": "find the facts; no heading for them was recognised",
    "contacts": "find whom to call",
}


class Recognised(Record, frozen=True, kw_only=True):
    """One field, and everything that says it; the first counts."""

    field: str
    values: tuple[Said, ...]


class NotRecognised(Record, frozen=True, kw_only=True):
    """A field that could not be recognised."""

    field: str
    remedy: str


class Recognition(Record, frozen=True, kw_only=True):
    """All that was recognised."""

    language: str
    """ISO 639; empty: not recognised."""
    fields: tuple[Recognised, ...]
    missing: tuple[NotRecognised, ...]
    roles: dict[str, str] = msgspec.field(default_factory=dict)
    """Role of each person, by name."""
    kinds: dict[str, ObservableKind] = msgspec.field(default_factory=dict)
    """Kind of each object, by value."""
    sections: tuple[tuple[Said, NationalOffence], ...] = ()
    """Sections of the requesting state's law that it cites."""
    articles: dict[str, str] = msgspec.field(default_factory=dict)
    """Article named near an instrument, by the instrument's id."""
    holders: dict[str, str] = msgspec.field(default_factory=dict)
    """Ids of providers, by name."""
    texts: dict[str, tuple[Said, ...]] = msgspec.field(default_factory=dict)
    """All that stands under each of the headings `SECTIONS`, in one text."""

    def said(self, field: str) -> tuple[Said, ...]:
        """What says a field; empty: nothing does."""
        return next((one.values for one in self.fields if one.field == field), ())

    def value(self, field: str) -> str:
        """The first value of a field; empty: none."""
        return next((one.value for one in self.said(field)), "")

    def day(self, field: str) -> date | None:
        """The first value as a day; None: there is none."""
        value = self.value(field)
        return date.fromisoformat(value) if value and value[0] != "P" else None


def recognise(document: Document, registry: Registry) -> Recognition:
    """Everything that can be recognised in a letter, with what our law data know."""
    language, sure = language_of(document.text)
    kind = find_kind(document)
    sender, addressee = find_parties(document, registry)
    states = tuple(party.state.value for party in (sender, addressee) if party.state is not None)
    pair = (states[0], states[1]) if len(states) == 2 else ("", "")
    sections = find_sections(document, registry, sender.state.value) if sender.state is not None else ()
    instruments = find_instruments(document, registry, pair)
    people = _of_kind(tuple(find_persons(document)), kind)
    things = find_things(document, states)
    holders = tuple(find_holders(document, registry))
    found: dict[str, tuple[Said | None, ...]] = {
        "language": (_language(language, sure=sure),) if language else (),
        "kind": (kind,),
        "sender": (sender.name,),
        "requesting_state": (sender.state,),
        "addressee": (addressee.name,),
        "requested_state": (addressee.state,),
        "reference": (find_reference(document),),
        "date": (find_date(document),),
        "instrument": tuple(said for said, _ in instruments),
        "offences": _offences(document, registry, sections),
        "persons": tuple(said for said, _ in people),
        "measures": find_measures(document, Kind(kind.value) if kind is not None else None),
        "objects": tuple(said for said, _ in things.objects),
        "period": find_period(document) or (),
        "deadline": (find_deadline(document),),
        "confidentiality": tuple(find_lines(document, "confidential")),
        "urgency": tuple(find_lines(document, "urgent")),
        "contacts": things.contacts,
        "victims": things.victims,
        "holders": tuple(said for said, _ in holders),
        "facts": tuple(line.said("facts") for line in document.section("facts")[:1]),
    }
    fields = tuple(_fields(found))
    there = {one.field for one in fields}
    return Recognition(
        language=language,
        fields=fields,
        missing=tuple(NotRecognised(field=f, remedy=remedy) for f, remedy in WANTED.items() if f not in there),
        roles={said.value: role for said, role in people},
        kinds={said.value: kind_of for said, kind_of in things.objects},
        sections=sections,
        articles={said.value: article for said, article in instruments},
        holders={said.value: one for said, one in holders},
        texts={name: _paragraph(document, name) for name in SECTIONS},
    )


def _language(language: str, *, sure: bool) -> Said:
    return Said(value=language, text="", where="", confidence=Confidence.MEDIUM if sure else Confidence.LOW)


def _of_kind(people: tuple[tuple[Said, str], ...], kind: Said | None) -> tuple[tuple[Said, str], ...]:
    """In a request for surrender, who is no witness or victim is the person sought."""
    if kind is None or kind.value not in {Kind.EXTRADITION_REQUEST.value, Kind.PROVISIONAL_ARREST.value}:
        return people
    return tuple((said, "sought" if role == "suspect" else role) for said, role in people)


def _offences(
    document: Document, registry: Registry, sections: tuple[tuple[Said, NationalOffence], ...]
) -> tuple[Said, ...]:
    """By words first; sections that may be several offences count where no word decides."""
    worded = {said.value: said for said in find_offences(document, registry)}
    cited = {said.value: said for said, _ in sections}
    both = [said for value, said in worded.items() if value in cited]
    rest = [said for said in worded.values() if said.value not in cited]
    by_section: dict[tuple[str, str], list[Said]] = {}
    for said, row in sections:
        # a section that is cited without its paragraph is one, whatever offences its paragraphs are
        by_section.setdefault((row.law, row.section.split("(")[0]), []).append(said)
    alone = [group[0] for group in by_section.values() if not any(one.value in worded for one in group)]
    return tuple({said.value: said for said in (*both, *alone, *rest)}.values())


def _paragraph(document: Document, name: str) -> tuple[Said, ...]:
    """What stands under a heading, in one: where paragraphs end cannot be told from lines."""
    lines = document.section(name)
    if not lines:
        return ()
    whole = " ".join(line.text for line in lines)
    return (Said(value=name, text=whole, where=f"from {lines[0].where}"),)


def _fields(found: dict[str, tuple[Said | None, ...]]) -> Iterator[Recognised]:
    for field, values in found.items():
        there = tuple(said for said in values if said is not None)
        if there:
            yield Recognised(field=field, values=there)

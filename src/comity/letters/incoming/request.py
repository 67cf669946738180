"""From what was recognised in a stranger's letter to a letter as data, each content with the place it was read from."""

from collections.abc import Iterator
from datetime import date

from comity.law import Channel, Confidence, Measure, NationalOffence, Registry
from comity.letters.model import (
    Basis,
    Item,
    Kind,
    Letter,
    Offence,
    Origin,
    OriginKind,
    Party,
    Person,
    Provision,
    Span,
    Subject,
    Text,
)
from comity.letters.recognise import Recognition, Said
from comity.letters.recognise.cues import cues, folded, phrase
from comity.letters.wording import catalogue, fixed


def letter_of(found: Recognition, registry: Registry, *, received_on: date) -> Letter:
    """The structured request; what was not recognised stays empty, and the day of receipt stands for its date."""
    kind = Kind(found.value("kind") or Kind.MLA_REQUEST.value)
    return Letter(
        kind=kind,
        title=fixed(f"kind.{kind.value}", origin=_origin(found.said("kind"))),
        reference=found.value("reference"),
        case_reference=found.value("reference"),
        dated_on=found.day("date") or received_on,
        language=found.language or "en",
        requesting=_party(found, "sender", "requesting_state", contacts=True),
        addressee=_party(found, "addressee", "requested_state"),
        court=_court(found, kind),
        basis=tuple(_bases(found, registry)),
        persons=tuple(_persons(found)),
        offences=tuple(_offences(found, registry)),
        assistance=tuple(_items(found)),
        confidentiality=_once(found, "confidentiality"),
        urgency=_once(found, "urgency") or _texts(found, found.said("deadline")),
        facts=_texts(found, found.texts.get("facts", ())),
        stage=_texts(found, found.texts.get("stage", ())),
        purpose=_texts(found, found.texts.get("purpose", ())),
        necessity=_texts(found, found.texts.get("necessity", ())),
        link=_texts(found, found.texts.get("link", ())),
        procedure=_texts(found, found.texts.get("procedure", ())),
    )


def _origin(said: tuple[Said, ...]) -> Origin:
    first = next(iter(said), None)
    return Origin(
        kind=OriginKind.RECEIVED,
        where=first.where if first is not None else "",
        confidence=first.confidence if first is not None else Confidence.LOW,
    )


def _texts(found: Recognition, said: tuple[Said, ...]) -> tuple[Text, ...]:
    return tuple(
        Text(text=one.text, language=found.language or "en", origin=_origin((one,))) for one in said if one.text
    )


def _once(found: Recognition, name: str) -> tuple[Text, ...]:
    """What stands under a heading of this name, else the lines that say it."""
    return _texts(found, found.texts.get(name, ()) or found.said(name))


def _party(found: Recognition, name: str, state: str, *, contacts: bool = False) -> Party:
    return Party(
        name=found.value(name),
        state=found.value(state),
        contacts=tuple(said.value for said in found.said("contacts")) if contacts else (),
        origin=_origin(found.said(name) or found.said(state)),
    )


def _court(found: Recognition, kind: Kind) -> Party | None:
    """A letter rogatory is the act of the court that sends it, where its sender is one."""
    court = kind is Kind.LETTER_ROGATORY and phrase(cues().phrase["court"]).search(folded(found.value("sender")))
    return _party(found, "sender", "requesting_state") if court else None


def _bases(found: Recognition, registry: Registry) -> Iterator[Basis]:
    for said in found.said("instrument"):
        instrument = registry.instruments[said.value]
        article = found.articles.get(said.value, "")
        origin = _origin((said,))
        yield Basis(
            instrument=instrument.id,
            title=instrument.title,
            article=article,
            channel=(instrument.general.channel if instrument.general else Channel.CENTRAL_AUTHORITIES).value,
            statement=Text(text=said.text, language=found.language or "en", origin=origin),
            origin=origin,
        )


def _persons(found: Recognition) -> Iterator[Person]:
    for said in found.said("persons"):
        yield Person(name=said.value, role=found.roles.get(said.value, "suspect"), origin=_origin((said,)))


def _offences(found: Recognition, registry: Registry) -> Iterator[Offence]:
    for said in found.said("offences"):
        title = catalogue().entries.get(f"offence.{said.value}", registry.offences[said.value].title)
        rows = {(row.law, row.section): (place, row) for place, row in found.sections if row.offence_id == said.value}
        yield Offence(
            id=said.value,
            title=title,
            provisions=tuple(_provision(place, row) for place, row in rows.values()),
            origin=_origin((said,)),
        )


def _provision(place: Said, row: NationalOffence) -> Provision:
    return Provision(
        law=row.law,
        section=row.section,
        mark=row.mark,
        title=row.title,
        max_penalty_years=row.max_penalty_years,
        life_only=row.life_only,
        origin=_origin((place,)),
    )


def _items(found: Recognition) -> Iterator[Item]:
    subjects = tuple(
        Subject(kind=found.kinds[said.value].value, value=said.value, detail=said.text, origin=_origin((said,)))
        for said in found.said("objects")
    )
    days = found.said("period")
    period = Span(start=days[0].value, end=days[1].value) if len(days) == 2 else None
    holder = found.said("holders")
    for number, said in enumerate(found.said("measures"), start=1):
        yield Item(
            number=number,
            measure=Measure(said.value),
            what=Text(text=said.text, language=found.language or "en", origin=_origin((said,))),
            holder=holder[0].value if holder else "",
            holder_id=found.holders[holder[0].value] if holder else "",
            subjects=subjects,
            period=period,
            origin=_origin((said,)),
        )

"""Every single fact of the law data, with its place, age and confidence, so that each can be questioned alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from comity.law.cooperation import Cooperation
from comity.law.dates import span
from comity.law.ground import ConsultationRule, ForumCriterion, GroundRule
from comity.law.instrument import Exclusion, Instrument, Participation, Provision, Record, Reservation, StateCode
from comity.law.key import written_key
from comity.law.lawdata import LawData
from comity.law.reading import Placed, PlacedRow, placed
from comity.law.state import (
    Authority,
    Membership,
    NationalOffence,
    NationalsRule,
    Offence,
    Provider,
    SectionText,
    StatedPosition,
)
from comity.law.territory import Territory
from comity.law.vocabulary import Confidence


class FactKind(StrEnum):
    """What a fact is about; the first ones can change the status of routes."""

    PARTICIPATION = "participation"
    INSTRUMENT = "instrument"
    PROVISION = "provision"
    RESERVATION = "reservation"
    EXCLUSION = "exclusion"
    NATIONAL_OFFENCE = "national_offence"
    NATIONALS = "nationals"
    MEMBERSHIP = "membership"
    TERRITORY = "territory"
    AUTHORITY = "authority"
    OFFENCE = "offence"
    PROVIDER = "provider"
    JURISDICTION = "jurisdiction"
    POSITION = "position"
    SECTION_TEXT = "section_text"
    COOPERATION = "cooperation"


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleFact:
    """One record with a source of its own."""

    kind: FactKind
    path: str
    """File below the data folder."""
    key: str
    """Within the file: the key of a row, or the place inside a document."""
    what: str
    record: Record
    instrument: str = ""
    """Id of the instrument that it is about, where it is about one."""
    states: tuple[StateCode, ...] = ()
    """States that it is about."""
    source_url: str
    as_of: str
    confidence: Confidence

    def age_days(self, on: date) -> int:
        """Days from the last day that its date can mean to `on`; never below 0."""
        return max(0, (on - span(self.as_of)[1]).days)


def facts_of(data: LawData) -> Iterator[SingleFact]:
    """Every fact, file by file."""
    reading = placed(data)
    for item in reading.instruments:
        yield from _of_instrument(item)
    for row in reading.rows:
        yield _of_row(row)
    for work in reading.cooperation:
        yield from _of_work(work)


def _of_instrument(place: Placed[Instrument]) -> Iterator[SingleFact]:
    instrument = place.record
    nested: list[tuple[FactKind, str, str, tuple[StateCode, ...], Provision | Reservation | Exclusion]] = [
        *(
            (FactKind.PROVISION, f"provisions[{n}]", f"Art. {p.article} {p.measure.value}", (), p)
            for n, p in enumerate(instrument.provisions, 1)
        ),
        *(
            (FactKind.RESERVATION, f"reservations[{n}]", f"{r.state} to Art. {r.article}: {r.summary}", (r.state,), r)
            for n, r in enumerate(instrument.reservations, 1)
        ),
        *(
            (FactKind.EXCLUSION, f"exclusions[{n}]", e.reason, (*e.states, *e.toward), e)
            for n, e in enumerate(instrument.exclusions, 1)
        ),
    ]
    yield SingleFact(
        kind=FactKind.INSTRUMENT,
        path=place.path,
        key="",
        what=instrument.title,
        record=instrument,
        instrument=instrument.id,
        states=instrument.states,
        source_url=instrument.source_urls[0],
        as_of=instrument.as_of,
        confidence=instrument.confidence,
    )
    for kind, key, what, states, record in nested:
        yield SingleFact(
            kind=kind,
            path=place.path,
            key=key,
            what=f"{instrument.id} {what}",
            record=record,
            instrument=instrument.id,
            states=states or instrument.states,
            source_url=record.source_url,
            as_of=instrument.as_of if isinstance(record, Provision) else record.as_of,
            confidence=record.confidence,
        )


def _of_row(row: PlacedRow) -> SingleFact:
    kind, what, instrument, states = _told(row.record, row.owner)
    return SingleFact(
        kind=kind,
        path=row.path,
        key=written_key(row.record),
        what=what,
        record=row.record,
        instrument=instrument,
        states=states,
        source_url=row.record.source_url,
        as_of=row.record.as_of,
        confidence=row.record.confidence,
    )


_Told = tuple[FactKind, str, str, tuple[StateCode, ...]]
"""Kind, words, instrument, states."""


def _told(record: Record, owner: str) -> _Told:
    match record:
        case Participation():
            what = f"{record.state} in {owner}: {record.how or 'signed only'}"
            return FactKind.PARTICIPATION, what, owner, (record.state,)
        case NationalOffence():
            what = f"{owner}: {record.law} s. {record.section} for {record.offence_id}"
            return FactKind.NATIONAL_OFFENCE, what, "", (owner,)
        case NationalsRule():
            what = f"{owner} on the surrender of its nationals: {record.law}, {record.section}"
            return FactKind.NATIONALS, what, "", (owner,)
        case Authority():
            return FactKind.AUTHORITY, f"{owner}: {record.name}", record.instrument, (owner,)
        case Membership():
            return FactKind.MEMBERSHIP, f"{record.state} in {owner}", "", (record.state,)
        case _:
            return _told_beside(record, owner)


def _told_beside(record: Record, owner: str) -> _Told:
    """Of what changes no status by itself."""
    match record:
        case StatedPosition():
            return FactKind.POSITION, f"{owner} on {record.instrument}: {record.reason}", record.instrument, (owner,)
        case SectionText():
            return FactKind.SECTION_TEXT, f"{owner}: {record.law} s. {record.section}, its text", "", (owner,)
        case Territory():
            through = record.through or "no other state"
            return FactKind.TERRITORY, f"{record.code} through {through}", "", (record.code,)
        case GroundRule() | ConsultationRule() | ForumCriterion():
            return _told_of_jurisdiction(record)
        case Provider():
            return FactKind.PROVIDER, f"{record.name} ({record.legal_entity})", "", (record.jurisdiction,)
        case _:
            assert isinstance(record, Offence)  # the last kind of row
            return FactKind.OFFENCE, record.title, "", ()


def _told_of_jurisdiction(rule: GroundRule | ConsultationRule | ForumCriterion) -> _Told:
    if isinstance(rule, ForumCriterion):
        return FactKind.JURISDICTION, rule.text, "", ()
    law, state = (rule.law, rule.state) if isinstance(rule, GroundRule) else ("", "")
    what = f"{rule.instrument or law} Art. {rule.article}: {rule.text}"
    return FactKind.JURISDICTION, what, rule.instrument, (state,) if state else ()


def _of_work(place: Placed[Cooperation]) -> Iterator[SingleFact]:
    work = place.record
    yield SingleFact(
        kind=FactKind.COOPERATION,
        path=place.path,
        key="",
        what=work.title,
        record=work,
        source_url=work.source_urls[0],
        as_of=work.as_of,
        confidence=work.confidence,
    )
    for number, norm in enumerate(work.norms, 1):
        yield SingleFact(
            kind=FactKind.COOPERATION,
            path=place.path,
            key=f"norms[{number}]",
            what=f"{work.id} ({norm.letter}) {norm.title}",
            record=norm,
            source_url=norm.source_url,
            as_of=work.as_of,
            confidence=norm.confidence,
        )
    for number, rating in enumerate(work.ratings, 1):
        yield SingleFact(
            kind=FactKind.COOPERATION,
            path=place.path,
            key=f"ratings[{number}]",
            what=f"{work.id}: {rating.state} {rating.value}",
            record=rating,
            states=(rating.state,),
            source_url=rating.source_url,
            as_of=rating.as_of,
            confidence=rating.confidence,
        )

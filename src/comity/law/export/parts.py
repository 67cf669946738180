"""The tables that law data consist of: their names, records, and what the file of a row is about."""

from collections.abc import Iterator
from dataclasses import dataclass

from comity.law.cooperation import Cooperation
from comity.law.ground import ConsultationRule, ForumCriterion, GroundRule
from comity.law.instrument import Instrument, Participation, Record
from comity.law.lawdata import LawData
from comity.law.reading import Placed, Reading, placed
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One kind of records at the top of the data."""

    name: str
    """Of the table, and of the field of `Reading`."""
    kind: type[Record]
    of: str
    """What the column ``of`` holds; empty: nothing that is needed."""
    files: str
    """Where the records stand in a data folder."""


PARTS = (
    Part(
        name="instruments",
        kind=Instrument,
        of="the folder: multilateral, bilateral, general or models",
        files="instruments/<folder>/<id>.toml",
    ),
    Part(
        name="participations",
        kind=Participation,
        of="the id of the instrument",
        files="instruments/multilateral/<id>.csv",
    ),
    Part(name="authorities", kind=Authority, of="the code of the state", files="states/<CODE>/authorities.csv"),
    Part(
        name="national_offences", kind=NationalOffence, of="the code of the state", files="states/<CODE>/offences.csv"
    ),
    Part(name="positions", kind=StatedPosition, of="the code of the state", files="states/<CODE>/positions.csv"),
    Part(name="texts", kind=SectionText, of="the code of the state", files="states/<CODE>/texts.csv"),
    Part(name="nationals", kind=NationalsRule, of="the code of the state", files="states/<CODE>/nationals.csv"),
    Part(name="memberships", kind=Membership, of="the id of the group", files="groups/<GROUP>.csv"),
    Part(name="offences", kind=Offence, of="", files="offences.csv"),
    Part(name="providers", kind=Provider, of="", files="providers.csv"),
    Part(name="territories", kind=Territory, of="", files="territories.csv"),
    Part(name="grounds", kind=GroundRule, of="", files="jurisdiction/grounds.csv"),
    Part(name="consultations", kind=ConsultationRule, of="", files="jurisdiction/consultations.csv"),
    Part(name="criteria", kind=ForumCriterion, of="", files="jurisdiction/criteria.csv"),
    Part(name="cooperation", kind=Cooperation, of="", files="cooperation/<id>.toml"),
)


def parts_of(data: LawData) -> Iterator[tuple[Part, tuple[Placed[Record], ...]]]:
    """Every part with its records in their order."""
    reading = placed(data)
    for part in PARTS:
        yield part, getattr(reading, part.name)


def data_of(parts: dict[str, list[tuple[str, Record]]]) -> LawData:
    """The data again, from the records of each part and what their files are about."""
    rows = {
        part.name: tuple(Placed(record=record, path="", owner=owner) for owner, record in parts.get(part.name, ()))
        for part in PARTS
    }
    return Reading(**rows, findings=()).data  # type: ignore[arg-type]  # one tuple a field, by name

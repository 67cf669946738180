"""What was read from data folders: records that know their place, and what could not be read."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

import msgspec

from comity.law.citing import mark_of
from comity.law.cooperation import Cooperation
from comity.law.finding import Finding
from comity.law.ground import ConsultationRule, ForumCriterion, GroundRule, JurisdictionLaw
from comity.law.instrument import Instrument, Participation, Record
from comity.law.lawdata import LawData, StateLaw
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
from comity.law.vocabulary import Basis

#: Folders of instruments, in the order in which they are compiled; ``models`` hold no routes.
FOLDERS = ("multilateral", "bilateral", "general", "models")
R = TypeVar("R", bound=Record)
T_co = TypeVar("T_co", bound=Record, covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed(Generic[T_co]):
    """A record and where it stands."""

    record: T_co
    path: str
    """Of the file, below its folder, with forward slashes."""
    row: str = ""
    owner: str = ""
    """What the file is about: instrument of a participation, state of an offence, folder of an instrument."""
    layer: str = ""
    """The name of the overlay that it stands in; empty: in the data themselves."""

    @property
    def file(self) -> str:
        """The path as findings name it."""
        return f"{self.layer}/{self.path}" if self.layer else self.path


PlacedRow = (
    Placed[Participation]
    | Placed[Authority]
    | Placed[NationalOffence]
    | Placed[StatedPosition]
    | Placed[SectionText]
    | Placed[NationalsRule]
    | Placed[Membership]
    | Placed[Offence]
    | Placed[Provider]
    | Placed[Territory]
    | Placed[GroundRule]
    | Placed[ConsultationRule]
    | Placed[ForumCriterion]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that could be read, and what could not."""

    instruments: tuple[Placed[Instrument], ...]
    """Models too; ``owner`` is the folder."""
    participations: tuple[Placed[Participation], ...]
    authorities: tuple[Placed[Authority], ...]
    national_offences: tuple[Placed[NationalOffence], ...]
    memberships: tuple[Placed[Membership], ...]
    offences: tuple[Placed[Offence], ...]
    providers: tuple[Placed[Provider], ...]
    positions: tuple[Placed[StatedPosition], ...] = ()
    texts: tuple[Placed[SectionText], ...] = ()
    nationals: tuple[Placed[NationalsRule], ...] = ()
    territories: tuple[Placed[Territory], ...] = ()
    grounds: tuple[Placed[GroundRule], ...] = ()
    consultations: tuple[Placed[ConsultationRule], ...] = ()
    criteria: tuple[Placed[ForumCriterion], ...] = ()
    cooperation: tuple[Placed[Cooperation], ...] = ()
    findings: tuple[Finding, ...]

    @property
    def rows(self) -> "tuple[PlacedRow, ...]":
        """Every row of every table."""
        return (
            *self.participations,
            *self.authorities,
            *self.national_offences,
            *self.positions,
            *self.texts,
            *self.nationals,
            *self.memberships,
            *self.offences,
            *self.providers,
            *self.territories,
            *self.grounds,
            *self.consultations,
            *self.criteria,
        )

    @property
    def data(self) -> LawData:
        """The records without their places."""
        of_states: tuple[PlacedRow, ...] = (
            *self.authorities,
            *self.national_offences,
            *self.positions,
            *self.texts,
            *self.nationals,
        )
        codes = sorted({row.owner for row in of_states})
        return LawData(
            instruments=tuple(item.record for item in self.instruments if item.owner != "models"),
            models=tuple(item.record for item in self.instruments if item.owner == "models"),
            participations={key: () for key in self._tabled()} | _by_owner(self.participations),
            states={code: self._state(code) for code in codes},
            groups=_by_owner(self.memberships),
            offences=tuple(item.record for item in self.offences),
            providers=tuple(item.record for item in self.providers),
            territories=tuple(item.record for item in self.territories),
            jurisdiction=JurisdictionLaw(
                grounds=tuple(item.record for item in self.grounds),
                consultations=tuple(item.record for item in self.consultations),
                criteria=tuple(item.record for item in self.criteria),
            ),
            cooperation=tuple(item.record for item in self.cooperation),
        )

    def _tabled(self) -> list[str]:
        return sorted(item.record.id for item in self.instruments if item.owner == "multilateral")

    def _state(self, code: str) -> StateLaw:
        return StateLaw(
            authorities=tuple(item.record for item in self.authorities if item.owner == code),
            offences=tuple(_marked(item.record, code) for item in self.national_offences if item.owner == code),
            positions=tuple(item.record for item in self.positions if item.owner == code),
            texts=tuple(item.record for item in self.texts if item.owner == code),
            nationals=tuple(item.record for item in self.nationals if item.owner == code),
        )


def _marked(row: NationalOffence, state: str) -> NationalOffence:
    return row if row.mark else msgspec.structs.replace(row, mark=mark_of(state))


def _by_owner(rows: tuple[Placed[R], ...]) -> dict[str, tuple[R, ...]]:
    owners = sorted({row.owner for row in rows})
    return {owner: tuple(row.record for row in rows if row.owner == owner) for owner in owners}


def placed(data: LawData) -> Reading:
    """Law data with the places from which they would be read; rows count from the line after the header."""
    bilateral = {i.id for i in data.instruments if i.basis is Basis.PARTIES and i.states}
    instruments = [(_folder_of(i, data, bilateral), i) for i in data.instruments] + [("models", m) for m in data.models]
    states, law = sorted(data.states.items()), data.jurisdiction
    return Reading(
        instruments=tuple(
            Placed(record=i, path=f"instruments/{folder}/{i.id}.toml", owner=folder) for folder, i in instruments
        ),
        participations=_tables(
            (f"instruments/multilateral/{key}.csv", key, rows) for key, rows in sorted(data.participations.items())
        ),
        authorities=_tables((f"states/{code}/authorities.csv", code, own.authorities) for code, own in states),
        national_offences=_tables((f"states/{code}/offences.csv", code, own.offences) for code, own in states),
        positions=_tables((f"states/{code}/positions.csv", code, own.positions) for code, own in states),
        texts=_tables((f"states/{code}/texts.csv", code, own.texts) for code, own in states),
        nationals=_tables((f"states/{code}/nationals.csv", code, own.nationals) for code, own in states),
        memberships=_tables((f"groups/{key}.csv", key, rows) for key, rows in sorted(data.groups.items())),
        offences=_tables([("offences.csv", "offences", data.offences)]),
        providers=_tables([("providers.csv", "providers", data.providers)]),
        territories=_tables([("territories.csv", "territories", data.territories)]),
        grounds=_tables([("jurisdiction/grounds.csv", "grounds", law.grounds)]),
        consultations=_tables([("jurisdiction/consultations.csv", "consultations", law.consultations)]),
        criteria=_tables([("jurisdiction/criteria.csv", "criteria", law.criteria)]),
        cooperation=tuple(
            Placed(record=work, path=f"cooperation/{work.id}.toml", owner="cooperation") for work in data.cooperation
        ),
        findings=(),
    )


def _folder_of(instrument: Instrument, data: LawData, bilateral: set[str]) -> str:
    if instrument.id in data.participations:
        return "multilateral"
    return "bilateral" if instrument.id in bilateral else "general"


def _tables(tables: Iterable[tuple[str, str, tuple[R, ...]]]) -> tuple[Placed[R], ...]:
    return tuple(
        Placed(record=record, path=path, row=f"line {line}", owner=owner)
        for path, owner, rows in tables
        for line, record in enumerate(rows, 2)
    )

"""The files of a data folder into records that know their place; what does not fit becomes findings.

::

    instruments/{multilateral,bilateral,general,models}/<id>.toml
    instruments/multilateral/<id>.csv      participations
    states/<CODE>/{authorities,offences}.csv
    groups/<GROUP>.csv   offences.csv   providers.csv
    jurisdiction/{grounds,consultations,criteria}.csv
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from comity.law.finding import Finding, Severity
from comity.law.ground import ConsultationRule, ForumCriterion, GroundRule, JurisdictionLaw
from comity.law.instrument import Instrument, Participation, Record
from comity.law.lawdata import DATA_FOLDER, LawData, StateLaw
from comity.law.record import Misfit, read_record
from comity.law.state import Authority, Membership, NationalOffence, Offence, Provider
from comity.law.tables import ReadError, read_table, read_toml

#: Folders of instruments, in the order in which they are compiled; ``models`` hold no routes.
FOLDERS = ("multilateral", "bilateral", "general", "models")
R = TypeVar("R", bound=Record)
T_co = TypeVar("T_co", bound=Record, covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed(Generic[T_co]):
    """A record and where it stands."""

    record: T_co
    file: str
    row: str = ""
    owner: str = ""
    """What the file is about: instrument of a participation, state of an offence, folder of an instrument."""


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
    grounds: tuple[Placed[GroundRule], ...] = ()
    consultations: tuple[Placed[ConsultationRule], ...] = ()
    criteria: tuple[Placed[ForumCriterion], ...] = ()
    findings: tuple[Finding, ...]

    @property
    def data(self) -> LawData:
        """The records without their places."""
        codes = sorted({row.owner for row in self.authorities} | {row.owner for row in self.national_offences})
        return LawData(
            instruments=tuple(item.record for item in self.instruments if item.owner != "models"),
            models=tuple(item.record for item in self.instruments if item.owner == "models"),
            participations={key: () for key in self._tabled()} | _by_owner(self.participations),
            states={code: self._state(code) for code in codes},
            groups=_by_owner(self.memberships),
            offences=tuple(item.record for item in self.offences),
            providers=tuple(item.record for item in self.providers),
            jurisdiction=JurisdictionLaw(
                grounds=tuple(item.record for item in self.grounds),
                consultations=tuple(item.record for item in self.consultations),
                criteria=tuple(item.record for item in self.criteria),
            ),
        )

    def _tabled(self) -> list[str]:
        return sorted(item.record.id for item in self.instruments if item.owner == "multilateral")

    def _state(self, code: str) -> StateLaw:
        return StateLaw(
            authorities=tuple(item.record for item in self.authorities if item.owner == code),
            offences=tuple(item.record for item in self.national_offences if item.owner == code),
        )


def read_law_data(folder: Path = DATA_FOLDER) -> Reading:
    """Everything below ``folder``; a file that is wrong raises nothing: it is a finding."""
    return _Reader(folder).reading()


class _Reader:
    """Reads below one folder and keeps the findings on the way."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.findings: list[Finding] = []
        self.seen: set[Path] = set()

    def reading(self) -> Reading:
        parts = {
            "instruments": tuple(item for name in FOLDERS for item in self.instruments(name)),
            "participations": tuple(self.tables("instruments/multilateral/*.csv", Participation)),
            "authorities": tuple(self.tables("states/*/authorities.csv", Authority)),
            "national_offences": tuple(self.tables("states/*/offences.csv", NationalOffence)),
            "memberships": tuple(self.tables("groups/*.csv", Membership)),
            "offences": tuple(self.table(self.folder / "offences.csv", Offence)),
            "providers": tuple(self.table(self.folder / "providers.csv", Provider)),
            "grounds": tuple(self.tables("jurisdiction/grounds.csv", GroundRule)),
            "consultations": tuple(self.tables("jurisdiction/consultations.csv", ConsultationRule)),
            "criteria": tuple(self.tables("jurisdiction/criteria.csv", ForumCriterion)),
        }
        self.strangers()
        return Reading(**parts, findings=tuple(sorted(self.findings)))  # type: ignore[arg-type]

    def instruments(self, name: str) -> Iterator[Placed[Instrument]]:
        for path in sorted((self.folder / "instruments" / name).glob("*.toml")):
            self.seen.add(path)
            file = self.name(path)
            try:
                instrument, misfits = read_record(read_toml(path), Instrument)
            except ReadError as error:
                self.unreadable(file, error)
                continue
            self.misfits(file, "", misfits)
            if instrument is not None:
                yield Placed(record=instrument, file=file, owner=name)

    def tables(self, pattern: str, kind: type[R]) -> Iterator[Placed[R]]:
        for path in sorted(self.folder.glob(pattern)):
            yield from self.table(path, kind, owner=path.parent.name if pattern.startswith("states") else path.stem)

    def table(self, path: Path, kind: type[R], *, owner: str = "") -> Iterator[Placed[R]]:
        self.seen.add(path)
        file = self.name(path)
        try:
            for line, raw in read_table(path, kind):
                if isinstance(raw, ReadError):
                    self.unreadable(file, raw)
                    continue
                record, misfits = read_record(raw, kind, strict=False)
                self.misfits(file, f"line {line}", misfits)
                if record is not None:
                    yield Placed(record=record, file=file, row=f"line {line}", owner=owner)
        except ReadError as error:
            self.unreadable(file, error)

    def strangers(self) -> None:
        """A finding for each data file that lies where nothing reads it."""
        for path in sorted((*self.folder.rglob("*.toml"), *self.folder.rglob("*.csv"))):
            if path not in self.seen:
                remedy = "move it to where the layout has it, or delete it"
                self.find(self.name(path), "", "stray-file", "nothing reads this file", remedy)

    def misfits(self, file: str, row: str, misfits: tuple[Misfit, ...]) -> None:
        for misfit in misfits:
            place = f"{row} {misfit.path}".strip()
            self.find(file, place, misfit.code, misfit.problem, misfit.remedy)

    def unreadable(self, file: str, error: ReadError) -> None:
        self.find(file, error.where, "unreadable", error.problem, error.remedy)

    def find(self, file: str, row: str, code: str, problem: str, remedy: str) -> None:
        finding = Finding(file=file, row=row, code=code, severity=Severity.ERROR, problem=problem, remedy=remedy)
        self.findings.append(finding)

    def name(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix()


def _by_owner(rows: tuple[Placed[R], ...]) -> dict[str, tuple[R, ...]]:
    owners = sorted({row.owner for row in rows})
    return {owner: tuple(row.record for row in rows if row.owner == owner) for owner in owners}

"""The files of a data folder into records that know their place; what does not fit becomes findings.

::

    instruments/{multilateral,bilateral,general,models}/<id>.toml
    instruments/multilateral/<id>.csv      participations
    states/<CODE>/{authorities,nationals,offences,positions,texts}.csv
    groups/<GROUP>.csv   offences.csv   providers.csv   territories.csv
    jurisdiction/{grounds,consultations,criteria}.csv
    cooperation/<id>.toml

An overlay has the same shape, with only the files that differ, and ``deletions.csv``.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from comity.law.cooperation import Cooperation
from comity.law.deletion import Deletion
from comity.law.errors import LawDataError
from comity.law.finding import Finding, Severity
from comity.law.ground import ConsultationRule, ForumCriterion, GroundRule
from comity.law.instrument import Instrument, Participation, Record
from comity.law.lawdata import DATA_FOLDER
from comity.law.reading import FOLDERS, Placed, Reading
from comity.law.record import Misfit, read_record
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
from comity.law.tables import ReadError, read_table, read_toml
from comity.law.territory import Territory

R = TypeVar("R", bound=Record)


def read_law_data(folder: Path = DATA_FOLDER) -> Reading:
    """Everything below ``folder``; a file that is wrong raises nothing: it is a finding."""
    return _Reader(folder).reading()


def read_overlay(folder: Path) -> tuple[Reading, tuple[Placed[Deletion], ...]]:
    """A folder of corrections and what it deletes; LawDataError where there is no such folder."""
    if not folder.is_dir():
        raise LawDataError(file=str(folder), where="", problem="no such folder", remedy="name a folder of corrections")
    reader = _Reader(folder, layer=folder.resolve().name)
    deletions = tuple(reader.tables("deletions.csv", Deletion))
    return reader.reading(), deletions


class _Reader:
    """Reads below one folder and keeps the findings on the way."""

    def __init__(self, folder: Path, *, layer: str = "") -> None:
        self.folder = folder
        self.layer = layer
        self.findings: list[Finding] = []
        self.seen: set[Path] = set()

    def reading(self) -> Reading:
        parts = {
            "instruments": tuple(
                item for name in FOLDERS for item in self.documents(f"instruments/{name}", Instrument)
            ),
            "participations": tuple(self.tables("instruments/multilateral/*.csv", Participation)),
            "authorities": tuple(self.tables("states/*/authorities.csv", Authority)),
            "national_offences": tuple(self.tables("states/*/offences.csv", NationalOffence)),
            "positions": tuple(self.tables("states/*/positions.csv", StatedPosition)),
            "nationals": tuple(self.tables("states/*/nationals.csv", NationalsRule)),
            "texts": tuple(self.tables("states/*/texts.csv", SectionText)),
            "memberships": tuple(self.tables("groups/*.csv", Membership)),
            "offences": tuple(self.tables("offences.csv", Offence, needed=True)),
            "providers": tuple(self.tables("providers.csv", Provider, needed=True)),
            "grounds": tuple(self.tables("jurisdiction/grounds.csv", GroundRule)),
            "consultations": tuple(self.tables("jurisdiction/consultations.csv", ConsultationRule)),
            "criteria": tuple(self.tables("jurisdiction/criteria.csv", ForumCriterion)),
            "territories": tuple(self.tables("territories.csv", Territory)),
            "cooperation": tuple(self.documents("cooperation", Cooperation)),
        }
        self.strangers()
        return Reading(**parts, findings=tuple(sorted(self.findings)))  # type: ignore[arg-type]

    def documents(self, folder: str, kind: type[R]) -> Iterator[Placed[R]]:
        for path in sorted((self.folder / folder).glob("*.toml")):
            self.seen.add(path)
            file = self.name(path)
            try:
                record, misfits = read_record(read_toml(path), kind)
            except ReadError as error:
                self.unreadable(file, error)
                continue
            self.misfits(file, "", misfits)
            if record is not None:
                yield Placed(record=record, path=file, owner=path.parent.name, layer=self.layer)

    def tables(self, pattern: str, kind: type[R], *, needed: bool = False) -> Iterator[Placed[R]]:
        """The rows of every table of a kind; one that is `needed` may be absent from an overlay only."""
        paths = sorted(self.folder.glob(pattern))
        if needed and not paths and not self.layer:
            paths = [self.folder / pattern]
        for path in paths:
            yield from self.table(path, kind)

    def table(self, path: Path, kind: type[R]) -> Iterator[Placed[R]]:
        self.seen.add(path)
        file = self.name(path)
        owner = path.parent.name if file.startswith("states/") else path.stem
        try:
            for line, raw in read_table(path, kind):
                if isinstance(raw, ReadError):
                    self.unreadable(file, raw)
                    continue
                record, misfits = read_record(raw, kind, strict=False)
                self.misfits(file, f"line {line}", misfits)
                if record is not None:
                    yield Placed(record=record, path=file, row=f"line {line}", owner=owner, layer=self.layer)
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
        place = f"{self.layer}/{file}" if self.layer else file
        finding = Finding(file=place, row=row, code=code, severity=Severity.ERROR, problem=problem, remedy=remedy)
        self.findings.append(finding)

    def name(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix()

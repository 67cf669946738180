"""The files of a data folder into `LawData`; what does not fit becomes findings, and the rest is still read.

::

    instruments/{multilateral,bilateral,general,models}/<id>.toml
    instruments/multilateral/<id>.csv      participations
    states/<CODE>/{authorities,offences}.csv
    groups/<GROUP>.csv   offences.csv   providers.csv
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from comity.law.finding import Finding, Severity
from comity.law.instrument import Instrument, Participation, Record
from comity.law.lawdata import DATA_FOLDER, LawData, StateLaw
from comity.law.record import Misfit, read_record
from comity.law.state import Authority, Membership, NationalOffence, Offence, Provider
from comity.law.tables import ReadError, read_table, read_toml

FOLDERS = ("multilateral", "bilateral", "general")
R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What could be read, where each record stands, and what could not be read."""

    data: LawData
    findings: tuple[Finding, ...]
    places: "Places"


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where records stand: file of an instrument by id; lines of a table's rows by file, in the order of the rows."""

    instruments: dict[str, str] = field(default_factory=dict)
    lines: dict[str, tuple[int, ...]] = field(default_factory=dict)


def read_law_data(folder: Path = DATA_FOLDER) -> Reading:
    """Everything below ``folder``; nothing raised for a file that is wrong: it is a finding."""
    reader = _Reader(folder)
    data = LawData(
        instruments=tuple(item for name in FOLDERS for item in reader.instruments(name)),
        models=tuple(reader.instruments("models")),
        participations=reader.participations(),
        states=reader.states(),
        groups={path.stem: reader.table(path, Membership) for path in reader.below("groups", "*.csv")},
        offences=reader.table(folder / "offences.csv", Offence),
        providers=reader.table(folder / "providers.csv", Provider),
    )
    reader.strangers()
    return Reading(data=data, findings=tuple(sorted(reader.findings)), places=reader.places)


class _Reader:
    """Reads below one folder and keeps the findings on the way."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.findings: list[Finding] = []
        self.places = Places()
        self.seen: set[Path] = set()

    def below(self, name: str, pattern: str) -> Iterator[Path]:
        yield from sorted((self.folder / name).glob(pattern))

    def instruments(self, name: str) -> Iterator[Instrument]:
        for path in self.below(f"instruments/{name}", "*.toml"):
            instrument = self.instrument(path)
            if instrument is not None:
                yield instrument

    def instrument(self, path: Path) -> Instrument | None:
        self.seen.add(path)
        file = self.name(path)
        try:
            raw = read_toml(path)
        except ReadError as error:
            self.find(file, error.where, Misfit(path="", code="unreadable", problem=error.problem, remedy=error.remedy))
            return None
        instrument, misfits = read_record(raw, Instrument)
        for misfit in misfits:
            self.find(file, misfit.path, misfit)
        if instrument is not None:
            self.places.instruments.setdefault(instrument.id, file)
        return instrument

    def participations(self) -> dict[str, tuple[Participation, ...]]:
        tables = self.below("instruments/multilateral", "*.csv")
        return {path.stem: self.table(path, Participation) for path in tables}

    def states(self) -> dict[str, StateLaw]:
        states: dict[str, StateLaw] = {}
        for path in self.below("states", "*"):
            authorities = self.table(path / "authorities.csv", Authority, must=False)
            offences = self.table(path / "offences.csv", NationalOffence, must=False)
            states[path.name] = StateLaw(authorities=authorities, offences=offences)
        return states

    def table(self, path: Path, kind: type[R], *, must: bool = True) -> tuple[R, ...]:
        if not path.exists() and not must:
            return ()
        self.seen.add(path)
        file = self.name(path)
        records: list[R] = []
        lines: list[int] = []
        try:
            for line, raw in read_table(path, kind):
                record, misfits = read_record(raw, kind, strict=False)
                for misfit in misfits:
                    self.find(file, f"line {line}", misfit)
                if record is not None:
                    records.append(record)
                    lines.append(line)
        except ReadError as error:
            self.find(file, error.where, Misfit(path="", code="unreadable", problem=error.problem, remedy=error.remedy))
        self.places.lines[file] = tuple(lines)
        return tuple(records)

    def strangers(self) -> None:
        """A finding for each data file that lies where nothing reads it."""
        for pattern in ("*.toml", "*.csv"):
            for path in sorted(self.folder.rglob(pattern)):
                if path not in self.seen:
                    place = "move it to where the layout has it, or delete it"
                    misfit = Misfit(path="", code="stray-file", problem="no one reads this file", remedy=place)
                    self.find(self.name(path), "", misfit)

    def name(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix()

    def find(self, file: str, row: str, misfit: Misfit) -> None:
        column = f" {misfit.path}" if row.startswith("line") and misfit.path else ""
        self.findings.append(
            Finding(
                file=file,
                row=row + column,
                code=misfit.code,
                severity=Severity.ERROR,
                problem=misfit.problem,
                remedy=misfit.remedy,
            )
        )

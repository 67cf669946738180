"""Ids, file names, duplicates, and which kind of instrument stands in which folder."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TypeVar

from comity.law.finding import Finding, error
from comity.law.instrument import Instrument, Record
from comity.law.key import key_of
from comity.law.reading import Placed, Reading
from comity.law.vocabulary import Basis, InstrumentKind

R = TypeVar("R", bound=Record)

#: Kinds of treaties between two parties.
BILATERAL = frozenset(
    {
        InstrumentKind.MLAT,
        InstrumentKind.EXTRADITION,
        InstrumentKind.EXTRADITION_ARRANGEMENT,
        InstrumentKind.AGREEMENT_SUPPLEMENT,
        InstrumentKind.EXECUTIVE_AGREEMENT,
        InstrumentKind.FRAMEWORK,
        InstrumentKind.MOU,
    }
)


def check_identity(reading: Reading) -> Iterator[Finding]:
    """File name and id agree, nothing is there twice, and each instrument stands in the folder of its kind."""
    for place in reading.instruments:
        yield from _file_name(place)
        yield from _folder(place)
    yield from _doubled_ids(reading)
    yield from _tables_without_instrument(reading)
    yield from _doubled_rows(reading)


def _file_name(place: Placed[Instrument]) -> Iterator[Finding]:
    stem = PurePosixPath(place.file).stem
    if stem != place.record.id:
        problem = f"the file is called {stem!r} and its id is {place.record.id!r}"
        yield error(place.file, "id", "file-name", problem, "give both the same name")


def _folder(place: Placed[Instrument]) -> Iterator[Finding]:
    instrument = place.record
    two_parties = instrument.kind in BILATERAL
    if place.owner in {"bilateral", "multilateral"} and two_parties != (place.owner == "bilateral"):
        problem = f"a {instrument.kind} stands in {place.owner}/"
        yield error(place.file, "kind", "folder", problem, "move the file or mend its kind")
    if place.owner in {"bilateral", "multilateral"} and instrument.basis is not Basis.PARTIES:
        problem = f"basis {instrument.basis} needs no parties"
        yield error(place.file, "basis", "folder", problem, "move the file to general/ or mend its basis")
    if place.owner == "general" and instrument.basis is Basis.PARTIES:
        yield error(place.file, "basis", "folder", "basis parties", "move the file or mend its basis")


def _doubled_ids(reading: Reading) -> Iterator[Finding]:
    files = defaultdict(list)
    for place in reading.instruments:
        for name in (place.record.id, *place.record.aliases):
            files[name].append(place.file)
    for name, found in sorted(files.items()):
        if len(found) > 1:
            problem = f"id {name!r} also stands in {', '.join(found[:-1])}"
            yield error(found[-1], "id", "duplicate", problem, "keep one")


def _tables_without_instrument(reading: Reading) -> Iterator[Finding]:
    ids = {place.record.id for place in reading.instruments if place.owner == "multilateral"}
    for owner, file in sorted({row.owner: row.file for row in reading.participations}.items()):
        if owner not in ids:
            yield error(file, "", "no-instrument", "no instrument of this name", f"add {owner}.toml beside it")


def _doubled_rows(reading: Reading) -> Iterator[Finding]:
    """Of each table but those whose rows are periods (`parties`)."""
    yield from _doubled(reading.authorities)
    yield from _doubled(reading.national_offences)
    yield from _doubled(reading.positions)
    yield from _doubled(reading.texts)
    yield from _doubled(reading.nationals)
    yield from _doubled(reading.offences)
    yield from _doubled(reading.providers)
    yield from _doubled(reading.territories)
    yield from _doubled(reading.consultations)
    yield from _doubled(reading.criteria)


def _doubled(rows: tuple[Placed[R], ...]) -> Iterator[Finding]:
    seen: dict[tuple[str, ...], str] = {}
    for place in rows:
        key = (place.owner, *key_of(place.record))
        if key in seen:
            problem = f"the same as {seen[key]}: {', '.join(part for part in key if part)}"
            yield error(place.file, place.row, "duplicate", problem, "keep one row")
        seen.setdefault(key, place.row)

"""Restrictions of what one holds: they lie beside a package or folder, and in one's own identity for every copy of it.

A statement beside a package is what others see; that in the identity reaches whatever was unpacked, copied or moved.
"""

import hashlib
from collections.abc import Iterable
from datetime import date
from itertools import count
from pathlib import Path

import msgspec

from comity.cli.files import FileError, read_file, write_new_file
from comity.cli.packageopen import FILE_BYTES_MAX
from comity.errors import ComityError
from comity.evidence.limitation import Restriction

ENDING = ".restriction.json"
KEPT = "restricted"
"""Folder of an identity with the restrictions that it stated and did not lift."""
SIDECARS = (".p7s", ".p7s.tst", ".identity.json")
"""What belongs to a statement, by what is added to its name."""


def beside(path: Path) -> Path:
    """Where the restriction of a package file or unpacked folder is looked for."""
    whole = path.resolve()
    return whole.with_name(whole.name + ENDING)


def kept(identity: Path | None, package: str) -> tuple[Path, ...]:
    """The statements on a package that an identity made and did not lift."""
    if identity is None:
        return ()
    return tuple(sorted((identity / KEPT).glob(f"{_place(package)}-*{ENDING}")))


def kept_already(identity: Path, package: str, restriction: Restriction) -> Path | None:
    """The statement that an identity keeps of a restriction, whenever it began; None: there is none."""
    for one in kept(identity, package):
        if msgspec.structs.replace(read_statement_at(one, package), since=restriction.since) == restriction:
            return one
    return None


def to_keep(identity: Path, package: str) -> Path:
    """A new name for a statement on a package in the identity that makes it."""
    folder = identity / KEPT
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise FileError(f"{folder}: {error.strerror}; choose an identity in a folder where you may write") from None
    names = (folder / f"{_place(package)}-{number}{ENDING}" for number in count(1))
    return next(name for name in names if not name.exists())


def found(path: Path, package: str, identity: Path | None) -> tuple[Path, ...]:
    """The statements that restrict what lies at a path: that beside it, and those that the identity keeps."""
    there = beside(path)
    statements: dict[bytes, Path] = {}
    for one in (*([there] if there.exists() else ()), *kept(identity, package)):
        statements.setdefault(read_file(one, limit_bytes=FILE_BYTES_MAX), one)
    return tuple(statements.values())


def _place(package: str) -> str:
    return hashlib.sha256(package.encode()).hexdigest()[:32]


def read_statement_at(statement: Path, package: str) -> Restriction:
    """The restriction in a signed statement; RecallError or FileError where it cannot be relied on."""
    from comity.evidence.recall import read_restriction

    signature = read_file(statement.with_name(statement.name + ".p7s"), limit_bytes=FILE_BYTES_MAX)
    return read_restriction(read_file(statement, limit_bytes=FILE_BYTES_MAX), signature, package=package)


def told(path: Path, package: str, *, on: date, identity: Path | None) -> dict[Path, str]:
    """What is to be said of each statement that restricts a package, where it has not ended."""
    return {one: said for one in found(path, package, identity) if (said := _told(one, package, on=on))}


def _told(statement: Path, package: str, *, on: date) -> str:
    try:
        one = read_statement_at(statement, package)
    except ComityError as error:
        return f"{statement} cannot be relied on: {error}; it may forbid the use of this package"
    if one.until is not None and one.until < on:
        return ""
    only = f", but for {', '.join(one.purposes)}" if one.purposes else ""
    whose = f" ({one.reference})" if one.reference else ""
    until = f" until {one.until}" if one.until else ""
    return f"its use is restricted since {one.since}{until}{whose}{only}: see {statement.name}, and comity evidence may"


def lay(source: Path, target: Path) -> None:
    """Copy a statement with what belongs to it; the statement last, for without it the rest says nothing."""
    if target.exists():
        raise FileError(f"{target}: is there already; a statement is not written over")
    for ending in (*SIDECARS, ""):
        one, other = source.with_name(source.name + ending), target.with_name(target.name + ending)
        other.unlink(missing_ok=True)  # of a run that was stopped
        if one.exists():
            write_new_file(other, read_file(one, limit_bytes=FILE_BYTES_MAX), mode=0o644)


def same(statement: Path, others: Iterable[Path]) -> tuple[Path, ...]:
    """Those of other places where the same statement lies."""
    data = read_file(statement, limit_bytes=FILE_BYTES_MAX)
    there = (one for one in others if one != statement and one.exists())
    return tuple(one for one in there if read_file(one, limit_bytes=FILE_BYTES_MAX) == data)


def set_aside(statement: Path) -> None:
    """Keep a statement that no longer holds under another name; its signature goes first: it never seems gone."""
    names = (statement.with_name(f"{statement.stem}.lifted-{number}.json") for number in count(1))
    aside = next(name for name in names if not name.exists())
    for ending in (*SIDECARS, ""):
        one = statement.with_name(statement.name + ending)
        if one.exists():
            one.rename(aside.with_name(aside.name + ending))

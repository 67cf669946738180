"""A restriction that lies beside a package: told where it is opened, carried to where it is unpacked."""

from datetime import date
from itertools import count
from pathlib import Path

from comity.cli.files import read_file, write_new_file
from comity.cli.packageopen import FILE_BYTES_MAX
from comity.errors import ComityError
from comity.evidence.limitation import Restriction

ENDING = ".restriction.json"
SIDECARS = (".p7s", ".p7s.tst", ".identity.json")
"""What belongs to a statement, by what is added to its name."""


def beside(path: Path) -> Path:
    """Where the restriction of a package file or unpacked folder is looked for."""
    whole = path.resolve()
    return whole.with_name(whole.name + ENDING)


def read_beside(statement: Path, package: str) -> Restriction:
    """The restriction in a signed statement; RecallError or FileError where it cannot be relied on."""
    from comity.evidence.recall import read_restriction

    signature = read_file(statement.with_name(statement.name + ".p7s"), limit_bytes=FILE_BYTES_MAX)
    return read_restriction(read_file(statement, limit_bytes=FILE_BYTES_MAX), signature, package=package)


def told(path: Path, package: str, *, on: date) -> str:
    """What is to be said of the restriction beside a package; empty: there is none, or it has ended."""
    statement = beside(path)
    if not statement.exists():
        return ""
    try:
        one = read_beside(statement, package)
    except ComityError as error:
        return f"{statement.name} lies beside it, and cannot be relied on: {error}; it may forbid its use"
    if one.until is not None and one.until < on:
        return ""
    only = f", but for {', '.join(one.purposes)}" if one.purposes else ""
    whose = f" ({one.reference})" if one.reference else ""
    until = f" until {one.until}" if one.until else ""
    return f"its use is restricted since {one.since}{until}{whose}{only}: see {statement.name}, and comity evidence may"


def carry(path: Path, folder: Path) -> None:
    """Lay what restricts a package beside the folder that it was unpacked to, where nothing lies there yet."""
    source, target = beside(path), beside(folder)
    for ending in ("", *SIDECARS):
        one, other = source.with_name(source.name + ending), target.with_name(target.name + ending)
        if one.exists() and not other.exists():
            write_new_file(other, read_file(one, limit_bytes=FILE_BYTES_MAX), mode=0o644)


def set_aside(statement: Path) -> None:
    """Keep a statement that no longer holds under another name; its signature goes first: it never seems gone."""
    names = (statement.with_name(f"{statement.stem}.lifted-{number}.json") for number in count(1))
    kept = next(name for name in names if not name.exists())
    for ending in (*SIDECARS, ""):
        one = statement.with_name(statement.name + ending)
        if one.exists():
            one.rename(kept.with_name(kept.name + ending))

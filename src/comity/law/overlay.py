"""A user's own corrections, laid over the law data without touching them.

A folder of the same shape as ``data/``, with only the files that differ:

- a TOML file replaces the shipped one of the same path, or is added;
- a row of a table replaces every shipped row of that table with the same key (`key.KEY_COLUMNS`), or is added;
- ``deletions.csv`` takes out what is wrong, each with its reason and source.

The result is checked as a whole, like the data that ship.
"""

from collections.abc import Iterable
from dataclasses import fields
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar

from comity.law.deletion import Deletion
from comity.law.errors import LawDataError
from comity.law.finding import Finding, Severity, error
from comity.law.instrument import Record
from comity.law.key import written_key
from comity.law.lawdata import LawData
from comity.law.reader import read_overlay
from comity.law.reading import FOLDERS, Placed, Reading, placed

R = TypeVar("R", bound=Record)
Deletions = dict[str, set[str]]
"""Keys by path; the empty key stands for the whole file."""


def overlay(base: LawData, folder: Path) -> LawData:
    """The data with the corrections of a folder laid over them.

    Raises LawDataError where the folder is missing or something in it cannot be read or deletes nothing; what the
    checks say of the result is `check_law_data`'s to tell, over `overlay_reading`.
    """
    reading = overlay_reading(placed(base), folder)
    wrong = [finding for finding in reading.findings if finding.severity is Severity.ERROR]
    if wrong:
        first = wrong[0]
        more = f" (and {len(wrong) - 1} more: run `comity law check --over`)" if len(wrong) > 1 else ""
        raise LawDataError(file=first.file, where=first.row, problem=first.problem, remedy=f"{first.remedy}{more}")
    return reading.data


def overlay_reading(base: Reading, folder: Path) -> Reading:
    """The same over places, with the findings of both."""
    over, deletions = read_overlay(folder)
    gone: Deletions = {}
    for deletion in deletions:
        gone.setdefault(deletion.record.file, set()).add(deletion.record.key.rstrip("|"))
    parts: dict[str, object] = {}
    for item in fields(Reading):
        if item.name != "findings":
            parts[item.name] = _laid(getattr(base, item.name), getattr(over, item.name), gone)
    findings = (*base.findings, *over.findings, *_idle(deletions, base))
    return Reading(**parts, findings=tuple(sorted(findings)))  # type: ignore[arg-type]


def _laid(base: tuple[Placed[R], ...], over: tuple[Placed[R], ...], gone: Deletions) -> tuple[Placed[R], ...]:
    """One kind of records: rows by path and key in their order, what replaces them in the place of the first."""
    kept: dict[tuple[str, str], list[Placed[R]]] = {}
    for place in base:
        if not _name(place) & gone.get(place.path, set()):
            kept.setdefault((place.path, _key(place)), []).append(place)
    ours: dict[tuple[str, str], list[Placed[R]]] = {}
    for place in over:
        ours.setdefault((place.path, _key(place)), []).append(place)
    merged = kept | ours
    paths = sorted({path for path, _ in merged}, key=_place_of_path)
    order = {path: index for index, path in enumerate(paths)}
    return tuple(p for key in sorted(merged, key=lambda k: order[k[0]]) for p in merged[key])


def _key(place: Placed[R]) -> str:
    """Within its file; a document is its file."""
    return written_key(place.record) if place.row else ""


def _name(place: Placed[R]) -> set[str]:
    """The keys by which a deletion can mean it."""
    return {"", _key(place)}


def _place_of_path(path: str) -> tuple[int, str]:
    """Instruments stand by folder in the order in which they are compiled, all else by path."""
    parts = path.split("/")
    return (FOLDERS.index(parts[1]) if parts[0] == "instruments" and parts[1] in FOLDERS else 0, path)


def _idle(deletions: Iterable[Placed[Deletion]], base: Reading) -> list[Finding]:
    """A finding for each deletion that deletes nothing."""
    everything: tuple[Placed[Record], ...] = (*base.instruments, *base.cooperation, *base.rows)
    keys: dict[str, set[str]] = {}
    for place in everything:
        keys.setdefault(place.path, set()).update(_name(place))
    found = []
    for deletion in deletions:
        file, key = deletion.record.file, deletion.record.key.rstrip("|")
        if file not in keys:
            close = get_close_matches(file, keys, n=1)
            remedy = f"did you mean {close[0]!r}?" if close else "write the path below the data folder"
            found.append(error(deletion.file, deletion.row, "deletes-nothing", f"there is no file {file!r}", remedy))
        elif key not in keys[file]:
            close = get_close_matches(key, keys[file] - {""}, n=1)
            remedy = f"did you mean {close[0]!r}?" if close else "write the key of a row, its values joined by '|'"
            found.append(error(deletion.file, deletion.row, "deletes-nothing", f"no row {key!r} in {file}", remedy))
    return found


__all__ = ["overlay", "overlay_reading"]

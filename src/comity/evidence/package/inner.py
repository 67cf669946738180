"""The hashes that evidence holds of itself, checked on the bytes in the package, whatever its sealer said of them.

`metadata/formats.jsonl` says which files to look at; what they are and hold is read anew. A package file is read a
second time only where such files lie in it.
"""

import io
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

import msgspec

from comity.evidence.age import Identity, PayloadWindow, seek_age
from comity.evidence.custody import Verdict
from comity.evidence.errors import EvidenceError
from comity.evidence.formats import Description, Evidence, Item, check, looking, recognise
from comity.evidence.package import layout, tar
from comity.evidence.package.folder import open_below
from comity.evidence.package.inventory import Inventory
from comity.evidence.package.report import Findings
from comity.evidence.package.spool import LINE_BYTES_MAX
from comity.evidence.package.survey import CHECKABLE_MAX, FORMAT, FormatsHead

CHECK = "inner-hashes"
LIST = "checksum-file"
LIST_DEPTH_MAX = 2
"""A checksum file further down than ``data/FOLDER/`` was found with the rest: that it is stale says nothing."""
DECLARED = "the sender said so when it was sealed"
TOLD_MAX = 100
"""How many files are told one by one."""
Reopen = Callable[[set[str]], AbstractContextManager[Evidence | None]]
"""Gives the evidence at some paths, to be read at any place; None where that cannot be done."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a file of evidence lies, and what was computed of it."""

    offset: int
    size_bytes: int
    digests: tuple[tuple[str, str], ...]


def check_inner(inventory: Inventory, found: Findings, reopen: Reopen | None) -> None:
    """Check what holds hashes; nothing is said where nothing does, or where the evidence cannot be read again."""
    tag = inventory.tags.get(layout.FORMATS)
    if tag is None or tag.spool is None:
        return
    tag.spool.rewind()
    try:
        described = [one for one in described_in(tag.spool.readline) if one.checkable]
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError) as error:
        found.fail(CHECK, f"{layout.FORMATS} cannot be read: {error}")
        return
    if reopen is None or not described or not inventory.whole:
        return
    wanted = {path for one in described for path in (one.path, *one.parts)}
    with reopen(wanted) as evidence:
        if evidence is None:
            found.doubt(
                CHECK,
                "the package cannot be read from any place (ASCII armour, a pipe): unseal it, and verify the folder",
            )
            return
        try:
            whole = sum(_check_file(one, evidence, found, number) for number, one in enumerate(described))
            if whole > TOLD_MAX:
                found.note(CHECK, f"{whole:,} files in all have the hashes that they hold")
        except EvidenceError as error:
            found.doubt(CHECK, f"the evidence cannot be read again: {error.problem}")


def in_folder(folder: Path, inventory: Inventory) -> Reopen:
    """The evidence of an unpacked package."""

    @contextmanager
    def opened(wanted: set[str]) -> Iterator[Evidence | None]:
        places = dict(_places(inventory, wanted))

        def found(path: str) -> AbstractContextManager[BinaryIO]:
            return _below(folder, path)

        yield _Places(places, found)

    return opened


def in_archive(source: BinaryIO, identities: Iterable[Identity], inventory: Inventory) -> Reopen:
    """The evidence in a package file, which stays encrypted but for what is asked for."""

    @contextmanager
    def opened(wanted: set[str]) -> Iterator[Evidence | None]:
        try:
            window = seek_age(source, identities)
        except OSError:
            window = None
        places = dict(_places(inventory, wanted))

        @contextmanager
        def found(path: str) -> Iterator[BinaryIO]:
            assert window is not None
            yield cast(BinaryIO, _Member(window, places[path]))

        yield _Places(places, found) if window is not None else None

    return opened


def described_in(readline: Callable[[], bytes]) -> Iterator[Description]:
    """The descriptions of a list of formats, by its lines; ValueError where it is none."""
    head = msgspec.json.decode(readline(), type=FormatsHead)
    if head.format != FORMAT or not 0 <= head.described <= CHECKABLE_MAX:
        raise ValueError("its first line is not what it should be")
    decoder = msgspec.json.Decoder(Description)
    for _ in range(head.described):
        line = readline()
        if len(line) >= LINE_BYTES_MAX:
            raise ValueError("it has a line that is too long")
        yield decoder.decode(line)
    if readline():
        raise ValueError("it has more lines than it says")


def _check_file(described: Description, evidence: Evidence, found: Findings, number: int) -> bool:
    """True where a file has all the hashes that it holds."""
    item = evidence.find(described.path)
    if item is None:
        found.fail(CHECK, f"{described.path} is described, and is not there")
        return False
    with looking(item, evidence) as look:
        told = recognise(look)
        if told is None or told.format != described.format:
            found.doubt(CHECK, f"{described.path} is described as {described.title}, and is not seen to be one")
            return False
        checks = check(look, told)
    declared = {one.name for one in described.faults}
    for one in checks:
        text = f"{one.path}: {one.name}: {one.reason}"
        match one.verdict:
            case Verdict.FAILED if told.format == LIST and described.path.count("/") > LIST_DEPTH_MAX:
                found.note(CHECK, f"{text} (a list that was found, not one by whoever collected it)")
            case Verdict.FAILED if one.name in declared:
                found.doubt(CHECK, f"{text} ({DECLARED})")
            case Verdict.FAILED:
                found.fail(CHECK, text)
            case Verdict.INDETERMINATE:
                found.doubt(CHECK, text)
            case _:
                found.note(CHECK)
    passed = all(one.verdict is Verdict.PASSED for one in checks)
    if passed and number < TOLD_MAX:
        seen = ", ".join(one.name + (f" {one.reason}" if one.reason else "") for one in checks)
        found.note(CHECK, f"{described.path}: {seen}")
    return passed


class _Places:
    """Evidence whose places are known."""

    def __init__(self, places: dict[str, _Place], opened: Callable[[str], AbstractContextManager[BinaryIO]]) -> None:
        self._places = places
        self._opened = opened

    def find(self, path: str) -> Item | None:
        place = self._places.get(path)
        if place is None:
            return None
        return Item(path=path, size_bytes=place.size_bytes, open=lambda: self._opened(path), digests=place.digests)


def _places(inventory: Inventory, wanted: set[str]) -> Iterator[tuple[str, _Place]]:
    """Where files lie in the archive, whose form leaves no choice: headers, contents, and zeros to whole blocks."""
    stamp = inventory.sealed or 0
    first = inventory.tags[layout.BAGIT]
    at = _whole(inventory.top, layout.BAGIT, first.size_bytes, stamp)
    for line in inventory.payload:
        sha256, sha512, size, name = line.rstrip(b"\n").split(b" ", 3)
        path, size_bytes = name.decode("utf-8", "surrogateescape"), int(size)
        end = at + (_whole(inventory.top, path, size_bytes, stamp) if inventory.sealed is not None else 0)
        if path in wanted:
            digests = (("sha256", sha256.decode()), ("sha512", sha512.decode()))
            yield path, _Place(end - size_bytes - tar.padding(size_bytes), size_bytes, digests)
        at = end


def _whole(top: str, path: str, size_bytes: int, stamp: int) -> int:
    header = tar.write_header(tar.Member(f"{top}/{path}", size_bytes, stamp))
    return len(header) + size_bytes + tar.padding(size_bytes)


class _Member(io.RawIOBase):
    """One file of the archive."""

    def __init__(self, window: PayloadWindow, place: _Place) -> None:
        self._window = window
        self._place = place
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._place.size_bytes}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: object) -> int:
        target = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        count = max(0, min(len(target), self._place.size_bytes - self._at))
        self._window.seek(self._place.offset + self._at)
        count = self._window.readinto(target[:count]) if count else 0
        self._at += count
        return count


@contextmanager
def _below(folder: Path, path: str) -> Iterator[BinaryIO]:
    opened = open_below(folder, path)
    if opened is None:
        raise FileNotFoundError(path)
    with os.fdopen(opened[0], "rb", buffering=0) as file:
        yield cast(BinaryIO, file)

"""The files of a log: append-only, crash-safe, and only `entries.jsonl` is the truth.

``entries.jsonl``  one canonical entry a line: what is hashed, kept and shown in court
``hashes``         the row of the Merkle tree (`tree`), 32 bytes each: derived
``ends``           for each entry the place where its line ends, 8 bytes each: derived
``head.json``      how much is committed; replaced in one step after all else is on the disk
``log.json``       the log's origin
``checkpoints/``   the signed notes of this log; ``seen/`` those of others' logs
``set-aside/``     what a crash left half-written: never part of the log, never thrown away
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, BinaryIO, TypeVar

import msgspec

from comity.evidence.custody.entry import Record
from comity.evidence.custody.tree import HASH_BYTES, stored_count
from comity.evidence.errors import LogDamagedError

ENTRIES, HASHES, ENDS, HEAD, ABOUT, LOCK = "entries.jsonl", "hashes", "ends", "head.json", "log.json", "lock"
CHECKPOINTS, SEEN, SET_ASIDE = "checkpoints", "seen", "set-aside"
END_BYTES = 8

Count = Annotated[int, msgspec.Meta(ge=0)]
_Kind = TypeVar("_Kind", bound=Record)
_RESTORE = "restore it from a copy of the log"


class Head(Record, frozen=True, kw_only=True):
    """How much of a log is committed."""

    size: Count = 0
    entries_bytes: Count = 0
    root_hash: str = ""
    """Hexadecimal; empty for an empty log."""
    recorded_at: datetime | None = None
    """The latest time of recording so far; None for an empty log."""


class About(Record, frozen=True, kw_only=True):
    """What a log is."""

    format: str = "comity-custody-log/1"
    origin: str


def write_atomically(path: Path, data: bytes, *, mode: int = 0o600) -> None:
    """The file whole or not at all: written beside it, flushed to the disk, then put in its place in one step."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)  # noqa: PTH105  the same call, and its name says what matters
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Flush a folder's entries, so that a new or renamed file survives a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Only one writer at a time, on this machine; others wait."""
    import fcntl

    try:
        file = os.fdopen(os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600), "rb+")
    except OSError as error:
        raise unreadable(folder / LOCK, error) from None
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def unreadable(path: Path, error: OSError) -> LogDamagedError:
    """The error of a file of a log that is missing or may not be opened."""
    return LogDamagedError(
        what=str(path),
        problem=(error.strerror or "cannot be opened").lower(),
        remedy="give the folder of a custody log that you may read (to add: and write)",
    )


def read_record(path: Path, kind: type[_Kind]) -> _Kind:
    """The record in a small JSON file; LogDamagedError where it cannot be read or has a byte that was not written."""
    try:
        data = path.read_bytes()
        record = msgspec.json.decode(data, type=kind)
    except OSError as error:
        raise unreadable(path, error) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise LogDamagedError(what=str(path), problem=str(error), remedy=_RESTORE) from None
    if msgspec.json.encode(record) != data:
        raise LogDamagedError(what=str(path), problem="is not as it was written", remedy=_RESTORE)
    return record


def append_to(path: Path, data: bytes | bytearray, *, at: int) -> None:
    """Write `data` at byte `at`, which is where the committed part ends, and flush it to the disk."""
    with path.open("r+b" if path.exists() else "x+b", buffering=0) as file:
        file.seek(at)
        rest = memoryview(data)
        while rest:
            rest = rest[file.write(rest) :]
        os.fsync(file.fileno())


def set_aside(folder: Path, head: Head) -> int:
    """Take off what a crash left beyond the committed part; gives the bytes of entries that were set aside."""
    torn = _cut(folder / ENTRIES, head.entries_bytes, keep_in=folder / SET_ASIDE, name=f"{head.size:016d}")
    _cut(folder / HASHES, stored_count(head.size) * HASH_BYTES)
    _cut(folder / ENDS, head.size * END_BYTES)
    return torn


def set_back(folder: Path) -> None:
    """Take off what was just written and does not count: by whatever head is on the disk, for that decides."""
    head = read_record(folder / HEAD, Head)
    _cut(folder / ENTRIES, head.entries_bytes)
    _cut(folder / HASHES, stored_count(head.size) * HASH_BYTES)
    _cut(folder / ENDS, head.size * END_BYTES)


def _cut(path: Path, size_bytes: int, *, keep_in: Path | None = None, name: str = "") -> int:
    try:
        surplus = path.stat().st_size - size_bytes
    except FileNotFoundError:
        return 0
    if surplus <= 0:
        return 0
    with path.open("r+b") as file:
        if keep_in is not None:
            _keep(file, size_bytes, keep_in, name)
        file.truncate(size_bytes)
        os.fsync(file.fileno())
    return surplus


def _keep(file: BinaryIO, start: int, folder: Path, name: str) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    file.seek(start)
    torn = file.read()
    number = sum(1 for _ in folder.glob(f"{name}.*"))
    write_atomically(folder / f"{name}.{number}", torn)

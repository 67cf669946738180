"""The evidence that is to be sealed: found in folders, opened without following links, and seen to stay as it was."""

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, cast

from comity.evidence.errors import SourceError
from comity.evidence.package.direct import BLOCK_BYTES, DirectSource
from comity.evidence.package.layout import DATA
from comity.evidence.package.names import DEPTH_MAX, PATH_BYTES_MAX, another, collision_key, portable
from comity.evidence.package.record import LeftOut

DIRECT_BYTES_MIN = 2 * BLOCK_BYTES


@dataclass(frozen=True, slots=True)
class Found:
    """A file on disk and its place in the package."""

    disk: str
    path: str
    original: str
    """Path below the given folder as the system has it; empty where `path` says the same."""


@dataclass(frozen=True, slots=True)
class EmptyFolder:
    """A folder with nothing in it: BagIt holds no folders."""

    path: str


def find_files(paths: Sequence[Path]) -> Iterator[Found | EmptyFolder | LeftOut]:
    """Everything below some paths, in a steady order; SourceError where something cannot be read.

    Names are made portable and distinct on every system; links are never followed.
    """
    taken: set[str] = set()
    for path in paths:
        name = os.path.basename(os.path.realpath(path)) or "root"  # noqa: PTH119  realpath of "." and ".." too
        place = _free(portable(name), taken)
        original = name if place != name else ""
        try:
            mode = os.stat(path).st_mode  # noqa: PTH116  a link that the user names is followed: it was meant
        except OSError as error:
            raise unreadable(str(path), error) from None
        if stat.S_ISDIR(mode):
            yield from _walk(os.fspath(path), DATA + place, original or name, changed=bool(original))
        elif stat.S_ISREG(mode):
            yield Found(os.path.realpath(path), DATA + place, original)
        else:
            raise SourceError(
                what=str(path), problem=f"is a {_kind(mode)}, not a file or folder", remedy="make an image of it first"
            )


def _walk(disk: str, place: str, original: str, *, changed: bool) -> Iterator[Found | EmptyFolder | LeftOut]:
    if place.count("/") >= DEPTH_MAX or len(place.encode()) > PATH_BYTES_MAX - 300:
        raise SourceError(what=disk, problem="is nested too deeply to be packed", remedy="seal an image of it")
    try:
        with os.scandir(disk) as entries:
            there = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        raise unreadable(disk, error) from None
    if not there:
        yield EmptyFolder(place)
    taken: set[str] = set()
    for entry in there:
        name = _free(portable(entry.name), taken)
        below = f"{place}/{name}"
        was = f"{original}/{entry.name}"
        other = changed or name != entry.name
        if entry.is_symlink():
            yield LeftOut(path=shown(was), kind="symbolic link", target=shown(os.fspath(Path(entry.path).readlink())))
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, below, was, changed=other)
        elif entry.is_file(follow_symlinks=False):
            yield Found(entry.path, below, was if other else "")
        else:
            yield LeftOut(path=shown(was), kind=_kind(entry.stat(follow_symlinks=False).st_mode))


def _free(name: str, taken: set[str]) -> str:
    number, candidate = 1, name
    while (key := collision_key(candidate)) in taken:
        number += 1
        candidate = another(name, number)
    taken.add(key)
    return candidate


@contextmanager
def opened(found: Found) -> Iterator[tuple[BinaryIO, os.stat_result]]:
    """The file open for reading, with what the system says of it; SourceError where it changed until it is closed."""
    try:
        descriptor = os.open(found.disk, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise unreadable(found.disk, error) from None
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            raise changed(found.disk, "became something else than a file")
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_SEQUENTIAL)
        if before.st_size < DIRECT_BYTES_MIN:
            yield file, before
        else:
            with DirectSource(descriptor) as direct:
                yield cast(BinaryIO, direct), before
        after = os.fstat(descriptor)
        if (before.st_size, before.st_mtime_ns, before.st_ctime_ns) != (
            after.st_size,
            after.st_mtime_ns,
            after.st_ctime_ns,
        ):
            raise changed(found.disk, "changed while it was read")


def modified_at(status: os.stat_result) -> datetime | None:
    """When the file was last changed; None where the system's number is no time."""
    try:
        return datetime.fromtimestamp(status.st_mtime_ns // 1000 / 1e6, tz=UTC)
    except (OverflowError, ValueError, OSError):
        return None


def shown(text: str) -> str:
    """A path as text that can be written: bytes that are not UTF-8 as ``\\xNN``."""
    return os.fsencode(text).decode("utf-8", "backslashreplace")


def raw_bytes(text: str) -> str:
    """The bytes of a path in hexadecimal where they are not UTF-8; else empty."""
    data = os.fsencode(text)
    try:
        data.decode()
    except UnicodeDecodeError:
        return data.hex()
    return ""


def changed(disk: str, problem: str) -> SourceError:
    """The error of evidence that does not hold still."""
    return SourceError(what=shown(disk), problem=problem, remedy="seal a copy or an image that nobody writes to")


def unreadable(disk: str, error: OSError) -> SourceError:
    """The error of evidence that the system does not let us read."""
    problem = (error.strerror or "cannot be read").lower()
    return SourceError(what=shown(disk), problem=problem, remedy="give files and folders that can be read")


def _kind(mode: int) -> str:
    if stat.S_ISFIFO(mode):
        return "pipe"
    return "socket" if stat.S_ISSOCK(mode) else "device"

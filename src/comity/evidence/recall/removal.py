"""Removing files so that nothing of them can be read back through the file system.

Each is overwritten once, on the disk, and then unlinked. What a disk keeps of it elsewhere (snapshots, spare blocks of
flash, journals, backups) no program can reach: encryption at rest and the holder's declaration answer for these.
"""

import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from comity.evidence.custody.files import sync_folder
from comity.evidence.errors import RecallError
from comity.evidence.package.record import Record, Size
from comity.evidence.walk import walk

METHOD = (
    "zeros written over it once through the file system, flushed, cut to nothing, and unlinked; whether the medium "
    "keeps older blocks (flash, copies on write, snapshots) is not known"
)
_PART_BYTES = 1 << 20
_ZEROS = bytes(_PART_BYTES)


class Number(Record, frozen=True, kw_only=True):
    """Which file or folder it is, whatever its name leads to by now."""

    device: Size
    inode: Size


def number_of(path: Path) -> Number:
    """The number of a file or folder; RecallError for a link, which is neither: removing it leaves what it leads to."""
    try:
        found = path.lstat()
    except OSError as error:
        problem, remedy = (error.strerror or str(error)).lower(), "name what is to be removed; nothing was removed"
        raise RecallError(what=str(path), problem=problem, remedy=remedy) from None
    if stat.S_ISLNK(found.st_mode):
        raise RecallError(
            what=str(path),
            problem="is a symbolic link: removing it would leave the evidence that it leads to",
            remedy=f"name that itself: {path.resolve()}; nothing was removed",
        )
    return Number(device=found.st_dev, inode=found.st_ino)


def other_names(paths: Sequence[Path]) -> list[Path]:
    """Files at or below some paths that have further names (hard links) elsewhere: these would be emptied too."""
    seen: Counter[tuple[int, int]] = Counter()
    first: dict[tuple[int, int], tuple[Path, int]] = {}
    for one in (one for path in paths for one in _all_files(path)):
        found = one.lstat()
        if stat.S_ISREG(found.st_mode) and found.st_nlink > 1:
            key = (found.st_dev, found.st_ino)
            seen[key] += 1
            first.setdefault(key, (one, found.st_nlink))
    return [one for key, (one, names) in first.items() if seen[key] < names]


def links_in(path: Path) -> list[Path]:
    """Symbolic links in a folder: they are removed, and what they lead to is not."""
    return [one for one in _all_files(path) if one.is_symlink()]


def remove(path: Path, number: Number | None = None) -> int:
    """Remove a file, or a folder with all that is in it; how many files are gone. What is gone already is no error.

    Links in a folder are unlinked and never followed. RecallError where something cannot be removed, where `path` is a
    link, or another file or folder than `number` says lies there by now.
    """
    if not os.path.lexists(path):
        return 0
    found = number_of(path)
    if number is not None and found != number:
        raise RecallError(
            what=str(path),
            problem="is not what was examined: another lies there by now, or its disk was mounted anew",
            remedy="put back what was examined, and run the same again; what lies there now was left alone",
        )
    try:
        if path.is_dir():
            count = sum(_remove_file(one) for one in _files(path))
            for base in reversed([base for base, _, _ in walk(path)]):
                Path(base).rmdir()
        else:
            count = _remove_file(path, found)
        sync_folder(path.absolute().parent)
    except OSError as error:
        problem = f"cannot be removed: {(error.strerror or str(error)).lower()}"
        raise RecallError(what=str(path), problem=problem, remedy="make it writable and run the same again") from None
    if os.path.lexists(path):
        raise RecallError(what=str(path), problem="is there again", remedy="see who writes there; run the same again")
    return count


def _all_files(path: Path) -> Iterator[Path]:
    if path.is_dir() and not path.is_symlink():
        yield from _files(path)
    else:
        yield path


def _files(folder: Path) -> Iterator[Path]:
    for base, folders, files in walk(folder):
        for name in (*files, *folders):
            path = Path(base) / name
            if path.is_symlink() or not path.is_dir():
                yield path


def _remove_file(path: Path, number: Number | None = None) -> int:
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return 0
    if stat.S_ISREG(mode):
        overwritten = _overwrite(path, number)
        if number_of(path) != overwritten:
            raise _changed(path)
    path.unlink()
    return 1


def _overwrite(path: Path, number: Number | None) -> Number:
    """Zeros over a file; which file that was."""
    if not os.access(path, os.W_OK):
        path.chmod(stat.S_IRUSR | stat.S_IWUSR)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC), "wb", buffering=0) as file:
        found = os.fstat(file.fileno())
        opened = Number(device=found.st_dev, inode=found.st_ino)
        if number is not None and opened != number:
            raise _changed(path)
        left = found.st_size
        while left > 0:
            left -= file.write(_ZEROS[: min(left, _PART_BYTES)]) or 0
        os.fsync(file.fileno())
        file.truncate(0)
    return opened


def _changed(path: Path) -> RecallError:
    return RecallError(
        what=str(path), problem="became another file while it was removed", remedy="see who writes there; run it again"
    )

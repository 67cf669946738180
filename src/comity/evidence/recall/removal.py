"""Removing files so that nothing of them can be read back through the file system.

Each is overwritten once, on the disk, and then unlinked. What a disk keeps of it elsewhere (snapshots, spare blocks of
flash, journals, backups) no program can reach: encryption at rest and the holder's declaration answer for these.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from comity.evidence.custody.files import sync_folder
from comity.evidence.errors import RecallError

METHOD = (
    "zeros written over it once through the file system, flushed, cut to nothing, and unlinked; whether the medium "
    "keeps older blocks (flash, copies on write, snapshots) is not known"
)
_PART_BYTES = 1 << 20
_ZEROS = bytes(_PART_BYTES)


def remove(path: Path) -> int:
    """Remove a file, or a folder with all that is in it; how many files are gone. What is gone already is no error.

    Links are unlinked and never followed. RecallError where something cannot be removed.
    """
    try:
        if path.is_symlink() or not path.is_dir():
            count = _remove_file(path)
        else:
            count = sum(_remove_file(one) for one in _files(path))
            for base, _, _ in os.walk(path, topdown=False):
                Path(base).rmdir()
        sync_folder(path.absolute().parent)
    except OSError as error:
        problem = f"cannot be removed: {(error.strerror or str(error)).lower()}"
        raise RecallError(what=str(path), problem=problem, remedy="make it writable and run the same again") from None
    return count


def _files(folder: Path) -> Iterator[Path]:
    for base, folders, files in os.walk(folder):
        for name in (*files, *folders):
            path = Path(base) / name
            if path.is_symlink() or not path.is_dir():
                yield path


def _remove_file(path: Path) -> int:
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return 0
    if stat.S_ISREG(mode):
        _overwrite(path)
    path.unlink()
    return 1


def _overwrite(path: Path) -> None:
    if not os.access(path, os.W_OK):
        path.chmod(stat.S_IRUSR | stat.S_IWUSR)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC), "wb", buffering=0) as file:
        left = os.fstat(file.fileno()).st_size
        while left > 0:
            left -= file.write(_ZEROS[: min(left, _PART_BYTES)]) or 0
        os.fsync(file.fileno())
        file.truncate(0)

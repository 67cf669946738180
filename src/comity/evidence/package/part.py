"""A file that appears whole or not at all, whatever stops the one who writes it."""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from comity.evidence.custody.files import sync_folder
from comity.evidence.errors import PackageError
from comity.evidence.package.direct import DirectFile


def hold(descriptor: int, path: Path) -> bool:
    """Lock an open file or folder until it is closed; False where another run holds it, or gave it its name between:
    whoever wrote to it then would write into what is whole."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.path.samestat(os.fstat(descriptor), path.lstat())
    except OSError:
        return False


class PartFile:
    """Written as ``.NAME.part`` beside its place; only `commit` gives it its name."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self._part = target.with_name(f".{target.name}.part")
        self.file: BinaryIO
        self.writer: DirectFile

    def __enter__(self) -> "PartFile":
        if os.path.lexists(self._target):
            raise _taken(self._target)
        try:
            if self._part.is_file() and self._part.stat().st_nlink > 1:
                self._part.unlink()  # stopped between its two names: the other is a whole package
            flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
            self.file = os.fdopen(os.open(self._part, flags, 0o600), "r+b", buffering=0)
        except OSError as error:
            problem = (error.strerror or "cannot be written").lower()
            raise PackageError(what=str(self._target), problem=problem, remedy="choose a folder to write to") from None
        if not hold(self.file.fileno(), self._part) or os.fstat(self.file.fileno()).st_nlink > 1:
            self.file.close()
            raise PackageError(
                what=str(self._target), problem="is being written by another", remedy="wait, or choose another name"
            )
        self.file.truncate(0)
        self.writer = DirectFile(self.file.fileno())
        return self

    @property
    def path(self) -> Path:
        """Where it lies until it has its name."""
        return self._part

    def finish(self) -> int:
        """Have all of it on the disk, still without its name; its size in bytes."""
        try:
            self.writer.finish()
        except OSError as error:
            raise unwritable(error) from None
        return os.fstat(self.file.fileno()).st_size

    def commit(self) -> None:
        """Give the finished file its name, on the disk when this returns."""
        try:
            os.link(self._part, self._target)  # never over a file that is there
        except FileExistsError:
            raise _taken(self._target) from None
        except OSError:  # a file system without links
            os.rename(self._part, self._target)  # noqa: PTH104
        self._part.unlink(missing_ok=True)
        sync_folder(self._target.parent)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._part.unlink(missing_ok=True)
        self.writer.close()
        self.file.close()


def unwritable(error: OSError) -> PackageError:
    """The error of a disk that does not take what is written."""
    problem = (error.strerror or "cannot be written").lower()
    return PackageError(what="package", problem=problem, remedy="make room, or write elsewhere")


def _taken(target: Path) -> PackageError:
    return PackageError(what=str(target), problem="is there already", remedy="choose another name; nothing is replaced")

"""The hidden folder that a package is unpacked into: taken up where it stopped, and named when all of it is there.

Every folder on the way is opened by itself, never through a link, and stays open while files come into it: what lay
there before us leads nowhere else, and a million small files cost one call each to be made.
"""

import errno
import os
import shutil
import stat
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, cast

import msgspec

from comity.evidence.custody.files import sync_folder
from comity.evidence.errors import PackageError
from comity.evidence.package import layout
from comity.evidence.package.direct import FLUSH_BYTES
from comity.evidence.package.inventory import Inventory, Tag
from comity.evidence.package.part import hold

_COPY_BYTES = 1 << 20
_ENTER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_SAFE = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_NOT_OURS = frozenset({errno.ELOOP, errno.ENOTDIR, errno.EISDIR, errno.ENXIO, errno.EACCES, errno.EPERM})
"""How the system says that something else than our own file or folder has the name."""


class TakenError(PackageError):
    """There is something of the package's name where it was to be unpacked."""

    def __init__(self, *, folder: Path, what: str, problem: str, remedy: str) -> None:
        self.folder = folder
        super().__init__(what=what, problem=problem, remedy=remedy)


class Unpacking:
    """A hidden folder that fills, and gets its name at the end."""

    def __init__(self, target: Path, hidden: Path) -> None:
        self._target = target
        self._hidden = hidden
        self._inside = ""
        self._open: list[tuple[str, int]] = []
        """The folders that are open, from the hidden one down, each with its descriptor."""

    def open(self, top: str, path: str) -> "Continued":
        """A file to write evidence into. Its path was seen to be portable and to be nobody else's."""
        if not self._open:
            refuse_taken(self._target / top)
            self._enter_hidden()
        return Continued(*self._file(path))

    def conclude(self, inventory: Inventory, empty_folders: Iterable[str]) -> Path:
        """Write the other files, make the empty folders, set times, and give the folder its name.

        The names of the empty folders were seen to be portable and to lie with the evidence.
        """
        for name, tag in inventory.tags.items():
            descriptor, _ = self._file(name)
            with os.fdopen(descriptor, "wb") as file:
                file.truncate(0)
                _write(cast(BinaryIO, file), tag)
        self._tidy(inventory)
        self._make_empty(empty_folders)
        _set_times(self._hidden, inventory.tags[layout.EVIDENCE])
        os.sync()  # one for all files: a sync for each of a million would take hours
        folder = self._target / inventory.top
        refuse_taken(folder)
        self._hidden.rename(folder)
        sync_folder(self._target)
        return folder

    def discard(self) -> None:
        """Take away what was unpacked; nothing where another run's folder was not ours to fill."""
        if self._open:
            shutil.rmtree(self._hidden, ignore_errors=True)

    def close(self) -> None:
        """Let go of the folders that are open."""
        self._leave(0)

    def _enter_hidden(self) -> None:
        self._hidden.mkdir(mode=0o700, exist_ok=True)
        try:
            descriptor = os.open(self._hidden, _ENTER)
        except OSError as error:
            raise self._strange("", error) from None
        if not hold(descriptor, self._hidden):
            os.close(descriptor)
            problem = "is being unpacked there by another"
            raise PackageError(what=str(self._target), problem=problem, remedy="wait, or unseal into another folder")
        self._open.append(("", descriptor))

    def _file(self, path: str) -> tuple[int, bool]:
        """The descriptor of a file for reading and writing, and True where it was there before."""
        inside, _, name = path.rpartition("/")
        folder = self._folder(inside)
        try:
            flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | _SAFE
            return os.open(name, flags, 0o600, dir_fd=folder), False
        except FileExistsError:
            pass
        try:
            descriptor = os.open(name, os.O_RDWR | _SAFE, dir_fd=folder)
        except OSError as error:
            raise self._strange(path, error) from None
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_nlink != 1:  # by another name, it may be anybody's
            os.close(descriptor)
            raise self._strange(path)
        return descriptor, True

    def _folder(self, inside: str) -> int:
        """The descriptor of a folder; files come folder by folder, so that mostly it is the one that is open."""
        if inside != self._inside:
            names = inside.split("/") if inside else []
            depth = 0
            while depth < min(len(names), len(self._open) - 1) and self._open[depth + 1][0] == names[depth]:
                depth += 1
            self._leave(depth + 1)
            for name in names[depth:]:
                self._enter(name)
            self._inside = inside
        return self._open[-1][1]

    def _enter(self, name: str) -> None:
        above = self._open[-1][1]
        with suppress(FileExistsError):
            os.mkdir(name, 0o700, dir_fd=above)
        try:
            self._open.append((name, os.open(name, _ENTER, dir_fd=above)))
        except OSError as error:
            raise self._strange(name, error) from None

    def _leave(self, count: int) -> None:
        """Close all open folders but the first so many."""
        while len(self._open) > count:
            os.close(self._open.pop()[1])
        self._inside = "/".join(name for name, _ in self._open[1:])

    def _strange(self, path: str, error: OSError | None = None) -> OSError | PackageError:
        """What to raise where something is in the way that no stopped run leaves."""
        if error is not None and error.errno not in _NOT_OURS:
            return error
        problem = f"holds {path!r}, which is not what a stopped run leaves" if path else "is no folder of ours"
        return PackageError(what=str(self._hidden), problem=problem, remedy="see who put it there, and remove it")

    def _tidy(self, inventory: Inventory) -> None:
        """Take away what does not belong to the package: the hidden folder may have been there before us."""
        count, folders, left = 0, [], [""]
        while left:
            inside = left.pop()
            with os.scandir(f"{self._hidden}/{inside}") as entries:
                for entry in entries:
                    path = inside + entry.name
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                        left.append(f"{path}/")
                        continue
                    is_evidence = path.startswith(layout.DATA)
                    count += is_evidence
                    if entry.is_symlink() or not (is_evidence or path in inventory.tags):
                        os.unlink(entry.path)  # noqa: PTH108  no path is parsed for each of a million files
        if count != inventory.file_count:
            shutil.rmtree(self._hidden)
            raise PackageError(
                what=str(self._hidden), problem="held files of others", remedy="run it again; it was cleared"
            )
        for folder in reversed(folders):
            with suppress(OSError):
                Path(folder).rmdir()  # one that is empty, and perhaps was there before us

    def _make_empty(self, folders: Iterable[str]) -> None:
        for path in folders:
            try:
                (self._hidden / path).mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError as error:
                problem = f"{path!r} cannot be an empty folder here ({error.strerror})"
                raise PackageError(what="package", problem=problem, remedy="ask the sender to seal it anew") from None


class Continued:
    """A file that is open for writing: only what differs from what is there is written, so that one that was cut off
    is gone on with.
    """

    def __init__(self, descriptor: int, was_there: bool) -> None:
        self._descriptor = descriptor
        self._was_there = self._same = was_there
        self._unflushed = 0

    def __enter__(self) -> BinaryIO:
        return cast(BinaryIO, self)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None and self._was_there:
                os.ftruncate(self._descriptor, os.lseek(self._descriptor, 0, os.SEEK_CUR))
        finally:
            os.close(self._descriptor)

    def write(self, data: memoryview) -> int:
        if self._same:
            there = os.read(self._descriptor, len(data))
            if there == data:
                return len(data)
            os.ftruncate(self._descriptor, os.lseek(self._descriptor, -len(there), os.SEEK_CUR))
            self._same = False
        at = 0
        while at < len(data):
            at += os.write(self._descriptor, data[at:])
        self._unflushed += at
        if self._unflushed >= FLUSH_BYTES:
            os.fdatasync(self._descriptor)
            self._unflushed = 0
        return len(data)


def refuse_taken(folder: Path) -> None:
    """TakenError where something has the folder's name."""
    if os.path.lexists(folder):
        raise TakenError(
            folder=folder,
            what=str(folder),
            problem="is there already",
            remedy="comity verify it, or unseal into another folder",
        )


def _write(file: BinaryIO, tag: Tag) -> None:
    if tag.spool is None:
        file.write(tag.data)
    else:
        tag.spool.rewind()
        shutil.copyfileobj(tag.spool.file, file, _COPY_BYTES)


class _Time(msgspec.Struct, frozen=True):
    """What a line of the evidence manifest says of a file's time; the rest of it was checked."""

    path: str
    modified_at: datetime | None = None


def _set_times(folder: Path, tag: Tag) -> None:
    """Give the evidence the times that it had. They are a convenience: the manifest is what is signed."""
    assert tag.spool is not None
    tag.spool.rewind()
    decoder = msgspec.json.Decoder(_Time)
    for line in tag.spool:
        if not line.startswith(b'{"path":'):
            continue
        record = decoder.decode(line.rstrip(b",\n"))
        if record.modified_at is not None:
            seconds = record.modified_at.timestamp()
            os.utime(f"{folder}/{record.path}", (seconds, seconds), follow_symlinks=False)

"""Unsealing: a package becomes a folder, which gets its name only when all of it was verified.

What is unpacked lies in a folder of its own, hidden, until then. Stopped at any moment, it is taken up again: what is
there already is compared, not written anew.
"""

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, cast

import msgspec

from comity.evidence.age import Identity, open_age
from comity.evidence.custody import Verdict
from comity.evidence.custody.files import sync_folder
from comity.evidence.errors import PackageError
from comity.evidence.package import layout
from comity.evidence.package.direct import FLUSH_BYTES, fast
from comity.evidence.package.inventory import Inventory, Tag, read_archive
from comity.evidence.package.pipeline import Progress
from comity.evidence.package.record import FileRecord
from comity.evidence.package.report import NotAcceptedError, PackageReport
from comity.evidence.package.signer import Trust
from comity.evidence.package.verify import verify_file, verify_folder, verify_inventory

_COPY_BYTES = 1 << 20
_HEAD_BYTES = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsealed:
    """A package as it was unpacked."""

    folder: Path
    report: PackageReport
    custody: bytes
    """The custody so far, as it came with the package; empty: none came."""


def unseal(  # noqa: PLR0913  each is something else that only the caller knows
    source: BinaryIO,
    target: Path,
    identities: Iterable[Identity],
    trust: Trust,
    *,
    now: datetime,
    subject: str,
    late_stamp: bytes | None = None,
    accept_indeterminate: bool = False,
    progress: Progress | None = None,
) -> Unsealed:
    """Unpack a package file below `target`; NotAcceptedError, with the report, where it is not whole and genuine.

    PackageError where there is a folder of its name already, or no room; AgeError where it does not open.
    """
    target.mkdir(parents=True, exist_ok=True)
    _refuse_full_disk(source, target)
    hidden = target / f".unsealing-{_mark(source)}"
    unpacking = _Unpacking(target, hidden)
    with fast(source) as quick:
        inventory = read_archive(open_age(quick, identities), unpacking.open, progress)
    try:
        report = verify_inventory(inventory, trust, now=now, subject=subject, late_stamp=late_stamp)
        accepted = (Verdict.PASSED, Verdict.INDETERMINATE) if accept_indeterminate else (Verdict.PASSED,)
        if report.verdict not in accepted:
            if report.verdict is Verdict.FAILED:
                shutil.rmtree(hidden, ignore_errors=True)
            raise NotAcceptedError(what=subject, report=report)
        folder = unpacking.conclude(inventory, report.head.empty_folders if report.head else ())
        custody = inventory.tags.get(layout.CUSTODY)
        return Unsealed(folder=folder, report=report, custody=custody.data if custody else b"")
    finally:
        inventory.close()


class TakenError(PackageError):
    """There is something of the package's name where it was to be unpacked."""

    def __init__(self, *, folder: Path, what: str, problem: str, remedy: str) -> None:
        self.folder = folder
        super().__init__(what=what, problem=problem, remedy=remedy)


def unsealed_before(
    source: BinaryIO,
    folder: Path,
    identities: Iterable[Identity],
    trust: Trust,
    *,
    now: datetime,
    subject: str,
    late_stamp: bytes | None = None,
    accept_indeterminate: bool = False,
) -> Unsealed:
    """A package that was unpacked into `folder` before; NotAcceptedError where either is not whole and genuine,
    PackageError where the folder is of another package.
    """
    seen: list[tuple[bytes, bytes]] = []

    def see(inventory: Inventory, _: PackageReport) -> None:
        custody = inventory.tags.get(layout.CUSTODY)
        seen.append((inventory.tags[layout.SIGNED].data, custody.data if custody else b""))

    accepted = (Verdict.PASSED, Verdict.INDETERMINATE) if accept_indeterminate else (Verdict.PASSED,)
    report = verify_file(source, identities, trust, now=now, subject=subject, late_stamp=late_stamp, see=see)
    if report.verdict not in accepted:
        raise NotAcceptedError(what=subject, report=report)
    there = verify_folder(folder, trust, now=now, late_stamp=late_stamp, see=see)
    if there.verdict not in accepted:
        raise NotAcceptedError(what=str(folder), report=there)
    if seen[0][0] != seen[1][0]:
        remedy = "unseal into another folder"
        raise PackageError(what=str(folder), problem="is of another package of the same name", remedy=remedy)
    return Unsealed(folder=folder, report=report, custody=seen[0][1])


class _Unpacking:
    """A hidden folder that fills, and gets its name at the end."""

    def __init__(self, target: Path, hidden: Path) -> None:
        self._target = target
        self._hidden = hidden
        self._made: set[Path] = set()

    @contextmanager
    def open(self, top: str, path: str) -> Iterator[BinaryIO]:
        """A file to write evidence into. Its path was seen to be portable and to be nobody else's."""
        refuse_taken(self._target / top)
        place = self._hidden / path
        self._make(place.parent)
        descriptor = os.open(place, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "r+b", buffering=0) as file:
            writer = _Continued(file)
            yield cast(BinaryIO, writer)
            writer.end()

    def conclude(self, inventory: Inventory, empty_folders: Iterable[str]) -> Path:
        """Write the other files, make the empty folders, set times, and give the folder its name.

        The names of the empty folders were seen to be portable and to lie with the evidence.
        """
        for name, tag in inventory.tags.items():
            place = self._hidden / name
            self._make(place.parent)
            _write(place, tag)
        self._remove_strangers(inventory)
        self._make_empty(empty_folders)
        _set_times(self._hidden, inventory.tags[layout.EVIDENCE])
        os.sync()  # one for all files: a sync for each of a million would take hours
        folder = self._target / inventory.top
        refuse_taken(folder)
        self._hidden.rename(folder)
        sync_folder(self._target)
        return folder

    def _make(self, folder: Path) -> None:
        if folder not in self._made:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._made.add(folder)

    def _make_empty(self, folders: Iterable[str]) -> None:
        for base, _, _ in os.walk(self._hidden, topdown=False):
            with suppress(OSError):
                Path(base).rmdir()  # one that is empty, and perhaps was there before us
        for path in folders:
            try:
                (self._hidden / path).mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError as error:
                problem = f"{path!r} cannot be an empty folder here ({error.strerror})"
                raise PackageError(what="package", problem=problem, remedy="ask the sender to seal it anew") from None

    def _remove_strangers(self, inventory: Inventory) -> None:
        """Take away what does not belong to the package: the hidden folder may have been there before us."""
        count = 0
        for base, folders, files in os.walk(self._hidden):
            for name in (*files, *(one for one in folders if (Path(base) / one).is_symlink())):
                path = os.path.relpath(Path(base) / name, self._hidden)
                count += path.startswith(layout.DATA)
                if (Path(base) / name).is_symlink() or (
                    not path.startswith(layout.DATA) and path not in inventory.tags
                ):
                    (Path(base) / name).unlink()
        if count != inventory.file_count:
            shutil.rmtree(self._hidden)
            raise PackageError(
                what=str(self._hidden), problem="held files of others", remedy="run it again; it was cleared"
            )


class _Continued:
    """Writes only what differs from what is there: a file that was cut off is gone on with."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._unflushed = 0
        self._same = os.fstat(file.fileno()).st_size > 0

    def write(self, data: memoryview) -> int:
        if self._same:
            there = self._file.read(len(data))
            if there == data:
                return len(data)
            self._file.seek(-len(there), os.SEEK_CUR)
            self._file.truncate()
            self._same = False
        at = 0
        while at < len(data):
            at += self._file.write(data[at:])
        self._unflushed += at
        if self._unflushed >= FLUSH_BYTES:
            os.fdatasync(self._file.fileno())
            self._unflushed = 0
        return len(data)

    def end(self) -> None:
        self._file.truncate()


def refuse_taken(folder: Path) -> None:
    """TakenError where something has the folder's name."""
    if os.path.lexists(folder):
        raise TakenError(
            folder=folder,
            what=str(folder),
            problem="is there already",
            remedy="comity verify it, or unseal into another folder",
        )


def _write(place: Path, tag: Tag) -> None:
    with os.fdopen(
        os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600), "wb"
    ) as file:
        if tag.spool is None:
            file.write(tag.data)
        else:
            tag.spool.rewind()
            shutil.copyfileobj(tag.spool.file, file, _COPY_BYTES)


def _set_times(folder: Path, tag: Tag) -> None:
    """Give the evidence the times that it had. They are a convenience: the manifest is what is signed."""
    assert tag.spool is not None
    tag.spool.rewind()
    decoder = msgspec.json.Decoder(FileRecord)
    for line in tag.spool:
        if not line.startswith(b'{"path":'):
            continue
        record = decoder.decode(line.rstrip(b",\n"))
        if record.modified_at is not None:
            seconds = record.modified_at.timestamp()
            os.utime(folder / record.path, (seconds, seconds), follow_symlinks=False)


def _mark(source: BinaryIO) -> str:
    """A name for the package file: its header holds fresh random keys."""
    start = source.read(_HEAD_BYTES)
    source.seek(0)
    return hashlib.sha256(start).hexdigest()[:24]


def _refuse_full_disk(source: BinaryIO, target: Path) -> None:
    size_bytes, free_bytes = os.fstat(source.fileno()).st_size, shutil.disk_usage(target).free
    if size_bytes > free_bytes:
        raise PackageError(
            what=str(target), problem=f"has room for {free_bytes:,} of {size_bytes:,} bytes", remedy="make room"
        )

"""The inventory of an unpacked package: files are opened without following links, and nothing may lie beside them."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from comity.evidence.errors import PackageError
from comity.evidence.package import layout
from comity.evidence.package.inventory import Inventory, Tag, payload_line
from comity.evidence.package.names import DEPTH_MAX, path_faults
from comity.evidence.package.pipeline import Buffer, BufferPool, Digester, Digests, InOrder
from comity.evidence.package.seen import Seen
from comity.evidence.package.spool import LINE_BYTES_MAX, Spool


def read_folder(folder: Path) -> Inventory:
    """The inventory; PackageError where there is no folder that can be read."""
    if not folder.is_dir():
        raise PackageError(what=str(folder), problem="is no folder", remedy="give a package or an unpacked one")
    inventory = Inventory(top=folder.resolve().name)
    listed = Seen()
    digester, pool = Digester(), BufferPool()
    reading = _Reading(folder, inventory, digester, pool)
    try:
        for path in _listed(folder, inventory):
            if listed.add(path):
                reading.take_payload(path)
        for path in _there(folder, folder, inventory):
            if not path.startswith(layout.DATA):
                reading.take_tag(path)
            elif path not in listed:
                _take_unlisted(path, inventory, reading)
    finally:
        digester.close()
    reading.finish()
    return inventory


def _take_unlisted(path: str, inventory: Inventory, reading: "_Reading") -> None:
    """What no package can hold is named and not read: a line feed in its name would make other lines of the list that
    is compared, of files that are not there."""
    fault = path_faults(path)
    if fault:
        inventory.blame("completeness", f"{path!r} is there, and cannot be of a package: {fault}")
    else:
        reading.take_payload(path)


def _listed(folder: Path, inventory: Inventory) -> Iterator[str]:
    """Paths of the payload manifest, in its order: the order that the digests are compared in."""
    try:
        with (folder / layout.MANIFEST_SHA512).open("rb") as lines:
            while line := lines.readline(LINE_BYTES_MAX):
                path = line.rstrip(b"\n")[130:].decode("utf-8", "surrogateescape")
                if path.startswith(layout.DATA) and not path_faults(path):
                    yield path
    except OSError:
        return  # completeness names it


def _there(top: Path, folder: Path, inventory: Inventory) -> Iterator[str]:
    with os.scandir(folder) as entries:
        there = sorted(entries, key=lambda entry: entry.name)
    if not there:
        inventory.empty_folders.append(os.path.relpath(folder, top))
    for entry in there:
        path = os.path.relpath(entry.path, top)
        if entry.is_dir(follow_symlinks=False) and path.count("/") >= DEPTH_MAX:
            inventory.blame("completeness", f"{path!r} is nested deeper than any package is")
        elif entry.is_dir(follow_symlinks=False):
            yield from _there(top, Path(entry.path), inventory)
        elif entry.is_file(follow_symlinks=False):
            yield path
        else:
            inventory.blame("completeness", f"{path!r} is a link or a device, and does not belong here")


class _Reading:
    def __init__(self, folder: Path, inventory: Inventory, digester: Digester, pool: BufferPool) -> None:
        self._folder = folder
        self._inventory = inventory
        self._digester = digester
        self._pool = pool
        self._records = InOrder(self._note)

    def finish(self) -> None:
        self._records.finish()

    def take_payload(self, path: str) -> None:
        opened = self._open(path)
        if opened is None:
            return
        descriptor, size_bytes = opened
        with os.fdopen(descriptor, "rb", buffering=0) as file:
            digests = self._digester.begin(size_bytes)
            while True:
                buffer: Buffer = self._pool.take()
                count = file.readinto(buffer.view)
                self._digester.update(digests, buffer, 0, count)
                buffer.release()
                if not count:
                    break
            self._digester.end(digests)
        self._inventory.file_count += 1
        self._inventory.payload_bytes += size_bytes
        self._records.add((path, size_bytes), digests)

    def take_tag(self, path: str) -> None:
        opened = self._open(path)
        if opened is None:
            return
        descriptor, size_bytes = opened
        with os.fdopen(descriptor, "rb") as file:
            digests = Digests(inline=True)
            spool = Spool() if path in layout.STREAMED else None
            kept: list[bytes] = []
            if spool is None and size_bytes > layout.TAG_BYTES_MAX:
                self._inventory.blame("completeness", f"{path} has {size_bytes:,} bytes, too large for what it is")
                return
            while part := file.read(1 << 20):
                digests.sha256.update(part)
                digests.sha512.update(part)
                if spool is None:
                    kept.append(part)
                else:
                    spool.write(part)
        sha256, sha512 = digests.wait()
        self._inventory.tags[path] = Tag(
            sha256=sha256, sha512=sha512, size_bytes=size_bytes, data=b"".join(kept), spool=spool
        )

    def _open(self, path: str) -> tuple[int, int] | None:
        return open_below(self._folder, path)

    def _note(self, what: tuple[str, int], sha256: bytes, sha512: bytes) -> None:
        self._inventory.payload.write(payload_line(*what, sha256, sha512))


def is_sealed_folder(folder: Path) -> bool:
    """True where a folder says that it is a package, or has remains of one."""
    return (folder / layout.EVIDENCE).exists() or (folder / layout.SIGNED).parent.is_dir()


def open_below(folder: Path, path: str) -> tuple[int, int] | None:
    """A file below a folder, with its size; None where it is not there or is no file. No link is followed."""
    *folders, name = path.split("/")
    place = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for one in folders:
            inner = os.open(one, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=place)
            os.close(place)
            place = inner
        descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=place)
    except OSError:
        return None  # a listed file that is not there: comparing the lists names it
    finally:
        os.close(place)
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        return None
    return descriptor, status.st_size

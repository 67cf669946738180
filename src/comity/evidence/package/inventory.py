"""What a package holds, as found: every file with its digests, and what is wrong with the container."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import BinaryIO

from comity.evidence.errors import AgeError, ArchiveError
from comity.evidence.package import layout
from comity.evidence.package.names import collision_key, path_faults
from comity.evidence.package.pipeline import Digester, Digests, InOrder, Progress
from comity.evidence.package.reader import ArchiveReader, Plain
from comity.evidence.package.spool import Spool
from comity.evidence.package.tar import Member, damaged

FILES_MAX = 20_000_000
FAULTS_MAX = 50
"""How many of a kind are named."""
Open = Callable[[str, str], AbstractContextManager["BinaryIO | None"]]
"""Where a file of evidence is to be written: the package's folder and the path in it; None: nowhere."""


@dataclass(slots=True, kw_only=True)
class Tag:
    """A file that is not evidence."""

    sha256: bytes
    sha512: bytes
    size_bytes: int
    data: bytes
    """Whole, but for those in `layout.STREAMED`."""
    spool: Spool | None = None


@dataclass(slots=True, kw_only=True)
class Inventory:
    """What was found, in the order in which it was found."""

    top: str = ""
    """Name of the folder that everything lies in."""
    sealed: int | None = None
    """The instant in the archive, seconds since 1970; None: not from an archive."""
    payload: Spool = field(default_factory=Spool)
    """A line for each file of evidence, see `payload_line`."""
    file_count: int = 0
    payload_bytes: int = 0
    tags: dict[str, Tag] = field(default_factory=dict)
    empty_folders: list[str] = field(default_factory=list)
    """Folders with nothing in them; an archive has none."""
    faults: dict[str, list[str]] = field(default_factory=dict)
    """By check."""
    whole: bool = True
    """False where reading ended early."""

    def blame(self, check: str, problem: str) -> None:
        found = self.faults.setdefault(check, [])
        if len(found) < FAULTS_MAX and problem not in found:
            found.append(problem)

    def close(self) -> None:
        self.payload.close()
        for tag in self.tags.values():
            if tag.spool is not None:
                tag.spool.close()


def payload_line(path: str, size_bytes: int, sha256: bytes, sha512: bytes) -> bytes:
    """A line that can be compared with those of the manifests. Portable paths hold no line feed."""
    return f"{sha256.hex()} {sha512.hex()} {size_bytes} {path}\n".encode("utf-8", "surrogateescape")


class Siblings:
    """Tells names that would be one on some system, for paths that come folder by folder.

    Only the folders that are open are held: a folder that is entered again is a name that is taken.
    """

    def __init__(self) -> None:
        self._open: list[tuple[str, set[str]]] = [("", set())]

    def add(self, path: str) -> str:
        """Why this path cannot stand beside those before; empty: it can."""
        *folders, name = path.split("/")
        depth = 0
        while depth < len(folders) and depth + 1 < len(self._open) and self._open[depth + 1][0] == folders[depth]:
            depth += 1
        del self._open[depth + 1 :]
        fault = ""
        for folder in folders[depth:]:
            fault = fault or self._enter(folder)
            self._open.append((folder, set()))
        return fault or self._enter(name)

    def _enter(self, name: str) -> str:
        taken, key = self._open[-1][1], collision_key(name)
        if key in taken:
            return f"{name!r} is another name of something that is there, on some systems or on all"
        taken.add(key)
        return ""


def read_archive(source: Plain, write_to: Open | None = None, progress: Progress | None = None) -> Inventory:
    """The inventory of an archive, whose evidence is given on as it is read. What is wrong is in it, not raised."""
    inventory = Inventory()
    reader, digester = ArchiveReader(source), Digester()
    reading = _Reading(inventory, reader, digester, write_to, progress)
    try:
        for member in reader.members():
            reading.take(member)
    except AgeError as error:
        inventory.blame("encryption", error.problem)
        inventory.whole = False
    except ArchiveError as error:
        inventory.blame("archive", error.problem)
        inventory.whole = False
    except BaseException:
        inventory.close()
        raise
    finally:
        reader.close()
        digester.close()
    reading.finish()
    return inventory


class _Reading:
    def __init__(
        self,
        inventory: Inventory,
        reader: ArchiveReader,
        digester: Digester,
        write_to: Open | None,
        progress: Progress | None,
    ) -> None:
        self._inventory = inventory
        self._reader = reader
        self._digester = digester
        self._progress = progress or (lambda files, size_bytes: None)
        self._write_to = write_to or (lambda top, path: nullcontext())
        self._siblings = Siblings()
        self._records = InOrder(self._note)
        self._place = -1

    def take(self, member: Member) -> None:
        inventory = self._inventory
        top, _, path = member.name.partition("/")
        if inventory.sealed is None:
            inventory.top, inventory.sealed = top, member.stamp
        if (top, member.stamp) != (inventory.top, inventory.sealed):
            inventory.blame(
                "archive", f"{member.name[:200]!r} lies elsewhere, or has another time, than the first file"
            )
        fault = path_faults(member.name) or ("" if path else "lies outside of the package's folder")
        if fault:
            raise damaged(f"holds a name that cannot be unpacked everywhere: {fault}")
        self._check_order(path)
        if path.startswith(layout.DATA):
            self._take_payload(path, member.size_bytes)
        else:
            self._take_tag(path, member.size_bytes)

    def finish(self) -> None:
        self._records.finish()

    def _check_order(self, path: str) -> None:
        place = PLACES.get(path, 1 if path.startswith(layout.DATA) else -1)
        if place < 0:
            return  # completeness names it
        if place < self._place:
            self._inventory.blame("archive", f"{path!r} is out of order")
        self._place = place

    def _take_payload(self, path: str, size_bytes: int) -> None:
        inventory = self._inventory
        inventory.file_count += 1
        before = inventory.payload_bytes
        inventory.payload_bytes += size_bytes
        if inventory.file_count > FILES_MAX:
            raise damaged(f"holds more than {FILES_MAX:,} files")
        fault = self._siblings.add(path)
        if fault:
            inventory.blame("archive", fault)
        digests = self._digester.begin(size_bytes)
        with self._write_to(inventory.top, path) if not fault else nullcontext() as file:
            for buffer, start, end in self._reader.parts(size_bytes):
                before += end - start
                self._progress(inventory.file_count, before)
                self._digester.update(digests, buffer, start, end)
                if file is not None:
                    file.write(buffer.view[start:end])
        self._digester.end(digests)
        self._records.add((path, size_bytes), digests)

    def _note(self, what: tuple[str, int], sha256: bytes, sha512: bytes) -> None:
        self._inventory.payload.write(payload_line(*what, sha256, sha512))

    def _take_tag(self, path: str, size_bytes: int) -> None:
        if path in self._inventory.tags:
            raise damaged(f"holds {path!r} twice")
        if len(self._inventory.tags) > 2 * len(PLACES):
            raise damaged("holds too many files that are not evidence")
        if path not in layout.STREAMED and size_bytes > layout.TAG_BYTES_MAX:
            raise damaged(f"holds {path!r} of {size_bytes:,} bytes, too large for what it is")
        digests = Digests(inline=True)
        spool = Spool() if path in layout.STREAMED else None
        tag = Tag(sha256=b"", sha512=b"", size_bytes=size_bytes, data=b"", spool=spool)
        self._inventory.tags[path] = tag
        kept: list[bytes] = []
        for buffer, start, end in self._reader.parts(size_bytes):
            part = buffer.view[start:end]
            digests.sha256.update(part)
            digests.sha512.update(part)
            if spool is None:
                kept.append(bytes(part))
            else:
                spool.write(bytes(part))
        tag.sha256, tag.sha512 = digests.wait()
        tag.data = b"".join(kept)


PLACES = {
    name: place
    for place, name in enumerate(
        (
            layout.BAGIT,
            layout.DATA,
            layout.MANIFEST_SHA256,
            layout.MANIFEST_SHA512,
            layout.EVIDENCE,
            layout.DESCRIPTION,
            layout.FORMATS,
            layout.LIMITATIONS,
            layout.CUSTODY,
            layout.SENDER,
            layout.CERTIFICATES,
            layout.REVOCATIONS,
            layout.PQ_KEY,
            layout.README,
            layout.VERIFIER,
            layout.BAG_INFO,
            *layout.TAIL,
            layout.STAMP,
        )
    )
}
"""Where in the archive each file stands; evidence at 1."""

"""Zip and gzip archives, unpacked in memory within limits; nothing is ever written to a disk."""

import gzip
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from comity.leads.artifacts.naming import shown_name
from comity.leads.artifacts.source import Source, data_source
from comity.leads.errors import LeadsError, LimitError
from comity.leads.limits import Limits
from comity.leads.model import Finding, Severity

_BLOCK_BYTES = 1 << 18
_RATIO_FROM_BYTES = 1 << 20
"""A member smaller than this may be packed as tightly as it likes."""
_JUNK = ("__MACOSX/", "Thumbs.db", "desktop.ini")
_MAX_NAME_CHARS = 255


class ClimbingPathError(LeadsError):
    """An archive member whose name leads out of the place where it would be unpacked."""

    def __init__(self, *, path: str, member: str) -> None:
        self.path = path
        self.member = member
        super().__init__(f"{path}: member {member!r} climbs out of the archive; do not unpack it, treat it as hostile")


class ArchiveLinkError(LeadsError):
    """An archive member that is a symbolic link."""

    def __init__(self, *, path: str, member: str) -> None:
        self.path = path
        self.member = member
        super().__init__(f"{path}: member {member!r} is a symbolic link; pack the file that it leads to instead")


@dataclass(slots=True)
class Budget:
    """What may still be unpacked, over all archives of one run."""

    unpacked_bytes: int
    members: int
    spent_bytes: int = field(default=0)

    @staticmethod
    def of(limits: Limits) -> "Budget":
        return Budget(limits.unpacked_bytes, limits.archive_members)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """One archive being read."""

    source: Source
    artifact: str
    limits: Limits
    budget: Budget

    def finding(self, code: str, member: str, message: str) -> Finding:
        return Finding(
            code=code,
            severity=Severity.WARNING,
            artifact=self.artifact,
            where=f"member {shown_name(member)}",
            message=message,
        )


def read_archive(source: Source, *, artifact: str, limits: Limits, budget: Budget) -> Iterator[Source | Finding]:
    """The members in the order of the archive; a member that cannot be read is a finding.

    LimitError for a bomb, ClimbingPathError and ArchiveLinkError for members made to harm.
    """
    reader = _Reader(source=source, artifact=artifact, limits=limits, budget=budget)
    if source.head()[:2] == b"\x1f\x8b":
        yield from _gzip(reader)
        return
    try:
        stream = source.open()
        with stream, zipfile.ZipFile(stream) as archive:
            yield from _members(reader, archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, UnicodeError) as error:
        yield Finding(
            code="archive-unreadable",
            severity=Severity.WARNING,
            artifact=artifact,
            where="",
            message=f"The archive is damaged and was not (wholly) read: {error}. Ask for it again, or repair a copy.",
        )


def _members(reader: _Reader, archive: zipfile.ZipFile) -> Iterator[Source | Finding]:
    infos = archive.infolist()
    reader.budget.members -= len(infos)
    if reader.budget.members < 0:
        allowed = reader.limits.archive_members
        raise LimitError(path=reader.source.label, limit="archive_members", allowed=allowed)
    for info in infos:
        _check(reader.source.label, info)
    seen: dict[str, int] = {}
    for info in infos:
        if not _is_wanted(info.filename):
            continue
        count = seen[info.filename] = seen.get(info.filename, 0) + 1
        if count > 1:
            yield reader.finding(
                "archive-duplicate-name",
                info.filename,
                f"The archive holds {count} members of this name; each is read.",
            )
        if len(info.filename) > _MAX_NAME_CHARS or not info.filename.isprintable():
            yield reader.finding(
                "archive-absurd-name",
                info.filename,
                "The name is longer than a file system allows, or holds characters that hide.",
            )
        yield _member(reader, archive, info, copy=count)


def _is_wanted(name: str) -> bool:
    base = name.rpartition("/")[2]
    return bool(base) and not base.startswith(".") and not name.startswith(_JUNK) and base not in _JUNK


def _check(label: str, info: zipfile.ZipInfo) -> None:
    name = info.orig_filename.replace("\\", "/")
    climbs = name.startswith("/") or ".." in name.split("/") or name[1:2] == ":" or "\x00" in name
    if climbs:
        raise ClimbingPathError(path=label, member=info.orig_filename[:_MAX_NAME_CHARS])
    if info.create_system == 3 and stat.S_ISLNK(info.external_attr >> 16):
        raise ArchiveLinkError(path=label, member=info.orig_filename[:_MAX_NAME_CHARS])


def _member(reader: _Reader, archive: zipfile.ZipFile, info: zipfile.ZipInfo, *, copy: int) -> Source | Finding:
    if info.flag_bits & 0x1:
        return reader.finding(
            "archive-member-encrypted",
            info.filename,
            "The member is encrypted and was not read; ask for the password or the file.",
        )
    try:
        with archive.open(info) as stream:
            data = _read(reader, stream, info.filename, packed_bytes=info.compress_size)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError) as error:
        return reader.finding("archive-member-damaged", info.filename, f"The member cannot be unpacked: {error}.")
    shown = shown_name(info.filename) + (f" ({copy})" if copy > 1 else "")
    label = f"{reader.source.label}!{shown}"
    name = info.filename.rpartition("/")[2]
    return data_source(data, label=label, name=name, packed_bytes=info.compress_size)


def _gzip(reader: _Reader) -> Iterator[Source | Finding]:
    name = reader.source.name.removesuffix(".gz").removesuffix(".GZ") or "content"
    try:
        with reader.source.open() as packed, gzip.open(packed) as stream:
            data = _read(reader, stream, name, packed_bytes=reader.source.size_bytes)
    except (zlib.error, EOFError, OSError) as error:
        yield reader.finding("archive-member-damaged", name, f"The content cannot be unpacked: {error}.")
        return
    yield data_source(
        data, label=f"{reader.source.label}!{shown_name(name)}", name=name, packed_bytes=reader.source.size_bytes
    )


def _read(reader: _Reader, stream: "IO[bytes] | gzip.GzipFile", name: str, *, packed_bytes: int) -> bytes:
    """All of a member, counted while it unpacks: what its header promises is not believed."""
    blocks: list[bytes] = []
    size = 0
    label = f"{reader.source.label}!{shown_name(name)}"
    limits, budget = reader.limits, reader.budget
    while block := stream.read(_BLOCK_BYTES):
        size += len(block)
        budget.spent_bytes += len(block)
        if size > _RATIO_FROM_BYTES and size > packed_bytes * limits.unpack_ratio:
            raise LimitError(path=label, limit="unpack_ratio", allowed=limits.unpack_ratio)
        if budget.spent_bytes > budget.unpacked_bytes:
            raise LimitError(path=label, limit="unpacked_bytes", allowed=limits.unpacked_bytes)
        if size > limits.artifact_bytes:
            raise LimitError(path=label, limit="artifact_bytes", allowed=limits.artifact_bytes)
        blocks.append(block)
    return b"".join(blocks)

"""The names in a zip archive, and its members as streams, within limits: the directory of a hostile one is not loaded.

Source: PKWARE APPNOTE 6.3.10, 4.3.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, cast

from comity.evidence.formats.limits import FormatLimits
from comity.evidence.formats.look import PART_BYTES, BeyondReachError, FormatError, Look

_END, _END64_LOCATOR, _END64, _ENTRY = b"PK\x05\x06", b"PK\x06\x07", b"PK\x06\x06", b"PK\x01\x02"
_ENTRY_BYTES = 46
_TAIL_BYTES = 65_557
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    struct.error,
    KeyError,
    IndexError,
)
"""What a damaged or unusual archive makes `zipfile` raise."""


def is_zip(head: bytes) -> bool:
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


class ZipLook:
    """A zip archive's directory."""

    def __init__(self, archive: zipfile.ZipFile, *, entries_max: int) -> None:
        self._archive = archive
        self._infos = archive.infolist()
        if len(self._infos) > entries_max:
            raise FormatError(f"holds more than {entries_max:,} members")
        self.names = tuple(info.filename for info in self._infos)
        self.comment = archive.comment

    def __contains__(self, name: str) -> bool:
        return name in self._archive.NameToInfo

    @property
    def encrypted(self) -> bool:
        return any(info.flag_bits & 1 for info in self._infos)

    @property
    def plain_bytes(self) -> int:
        """What the members say that they hold when unpacked."""
        return sum(info.file_size for info in self._infos)

    def size_bytes(self, name: str) -> int:
        return self._archive.getinfo(name).file_size

    def stored_bytes(self, name: str) -> int:
        return self._archive.getinfo(name).compress_size

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """A member's content; FormatError where it cannot be read."""
        try:
            with self._archive.open(name) as stream:
                yield cast(BinaryIO, stream)
        except FormatError:
            raise
        except BROKEN as error:
            raise FormatError(f"{name}: cannot be read: {error}") from None

    def read(self, name: str, limit_bytes: int) -> bytes:
        """A member's content as far as a limit; FormatError where it cannot be read."""
        with self.open(name) as stream:
            return stream.read(limit_bytes)

    def parts(self, name: str, limit_bytes: int) -> Iterator[bytes]:
        """A member's content in parts; FormatError where it is damaged or larger than the limit."""
        left = limit_bytes
        with self.open(name) as stream:
            while part := stream.read(PART_BYTES):
                left -= len(part)
                if left < 0:
                    raise FormatError(f"{name}: unpacks to more than {limit_bytes:,} bytes")
                yield part


@dataclass(frozen=True, slots=True)
class Directory:
    """Where the directory of an archive lies."""

    start: int
    size_bytes: int
    count: int

    def fits(self, limits: FormatLimits) -> bool:
        """True where it may be held in memory."""
        return self.size_bytes <= limits.directory_bytes_max and self.count <= limits.entries_max


@contextmanager
def zip_look(look: Look) -> Iterator[ZipLook]:
    """The directory of a zip archive; FormatError where it has none that can be read within the limits."""
    directory = find_directory(look)
    if not directory.fits(look.limits):
        raise BeyondReachError(f"has {directory.count:,} members: too many to be looked at one by one")
    look.stream.seek(0)
    try:
        archive = zipfile.ZipFile(look.stream)
    except BROKEN as error:
        raise FormatError(f"is no zip archive that can be read: {error}") from None
    with archive:
        yield ZipLook(archive, entries_max=look.limits.entries_max)


def find_directory(look: Look) -> Directory:
    """Where the directory lies, by the end of the archive; FormatError where there is no end."""
    start = max(0, look.size_bytes - _TAIL_BYTES)
    tail = look.at(start, _TAIL_BYTES)
    at = tail.rfind(_END)
    if at < 0 or at + 22 > len(tail):
        raise FormatError("is a zip archive without its end: it was cut off")
    count, size, offset = struct.unpack_from("<10xHII", tail, at)
    if tail[max(0, at - 20) : at - 16] == _END64_LOCATOR:
        (end,) = struct.unpack_from("<Q", tail, at - 12)
        record = look.at(end, 56)
        if record[:4] == _END64 and len(record) == 56:
            count, size, offset = struct.unpack_from("<32xQQQ", record)
    return Directory(start=offset, size_bytes=size, count=count)


def stream_names(look: Look, directory: Directory) -> Iterator[str]:
    """The names in a directory of any size, one after another, as far as it can be read."""
    at, end = directory.start, min(directory.start + directory.size_bytes, look.size_bytes)
    window, begin = b"", at
    while at + _ENTRY_BYTES <= end:
        if at + _ENTRY_BYTES + 3 * 65_535 > begin + len(window):
            window, begin = look.at(at, PART_BYTES), at
        entry = window[at - begin : at - begin + _ENTRY_BYTES]
        if entry[:4] != _ENTRY or len(entry) < _ENTRY_BYTES:
            return
        name, extra, comment = struct.unpack_from("<HHH", entry, 28)
        yield window[at - begin + _ENTRY_BYTES : at - begin + _ENTRY_BYTES + name].decode("utf-8", "replace")
        at += _ENTRY_BYTES + name + extra + comment

"""Sections of an image in the Expert Witness Compression Format, version 1 (E01, S01, L01), as they stand in a segment.

Source: J. Metz, "Expert Witness Compression Format specification" (libewf project), sections 2 to 4.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from comity.evidence.formats.look import CutError, FormatError, Look

EVF, LVF = b"EVF\x09\x0d\x0a\xff\x00", b"LVF\x09\x0d\x0a\xff\x00"
FILE_HEADER_BYTES = 13
DESCRIPTOR_BYTES = 76
VOLUME_BYTES = 1052
SMART_VOLUME_BYTES = 94
TABLE_HEADER_BYTES = 24


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its type, and where its content lies in the segment."""

    kind: str
    start: int
    """Of its descriptor."""
    end: int
    intact: bool
    """True where the descriptor has its checksum."""

    @property
    def content(self) -> int:
        return self.start + DESCRIPTOR_BYTES


@dataclass(frozen=True, slots=True)
class Volume:
    """What the image is of."""

    media_type: int
    chunk_count: int
    chunk_bytes: int
    sector_bytes: int
    sector_count: int
    physical: bool
    set_id: bytes
    intact: bool
    """True where the section has its checksum."""

    @property
    def media_bytes(self) -> int:
        return self.sector_count * self.sector_bytes


def is_segment(head: bytes) -> bool:
    """True where a file begins as a segment does."""
    return head[:8] in (EVF, LVF) and head[8:9] == b"\x01" and head[11:13] == b"\0\0"


def segment_number(head: bytes) -> int:
    return int.from_bytes(head[9:11], "little")


def sections(look: Look) -> Iterator[Section]:
    """The sections in order; FormatError where the chain of them breaks."""
    at = FILE_HEADER_BYTES
    for _ in range(look.limits.sections_max):
        descriptor = look.exactly(at, DESCRIPTOR_BYTES)
        kind = descriptor[:16].rstrip(b"\0").decode("ascii", "replace")
        following, size = struct.unpack_from("<QQ", descriptor, 16)
        last = kind in ("done", "next")
        end = following if following > at else at + max(size, DESCRIPTOR_BYTES)
        intact = adler(descriptor[:72]) == descriptor[72:76]
        if not last and not at + DESCRIPTOR_BYTES <= following <= look.size_bytes:
            cut = intact and following > look.size_bytes
            raise (CutError if cut else FormatError)(
                f"the section {kind[:16]!r} at byte {at:,} leads to byte {following:,}, out of the file"
            )
        yield Section(kind=kind, start=at, end=end, intact=intact)
        if last:
            return
        at = following
    raise FormatError(f"has more than {look.limits.sections_max:,} sections")


def read_volume(look: Look, section: Section) -> Volume:
    """The content of a ``volume``, ``disk`` or ``data`` section; FormatError where it is none."""
    size = section.end - section.content
    if size < SMART_VOLUME_BYTES:
        raise FormatError(f"its volume section has {size} bytes")
    data = look.exactly(section.content, min(size, VOLUME_BYTES))
    media_type, chunks, per_chunk, sector_bytes = struct.unpack_from("<B3xIII", data)
    if size >= VOLUME_BYTES:
        (sectors,) = struct.unpack_from("<Q", data, 16)
        physical, set_id = bool(data[36] & 2), data[64:80]
        intact = adler(data[:1048]) == data[1048:1052]
    else:
        (sectors,) = struct.unpack_from("<I", data, 16)
        physical, set_id = True, b""
        intact = adler(data[:90]) == data[90:94]
    return Volume(
        media_type=media_type,
        chunk_count=chunks,
        chunk_bytes=per_chunk * sector_bytes,
        sector_bytes=sector_bytes,
        sector_count=sectors,
        physical=physical,
        set_id=set_id,
        intact=intact,
    )


def adler(data: bytes) -> bytes:
    """Adler-32 (RFC 1950 8.2) as it is stored."""
    return zlib.adler32(data).to_bytes(4, "little")


def inflated(data: bytes, limit_bytes: int) -> bytes:
    """What a zlib stream holds; FormatError where it is damaged, cut, or holds more than the limit."""
    unpacker = zlib.decompressobj()
    try:
        plain = unpacker.decompress(data, limit_bytes + 1)
    except zlib.error as error:
        raise FormatError(f"is not a whole zlib stream: {error}") from None
    if len(plain) > limit_bytes:
        raise FormatError(f"unpacks to more than {limit_bytes:,} bytes")
    if not unpacker.eof:
        raise FormatError("is not a whole zlib stream: it breaks off")
    return plain

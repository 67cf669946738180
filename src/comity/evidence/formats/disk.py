"""Raw images of disks and volumes: partition tables, or the file system of a volume, and the files they are split into.

Source: UEFI 2.10, 5 (MBR, GPT).
"""

import struct
import zlib
from uuid import UUID

from comity.evidence.formats.look import FormatError, Item, Look
from comity.evidence.formats.record import Description, Fact, facts
from comity.evidence.formats.volume import volume_of

SECTOR_BYTES = 512
_GPT = b"EFI PART"


def describe_disk(look: Look) -> Description | None:
    """A raw image by its partition table or its file system; with the files it is split into."""
    found = _partitioned(look) or _volume(look)
    if found is None:
        return None
    kind, title, told, problems = found
    parts = split_parts(look)
    size = look.size_bytes + sum(item.size_bytes for item in parts)
    return Description(
        path=look.path,
        family="disk image",
        format=f"raw-{kind}",
        title=f"Raw image, {title}",
        size_bytes=size,
        media_bytes=size,
        facts=told + facts(("split into files", len(parts) + 1 if parts else None)),
        parts=tuple(item.path for item in parts),
        problems=problems,
    )


def split_parts(look: Look) -> tuple[Item, ...]:
    """The files after the first of an image that is split: name.001, .002, … or name.000, .001, … or name.aa, .ab, …"""
    stem, dot, last = look.name.rpartition(".")
    if last not in ("001", "000", "0001", "01", "00", "aa", "aaa"):
        return ()
    found: list[Item] = []
    for number in range(1, look.limits.segments_max):
        item = look.beside(stem + dot + _later(last, number))
        if item is None:
            return tuple(found)
        found.append(item)
    return tuple(found)


def _later(first: str, number: int) -> str:
    if first.isdigit():
        return str(int(first) + number).zfill(len(first))
    letters = []
    for _ in first:
        number, digit = divmod(number, 26)
        letters.append(chr(97 + digit))
    return "".join(reversed(letters))


_Found = tuple[str, str, tuple[Fact, ...], tuple[str, ...]]


def _partitioned(look: Look) -> _Found | None:
    sector = look.head[:SECTOR_BYTES]
    for size in (512, 4096):
        header = look.at(size, 92) if sector[510:512] == b"\x55\xaa" or not sector.strip(b"\0") else b""
        if header.startswith(_GPT):
            return _gpt(look, header, size)
    if sector[510:512] != b"\x55\xaa" or volume_of(look) is not None:
        return None
    entries = [struct.unpack_from("<B3xB3xII", sector, 446 + 16 * number) for number in range(4)]
    used = [(kind, start, count) for _, kind, start, count in entries if kind]
    if not used or any(flag not in (0, 0x80) for flag, *_ in entries) or any(not count for _, _, count in used):
        return None
    told = facts(
        ("partition table", "MBR"),
        *((f"partition {number}", _mbr_entry(*entry)) for number, entry in enumerate(used, start=1)),
    )
    end = max(start + count for _, start, count in used) * SECTOR_BYTES
    return "mbr", "MBR partition table", told, _cut(look, end)


def _mbr_entry(kind: int, start: int, count: int) -> str:
    return f"type 0x{kind:02x}, from sector {start:,}, {count:,} sectors"


def _gpt(look: Look, header: bytes, sector_bytes: int) -> _Found:
    size, stored = struct.unpack_from("<II", header, 12)
    alternate, first, last = struct.unpack_from("<8xQQQ", header, 24)[:3]
    table_at, count, entry_bytes = struct.unpack_from("<QII", header, 72)
    blank = header[:16] + bytes(4) + header[20:size]
    problems = []
    if not 92 <= size <= sector_bytes or zlib.crc32(blank) != stored:
        problems.append("the GPT header does not have its CRC-32")
    if not 128 <= entry_bytes <= 4096 or count > 4096:
        raise FormatError("the GPT promises a table that it cannot have")
    table = look.at(table_at * sector_bytes, count * entry_bytes)
    if zlib.crc32(table) != struct.unpack_from("<I", header, 88)[0]:
        problems.append("the GPT's table of partitions does not have its CRC-32")
    partitions = []
    for number in range(len(table) // entry_bytes):
        entry = table[number * entry_bytes : (number + 1) * entry_bytes]
        if entry[:16].strip(b"\0"):
            start, end = struct.unpack_from("<QQ", entry, 32)
            name = entry[56:128].decode("utf-16-le", "replace").rstrip("\0")
            partitions.append((f"partition {number + 1}", f"{name or 'no name'}, sectors {start:,} to {end:,}"))
    told = facts(
        ("partition table", "GPT"),
        ("disk id", str(UUID(bytes_le=header[56:72]))),
        ("usable sectors", f"{first:,} to {last:,}"),
        *partitions,
    )
    return "gpt", "GPT partition table", told, (*problems, *_cut(look, (alternate + 1) * sector_bytes))


def _volume(look: Look) -> _Found | None:
    found = volume_of(look)
    return None if found is None else (found.format, found.title, found.facts, _cut(look, found.size_bytes))


def _cut(look: Look, size_bytes: int) -> tuple[str, ...]:
    """A problem where the image is shorter than what it says it holds."""
    there = look.size_bytes + sum(item.size_bytes for item in split_parts(look))
    if size_bytes <= there:
        return ()
    return (f"it says that it holds {size_bytes:,} bytes, and {there:,} are there",)

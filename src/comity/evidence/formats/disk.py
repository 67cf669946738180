"""Raw images of disks and volumes: partition tables and boot sectors, and how many files they are split into.

Sources: UEFI 2.10 5 (MBR, GPT); Microsoft NTFS and exFAT; ext4 disk layout (kernel.org); ECMA-119; Apple TN1150, APFS
Reference; LUKS specifications.
"""

import struct
import zlib
from uuid import UUID

from comity.evidence.formats.look import FormatError, Item, Look
from comity.evidence.formats.record import Description, Fact, facts

SECTOR_BYTES = 512
_GPT = b"EFI PART"
_SYSTEMS: tuple[tuple[int, bytes, str, str], ...] = (
    (3, b"NTFS    ", "ntfs", "NTFS volume"),
    (3, b"EXFAT   ", "exfat", "exFAT volume"),
    (3, b"-FVE-FS-", "bitlocker", "BitLocker encrypted volume"),
    (82, b"FAT32   ", "fat", "FAT32 volume"),
    (54, b"FAT16   ", "fat", "FAT16 volume"),
    (54, b"FAT12   ", "fat", "FAT12 volume"),
    (1080, b"\x53\xef", "ext", "ext2/3/4 volume"),
    (1024, b"H+\x00\x04", "hfs", "HFS+ volume"),
    (1024, b"HX\x00\x05", "hfs", "HFSX volume"),
    (32, b"NXSB", "apfs", "APFS container"),
    (0, b"LUKS\xba\xbe", "luks", "LUKS encrypted volume"),
    (0, b"XFSB", "xfs", "XFS volume"),
    (32769, b"CD001", "iso9660", "ISO 9660 optical disc"),
    (65600, b"_BHRfS_M", "btrfs", "Btrfs volume"),
)
"""Where a signature stands, what it is, and the format's id and name."""
_SPLIT_MIN = 65_536


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
    if sector[510:512] != b"\x55\xaa" or _volume(look) is not None:
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
    for offset, mark, kind, title in _SYSTEMS:
        there = look.head[offset : offset + len(mark)]
        if len(there) < len(mark) and look.size_bytes >= _SPLIT_MIN:
            there = look.at(offset, len(mark))
        if there == mark and (kind not in ("ntfs", "fat", "exfat") or look.head[510:512] == b"\x55\xaa"):
            if kind == "ext" and not _is_ext(look.head):
                continue
            told, size = _volume_facts(look, kind)
            return kind, title, told, _cut(look, size)
    return None


def _is_ext(head: bytes) -> bool:
    """True where the fields around the two bytes of ext's mark are possible."""
    inodes, blocks = struct.unpack_from("<II", head, 1024)
    (log_size,) = struct.unpack_from("<I", head, 1048)
    return 0 < inodes and 0 < blocks and log_size <= 6


def _volume_facts(look: Look, kind: str) -> tuple[tuple[Fact, ...], int]:
    """Facts of a file system, and the size in bytes that it says it has; 0: it does not say."""
    head = look.head
    match kind:
        case "ntfs":
            sector_bytes, count = struct.unpack_from("<H", head, 11)[0], struct.unpack_from("<Q", head, 40)[0]
            serial = head[72:80][::-1].hex().upper()
            return facts(("volume serial number", serial), ("sectors", count)), sector_bytes * count
        case "exfat":
            count, shift = struct.unpack_from("<Q", head, 72)[0], head[108]
            return facts(("volume serial number", head[100:104][::-1].hex().upper())), count << min(shift, 12)
        case "fat":
            at = 67 if head[82:87] == b"FAT32" else 39
            sector_bytes, small, large = struct.unpack_from("<H6xH11xI", head, 11)
            serial = head[at : at + 4][::-1].hex().upper()
            label = head[at + 4 : at + 15].decode("cp437").strip()
            return facts(("volume serial number", serial), ("label", label)), sector_bytes * (small or large)
        case "ext":
            blocks, log_size = struct.unpack_from("<I16xI", head, 1028)
            label = head[1024 + 120 : 1024 + 136].rstrip(b"\0").decode("utf-8", "replace")
            told = facts(("volume id", str(UUID(bytes=head[1024 + 104 : 1024 + 120]))), ("label", label))
            return told, blocks << (10 + log_size)
        case "luks":
            version = int.from_bytes(head[6:8], "big")
            return facts(("version", version), ("volume id", head[168:208].rstrip(b"\0").decode("ascii", "replace"))), 0
        case "iso9660":
            data = look.at(32768, 2048)
            label = data[40:72].decode("ascii", "replace").strip()
            blocks = struct.unpack_from("<I", data, 80)[0] if len(data) == 2048 else 0
            return facts(("label", label), ("made at", data[813:829].decode("ascii", "replace"))), blocks * 2048
        case _:
            return (), 0


def _cut(look: Look, size_bytes: int) -> tuple[str, ...]:
    """A problem where the image is shorter than what it says it holds."""
    there = look.size_bytes + sum(item.size_bytes for item in split_parts(look))
    if size_bytes <= there:
        return ()
    return (f"it says that it holds {size_bytes:,} bytes, and {there:,} are there",)

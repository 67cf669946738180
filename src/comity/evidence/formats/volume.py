"""File systems and encrypted volumes by their first sectors: what they are, whose, and how large they say they are.

Sources: Microsoft NTFS, FAT and exFAT specifications; ext4 disk layout (kernel.org); ECMA-119; Apple TN1150 and APFS
Reference; LUKS specifications.
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from comity.evidence.formats.look import HEAD_BYTES, Look
from comity.evidence.formats.record import Fact, facts

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
_FAR_MIN = 65_536
"""Files below this are not asked for signatures beyond their first bytes: no such volume is so small."""
_BOOT_SECTOR = ("ntfs", "fat", "exfat", "bitlocker")


@dataclass(frozen=True, slots=True)
class Volume:
    """A file system that was recognised."""

    format: str
    title: str
    facts: tuple[Fact, ...]
    size_bytes: int
    """As it says itself; 0: it does not say."""


def volume_of(look: Look) -> Volume | None:
    """The file system that a file begins with; None where there is none."""
    for offset, mark, kind, title in _SYSTEMS:
        there = look.head[offset : offset + len(mark)]
        if offset + len(mark) > HEAD_BYTES and look.size_bytes >= _FAR_MIN:
            there = look.at(offset, len(mark))
        if there != mark or (kind in _BOOT_SECTOR and look.head[510:512] != b"\x55\xaa"):
            continue
        if kind == "ext" and not _is_ext(look.head):
            continue
        told, size = _READ[kind](look) if kind in _READ else ((), 0)
        return Volume(kind, title, told, size)
    return None


def _is_ext(head: bytes) -> bool:
    """True where the fields around the two bytes of ext's mark are possible."""
    if len(head) < 2048:
        return False
    inodes, blocks = struct.unpack_from("<II", head, 1024)
    (log_size,) = struct.unpack_from("<I", head, 1048)
    return bool(inodes > 0 and blocks > 0 and log_size <= 6)


_Told = tuple[tuple[Fact, ...], int]


def _ntfs(look: Look) -> _Told:
    sector_bytes, count = struct.unpack_from("<H27xQ", look.head, 11)
    serial = look.head[72:80][::-1].hex().upper()
    return facts(("volume serial number", serial), ("sectors", count)), sector_bytes * count


def _exfat(look: Look) -> _Told:
    count, shift = struct.unpack_from("<Q", look.head, 72)[0], look.head[108]
    return facts(("volume serial number", look.head[100:104][::-1].hex().upper())), count << min(shift, 12)


def _fat(look: Look) -> _Told:
    head = look.head
    at = 67 if head[82:87] == b"FAT32" else 39
    sector_bytes, small, large = struct.unpack_from("<H6xH11xI", head, 11)
    serial = head[at : at + 4][::-1].hex().upper()
    label = head[at + 4 : at + 15].decode("cp437").strip()
    return facts(("volume serial number", serial), ("label", label)), sector_bytes * (small or large)


def _ext(look: Look) -> _Told:
    blocks, log_size = struct.unpack_from("<I16xI", look.head, 1028)
    label = look.head[1144:1160].rstrip(b"\0").decode("utf-8", "replace")
    return facts(("volume id", str(UUID(bytes=look.head[1128:1144]))), ("label", label)), blocks << (10 + log_size)


def _luks(look: Look) -> _Told:
    version = int.from_bytes(look.head[6:8], "big")
    return facts(("version", version), ("volume id", look.head[168:208].rstrip(b"\0").decode("ascii", "replace"))), 0


def _iso9660(look: Look) -> _Told:
    data = look.exactly(32768, 2048)
    label = data[40:72].decode("ascii", "replace").strip()
    (blocks,) = struct.unpack_from("<I", data, 80)
    return facts(("label", label), ("made at", data[813:829].decode("ascii", "replace"))), blocks * 2048


_READ: dict[str, Callable[[Look], _Told]] = {
    "ntfs": _ntfs,
    "exfat": _exfat,
    "fat": _fat,
    "ext": _ext,
    "luks": _luks,
    "iso9660": _iso9660,
}

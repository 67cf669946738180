"""Which characters a font file can show, read from its ``cmap`` table (OpenType 1.9, formats 4 and 12).

Only fonts that are installed on the machine are read, never one from a case.
"""

import mmap
import struct
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_COLLECTION = b"ttcf"
#: Platform and encoding of the subtables that map Unicode, the fullest first.
_UNICODE = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3))


@dataclass(frozen=True, slots=True, kw_only=True)
class Characters:
    """A set of code points, kept as ranges."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    """Inclusive."""

    def __contains__(self, character: str) -> bool:
        code = ord(character)
        place = bisect_right(self.starts, code) - 1
        return place >= 0 and code <= self.ends[place]


def from_ranges(ranges: Iterable[tuple[int, int]]) -> Characters:
    """The set of some ranges, in any order; those that touch are joined."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if joined and start <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return Characters(starts=tuple(start for start, _ in joined), ends=tuple(end for _, end in joined))


def parse_ranges(text: str) -> Characters:
    """The set that a table writes as ``20-7e a0``, in hexadecimal."""
    pairs = (word.partition("-") for word in text.split())
    return from_ranges((int(start, 16), int(end or start, 16)) for start, _, end in pairs)


def characters_of(path: Path) -> Characters:
    """What a font file can show; of a collection its first font. None, where it is no font that can be read."""
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _read(path: Path, _changed_at: int) -> Characters:
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as font:
            return characters_in(font)
    except (struct.error, ValueError):
        return from_ranges(())


def characters_in(font: bytes | mmap.mmap) -> Characters:
    """As `characters_of`, from the font's bytes; struct.error where they end too early."""
    begin = struct.unpack_from(">I", font, 12)[0] if font[:4] == _COLLECTION else 0
    count = struct.unpack_from(">H", font, begin + 4)[0]
    records = (struct.unpack_from(">4sIII", font, begin + 12 + 16 * number) for number in range(count))
    table = next((offset for tag, _, offset, _ in records if tag == b"cmap"), None)
    if table is None:
        return from_ranges(())
    subtables = {}
    for number in range(struct.unpack_from(">H", font, table + 2)[0]):
        platform, encoding, offset = struct.unpack_from(">HHI", font, table + 4 + 8 * number)
        subtables[platform, encoding] = table + offset
    best = next((subtables[key] for key in _UNICODE if key in subtables), None)
    return from_ranges(()) if best is None else _subtable(font, best)


def _subtable(font: bytes | mmap.mmap, at: int) -> Characters:
    match struct.unpack_from(">H", font, at)[0]:
        case 12:
            groups = struct.unpack_from(">I", font, at + 12)[0]
            found = struct.iter_unpack(">III", font[at + 16 : at + 16 + 12 * groups])
            return from_ranges((start, end) for start, end, _ in found)
        case 4:
            return from_ranges(_segments(font, at))
        case _:
            return from_ranges(())


def _segments(font: bytes | mmap.mmap, at: int) -> Iterable[tuple[int, int]]:
    """The segments of format 4, without the code points in them that map to the missing glyph."""
    count = struct.unpack_from(">H", font, at + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", font, at + 14)
    starts = struct.unpack_from(f">{count}H", font, at + 16 + 2 * count)
    deltas = struct.unpack_from(f">{count}H", font, at + 16 + 4 * count)
    places = at + 16 + 6 * count
    offsets = struct.unpack_from(f">{count}H", font, places)
    for number, (start, end, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for code in range(start, min(end, 0xFFFE) + 1):
            glyph = code + delta
            if offset:
                glyph = struct.unpack_from(">H", font, places + 2 * number + offset + 2 * (code - start))[0]
            if glyph & 0xFFFF:
                yield code, code

"""The tar of a package: regular files only, each header in the one form that we write, so that no byte of it is free.

Headers are POSIX pax (IEEE 1003.1-2017, pax): a plain ustar header where name and size fit, else an extended one first.
"""

import tarfile
from dataclasses import dataclass

from comity.evidence.errors import ArchiveError

BLOCK_BYTES = 512
END = bytes(2 * BLOCK_BYTES)
"""What closes an archive."""
PAX_BYTES_MAX = 16 * 1024
_MODE = 0o644
_PAX = b"x"
_NAME_BYTES, _NUMBER_END = 100, 8**11
"""What fits into a plain header: names of ASCII letters, and numbers below that."""
_BEFORE, _AFTER = b"0000644\0" + 2 * b"0000000\0", b"0".ljust(101, b"\0") + b"ustar\x0000" + bytes(247)
"""Of a plain header: mode, owner and group; and from the type of the member to the block's end."""
_REST_SUM = sum(_BEFORE) + sum(_AFTER) + 8 * ord(" ")


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the archive."""

    name: str
    size_bytes: int
    stamp: int
    """Seconds since 1970: the same for all members of a package, namely when it was sealed."""


def write_header(member: Member) -> bytes:
    """The blocks before a member's content."""
    plain = _write_plain(member)
    if plain:
        return plain
    info = tarfile.TarInfo(member.name)
    info.size, info.mtime, info.mode = member.size_bytes, member.stamp, _MODE
    return info.tobuf(tarfile.PAX_FORMAT, "utf-8", "strict")


def _write_plain(member: Member) -> bytes:
    """The same as `tarfile` writes, many times faster, where it fits into one block; empty: it does not."""
    name, size, stamp = member.name, member.size_bytes, member.stamp
    if len(name) > _NAME_BYTES or not name.isascii() or not (0 <= size < _NUMBER_END and 0 <= stamp < _NUMBER_END):
        return b""
    begin = name.encode().ljust(_NAME_BYTES, b"\0")
    numbers = b"%011o\0%011o\0" % (size, stamp)
    return begin + _BEFORE + numbers + b"%06o\0 " % (_REST_SUM + sum(begin) + sum(numbers)) + _AFTER


def padding(size_bytes: int) -> int:
    """How many bytes of zeros follow a content."""
    return -size_bytes % BLOCK_BYTES


def extended_bytes(block: bytes) -> int:
    """How many more bytes a header has after its first block: 0 for a plain one.

    ArchiveError where the block is no header of a member that we would read.
    """
    if block[156:157] != _PAX:
        return 0
    size = _number(block[124:136])
    if not 0 < size <= PAX_BYTES_MAX:
        raise damaged(f"has an extended header of {size:,} bytes")
    return size + padding(size) + BLOCK_BYTES


def read_header(header: bytes) -> Member:
    """The member that a whole header describes; ArchiveError where it is not the header that we would have written."""
    quick = _read_plain(header)
    if quick is not None:
        return quick
    try:
        member = _plain(header) if len(header) == BLOCK_BYTES else _extended(header)
        again = write_header(member)
    except (tarfile.HeaderError, UnicodeError, ValueError, IndexError):
        raise damaged("has a header that cannot be read") from None
    if again != header:
        raise damaged(f"has a header in another form than ours, for {member.name[:200]!r}")
    return member


def _read_plain(header: bytes) -> Member | None:
    """The member of a plain header that is to the byte the one we would have written; None: look closer."""
    try:
        member = Member(header[:_NAME_BYTES].rstrip(b"\0").decode(), int(header[124:135], 8), int(header[136:147], 8))
    except ValueError:
        return None
    return member if _write_plain(member) == header else None


def _plain(block: bytes) -> Member:
    if block[156:157] != tarfile.REGTYPE:
        kind = {b"1": "a link", b"2": "a symbolic link", b"3": "a device", b"4": "a device", b"5": "a folder"}
        raise damaged(f"holds {kind.get(block[156:157], 'something else')} where only files belong")
    info = tarfile.TarInfo.frombuf(block, "utf-8", "strict")
    return Member(info.name, info.size, int(info.mtime))


def _extended(header: bytes) -> Member:
    size = _number(header[124:136])
    records = _records(header[BLOCK_BYTES : BLOCK_BYTES + size])
    plain = _plain(header[-BLOCK_BYTES:])
    return Member(records.get("path", plain.name), int(records.get("size", plain.size_bytes)), plain.stamp)


def _records(data: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    while data:
        length = int(data.split(b" ", 1)[0][:8])
        record = data[:length]
        if length < 5 or len(record) != length or record[-1:] != b"\n":
            raise ValueError(length)
        key, _, value = record.split(b" ", 1)[1][:-1].decode().partition("=")
        if key not in ("path", "size") or key in found:
            raise ValueError(key)
        found[key] = value
        data = data[length:]
    return found


def _number(field: bytes) -> int:
    try:
        return int(field.rstrip(b"\0 ").decode("ascii") or "0", 8)
    except ValueError:
        raise damaged("has a header that cannot be read") from None


def damaged(problem: str) -> ArchiveError:
    """The error of an archive that is not in our form."""
    return ArchiveError(what="archive", problem=problem, remedy="it was altered, or was not made by this program")

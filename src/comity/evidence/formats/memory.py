"""Memory dumps that have a header: LiME, AVML, Windows crash dumps and hibernation files, VMware states, ELF cores.

A raw dump of memory has none, and cannot be told from other data.

Sources: LiME doc/README; Microsoft, "Kernel Memory Dump Files" and MINIDUMP_HEADER; System V ABI (ELF).
"""

import struct
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from comity.evidence.formats.look import Look
from comity.evidence.formats.record import Description, Fact, facts

_DUMP_KINDS = {1: "full", 2: "kernel", 4: "header only", 5: "bitmap full", 6: "bitmap kernel", 7: "automatic"}
_MACHINES = {0x8664: "x64", 0x14C: "x86", 0xAA64: "ARM64", 62: "x64", 3: "x86", 183: "ARM64", 40: "ARM"}
_HIBERNATION = (b"hibr", b"HIBR", b"wake", b"WAKE", b"RSTR", b"HORM")
_VMWARE = (b"\xd0\xbe\xd2\xbe", b"\xd1\xba\xd1\xba", b"\xd2\xbe\xd2\xbe", b"\xd3\xbe\xd3\xbe")
_RANGES_MAX = 100_000
_HIBERNATION_BYTES_MIN = 1 << 16


def describe_memory(look: Look) -> Description | None:
    """A memory dump by its header."""
    head = look.head
    if len(head) < 64:
        return None
    if head[:4] in (b"EMiL", b"AVML"):
        return _lime(look)
    for fits, make in _KINDS:
        if fits(look):
            return make(look)
    return None


def _told(look: Look, kind: str, title: str, version: str, told: tuple[Fact, ...]) -> Description:
    return Description(
        path=look.path,
        family="memory",
        format=kind,
        title=title,
        version=version,
        size_bytes=look.size_bytes,
        facts=told,
    )


def _elf_type(head: bytes) -> int:
    return int(struct.unpack_from("<H" if head[5] == 1 else ">H", head, 16)[0])


def _lime(look: Look) -> Description:
    """The ranges of a LiME dump; those of AVML's compressed form have no length to go by."""
    version = int.from_bytes(look.head[4:8], "little")
    at, ranges, memory, problem = 0, 0, 0, ""
    while look.head[:4] == b"EMiL" and at < look.size_bytes and ranges < _RANGES_MAX:
        header = look.at(at, 32)
        if len(header) < 32 or header[:4] != b"EMiL":
            problem = f"range {ranges + 1:,} at byte {at:,} has no header"
            break
        start, end = struct.unpack_from("<QQ", header, 8)
        length = end - start + 1
        if length <= 0 or at + 32 + length > look.size_bytes:
            problem = f"range {ranges + 1:,} at byte {at:,} is longer than the file"
            break
        ranges, memory, at = ranges + 1, memory + length, at + 32 + length
    name = "lime" if look.head[:4] == b"EMiL" else "avml"
    return Description(
        path=look.path,
        family="memory",
        format=name,
        title="Linux memory dump (LiME)" if name == "lime" else "Linux memory dump (AVML, compressed)",
        version=str(version),
        size_bytes=look.size_bytes,
        media_bytes=memory or None,
        facts=facts(("ranges", ranges or None)),
        problems=(problem,) if problem else (),
    )


def _crash(head: bytes) -> tuple[str, tuple[Fact, ...]]:
    wide = head[:8] == b"PAGEDU64"
    major, minor = struct.unpack_from("<II", head, 8)
    machine, processors = struct.unpack_from("<II", head, 48 if wide else 32)
    kind, ticks = struct.unpack_from("<I", head, 0xF98 if wide else 0xF88)[0], 0
    if len(head) >= 0xFC8:
        (ticks,) = struct.unpack_from("<Q", head, 0xFA8 if wide else 0xFC0)
    return f"{major}.{minor}", facts(
        ("kind", _DUMP_KINDS.get(kind, str(kind))),
        ("machine", _MACHINES.get(machine, str(machine))),
        ("processors", processors),
        ("made at", _windows(ticks)),
    )


def _windows(ticks: int) -> str | None:
    """A Windows time: tenths of microseconds since 1601."""
    try:
        return f"{datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10):%Y-%m-%d %H:%M:%S} UTC"
    except OverflowError:
        return None


def _unix(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, tz=UTC):%Y-%m-%d %H:%M:%S} UTC"


def _windows_crash(look: Look) -> Description:
    return _told(look, "windows-crash-dump", "Windows crash dump", *_crash(look.head))


def _minidump(look: Look) -> Description:
    stamp = int.from_bytes(look.head[20:24], "little")
    return _told(look, "minidump", "Windows process dump (minidump)", "", facts(("made at", _unix(stamp))))


def _hibernation(look: Look) -> Description:
    return _told(look, "hiberfil", "Windows hibernation file", "", facts(("state", look.head[:4].decode())))


def _vmware(look: Look) -> Description:
    return _told(look, "vmware-state", "VMware saved state", "", ())


def _core(look: Look) -> Description:
    order = "<" if look.head[5] == 1 else ">"
    machine = struct.unpack_from(order + "H", look.head, 18)[0]
    told = facts(("machine", _MACHINES.get(machine, str(machine))))
    return _told(look, "elf-core", "ELF core dump (process or machine)", "", told)


_KINDS: tuple[tuple[Callable[[Look], bool], Callable[[Look], Description]], ...] = (
    (lambda look: look.head[:8] in (b"PAGEDUMP", b"PAGEDU64"), _windows_crash),
    (lambda look: look.head[:6] == b"MDMP\x93\xa7", _minidump),
    (lambda look: look.head[:4] in _HIBERNATION and look.size_bytes >= _HIBERNATION_BYTES_MIN, _hibernation),
    (lambda look: look.head[:4] in _VMWARE and bool(look.head[8:12].strip(b"\0")), _vmware),
    (lambda look: look.head[:4] == b"\x7fELF" and _elf_type(look.head) == 4, _core),
)

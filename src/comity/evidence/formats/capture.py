"""Packet captures: link type, packets, first and last time.

Sources: IETF opsawg drafts "PCAP Capture File Format" and "PCAP Next Generation (pcapng) Capture File Format".
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from comity.evidence.formats.look import PART_BYTES, Look
from comity.evidence.formats.record import Description, facts

_PCAP = {
    b"\xd4\xc3\xb2\xa1": ("<", 10**6),
    b"\xa1\xb2\xc3\xd4": (">", 10**6),
    b"\x4d\x3c\xb2\xa1": ("<", 10**9),
    b"\xa1\xb2\x3c\x4d": (">", 10**9),
}
_PCAPNG = b"\x0a\x0d\x0d\x0a"
LINKS = {
    0: "BSD loopback",
    1: "Ethernet",
    101: "raw IP",
    105: "IEEE 802.11",
    113: "Linux cooked",
    127: "IEEE 802.11 with radiotap",
    201: "Bluetooth HCI H4",
    220: "USB (Linux)",
    228: "raw IPv4",
    229: "raw IPv6",
    249: "USBPcap",
    276: "Linux cooked v2",
}
_PACKET_BYTES_MAX = 256 << 20
_SIMPLE, _ENHANCED, _INTERFACE, _OLD_PACKET = 3, 6, 1, 2


@dataclass(slots=True)
class _Seen:
    """What a capture was found to hold."""

    packets: int = 0
    first: float | None = None
    last: float | None = None
    links: list[int] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    problem: str = ""
    counted: bool = True

    def at(self, moment: float) -> None:
        self.first = moment if self.first is None else min(self.first, moment)
        self.last = moment if self.last is None else max(self.last, moment)


def describe_capture(look: Look) -> Description | None:
    """A pcap or pcapng file; packets are counted as far as the limits allow."""
    seen = _Seen()
    mark = look.head[:4]
    if mark in _PCAP and len(look.head) >= 24:
        order, unit = _PCAP[mark]
        major, minor = struct.unpack_from(order + "HH", look.head, 4)
        seen.links = [struct.unpack_from(order + "I", look.head, 20)[0] & 0x0FFFFFFF]
        _read_pcap(look, seen, order, unit)
        return _told(look, seen, "pcap", "Packet capture (pcap)", f"{major}.{minor}")
    if mark == _PCAPNG and look.head[8:12] in (b"\x4d\x3c\x2b\x1a", b"\x1a\x2b\x3c\x4d"):
        _read_pcapng(look, seen)
        return _told(look, seen, "pcapng", "Packet capture (pcapng)", "1.0")
    return None


def _told(look: Look, seen: _Seen, kind: str, title: str, version: str) -> Description:
    links = dict.fromkeys(LINKS.get(link, f"link type {link}") for link in seen.links)
    return Description(
        path=look.path,
        family="capture",
        format=kind,
        title=title,
        version=version,
        size_bytes=look.size_bytes,
        facts=facts(
            ("link type", ", ".join(links)),
            ("packets", f"{seen.packets:,}" if seen.counted else f"more than {seen.packets:,} (not all counted)"),
            ("first packet", _time(seen.first)),
            ("last packet", _time(seen.last) if seen.counted else None),
            *seen.texts.items(),
        ),
        problems=(seen.problem,) if seen.problem else (),
    )


def _time(moment: float | None) -> str | None:
    if moment is None:
        return None
    try:
        return f"{datetime.fromtimestamp(moment, tz=UTC):%Y-%m-%d %H:%M:%S.%f} UTC"
    except (OverflowError, ValueError, OSError):
        return None


class _Window:
    """A file read forwards, where most of what is skipped is never read."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._start = 0
        self._data = b""

    def at(self, offset: int, count: int) -> bytes:
        begin = offset - self._start
        if not 0 <= begin <= begin + count <= len(self._data):
            self._start, self._data = offset, self._look.at(offset, max(count, PART_BYTES))
            begin = 0
        return self._data[begin : begin + count]


def _read_pcap(look: Look, seen: _Seen, order: str, unit: int) -> None:
    window, at = _Window(look), 24
    header = struct.Struct(order + "IIII")
    limit = look.limits.scan_bytes_max or look.size_bytes
    while at < look.size_bytes:
        if at > limit:
            seen.counted = False
            return
        data = window.at(at, 16)
        if len(data) < 16:
            seen.problem = f"breaks off in the header of packet {seen.packets + 1:,}"
            return
        seconds, fraction, length, _ = header.unpack(data)
        if length > _PACKET_BYTES_MAX or at + 16 + length > look.size_bytes:
            seen.problem = f"packet {seen.packets + 1:,} at byte {at:,} is longer than the file"
            return
        seen.at(seconds + fraction / unit)
        seen.packets += 1
        at += 16 + length


def _read_pcapng(look: Look, seen: _Seen) -> None:
    window, at, order = _Window(look), 0, "<"
    units: list[int] = []
    limit = look.limits.scan_bytes_max or look.size_bytes
    while at < look.size_bytes:
        if at > limit:
            seen.counted = False
            return
        data = window.at(at, 12)
        if data[:4] == _PCAPNG:
            order, units = ("<" if data[8:12] == b"\x4d\x3c\x2b\x1a" else ">"), []
        if len(data) < 12:
            seen.problem = f"breaks off at byte {at:,}"
            return
        kind, length = struct.unpack_from(order + "II", data)
        if length < 12 or length % 4 or at + length > look.size_bytes:
            seen.problem = f"the block at byte {at:,} has an impossible length"
            return
        _take_block(seen, kind, window.at(at + 8, min(length - 12, 4096)), order, units)
        at += length


def _take_block(seen: _Seen, kind: int, body: bytes, order: str, units: list[int]) -> None:
    if struct.pack(order + "I", kind) == _PCAPNG:
        _take_options(seen, body[16:], order, {2: "hardware", 3: "operating system", 4: "made with"})
    elif kind == _INTERFACE and len(body) >= 8:
        seen.links.append(struct.unpack_from(order + "H", body)[0])
        units.append(_unit(body[8:], order))
        if len(seen.links) > 1000:
            del seen.links[1000:], units[1000:]
    elif kind in (_ENHANCED, _OLD_PACKET) and len(body) >= 20:
        number, high, low = struct.unpack_from(order + "III", body)
        if kind == _OLD_PACKET:
            number = struct.unpack_from(order + "H", body)[0]
        if number < len(units):
            seen.at((high << 32 | low) / units[number])
        seen.packets += 1
    elif kind == _SIMPLE:
        seen.packets += 1


def _options(data: bytes, order: str) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(data):
        code, length = struct.unpack_from(order + "HH", data, at)
        if code == 0:
            return
        yield code, data[at + 4 : at + 4 + length]
        at += 4 + length + -length % 4


def _take_options(seen: _Seen, data: bytes, order: str, names: dict[int, str]) -> None:
    for code, value in _options(data, order):
        if code in names:
            seen.texts.setdefault(names[code], value.decode("utf-8", "replace"))


def _unit(options: bytes, order: str) -> int:
    """Units in a second, from the option ``if_tsresol``; a microsecond where there is none."""
    for code, value in _options(options, order):
        if code == 9 and value:
            return int(2 ** (value[0] & 0x7F)) if value[0] & 0x80 else 10 ** min(value[0], 30)
    return 10**6

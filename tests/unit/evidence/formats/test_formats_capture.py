"""Packet captures in both formats, both byte orders, whole and cut."""

import struct

import pytest
from tests.samples.forensic import Files, described, pcap, pcapng, told

from comity.evidence.formats.limits import FormatLimits

PACKETS = [(1700000000.25, b"x" * 60), (1700000009.5, b"y" * 41)]


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("nano", [False, True])
def test_a_pcap(order: str, nano: bool) -> None:
    found = told(pcap(PACKETS, order=order, nano=nano, link=113))
    assert (found.format, found.version, found.fact("packets")) == ("pcap", "2.4", "2")
    assert found.fact("link type") == "Linux cooked"
    assert found.fact("first packet") == "2023-11-14 22:13:20.250000 UTC"
    assert found.fact("last packet") == "2023-11-14 22:13:29.500000 UTC"


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("exponent", [None, 6, 9, 0x94 - 0x80 + 0x80])
def test_a_pcapng(order: str, exponent: int | None) -> None:
    if exponent is not None and exponent & 0x80:
        data = pcapng(PACKETS, order=order, unit_exponent=6).replace(b"\x09\x00\x01\x00\x06", b"\x09\x00\x01\x00\x94")
        assert told(data).fact("packets") == "3"
        return
    found = told(pcapng(PACKETS, order=order, unit_exponent=exponent))
    assert (found.format, found.fact("packets"), found.fact("made with")) == ("pcapng", "3", "dumpcap 4")
    assert found.fact("first packet") == "2023-11-14 22:13:20.250000 UTC"
    assert not found.problems


def test_older_packet_blocks_count_too() -> None:
    data = pcapng([], order="<")
    body = struct.pack("<HHIIII", 0, 0, 0, 10**6, 4, 4) + b"abcd"
    data += struct.pack("<II", 2, len(body) + 12) + body + struct.pack("<I", len(body) + 12)
    assert told(data).fact("packets") == "2"


@pytest.mark.parametrize(("cut", "word"), [(-1, "longer than the file"), (-41 - 10, "header of packet 2")])
def test_a_cut_pcap_is_told(cut: int, word: str) -> None:
    found = told(pcap(PACKETS)[:cut])
    assert word in found.problems[0]
    assert found.fact("packets") == "1"


def test_a_cut_or_odd_pcapng_is_told() -> None:
    data = pcapng(PACKETS)
    assert "impossible length" in told(data[:-1]).problems[0]
    assert "breaks off" in told(data + b"abc").problems[0]
    assert "impossible length" in told(data + struct.pack("<III", 6, 13, 0)).problems[0]


def test_counting_ends_at_the_limit() -> None:
    limits = FormatLimits(scan_bytes_max=100)
    for data in (pcap(PACKETS * 10), pcapng(PACKETS * 10)):
        found = Files({"a": data}).described("a", limits)
        assert found is not None
        assert "not all counted" in found.fact("packets")
        assert found.fact("last packet") == ""


def test_no_packets_and_times_that_are_none() -> None:
    assert told(pcap([])).fact("first packet") == ""
    late = pcapng([]) + struct.pack("<IIIIIII", 6, 32, 0, 0xFFFFFFFF, 0xFFFFFFFF, 0, 0) + struct.pack("<I", 32)
    assert told(late.replace(b"\x09\x00\x01\x00\x09", b"\x09\x00\x01\x00\x00")).fact("first packet") == ""
    assert described(b"\x0a\x0d\x0d\x0a" + bytes(20)) is None


def test_more_interfaces_than_anyone_has() -> None:
    one = struct.pack("<IIHHII", 1, 20, 1, 0, 0, 20)
    assert told(pcapng([])[:-20] + one * 1100).fact("link type") == "Ethernet"

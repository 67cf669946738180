"""Whatever is changed in an image is found; whatever is done to a file, reading it never raises and stays bounded."""

import datetime
import plistlib
import random
import time
import zlib
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.samples.forensic import (
    EWFACQUIRE,
    NO_EWF,
    Files,
    acquired,
    aff3,
    aff4,
    ex01,
    media,
    pcap,
    pcapng,
    ufdr,
    xry,
    zipped,
)

from comity.evidence.custody import Verdict
from comity.evidence.formats.ewf import describe_ewf
from comity.evidence.formats.limits import FormatLimits
from comity.evidence.formats.look import looking

SECONDS_MAX = 5
"""For one small file, on a machine that does other things too."""


def area(data: bytes, kind: bytes) -> tuple[int, int]:
    """Where the content of a section of an E01 lies."""
    at = 13
    while data[at : at + 16].rstrip(b"\0") != kind:
        at = int.from_bytes(data[at + 16 : at + 24], "little")
    return at + 76, int.from_bytes(data[at + 16 : at + 24], "little")


def chunks(data: bytes) -> list[tuple[int, int, bool]]:
    """Start, end and packing of each chunk, from the table."""
    start, _ = area(data, b"table")
    count = int.from_bytes(data[start : start + 4], "little")
    base = int.from_bytes(data[start + 8 : start + 16], "little")
    values = [int.from_bytes(data[start + 24 + 4 * n : start + 28 + 4 * n], "little") for n in range(count)]
    starts = [base + (value & 0x7FFFFFFF) for value in values]
    ends = [*starts[1:], area(data, b"sectors")[1]]
    return [(a, b, bool(value >> 31)) for a, b, value in zip(starts, ends, values, strict=True)]


@pytest.mark.skipif(EWFACQUIRE is None, reason=NO_EWF)
@pytest.mark.parametrize("packing", ["none", "deflate:best"])
@settings(max_examples=150, deadline=None)
@given(place=st.floats(0, 1, exclude_max=True), mask=st.integers(1, 255))
def test_any_byte_changed_in_a_chunk_of_an_e01_is_found(packing: str, place: float, mask: int) -> None:
    data = acquired(packing=packing)["image.E01"]
    begin, end = area(data, b"sectors")
    at = begin + int(place * (end - begin))
    broken = data[:at] + bytes([data[at] ^ mask]) + data[at + 1 :]
    checks = Files({"image.E01": broken}).checked("image.E01")
    if all(one.verdict is Verdict.PASSED for one in checks.values()):
        # The one byte of a chunk that may change: filler after its last bit, which no reader looks at.
        start, stop, packed = next(one for one in chunks(data) if one[0] <= at < one[1])
        assert packed
        assert zlib.decompress(broken[start:stop]) == zlib.decompress(data[start:stop])
        assert at == stop - 5
    else:
        assert checks["chunk checksums"].verdict is Verdict.FAILED
        assert checks["MD5 of the media"].verdict is Verdict.FAILED


@cache
def samples() -> dict[str, bytes]:
    """A small file of each format that is more than a signature, with what lies beside it."""
    plist = {"Last Backup Date": datetime.datetime(2026, 1, 1), "Unique Identifier": "x", "IMEI": "1"}
    found = {
        "x.Ex01": ex01(media(70_000)),
        "a.aff4": aff4(media(20_000)),
        "b.aff4": aff4(media(20_000), packing="snappy"),
        "c.aff4": aff4(media(20_000), packing="lz4"),
        "z.aff": aff3(media(20_000)),
        "l.aff": aff3(media(20_000), packing="lzma"),
        "Calls.txt": xry("Calls", ["Call Type:\tMissed\r\nFrom\r\nTel:\t12345678"] * 3),
        "r.ufdr": ufdr({"a.jpg": b"one", "b.jpg": b"two"}),
        "p.pcap": pcap([(number, b"x" * 60) for number in range(20)]),
        "p.pcapng": pcapng([(number, b"x" * 60) for number in range(20)]),
        "Info.plist": plistlib.dumps(plist, fmt=plistlib.FMT_BINARY),
        "backup.plist": plistlib.dumps(plist),
        "m.mbox": b"From a@b Thu Jan  1 2020\nFrom: x\nDate: y\n\nhello\n\n" * 3,
        "l.md5": b"d41d8cd98f00b204e9800998ecf8427e  m.mbox\n" * 3,
        "t.zip": zipped({"Takeout/a.html": b"x", "Takeout/Mail/x.mbox": b"y"}),
        "u.ufd": b"[DeviceInfo]\nVendor=X\n[SHA256]\nm.mbox=" + b"0" * 64 + b"\n",
    }
    if EWFACQUIRE is not None:
        found["image.E01"] = acquired()["image.E01"]
    return found


@settings(max_examples=300, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_no_change_makes_a_reader_raise_or_run_on(seed: int) -> None:
    chance = random.Random(seed)
    name = chance.choice(sorted(samples()))
    data = bytearray(samples()[name])
    match chance.randrange(4):
        case 0:
            del data[chance.randrange(len(data)) :]
        case 1:
            at = chance.randrange(len(data))
            data[at : at + 8] = chance.choice((2**64 - 1, 2**63, 2**32, 2**31 - 1)).to_bytes(8, "little")
        case _:
            for _ in range(chance.choice((1, 1, 4, 30))):
                near = chance.random() < 0.5
                data[chance.randrange(min(400, len(data)) if near else len(data))] = chance.choice(
                    (0, 255, chance.randrange(256))
                )
    files = Files({**samples(), name: bytes(data)})
    began = time.monotonic()
    if files.described(name) is not None:
        files.checked(name)
    assert time.monotonic() - began < SECONDS_MAX


@settings(max_examples=200, deadline=None)
@given(data=st.binary(max_size=2000), name=st.sampled_from(["a.E01", "b", "c.md5", "d.001"]))
def test_bytes_that_are_nothing_never_raise(data: bytes, name: str) -> None:
    Files({name: data}).described(name)


def test_an_image_that_claims_more_than_it_can_hold_is_not_unpacked() -> None:
    """Many chunks in one place, and sizes out of proportion: neither time nor memory is spent on them."""
    data = ex01(bytes(4 << 20), patterned=True)
    began = time.monotonic()
    checks = Files({"x.Ex01": data}).checked("x.Ex01", FormatLimits(expansion_max=100))
    assert "claims" in checks["section checksums"].reason
    assert time.monotonic() - began < 1
    with looking(Files({"x.Ex01": data}).find("x.Ex01")) as look:  # type: ignore[arg-type]  # it is there
        assert describe_ewf(look) is None

"""AFF images of versions 1 to 3, built from AFFLIB's header file: every stored hash is checked, all damage found."""

import struct

import pytest
from tests.samples.forensic import Files, aff3, aff3_segment, media, told

from comity.evidence.custody import Verdict
from comity.evidence.formats import InnerCheck
from comity.evidence.formats.limits import FormatLimits

DISK = media(20_000) + bytes(9000) + b"the end"


def checked(data: bytes, limits: FormatLimits | None = None) -> dict[str, InnerCheck]:
    return Files({"x.aff": data}).checked("x.aff", *([limits] if limits else []))


def verdicts(data: bytes) -> dict[str, str]:
    return {name: one.verdict.value for name, one in checked(data).items()}


@pytest.mark.parametrize("packing", ["none", "zlib", "lzma"])
@pytest.mark.parametrize("page_bytes", [512, 4096, 1 << 20])
def test_what_is_whole_passes(packing: str, page_bytes: int) -> None:
    data = aff3(DISK, packing=packing, page_bytes=page_bytes)
    found = told(data, "x.aff")
    assert (found.format, found.media_bytes, found.fact("case number")) == ("aff3", len(DISK), "FIR 12/2026")
    assert {one.algorithm for one in found.hashes} == {"md5", "sha256"}
    assert not found.problems
    assert verdicts(data) == {
        "segments": "passed",
        "pages": "passed",
        "MD5 of the media": "passed",
        "SHA-256 of the media": "passed",
    }


@pytest.mark.parametrize("packing", ["none", "zlib", "lzma"])
def test_any_byte_of_a_page_counts(packing: str) -> None:
    data = aff3(DISK, packing=packing)
    begin, end = data.index(b"page0") + 5, data.index(b"page0_sha256") - 24
    for at in range(begin, end, 97):
        broken = bytearray(data)
        broken[at] ^= 1
        found = verdicts(bytes(broken))
        assert (found["pages"], found["SHA-256 of the media"]) == ("failed", "failed"), at


@pytest.mark.parametrize("name", [b"page0_sha256", b"md5", b"sha256"])
def test_a_stored_hash_that_was_changed(name: bytes) -> None:
    data = bytearray(aff3(DISK))
    data[data.rindex(name) + len(name) + 3] ^= 1
    assert "failed" in verdicts(bytes(data)).values()


def test_a_page_that_is_not_there() -> None:
    found = checked(aff3(DISK, without=2))
    assert found["pages"].verdict is Verdict.FAILED, "its hash is there"
    assert found["MD5 of the media"].verdict is Verdict.INDETERMINATE
    data = aff3(DISK, without=1)
    at = data.index(b"page1_sha256") - 16
    found = checked(data[:at] + data[at + len(aff3_segment("page1_sha256", bytes(32))) :])
    assert (found["pages"].verdict, "1 of 8 pages" in found["pages"].reason) == (Verdict.INDETERMINATE, True)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (aff3_segment("page99", b"x"), "beyond the end"),
        (aff3_segment("page0", b"x"), "twice"),
        (b"junk of thirty bytes and more!!!", "no segment at byte"),
        (b"AFF", "breaks off"),
        (aff3_segment("x" * 65), "no segment at byte"),
        (aff3_segment("x", b"12")[:-1] + b"\0", "does not end as it should"),
    ],
)
def test_segments_that_cannot_be(more: bytes, words: str) -> None:
    found = checked(aff3(DISK, more=more))
    failed = [one for one in found.values() if one.verdict is Verdict.FAILED]
    assert failed
    assert any(words in one.reason for one in failed), found


def test_pages_in_other_forms_and_lengths() -> None:
    size = aff3_segment("pagesize", flag=4096) + aff3_segment("imagesize", struct.pack(">II", 4096, 0))
    head = b"AFF10\r\n\0" + size
    for data, flag, words in (
        (b"x" * 4095, 0, "1 bytes less"),
        (b"x" * 4097, 0, "longer"),
        (struct.pack(">I", 5000), 0x31, "longer"),
        (struct.pack(">I", 4000), 0x31, "96 bytes less"),
        (b"x" * 5, 0x31, "not known"),
        (b"x", 0x11, "not known"),
        (b"x" * 50, 0x01, "page 0"),
        (b"\x5d\0\0\0\xff" + b"\xff" * 8 + b"x" * 50, 0x21, "page 0"),
    ):
        found = checked(head + aff3_segment("page0", data, flag))["pages"]
        assert (found.verdict, words in found.reason) == (Verdict.FAILED, True), (words, found)


def test_what_cannot_be_judged() -> None:
    encrypted = aff3(DISK, more=aff3_segment("page0/aes256", b"x"))
    assert checked(encrypted)["pages"].reason == "it is encrypted"
    assert told(encrypted).fact("encrypted") == "yes"
    assert "lie in others" in checked(aff3(DISK, kind="AFD"))["pages"].reason
    assert "how large" in checked(b"AFF10\r\n\0" + aff3_segment("page0", b"x"))["pages"].reason
    assert told(aff3(DISK, more=aff3_segment("page0/sha256", b"x"))).fact("signed").startswith("yes")


def test_one_that_claims_more_than_it_can_hold_is_not_unpacked() -> None:
    zeros = b"".join(aff3_segment(f"page{n}", struct.pack(">I", 1 << 30), 0x31) for n in range(1000))
    size = aff3_segment("imagesize", struct.pack(">II", 0, 250))
    found = checked(b"AFF10\r\n\0" + aff3_segment("pagesize", flag=1 << 30) + size + zeros)
    assert (found["pages"].verdict, "not unpacked" in found["pages"].reason) == (Verdict.INDETERMINATE, True)
    many = checked(aff3(DISK, page_bytes=512), FormatLimits(sections_max=10))
    assert (many["segments"].verdict, "more than 10 segments" in many["segments"].reason) == (Verdict.FAILED, True)

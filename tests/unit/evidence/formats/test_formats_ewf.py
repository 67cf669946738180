"""Expert Witness images, made by libewf's own program: described as that program was told, every damage found."""

import hashlib
import struct
import zlib
from pathlib import Path

import pytest
from tests.samples.forensic import EWFACQUIRE, NO_EWF, Files, acquired, media

from comity.evidence.custody import Verdict
from comity.evidence.formats.ewfcheck import read_table
from comity.evidence.formats.ewfheader import decode_header, moment, read_header
from comity.evidence.formats.ewfnames import segment_name
from comity.evidence.formats.ewfsection import VOLUME_BYTES
from comity.evidence.formats.hashlist import HashList
from comity.evidence.formats.limits import FormatLimits
from comity.evidence.formats.match import Reading, Standing, algorithms_of, match
from comity.evidence.package.hashing import index_paths

needs_ewf = pytest.mark.skipif(EWFACQUIRE is None, reason=NO_EWF)
TWO_MIB = 2 << 20


def find_section(data: bytes, kind: str) -> tuple[int, int]:
    """Where a section's content begins and ends."""
    at = 13
    while True:
        name = data[at : at + 16].rstrip(b"\0").decode()
        following = int.from_bytes(data[at + 16 : at + 24], "little")
        if name == kind:
            return at + 76, following
        at = following


def changed(data: bytes, at: int, new: bytes) -> bytes:
    return data[:at] + new + data[at + len(new) :]


def sealed_again(data: bytes, start: int, end: int) -> bytes:
    """The data with the Adler-32 right after a run of bytes made to fit it."""
    return changed(data, end, zlib.adler32(data[start:end]).to_bytes(4, "little"))


@needs_ewf
@pytest.mark.parametrize("form", ["encase2", "encase5", "encase6", "encase7", "ftk", "linen5", "linen7", "ewfx"])
def test_every_form_of_the_format_is_described_and_checked(form: str) -> None:
    files = acquired(form)
    (name,) = files
    found = Files(dict(files)).described(name)
    assert found is not None
    assert (found.format, found.version, found.media_bytes) == ("ewf", "EWF-E01", len(media()))
    assert found.fact("case number") == "FIR 12/2026"
    assert found.fact("examiner") == "A. Rao"
    assert found.fact("evidence number") == "EXH-1"
    assert found.fact("description") == "laptop"
    assert found.fact("notes") == "sealed bag"
    assert found.fact("media") == "fixed disk"
    assert found.fact("acquired").startswith("20")
    checks = Files(dict(files)).checked(name)
    assert {one.verdict for one in checks.values()} == {Verdict.PASSED}
    assert "MD5 of the media" in checks


@needs_ewf
@pytest.mark.parametrize("packing", ["none", "empty-block", "fast", "best"])
def test_every_packing_is_unpacked(packing: str) -> None:
    checks = Files(dict(acquired(packing=packing))).checked("image.E01")
    assert checks["SHA-1 of the media"].verdict is Verdict.PASSED


@needs_ewf
def test_segments_are_found_and_none_may_be_missing_or_swapped() -> None:
    files = dict(acquired(size_bytes=TWO_MIB + 1024, packing="none"))
    assert list(files) == ["image.E01", "image.E02", "image.E03"]
    found = Files(files).described("image.E01")
    assert found is not None
    assert found.parts == ("image.E02", "image.E03")
    assert found.size_bytes == sum(map(len, files.values()))
    assert Files(files).checked("image.E01")["segments"].reason == "3 of 3"
    second = Files(files).described("image.E02")
    assert second is not None
    assert (second.format, second.fact("segment"), second.checkable) == ("ewf-segment", "2", False)

    last_missing = Files({name: data for name, data in files.items() if name != "image.E03"}).checked("image.E01")
    assert last_missing["segments"].verdict is Verdict.INDETERMINATE
    swapped = Files({**files, "image.E02": files["image.E03"], "image.E03": files["image.E02"]}).checked("image.E01")
    assert swapped["segments"].verdict is Verdict.FAILED
    stranger = Files({**files, "image.E04": files["image.E03"]}).checked("image.E01")
    assert stranger["segments"].verdict is Verdict.FAILED


@needs_ewf
def test_a_segment_of_another_set_is_told() -> None:
    files = dict(acquired(size_bytes=TWO_MIB + 1024, packing="none"))
    start, _ = find_section(files["image.E02"], "data")
    other = changed(files["image.E02"], start + 64, b"another set of it"[:16])
    other = sealed_again(other, start, start + 1048)
    checks = Files({**files, "image.E02": other}).checked("image.E01")
    assert "another set" in checks["segments"].reason


@needs_ewf
def test_more_segments_than_allowed_are_told() -> None:
    files = dict(acquired(size_bytes=TWO_MIB + 1024, packing="none"))
    found = Files(files).described("image.E01", FormatLimits(segments_max=1))
    assert found is not None
    assert "segments" in found.problems[-1]


@needs_ewf
@pytest.mark.parametrize("kind", ["header2", "header", "volume", "table", "table2", "digest", "hash"])
def test_a_changed_byte_in_a_section_is_found(kind: str) -> None:
    data = acquired()["image.E01"]
    start, _ = find_section(data, kind)
    for offset in (0, 8, 21):
        broken = changed(data, start + offset, bytes([data[start + offset] ^ 0x41]))
        checks = Files({"image.E01": broken}).checked("image.E01")
        failed = [one for one in checks.values() if one.verdict is Verdict.FAILED]
        assert failed, (kind, offset)
        assert kind in " ".join(one.reason for one in failed)


@needs_ewf
def test_a_changed_descriptor_is_found() -> None:
    data = acquired()["image.E01"]
    checks = Files({"image.E01": changed(data, 13 + 50, b"\x01")}).checked("image.E01")
    assert "descriptor at byte 13" in checks["section checksums"].reason


@needs_ewf
def test_a_damaged_table_leaves_its_copy_to_read_by() -> None:
    data = acquired()["image.E01"]
    start, _ = find_section(data, "table")
    checks = Files({"image.E01": changed(data, start + 30, b"\xff\xff")}).checked("image.E01")
    assert checks["section checksums"].verdict is Verdict.FAILED
    assert checks["MD5 of the media"].verdict is Verdict.PASSED


@needs_ewf
def test_a_copy_of_the_table_that_differs_is_told() -> None:
    data = acquired()["image.E01"]
    start, _ = find_section(data, "table2")
    count = int.from_bytes(data[start : start + 4], "little")
    broken = changed(data, start + 24 + 4, b"\xff")
    broken = sealed_again(broken, start + 24, start + 24 + 4 * count)
    assert "differs" in Files({"image.E01": broken}).checked("image.E01")["section checksums"].reason


@needs_ewf
def test_a_damaged_chunk_is_named_with_its_place() -> None:
    data = acquired(packing="none")["image.E01"]
    start, _ = find_section(data, "sectors")
    broken = changed(data, start + 40_000, b"\x00\x01\x02")
    checks = Files({"image.E01": broken}).checked("image.E01")
    assert "chunk 1 (byte 32,768 of the media)" in checks["chunk checksums"].reason
    assert checks["MD5 of the media"].verdict is Verdict.FAILED


@needs_ewf
@pytest.mark.parametrize(
    ("offset", "value", "word"),
    [
        (4, b"\xff\xff\x00\x00", "promised"),  # chunks
        (8, b"\xff\xff\xff\x7f", "chunks have"),  # sectors in a chunk
        (8, b"\0\0\0\0", "chunks have"),
        (16, b"\xff" * 6, "claims"),  # sectors
        (16, b"\x01\0\0\0\0\0\0\0", "after the end"),
    ],
)
def test_sizes_that_cannot_be_are_refused(offset: int, value: bytes, word: str) -> None:
    data = acquired()["image.E01"]
    start, _ = find_section(data, "volume")
    broken = sealed_again(changed(data, start + offset, value), start, start + 1048)
    checks = Files({"image.E01": broken}).checked("image.E01")
    failed = " ".join(one.reason for one in checks.values() if one.verdict is Verdict.FAILED)
    assert word in failed


@needs_ewf
def test_a_chain_of_sections_that_goes_back_or_out_is_refused() -> None:
    data = acquired()["image.E01"]
    for target in (0, 13, len(data) + 1):
        broken = changed(data, 13 + 16, target.to_bytes(8, "little"))
        found = Files({"image.E01": broken}).described("image.E01")
        assert found is not None
        assert "out of the file" in found.problems[0]
        checks = Files({"image.E01": broken}).checked("image.E01")
        assert checks["section checksums"].verdict is Verdict.FAILED
        assert checks["segments"].verdict is Verdict.INDETERMINATE


@needs_ewf
def test_limits_hold() -> None:
    data = acquired()["image.E01"]
    few = FormatLimits(sections_max=3)
    assert "sections" in Files({"image.E01": data}).checked("image.E01", few)["section checksums"].reason
    short = FormatLimits(text_bytes_max=50)
    assert "too large" in Files({"image.E01": data}).checked("image.E01", short)["section checksums"].reason
    small = FormatLimits(table_bytes_max=8)
    assert "more than it can hold" in Files({"image.E01": data}).checked("image.E01", small)["section checksums"].reason


def section(kind: str, body: bytes, at: int, *, last: bool = False) -> bytes:
    following = at if last else at + 76 + len(body)
    head = kind.encode().ljust(16, b"\0") + struct.pack("<QQ", following, 76 + len(body)) + bytes(40)
    return head + zlib.adler32(head).to_bytes(4, "little") + body


def built(*sections: tuple[str, bytes], logical: bool = False) -> bytes:
    """An image from its sections."""
    out = (b"LVF" if logical else b"EVF") + b"\x09\x0d\x0a\xff\x00\x01\x01\x00\x00\x00"
    for kind, body in sections:
        out += section(kind, body, len(out))
    return out + section("done", b"", len(out), last=True)


def with_adler(data: bytes) -> bytes:
    return data + zlib.adler32(data).to_bytes(4, "little")


def test_tables_of_unreadable_sectors_and_sessions_are_checked() -> None:
    errors = with_adler(struct.pack("<I", 2) + bytes(512)) + with_adler(struct.pack("<IIII", 1, 2, 9, 9))
    sessions = with_adler(struct.pack("<I", 1) + bytes(28)) + with_adler(bytes(32))
    volume = with_adler(struct.pack("<B3xIIIQ", 1, 0, 64, 512, 0) + bytes(1024))
    data = built(("volume", volume), ("error2", errors), ("session", sessions))
    found = Files({"a.E01": data}).described("a.E01")
    assert found is not None
    assert found.fact("unreadable ranges") == "2"
    checks = Files({"a.E01": data}).checked("a.E01")
    assert checks["section checksums"].verdict is Verdict.PASSED
    assert checks["section checksums"].reason == "no hash of the media is stored in this image"
    assert "hash of the media" not in checks
    for at in (data.index(b"error2") + 76, data.index(b"session") + 76 + 40):
        broken = changed(data, at + 1, b"\x09")
        assert Files({"a.E01": broken}).checked("a.E01")["section checksums"].verdict is Verdict.FAILED
    many = with_adler(struct.pack("<I", 1 << 30) + bytes(512))
    promised = Files({"a.E01": built(("volume", volume), ("error2", many))}).checked("a.E01")
    assert "promises more" in promised["section checksums"].reason


def test_an_image_of_nothing_fails() -> None:
    checks = Files({"a.E01": built()}).checked("a.E01")
    assert "what the image is of" in checks["section checksums"].reason
    early = built(("table", with_adler(struct.pack("<IIQI", 1, 0, 0, 0)) + with_adler(bytes(4))))
    assert "before anything" in Files({"a.E01": early}).checked("a.E01")["section checksums"].reason
    tiny = built(("volume", b"x" * 20))
    assert "20 bytes" in Files({"a.E01": tiny}).checked("a.E01")["section checksums"].reason


def test_hashes_that_contradict_each_other_are_told() -> None:
    volume = with_adler(struct.pack("<B3xIIIQ", 1, 0, 64, 512, 0) + bytes(1024))
    digest = with_adler(b"\x01" * 36 + bytes(40))
    other = with_adler(b"\x02" * 16 + bytes(16))
    checks = Files({"a.E01": built(("volume", volume), ("digest", digest), ("hash", other))}).checked("a.E01")
    assert "another MD5" in checks["section checksums"].reason


def test_a_logical_image_may_end_in_a_short_chunk() -> None:
    import hashlib

    chunk = b"file content" * 100
    stored = with_adler(chunk)
    volume = with_adler(struct.pack("<B3xIIIQ", 14, 1, 64, 512, 0) + bytes(1024))
    first = 13 + 76 + len(volume) + 76
    table = with_adler(struct.pack("<IIQI", 1, 0, 0, 0)) + with_adler(struct.pack("<I", first))
    hashes = with_adler(hashlib.md5(chunk).digest() + bytes(16))
    data = built(("volume", volume), ("sectors", stored), ("table", table), ("hash", hashes), logical=True)
    found = Files({"a.L01": data}).described("a.L01")
    assert found is not None
    assert (found.version, found.fact("media")) == ("EWF-L01", "single files")
    checks = Files({"a.L01": data}).checked("a.L01")
    assert checks["MD5 of the media"].verdict is Verdict.PASSED
    assert checks["chunk checksums"].verdict is Verdict.PASSED
    volume = with_adler(struct.pack("<B3xIIIQ", 1, 1, 64, 512, 64) + bytes(1024))
    short = built(("volume", volume), ("sectors", stored), ("table", table), ("hash", hashes))
    assert "holds 1,200 bytes" in Files({"a.E01": short}).checked("a.E01")["chunk checksums"].reason


def test_chunks_that_are_not_there_have_not_passed() -> None:
    volume = with_adler(struct.pack("<B3xIIIQ", 1, 3, 64, 512, 192) + bytes(1024))
    check = Files({"a.E01": built(("volume", volume))}).checked("a.E01")["chunk checksums"]
    assert (check.verdict, check.reason) == (Verdict.INDETERMINATE, "0 of 3 chunks are there")


def test_names_of_segments() -> None:
    names = {2: "i.E02", 99: "i.E99", 100: "i.EAA", 101: "i.EAB", 126: "i.EBA", 775: "i.EZZ", 776: "i.FAA"}
    assert {number: segment_name("i.E01", number) for number in names} == names
    assert segment_name("i.e01", 100) == "i.eaa"
    assert segment_name("i.s01", 2) == "i.s02"
    assert segment_name("i.Ex01", 99) == "i.Ex99"
    assert segment_name("i.Ex01", 100) == "i.ExAA"
    assert segment_name("i.Ex01", 776) == "i.EyAA"
    assert segment_name("i.E01", 100_000) == ""
    assert segment_name("i.raw", 2) == ""


def test_headers_are_read_in_any_of_their_forms() -> None:
    assert read_header("1\r\nmain\r\nc\tn\r\n7\t\r\n") == {"c": "7"}
    assert read_header("nothing") == {}
    assert read_header("main") == {}
    assert decode_header("é".encode("utf-16")) == "é"
    assert decode_header("é".encode()) == "é"
    assert decode_header(b"\xe9") == "é"
    assert moment("2026 1 2 3 4 5") == "2026-01-02 03:04:05 (zone not told)"
    assert moment("0") == "1970-01-01 00:00:00 UTC"
    assert moment("last week") == "last week"


def image_of(stored: bytes, entries: bytes, *, sectors: int, hashed: bytes, count: int) -> bytes:
    import hashlib

    volume = with_adler(struct.pack("<B3xIIIQ", 1, count, 64, 512, sectors) + bytes(1024))
    table = with_adler(struct.pack("<IIQI", len(entries) // 4, 0, 0, 0)) + with_adler(entries)
    digest = with_adler(hashlib.md5(hashed).digest() + bytes(16))
    return built(("volume", volume), ("sectors", stored), ("table", table), ("hash", digest))


FIRST = 13 + 76 + VOLUME_BYTES + 76


def test_room_after_the_last_chunk_is_no_damage() -> None:
    chunk = bytes(range(256)) * 128
    data = image_of(with_adler(chunk) + bytes(100), struct.pack("<I", FIRST), sectors=64, hashed=chunk, count=1)
    assert {one.verdict for one in Files({"a.E01": data}).checked("a.E01").values()} == {Verdict.PASSED}


def test_an_image_that_does_not_say_how_many_sectors_it_has() -> None:
    chunk = b"short" * 100
    data = image_of(with_adler(chunk), struct.pack("<I", FIRST), sectors=0, hashed=chunk, count=1)
    checks = Files({"a.E01": data}).checked("a.E01")
    assert {one.verdict for one in checks.values()} == {Verdict.PASSED}
    assert checks["size of the media"].reason == "500 bytes"


def test_offsets_that_overflow_into_the_bit_for_packing() -> None:
    table = read_table(struct.pack("<4I", 10, 0x7FFFFFF0, 0x80000010, 0x80010000), 0, 0x80020000)
    assert table.offsets == [10, 0x7FFFFFF0, 0x80000010, 0x80010000]
    assert table.compressed == [False] * 4
    packed = read_table(struct.pack("<2I", 0x8000000A, 0x80000020), 100, 200)
    assert (packed.offsets, packed.compressed) == ([110, 132], [True, True])


def smart(chunk: bytes, *, footer: bool) -> bytes:
    """An image in the oldest form: sizes of 32 bits, and the chunks in the section of their table."""
    import hashlib

    volume = with_adler(struct.pack("<IIIII", 1, 1, 64, 512, 64) + bytes(70))
    header = with_adler(struct.pack("<IIQI", 1, 0, 0, 0))
    start = 13 + 76 + len(volume) + 76 + len(header) + 4 + 4 * footer
    entries = struct.pack("<I", start)
    table = header + (with_adler(entries) if footer else entries) + with_adler(chunk)
    digest = with_adler(hashlib.md5(chunk).digest() + bytes(16))
    return built(("volume", volume), ("table", table), ("hash", digest))


@pytest.mark.parametrize("footer", [False, True])
def test_the_oldest_form(footer: bool) -> None:
    chunk = bytes(range(256)) * 128
    files = Files({"a.s01": smart(chunk, footer=footer)})
    found = files.described("a.s01")
    assert found is not None
    assert (found.version, found.media_bytes) == ("EWF-S01", 32768)
    assert {one.verdict for one in files.checked("a.s01").values()} == {Verdict.PASSED}


def test_a_segment_after_the_last_is_told() -> None:
    chunk = bytes(32768)
    data = smart(chunk, footer=True)
    second = data[:9] + b"\x02" + data[10:]
    assert "after the last" in Files({"a.s01": data, "a.s02": second}).checked("a.s01")["segments"].reason


def test_hashes_of_an_image_that_is_not_whole_cannot_be_told() -> None:
    data = smart(bytes(32768), footer=True)
    cut = data[: -len(section("done", b"", 0))]
    cut += section("next", b"", len(cut), last=True)
    checks = Files({"a.s01": cut}).checked("a.s01")
    assert checks["MD5 of the media"].verdict is Verdict.INDETERMINATE


def hashed(plain: bytes) -> bytes:
    """An image that says only which MD5 its media have."""
    volume = with_adler(struct.pack("<B3xIIIQ", 1, 0, 64, 512, 0) + bytes(1024))
    return built(("volume", volume), ("hash", with_adler(hashlib.md5(plain).digest() + bytes(16))))


def test_a_stored_hash_that_is_damaged_is_not_a_check_that_passed() -> None:
    data = hashed(b"media")
    checks = Files({"a.E01": changed(data, data.index(b"hash") + 80, b"\xff")}).checked("a.E01")
    assert checks["hash of the media"].verdict is Verdict.INDETERMINATE
    assert "one is stored, in a section that is damaged" in checks["hash of the media"].reason
    assert checks["section checksums"].verdict is Verdict.FAILED


def test_a_file_that_was_cut_is_said_to_be(tmp_path: Path) -> None:
    data = hashed(b"media")
    for end in (1000, data.index(b"hash") + 20):
        checks = Files({"a.E01": data[:end]}).checked("a.E01")
        assert checks["segments"].verdict is Verdict.FAILED
        assert f"a.E01 is cut off at byte {end:,}" in checks["segments"].reason
        assert "a.E01" not in checks["section checksums"].reason


def test_the_media_that_an_image_holds_are_looked_up(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "disk.E01").write_bytes(hashed(b"media"))
    (folder / "note.txt").write_text("x")
    (tmp_path / "l").write_text(f"{hashlib.md5(b'media').hexdigest()}  disk\n")
    lists = [HashList(tmp_path / "l")]
    algorithms = algorithms_of(lists)
    index = index_paths([folder], algorithms)
    report = match(index, lists, algorithms, subject="s", reading=Reading(plain=Standing.NOTABLE))
    index.close()
    assert (report.files, report.notable, report.containers) == (2, 1, 1)
    assert [(Path(one.path).name, one.of) for one in report.matches] == [("disk.E01", "media")]

"""Corners of the readers: what a format allows and few files have, and what no file should have."""

import datetime
import io
import plistlib
import struct
import zipfile
import zlib

import pytest
from tests.samples.forensic import STREAM, Files, aff4, described, ex01, media, pcapng, section2, told, ufdr, zipped

from comity.evidence.custody import Verdict
from comity.evidence.formats.checks import Checks
from comity.evidence.formats.look import FormatError
from comity.evidence.formats.media import Media, unpack_bz2
from comity.evidence.formats.packing import unpack_snappy
from comity.evidence.formats.record import StoredHash, printable

PLAIN = media(30_000)
NAME = "x.aff4"


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def failed(data: bytes, name: str = NAME) -> str:
    """All reasons of checks that were not passed."""
    return " ".join(
        one.reason for one in Files({name: data}).checked(name).values() if one.verdict is not Verdict.PASSED
    )


def image_of(changes: dict[str, str], **changed: bytes) -> bytes:
    """The sample image with replacements in its description, and members changed."""
    text = members(aff4(PLAIN))["information.turtle"].decode()
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    return aff4(PLAIN, changed={"information.turtle": text.encode(), **changed})


def test_an_aff4_image_with_a_stream_alone() -> None:
    text = (
        "@prefix aff4: <http://aff4.org/Schema#> .\n"
        f"<aff4://image> a aff4:Image ; aff4:dataStream <{STREAM}> ;\n"
        f'  aff4:hash "{md5_of(PLAIN)}"^^aff4:MD5 , "1"^^aff4:X .\n'
        f"<{STREAM}> a aff4:ImageStream ; aff4:size {len(PLAIN)} ; aff4:chunkSize 4096 ; aff4:chunksInSegment 4 ;\n"
        "  aff4:compressionMethod <https://tools.ietf.org/html/rfc1951> ."
    )
    data = aff4(PLAIN, changed={"information.turtle": text.encode()})
    assert told(data).media_bytes == len(PLAIN)
    assert Files({NAME: data}).checked(NAME)["MD5 of image"].verdict is Verdict.PASSED


def md5_of(data: bytes) -> str:
    import hashlib

    return hashlib.md5(data).hexdigest()


@pytest.mark.parametrize(
    ("changes", "changed", "word"),
    [
        ({"aff4:size 35100": 'aff4:size "x"'}, {}, "how large it is"),
        ({f"aff4:dataStream <{'aff4://map'}> ;": ""}, {}, "is not there"),
        ({}, {"aff4%3A%2F%2Fstream/00000000.index": b""}, "in no index"),
        ({}, {"aff4%3A%2F%2Fstream/00000000.index": struct.pack("<QI", 1 << 40, 9) * 4}, "outside of its segment"),
        ({}, {"aff4%3A%2F%2Fstream/00000000.index": struct.pack("<QI", 0, 0) * 4}, "holds 0 bytes"),
        ({}, {"aff4%3A%2F%2Fstream/00000000": bytes(1 << 20)}, "more than"),
        ({"rfc1951": "rfc1950"}, {}, "damaged"),
        ({}, {"aff4%3A%2F%2Fmap/map": struct.pack("<QQQI", 0, 35100, 0, 0)}, "beyond the end"),
    ],
)
def test_aff4_images_that_do_not_hold_together(changes: dict[str, str], changed: dict[str, bytes], word: str) -> None:
    assert word in failed(image_of(changes, **changed))


def test_a_map_that_goes_beyond_the_last_chunk() -> None:
    points = struct.pack("<QQQI", 0, 100, len(PLAIN) - 10, 0)
    assert "beyond the end" in failed(image_of({}, **{"aff4%3A%2F%2Fmap/map": points}))


def test_aff4_hashes_of_unknown_kinds_are_left_out() -> None:
    data = image_of(
        {"aff4:mapIdxHash": "aff4:mapPathHash", '"^^aff4:SHA512 .\n\n<aff4://stream>': '"^^aff4:X .\n\n<aff4://stream>'}
    )
    assert "is not there" in failed(data)
    data = image_of({"^^aff4:SHA512 ;\n    aff4:mapIdxHash": "^^aff4:New ;\n    aff4:mapIdxHash"})
    assert Files({NAME: data}).checked(NAME)["hashes of the map"].reason == "mapIdxHash; mapHash"


def test_the_hash_over_block_hashes_is_checked() -> None:
    import hashlib

    stored = hashlib.sha512(
        b"".join(members(aff4(PLAIN))[f"aff4%3A%2F%2Fstream/{n:08}.md5"] for n in range(2))
    ).hexdigest()
    data = image_of({stored: "0" * 128})
    assert "does not have its own hash" in failed(data)


def test_an_aff4_image_of_a_turtle_that_is_no_text_or_odd() -> None:
    odd = "@prefix aff4: <http://aff4.org/Schema#> . <a:b> a aff4:Image, x:y ."
    assert "where a name should be" in told(aff4(PLAIN, changed={"information.turtle": odd.encode()})).problems[0]
    assert "ends or goes on" in told(aff4(PLAIN, changed={"information.turtle": b"<a:b> a <e:f> true"})).problems[0]
    assert "container" not in str(described(zipped({"information.turtle": b""})))


def test_snappy_that_never_ends_its_length() -> None:
    with pytest.raises(FormatError, match="more than a chunk"):
        unpack_snappy(b"\xff\xff\xff\xff\xff\x01", 100)


def test_checks_name_only_so_many_faults() -> None:
    checks = Checks("x")
    for number in range(30):
        checks.fail("a", str(number))
        checks.note("b", str(number))
    first, second = checks.result()
    assert first.reason.endswith("19; and 10 more")
    assert second.reason.endswith("19")


def test_media_leave_out_hashes_that_were_not_computed() -> None:
    checks = Checks("x")
    held = Media(media_bytes=2, chunk_bytes=2, algorithms=())
    held.add(b"ab")
    held.conclude(checks, [StoredHash(algorithm="md5", value="", of="media", stored_in="x")], chunk_count=1)
    assert [one.name for one in checks.result()] == ["size of the media"]


def test_bzip2_that_is_damaged_or_too_large() -> None:
    import bz2

    with pytest.raises(FormatError, match="bzip2 stream:"):
        unpack_bz2(b"BZh9nonsense", 10)
    with pytest.raises(FormatError, match="of the size"):
        unpack_bz2(bz2.compress(bytes(100)), 10)


def with_table(entries: bytes, *, first: int = 0, count: int | None = None) -> bytes:
    """An Ex01 whose table says other things of its chunks."""
    data = ex01(media(70_000), patterned=False)
    table_at = data.rindex(struct.pack("<QII", 0, 3, 0))
    start = int.from_bytes(data[table_at + 32 : table_at + 40], "little")
    header = struct.pack("<QII", first, len(entries) // 16 if count is None else count, 0)
    body = header + _adler(header) + bytes(12) + entries + _adler(entries) + bytes(12)
    out = data[:table_at]
    sectors = out.rindex(struct.pack("<II", 3, 0))
    assert start < sectors
    part, before = section2(4, body, sectors, len(out))
    out += part
    part, _ = section2(15, b"", before, len(out), flags=0)
    return out + part


def _adler(data: bytes) -> bytes:
    return zlib.adler32(data).to_bytes(4, "little")


def entry(offset: int, length: int, flags: int) -> bytes:
    return struct.pack("<QII", offset, length, flags)


@pytest.mark.parametrize(
    ("entries", "first", "word"),
    [
        (entry(300, 1 << 20, 1), 0, "larger than a chunk"),
        (entry(400, 10, 2) + entry(300, 10, 2), 0, "over the chunk before"),
        (entry(300, 10, 0), 0, "holds 10 bytes"),
        (entry(300, 32768, 0) * 1 + entry(40_000, 10, 1), 5, "begins at chunk 5"),
        (b"".join(entry(0, 0, 5) for _ in range(4)), 0, "after the end"),
        (entry(1 << 50, 10, 1), 0, "breaks off"),
    ],
)
def test_tables_of_an_ex01_that_cannot_be(entries: bytes, first: int, word: str) -> None:
    assert word in failed(with_table(entries, first=first), "x.Ex01")


def test_checksums_of_an_ex01s_tables_and_hashes() -> None:
    data = bytearray(ex01(media(70_000)))
    table = data.rindex(struct.pack("<QII", 0, 3, 0))
    data[table + 17] ^= 1
    assert "of its header" in failed(bytes(data), "x.Ex01")
    data = bytearray(ex01(media(70_000)))
    data[table + 33] ^= 1
    assert "of its entries" in failed(bytes(data), "x.Ex01")
    data = bytearray(ex01(media(70_000)))
    digest = data.rindex(struct.pack("<II", 8, 1)) - 32
    data[digest] ^= 1
    assert "MD5 hash section does not have its Adler-32" in failed(bytes(data), "x.Ex01")
    data = bytearray(ex01(media(70_000)))
    data[-20] ^= 1
    assert "of its descriptor" in failed(bytes(data), "x.Ex01")
    promised = with_table(entry(0, 0, 5), count=1 << 20)
    assert "more than it holds" in failed(promised, "x.Ex01")


def test_a_pcapng_block_of_another_interface_or_kind() -> None:
    data = pcapng([])
    stray = struct.pack("<IIIIIII", 6, 32, 9, 0, 5, 0, 0) + struct.pack("<I", 32)
    other = struct.pack("<III", 5, 12, 12)
    assert told(data + stray + other).fact("packets") == "2"
    assert told(data + stray + other).fact("first packet") == ""


def test_a_property_list_that_breaks_the_reader_is_none() -> None:
    values = {"Last Backup Date": datetime.datetime(2026, 1, 1), "Unique Identifier": "x", "a": {"b": [1]}}
    data = plistlib.dumps(values, fmt=plistlib.FMT_BINARY)
    recognised = 0
    for at in range(8, len(data)):
        for value in (0, 0xA1, 0xD1, 0xFF):
            found = described(data[:at] + bytes([value]) + data[at + 1 :])
            recognised += found is not None
    assert recognised > 20


def test_a_cellebrite_report_with_items_out_of_place() -> None:
    report = (
        b'<project xmlns="http://pa.cellebrite.com/report/2.0"><item name="IMEI"/></item2></project>',
        b'<project xmlns="http://pa.cellebrite.com/report/2.0"><file><metadata><item name="Local Path">a</item>'
        b'<item name="SHA1">zz</item></metadata></file><item name="Other">x</item><model/></project>',
    )
    for one in report:
        assert told(zipped({"report.xml": one})).format == "cellebrite-ufdr"
    checks = Files({"r": zipped({"report.xml": report[1], "a": b"x"})}).checked("r")
    assert checks["hashes of files"].verdict is Verdict.FAILED
    assert told(ufdr({})).fact("members") == "1"


def test_members_of_a_zip_that_cannot_be_opened_are_told() -> None:
    data = bytearray(ufdr({"a.jpg": b"picture"}))
    at = data.rindex(b"PK\1\2")
    data[at + 8] |= 1  # encrypted, says its directory
    assert "cannot be read" in failed(bytes(data), "r")


def test_text_of_a_format_cannot_disturb_a_terminal() -> None:
    assert printable("a\x1b[31mb\nc\u202e") == "a [31mb c"
    assert printable("x" * 600) == "x" * 500 + "…"


def test_a_volume_that_only_the_comment_names_and_what_is_stored() -> None:
    text = members(aff4(PLAIN))["information.turtle"].decode()
    text = text.replace("<https://tools.ietf.org/html/rfc1951>", "<http://aff4.org/Schema#compression/stored>")
    named = {
        name: data for name, data in members(aff4(PLAIN, packing="none")).items() if name != "container.description"
    }
    data = zipped({**named, "information.turtle": text.encode()}, comment=b"aff4://volume\0")
    found = told(data)
    assert found.fact("volume") == "aff4://volume"
    assert "holds" in failed(aff4(PLAIN, changed={"information.turtle": text.encode()}))
    assert Files({NAME: data}).checked(NAME)["MD5 of image"].verdict is Verdict.PASSED


def test_an_entry_of_a_map_without_length() -> None:
    points = struct.pack("<QQQI", 0, 0, 0, 0) + struct.pack("<QQQI", 0, 100, 0, 1)
    assert "MD5" in str(Files({NAME: aff4(PLAIN, changed={"aff4%3A%2F%2Fmap/map": points})}).checked(NAME))


def test_an_aff4_image_that_is_no_zip_any_more_or_too_large_for_it() -> None:
    from comity.evidence.formats.aff4check import check_aff4
    from comity.evidence.formats.limits import FormatLimits
    from comity.evidence.formats.look import looking

    description = told(aff4(PLAIN))
    files = Files({"cut": aff4(PLAIN)[:-40], "whole": aff4(PLAIN)})
    for name, limits, verdict in (
        ("cut", FormatLimits(), Verdict.FAILED),
        ("whole", FormatLimits(entries_max=2), Verdict.INDETERMINATE),
    ):
        item = files.find(name)
        assert item is not None
        with looking(item, files, limits) as look:
            (check,) = check_aff4(look, description)
        assert check.verdict is verdict


def test_more_triples_than_allowed() -> None:
    from comity.evidence.formats.turtle import TRIPLES_MAX, read_turtle

    with pytest.raises(FormatError, match="says more than"):
        read_turtle("<a:b> a " + ",".join(["<c:d>"] * (TRIPLES_MAX + 1)) + ".")


def test_a_directory_that_lies_about_its_count() -> None:
    from comity.evidence.formats.limits import FormatLimits
    from comity.evidence.formats.look import looking
    from comity.evidence.formats.ziplook import zip_look

    data = bytearray(zipped({str(number): b"" for number in range(20)}))
    end = data.rindex(b"PK\5\6")
    data[end + 8 : end + 12] = struct.pack("<HH", 3, 3)
    item = Files({"z": bytes(data)}).find("z")
    assert item is not None
    with (
        looking(item, None, FormatLimits(entries_max=10)) as look,
        pytest.raises(FormatError, match="more than 10 members"),
        zip_look(look),
    ):
        pass

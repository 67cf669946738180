"""AFF4 images, built from the standard: every stored hash is checked, every damage found."""

import pytest
from tests.samples.forensic import STREAM, Files, aff4, media, told, zipped

from comity.evidence.custody import Verdict
from comity.evidence.formats.aff4 import members_of
from comity.evidence.formats.limits import FormatLimits
from comity.evidence.formats.look import FormatError
from comity.evidence.formats.packing import unpack_lz4, unpack_snappy
from comity.evidence.formats.turtle import read_turtle, types

NAME = "image.aff4"
PLAIN = media(30_000)


def description(text: str) -> str:
    """The description of a sample image with another text put in."""
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(aff4(PLAIN))) as archive:
        return archive.read("information.turtle").decode() + text


def with_description(text: str) -> Files:
    return Files({NAME: aff4(PLAIN, changed={"information.turtle": text.encode()})})


@pytest.mark.parametrize("packing", ["deflate", "snappy", "lz4", "none"])
def test_an_image_is_described_and_checked(packing: str) -> None:
    data = aff4(PLAIN, packing=packing, lists_as="blockHash." if packing == "lz4" else "")
    found = told(data)
    assert (found.format, found.version, found.media_bytes) == ("aff4", "1.0", len(PLAIN) + 5100)
    assert found.fact("made with") == "test 1"
    assert found.fact("device model") == 'Disk "X"'
    assert found.fact("volume") == "aff4://volume"
    assert {one.algorithm for one in found.hashes} == {"md5", "sha1"}
    checks = Files({NAME: data}).checked(NAME)
    assert {one.verdict for one in checks.values()} == {Verdict.PASSED}
    assert {"hashes of blocks", "hashes of the map", "hash over blocks and map", "MD5 of image"} <= checks.keys()


@pytest.mark.parametrize(
    ("member", "failed"),
    [
        ("aff4%3A%2F%2Fstream/00000000", "hashes of blocks"),
        ("aff4%3A%2F%2Fstream/00000000.index", "hashes of blocks"),
        ("aff4%3A%2F%2Fstream/00000001.md5", "hashes of blocks"),
        ("aff4%3A%2F%2Fmap/map", "hashes of the map"),
        ("aff4%3A%2F%2Fmap/idx", "hashes of the map"),
    ],
)
def test_a_changed_member_is_found(member: str, failed: str) -> None:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(aff4(PLAIN))) as archive:
        data = archive.read(member)
    changed = bytes([data[0] ^ 1]) + data[1:]
    checks = Files({NAME: aff4(PLAIN, changed={member: changed})}).checked(NAME)
    assert checks[failed].verdict is Verdict.FAILED


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('aff4:chunkSize "4096"^^xsd:int', 'aff4:chunkSize "0"^^xsd:int', "how large"),
        ("aff4:chunksInSegment 4", "aff4:chunksInSegment 3", ""),
        ("aff4:chunksInSegment 4", "aff4:chunksInSegment 999999999", "segments of"),
        ("<https://tools.ietf.org/html/rfc1951>", "<https://example.org/zip9>", "not known"),
        ("aff4:size 30000", "aff4:size 900000", "is not there"),
        ("http://aff4.org/Schema#SymbolicStreamFF", "", ""),
    ],
)
def test_a_description_that_cannot_be_is_refused(old: str, new: str, word: str) -> None:
    text = description("")
    checks = with_description(text.replace(old, new)).checked(NAME)
    if old in text:
        wrong = " ".join(one.reason for one in checks.values() if one.verdict is not Verdict.PASSED)
        assert wrong
        assert word in wrong


def test_a_map_that_points_nowhere_is_told() -> None:
    import struct

    for points, word in (
        (struct.pack("<QQQI", 0, 10, 0, 9), "not possible"),
        (struct.pack("<QQQI", 0, 1 << 60, 0, 0), "not possible"),
        (struct.pack("<QQQI", 0, 100, 1 << 40, 0), "not there"),
    ):
        checks = Files({NAME: aff4(PLAIN, changed={"aff4%3A%2F%2Fmap/map": points})}).checked(NAME)
        assert word in checks["MD5 of image"].reason
    targets = f"{STREAM}\nhttp://aff4.org/Schema#Nothing\n".encode()
    checks = Files({NAME: aff4(PLAIN, changed={"aff4%3A%2F%2Fmap/idx": targets})}).checked(NAME)
    assert checks["MD5 of image"].verdict is Verdict.INDETERMINATE
    assert checks["hashes of the map"].verdict is Verdict.FAILED
    odd = f"{STREAM}\nhttp://aff4.org/Schema#SymbolicStreamXY\n".encode()
    checks = Files({NAME: aff4(PLAIN, changed={"aff4%3A%2F%2Fmap/idx": odd})}).checked(NAME)
    assert "not known" in checks["MD5 of image"].reason


def test_a_map_of_endless_nothing_is_not_unpacked() -> None:
    import struct

    huge = 1 << 50
    text = (
        description("")
        .replace('aff4:size "35100"^^xsd:long', "aff4:size 10")
        .replace("aff4:size 35100", f"aff4:size {huge}")
    )
    points = struct.pack("<QQQI", 0, huge, 0, 1)
    files = Files({NAME: aff4(PLAIN, changed={"information.turtle": text.encode(), "aff4%3A%2F%2Fmap/map": points})})
    assert "more than" in files.checked(NAME, FormatLimits(expansion_max=100))["MD5 of image"].reason


def test_a_missing_stream_of_a_striped_image_cannot_be_told() -> None:
    text = description("").replace(f"aff4:dependentStream <{STREAM}>", f"aff4:dependentStream <{STREAM}> , <aff4://b>")
    checks = with_description(text).checked(NAME)
    assert checks["hash over blocks and map"].verdict is Verdict.INDETERMINATE
    targets = b"aff4://elsewhere\nhttp://aff4.org/Schema#SymbolicStreamFF\n"
    checks = Files({NAME: aff4(PLAIN, changed={"aff4%3A%2F%2Fmap/idx": targets})}).checked(NAME)
    assert checks["MD5 of image"].verdict is Verdict.INDETERMINATE


def test_an_encrypted_stream_or_one_packed_otherwise_cannot_be_told() -> None:
    text = description("").replace("<aff4://map> a aff4:Map", "<aff4://map> a aff4:EncryptedStream")
    assert with_description(text).checked(NAME)["MD5 of image"].verdict is Verdict.INDETERMINATE
    text = description("").replace("<https://tools.ietf.org/html/rfc1951>", "<https://example.org/zip9>")
    assert with_description(text).checked(NAME)["hashes of blocks"].verdict is Verdict.INDETERMINATE


def test_a_hash_that_is_none_is_told() -> None:
    text = description("").replace('aff4:mapPointHash "', 'aff4:mapPointHash "zz')
    assert "no hash" in " ".join(one.reason for one in with_description(text).checked(NAME).values())
    text = description("").replace("^^aff4:blockMapHashSHA512", "^^aff4:blockMapHashOther")
    checks = with_description(text).checked(NAME)
    assert checks["hash over blocks and map"].verdict is Verdict.INDETERMINATE


def test_a_logical_image_of_a_file_is_checked() -> None:
    import hashlib

    text = (
        "@prefix aff4: <http://aff4.org/Schema#> .\n"
        "<aff4://volume/a.txt> a aff4:FileImage, aff4:Image ; "
        f'aff4:hash "{hashlib.md5(b"text").hexdigest()}"^^aff4:MD5 .'
    )
    members = {"container.description": b"aff4://volume", "a.txt": b"text", "information.turtle": text.encode()}
    files = Files({NAME: zipped(members)})
    found = files.described(NAME)
    assert found is not None
    assert (found.fact("holds"), found.version) == ("files", "")
    assert files.checked(NAME)["MD5 of volume/a.txt"].verdict is Verdict.PASSED
    del members["a.txt"]
    assert files.described(NAME) is not None
    assert Files({NAME: zipped(members)}).checked(NAME)["MD5 of volume/a.txt"].verdict is Verdict.FAILED


def test_a_description_that_cannot_be_read_is_a_problem() -> None:
    for text in (b"<a> [ ]", b"\xff\xfe", b'<a:b> a "', b"<a:b> <c:d>", b"<a:b> <c:d> <e:f> <g:h>", b"<a:b> x <c:d> ."):
        files = Files({NAME: aff4(PLAIN, changed={"information.turtle": text})})
        found = files.described(NAME)
        assert found is not None
        assert found.problems
        assert files.checked(NAME)["description"].verdict is Verdict.INDETERMINATE
    with pytest.raises(FormatError, match="too many words"):
        read_turtle("." * 1_700_000)
    long = Files({NAME: aff4(PLAIN)}).described(NAME, FormatLimits(table_bytes_max=100))
    assert long is not None
    assert "more than 100 bytes" in long.problems[0]


def test_the_part_of_turtle_that_is_read() -> None:
    graph = read_turtle(
        '@base <http://b/> .\nPREFIX p: <http://p/>\n<x> a p:T ; p:n 1.5 , true ; ; .  # end\np:s p:t "a\\"b"@en ; .'
    )
    assert types(graph, "http://b/x") == {"T"}
    assert [value.text for value in graph["http://b/x"]["http://p/n"]] == ["1.5", "true"]
    assert graph["http://p/s"]["http://p/t"][0].text == 'a"b'


def test_names_of_members() -> None:
    assert members_of("aff4://v/x/00000000", "aff4://v")[0] == "x/00000000"
    assert members_of("aff4://s/00000000.index", "aff4://v") == ("aff4%3A%2F%2Fs/00000000.index",)
    assert "a b.txt" in members_of("aff4://v//a%20b.txt", "aff4://v")


def test_packed_chunks_cannot_grow() -> None:
    import cramjam

    packed = bytes(cramjam.snappy.compress_raw(bytes(10_000)))
    with pytest.raises(FormatError, match="more than a chunk"):
        unpack_snappy(packed, 100)
    with pytest.raises(FormatError, match="Snappy"):
        unpack_snappy(b"\x05\xff", 100)
    with pytest.raises(FormatError, match="LZ4"):
        unpack_lz4(bytes(cramjam.lz4.compress_block(bytes(10_000), store_size=False)), 100)

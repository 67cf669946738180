"""Images by the AFF4 project's own library: read, and their hashes found right (data/formats/ORIGIN.md)."""

import zipfile
from pathlib import Path

import pytest
from tests.samples.forensic import Files, zipped

from comity.evidence.custody import Verdict
from comity.evidence.formats.aff4 import read_graph, volume_of
from comity.evidence.formats.aff4stream import Container
from comity.evidence.formats.limits import LIMITS
from comity.evidence.formats.look import looking
from comity.evidence.formats.ziplook import zip_look

FOLDER = Path(__file__).parent / "data" / "formats"


def test_a_logical_image() -> None:
    files = Files({"l.aff4": (FOLDER / "logical.aff4").read_bytes()})
    found = files.described("l.aff4")
    assert found is not None
    assert (found.version, found.fact("made with"), found.fact("holds"), found.fact("images")) == (
        "1.1",
        "pyaff4",
        "files",
        "2",
    )
    checks = files.checked("l.aff4")
    assert {one.verdict for one in checks.values()} == {Verdict.PASSED}
    assert sum("exhibit%20one.txt" in name for name in checks) == 2


def test_a_changed_logical_image() -> None:
    with zipfile.ZipFile(FOLDER / "logical.aff4") as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
        comment = archive.comment
    members["/small.txt"] = b"jello\n"
    checks = Files({"l.aff4": zipped(members, comment=comment)}).checked("l.aff4")
    failed = [name for name, one in checks.items() if one.verdict is Verdict.FAILED]
    assert len(failed) == 2
    assert all("small.txt" in name for name in failed)


@pytest.mark.parametrize("name", ["disk.aff", "disk-lzma.aff"])
def test_an_image_of_version_3(name: str) -> None:
    files = Files({name: (FOLDER / name).read_bytes()})
    found = files.described(name)
    assert found is not None
    assert (found.format, found.media_bytes, found.fact("pages"), found.fact("AFFLIB")) == (
        "aff3",
        169_015,
        "6",
        "3.7.20",
    )
    sha1 = "889695dd89c1efb041ce0c59821886874227da6a"
    assert ("sha1", sha1) in [(one.algorithm, one.value) for one in found.hashes]
    checks = files.checked(name)
    assert {one.verdict for one in checks.values()} == {Verdict.PASSED}
    assert checks["SHA-1 of the media"].reason == sha1


def test_a_stream() -> None:
    files = Files({"s.aff4": (FOLDER / "stream.aff4").read_bytes()})
    item = files.find("s.aff4")
    assert item is not None
    with looking(item) as look, zip_look(look) as names:
        graph, volume = read_graph(look, names), volume_of(names)
        container = Container(names, graph, volume, LIMITS)
        assert b"".join(container.data(f"{volume}/disk")) == b"disk data " * 20_000

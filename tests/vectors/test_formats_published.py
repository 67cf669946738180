"""Images by the AFF4 project's own library: read, and their hashes found right (data/formats/ORIGIN.md)."""

import zipfile
from pathlib import Path

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


def test_a_stream() -> None:
    files = Files({"s.aff4": (FOLDER / "stream.aff4").read_bytes()})
    item = files.find("s.aff4")
    assert item is not None
    with looking(item) as look, zip_look(look) as names:
        graph, volume = read_graph(look, names), volume_of(names)
        container = Container(names, graph, volume, LIMITS)
        assert b"".join(container.data(f"{volume}/disk")) == b"disk data " * 20_000

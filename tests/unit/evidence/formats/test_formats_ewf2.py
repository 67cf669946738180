"""Ex01 images, built from the format's specification; libewf reads them too and finds the same."""

from pathlib import Path

import pytest
from tests.samples.forensic import Files, ex01, media, section2

from comity.evidence.custody import Verdict
from comity.evidence.formats.limits import FormatLimits

NAME = "image.Ex01"


def test_libewf_reads_what_the_builder_makes(tmp_path: Path) -> None:
    pyewf = pytest.importorskip("pyewf", reason="libewf-python is not installed")
    (tmp_path / NAME).write_bytes(ex01(media()))
    handle = pyewf.handle()
    handle.open([str(tmp_path / NAME)])
    assert handle.read_buffer(handle.get_media_size()) == media()
    found = Files({NAME: ex01(media())}).described(NAME)
    assert found is not None
    assert {"MD5": found.hashes[0].value, "SHA1": found.hashes[1].value} == handle.get_hash_values()
    assert handle.get_header_values()["examiner_name"] == found.fact("examiner")
    handle.close()


@pytest.mark.parametrize("method", [1, 2])
def test_an_image_is_described_and_checked(method: int) -> None:
    files = Files({NAME: ex01(media(), method=method)})
    found = files.described(NAME)
    assert found is not None
    assert (found.format, found.version, found.media_bytes) == ("ewf2", "EWF2-Ex01", len(media()))
    assert found.fact("case number") == "FIR 12"
    assert found.fact("acquired") == "2023-11-14 22:13:20 UTC"
    checks = files.checked(NAME)
    assert {one.verdict for one in checks.values()} == {Verdict.PASSED}
    assert {"MD5 of the media", "SHA-1 of the media"} <= checks.keys()


def test_every_changed_byte_is_found_that_a_checksum_covers() -> None:
    data = ex01(media(70_000))
    for at in [8, *range(33, len(data), 1019)]:
        broken = data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1 :]
        files = Files({NAME: broken})
        found = files.described(NAME)
        if found is None or found.format == "damaged":
            continue
        verdicts = {one.verdict for one in files.checked(NAME).values()}
        padding = data[max(0, at - 15) : at + 16].count(0) >= 4
        assert Verdict.PASSED not in verdicts or len(verdicts) > 1 or padding, at


def test_an_encrypted_image_cannot_be_told() -> None:
    files = Files({NAME: ex01(media(), encrypted=True)})
    found = files.described(NAME)
    assert found is not None
    assert found.fact("encrypted") == "yes"
    checks = files.checked(NAME)
    assert checks["chunk checksums"].verdict is Verdict.INDETERMINATE
    assert checks["section checksums"].verdict is Verdict.PASSED


def test_a_further_segment_is_told_as_such_and_a_missing_end_too() -> None:
    data = ex01(media())
    second = data[:12] + b"\x02" + data[13:]
    found = Files({"image.Ex02": second}).described("image.Ex02")
    assert found is not None
    assert found.format == "ewf-segment"
    done = len(data) - 64
    cut, _ = section2(13, b"", int.from_bytes(data[done + 8 : done + 16], "little"), done, flags=0)
    open_ended = data[:done] + cut
    checks = Files({NAME: open_ended}).checked(NAME)
    assert checks["segments"].verdict is Verdict.INDETERMINATE
    assert checks["MD5 of the media"].verdict is Verdict.INDETERMINATE
    other_set = second[:16] + b"another set of it"[:16] + second[32:]
    strange = Files({NAME: open_ended, "image.Ex02": other_set}).checked(NAME)
    assert strange["segments"].verdict is Verdict.FAILED


def test_hashes_of_the_last_segment_are_found() -> None:
    data = ex01(media())
    found = Files({NAME: data, "image.Ex02": data[:12] + b"\x02" + data[13:]}).described(NAME)
    assert found is not None
    assert found.parts == ("image.Ex02",)
    assert len(found.hashes) == 4


def test_a_chain_that_breaks_is_told() -> None:
    data = ex01(media())
    for broken in (data[:-10], data[:33], data[:-1] + b"\x00"):
        files = Files({NAME: broken})
        found = files.described(NAME)
        assert found is not None
        assert files.checked(NAME)["section checksums"].verdict is Verdict.FAILED
    looped = data[:-56] + (len(data)).to_bytes(8, "little") + data[-48:]
    assert "not before it" in Files({NAME: looped}).checked(NAME)["section checksums"].reason


def test_limits_hold() -> None:
    files = Files({NAME: ex01(media())})
    assert "sections" in files.checked(NAME, FormatLimits(sections_max=2))["section checksums"].reason
    assert "promises" in files.checked(NAME, FormatLimits(table_bytes_max=40))["section checksums"].reason
    assert "chunks have" in files.checked(NAME, FormatLimits(chunk_bytes_max=40))["section checksums"].reason
    short = files.described(NAME, FormatLimits(text_bytes_max=40))
    assert short is not None
    assert "too large" in short.problems[0]

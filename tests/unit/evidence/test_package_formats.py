"""Sealed evidence says which formats it has, and its inner hashes are checked again from the package."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.samples import sealing
from tests.samples.forensic import EWFACQUIRE, NO_EWF, acquired, aff4, ex01, media, pcap, told
from tests.samples.sealing import NOW, Plain, agency, opens, plain_archive, sealed, trust, verified

from comity.evidence.age import AgeWriter, parse_recipient, seek_age
from comity.evidence.age.stream import CHUNK_BYTES
from comity.evidence.custody import Verdict
from comity.evidence.errors import AgePayloadError
from comity.evidence.formats import Description
from comity.evidence.keys import age_recipients
from comity.evidence.package import (
    NotAcceptedError,
    PackageReport,
    Provenance,
    layout,
    unseal,
    verify_file,
    verify_folder,
)
from comity.evidence.package.hashing import index_package
from comity.evidence.package.inventory import read_archive
from comity.evidence.package.source import Found
from comity.evidence.package.survey import Survey


def evidence(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def report_of(package: Path) -> PackageReport:
    with package.open("rb") as source:
        return verify_file(source, opens(), trust(), now=NOW, subject="package")


def tag_of(package: Path, name: str) -> bytes:
    inventory = read_archive(Plain(plain_archive(package)))
    try:
        spool = inventory.tags[name].spool
        assert spool is not None
        spool.rewind()
        return spool.file.read()
    finally:
        inventory.close()


FILES = {"disk.Ex01": ex01(media()), "phone/a.pcap": pcap([(1, b"x" * 60)]), "notes.txt": b"hello"}


def test_a_package_says_what_its_evidence_is(tmp_path: Path) -> None:
    made = sealed(tmp_path, [evidence(tmp_path / "e", FILES)])
    head, *lines = tag_of(made.path, layout.FORMATS).splitlines()
    assert msgspec.json.decode(head) == {"format": "comity-formats/1", "recognised": 2, "described": 2}
    lines_told = [msgspec.json.decode(line, type=Description) for line in lines]
    assert [(one.path, one.format) for one in lines_told] == [
        ("data/e/disk.Ex01", "ewf2"),
        ("data/e/phone/a.pcap", "pcap"),
    ]
    graph = msgspec.json.decode(tag_of(made.path, layout.DESCRIPTION))["@graph"]
    nodes = {
        node["uco-core:description"]: node
        for node in graph
        if node["@type"] == "uco-observable:File" and "uco-core:description" in node
    }
    (image,) = (node for text, node in nodes.items() if "case number: FIR 12" in text)
    assert image["uco-core:hasFacet"][-1]["uco-observable:imageType"] == "EWF2-Ex01"
    assert b"metadata/formats.jsonl" in plain_archive(made.path)


def test_found_and_acquired_are_two_acts_and_nobody_stated_an_instant(tmp_path: Path) -> None:
    source = Provenance(found_at="Pune", found_by="A. Rao", found_on=date(2026, 11, 20), tool="ewfacquire")
    made = sealed(tmp_path, [evidence(tmp_path / "e", FILES)], provenance=source)
    graph = msgspec.json.decode(tag_of(made.path, layout.DESCRIPTION))["@graph"]
    acts = {node["uco-core:name"]: node for node in graph if node["@type"].endswith("InvestigativeAction")}
    assert set(acts) == {"sealed", "found", "acquired"}
    assert acts["found"]["uco-core:description"] == "found at Pune on 2026-11-20"
    assert not {"uco-action:endTime", "uco-action:startTime", "uco-action:instrument"} & set(acts["found"])
    assert not {"uco-action:endTime", "uco-action:performer"} & set(acts["acquired"])


def test_an_image_of_another_exhibit_is_told(tmp_path: Path) -> None:
    folder = evidence(tmp_path / "e", FILES)
    number = told(FILES["disk.Ex01"], "disk.Ex01").fact("evidence number")
    assert number
    (said,) = sealed(tmp_path, [folder], provenance=Provenance(exhibits=("EX-9",))).other_numbers
    assert said == f"data/e/disk.Ex01: says that it is of evidence number {number}, and was sealed as EX-9"
    (tmp_path / "2").mkdir()
    (tmp_path / "3").mkdir()
    assert sealed(tmp_path / "2", [folder], provenance=Provenance(exhibits=(number,))).other_numbers == ()
    assert sealed(tmp_path / "3", [folder], provenance=Provenance()).other_numbers == ()


def test_evidence_of_no_known_format_leaves_no_trace_of_it(tmp_path: Path) -> None:
    made = sealed(tmp_path, [sealing.evidence(tmp_path / "e")])
    inventory = read_archive(Plain(plain_archive(made.path)))
    assert layout.FORMATS not in inventory.tags
    inventory.close()
    assert "inner-hashes" not in {check.name for check in report_of(made.path).checks}


def test_inner_hashes_are_checked_in_the_package_and_in_the_folder(tmp_path: Path) -> None:
    made = sealed(tmp_path, [evidence(tmp_path / "e", {**FILES, "i.aff4": aff4(media(20_000))})])
    report = report_of(made.path)
    assert report.verdict is Verdict.PASSED
    check = report.named("inner-hashes")
    assert check.verdict is Verdict.PASSED
    assert any("data/e/disk.Ex01" in reason and "SHA-1 of the media" in reason for reason in check.reasons)
    with made.path.open("rb") as source:
        done = unseal(source, tmp_path / "out", opens(), trust(), now=NOW, subject="package")
    again = verify_folder(done.folder, trust(), now=NOW)
    assert again.named("inner-hashes").reasons == check.reasons


def test_an_image_that_was_damaged_before_it_was_sealed_fails_and_can_be_unsealed(tmp_path: Path) -> None:
    data = bytearray(ex01(media()))
    data[3000] ^= 1
    made = sealed(tmp_path, [evidence(tmp_path / "e", {"disk.Ex01": bytes(data)})], check_inner=False)
    assert made.faults == ()
    report = report_of(made.path)
    assert report.verdict is Verdict.FAILED
    assert {check.name for check in report.checks if check.verdict is Verdict.FAILED} == {"inner-hashes"}
    assert "data/e/disk.Ex01: chunk checksums" in report.named("inner-hashes").reasons[0]
    with made.path.open("rb") as source:
        assert unseal(source, tmp_path / "out", opens(), trust(), now=NOW, subject="package").folder.is_dir()


def test_damage_that_the_sender_told_is_in_doubt_and_not_failed(tmp_path: Path) -> None:
    data = bytearray(ex01(media()))
    data[3000] ^= 1
    made = sealed(tmp_path, [evidence(tmp_path / "e", {"disk.Ex01": bytes(data)})])
    assert len(made.faults) == 3
    assert "data/e/disk.Ex01: chunk checksums" in made.faults[0]
    _, line = tag_of(made.path, layout.FORMATS).splitlines()
    assert len(msgspec.json.decode(line, type=Description).faults) == 3
    report = report_of(made.path)
    assert report.verdict is Verdict.INDETERMINATE
    assert "the sender said so" in report.named("inner-hashes").reasons[0]


@pytest.mark.skipif(EWFACQUIRE is None, reason=NO_EWF)
def test_segments_that_were_not_sealed_are_told_and_missed(tmp_path: Path) -> None:
    files = acquired(size_bytes=(2 << 20) + 1024, packing="none")
    folder = evidence(tmp_path / "e", dict(files))
    whole = sealed(tmp_path, [folder])
    assert whole.not_inside == ()
    assert report_of(whole.path).named("inner-hashes").verdict is Verdict.PASSED
    whole.path.unlink()
    part = sealed(tmp_path, [folder / "image.E01"])
    assert [Path(one).name for one in part.not_inside] == ["image.E02", "image.E03"]
    report = report_of(part.path)
    assert report.named("inner-hashes").verdict is Verdict.INDETERMINATE
    assert report.verdict is Verdict.INDETERMINATE


def test_large_images_are_read_from_any_place(tmp_path: Path) -> None:
    import random

    plain = random.Random(1).randbytes(3 << 20)
    name = "a" * 120 + ".Ex01"  # a name that needs an extended header
    folder = evidence(tmp_path / "e", {"0.bin": plain[: (1 << 20) + 7], name: ex01(plain)})
    assert report_of(sealed(tmp_path, [folder]).path).named("inner-hashes").verdict is Verdict.PASSED


def test_checksum_files_are_held_against_the_package(tmp_path: Path) -> None:
    import hashlib

    files = {"a.bin": b"data", "a.bin.md5": f"{hashlib.md5(b'data').hexdigest()}  a.bin\n".encode()}
    files["SHA256SUMS"] = f"{hashlib.sha256(b'other').hexdigest()}  a.bin\n".encode()
    made = sealed(tmp_path, [evidence(tmp_path / "e", files)], check_inner=False)
    check = report_of(made.path).named("inner-hashes")
    assert check.verdict is Verdict.FAILED
    assert len(check.reasons) == 1
    assert "SHA256SUMS" in check.reasons[0]


def test_a_stale_list_among_what_was_found_is_told_and_no_fault(tmp_path: Path) -> None:
    import hashlib

    files = {"disk/home/a.bin": b"data", "disk/home/SUMS": f"{hashlib.md5(b'old').hexdigest()}  a.bin\n".encode()}
    made = sealed(tmp_path, [evidence(tmp_path / "e", files)])
    check = report_of(made.path).named("inner-hashes")
    assert check.verdict is Verdict.PASSED
    assert "a list that was found" in check.reasons[0]


def rewritten(package: Path, change: Any) -> bytes:
    """The archive with another list of formats, its own digests left as they were."""
    archive = plain_archive(package)
    before = tag_of(package, layout.FORMATS)
    after = change(before)
    assert len(after) == len(before)
    return archive.replace(before, after)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.replace(b"comity-formats/1", b"comity-formats/9"),
        lambda data: data.replace(b'"described":2', b'"described":1'),
        lambda data: data.replace(b'"described":2', b'"described":9'),
        lambda data: data.replace(b'"family"', b'"fam\xffly"'),
    ],
)
def test_a_list_of_formats_that_cannot_be_read_fails(change: Any, tmp_path: Path) -> None:
    made = sealed(tmp_path, [evidence(tmp_path / "e", FILES)])
    report = verified(rewritten(made.path, change))
    assert report.named("inner-hashes").verdict is Verdict.FAILED
    assert report.named("tags-sha256").verdict is Verdict.FAILED


def encrypted(archive: bytes, path: Path) -> Path:
    (key, _) = age_recipients(agency("bonn.example").identity.public)
    out = io.BytesIO()
    writer = AgeWriter(out, [parse_recipient(key)], __import__("os").urandom)
    from comity.evidence.age.stream import SLAB_BYTES

    for at in range(0, len(archive), SLAB_BYTES):
        writer.write_slab(memoryview(archive[at : at + SLAB_BYTES]), last=at + SLAB_BYTES >= len(archive))
    path.write_bytes(out.getvalue())
    return path


@pytest.mark.parametrize(
    ("old", "new", "verdict", "word"),
    [
        (b'"path":"data/e/disk.Ex01"', b'"path":"data/e/disk.Ex09"', Verdict.FAILED, "is not there"),
        (b'"path":"data/e/disk.Ex01"', b'"path":"data/e/notes.txt"', Verdict.INDETERMINATE, "not seen to be one"),
    ],
)
def test_a_list_of_formats_that_lies_is_found(
    old: bytes, new: bytes, verdict: Verdict, word: str, tmp_path: Path
) -> None:
    made = sealed(tmp_path, [evidence(tmp_path / "e", FILES)])
    archive = rewritten(made.path, lambda data: data.replace(old, new))
    check = report_of(encrypted(archive, tmp_path / "x.age")).named("inner-hashes")
    assert check.verdict is verdict
    assert word in check.reasons[0]


def test_armour_and_pipes_cannot_be_read_again(tmp_path: Path) -> None:
    import base64

    made = sealed(tmp_path, [evidence(tmp_path / "e", FILES)])
    text = base64.b64encode(made.path.read_bytes()).decode()
    lines = "\n".join(text[at : at + 64] for at in range(0, len(text), 64))
    armoured = tmp_path / "armoured.age"
    armoured.write_text(f"-----BEGIN AGE ENCRYPTED FILE-----\n{lines}\n-----END AGE ENCRYPTED FILE-----\n")
    check = report_of(armoured).named("inner-hashes")
    assert check.verdict is Verdict.INDETERMINATE
    assert "unseal it" in check.reasons[0]


def test_evidence_that_changes_between_two_readings_is_not_passed(tmp_path: Path) -> None:
    made = sealed(tmp_path, [evidence(tmp_path / "e", FILES)])
    data = made.path.read_bytes()

    class Swapped(io.BytesIO):
        """A file whose content is another one from the second time that its start is read."""

        def seek(self, offset: int, whence: int = 0) -> int:
            if whence == io.SEEK_END:
                middle = len(data) // 2
                position = self.tell()
                super().seek(middle)
                self.write(bytes(200))
                super().seek(position)
            return super().seek(offset, whence)

    report = verify_file(Swapped(data), opens(), trust(), now=NOW, subject="x")
    assert report.named("inner-hashes").verdict is Verdict.INDETERMINATE


def test_only_so_many_files_are_told_one_by_one(tmp_path: Path) -> None:
    image = ex01(media(1024))
    made = sealed(tmp_path, [evidence(tmp_path / "e", {f"{number:03}.Ex01": image for number in range(103)})])
    check = report_of(made.path).named("inner-hashes")
    assert len(check.reasons) == 101
    assert "103 files in all" in check.reasons[-1]


def test_a_survey_describes_what_holds_hashes_beyond_its_first_thousands(tmp_path: Path) -> None:
    from comity.evidence.package import survey as module

    folder = evidence(tmp_path, {"a.pcap": FILES["phone/a.pcap"], "b.Ex01": ex01(media(1024))})
    found = [Found(str(folder / name), f"data/{name}", "") for name in ("a.pcap", "b.Ex01")]
    taken = Survey()
    for _ in range(module.DESCRIBED_MAX + 5):
        taken.take(found[0], len(FILES["phone/a.pcap"]))
    taken.take(found[1], (folder / "b.Ex01").stat().st_size)
    spool = taken.finish()
    assert spool is not None
    head = msgspec.json.decode(next(iter(spool)))
    assert head == {
        "format": "comity-formats/1",
        "recognised": module.DESCRIBED_MAX + 6,
        "described": module.DESCRIBED_MAX + 1,
    }
    taken.close()
    spool.close()


def test_a_payload_is_read_from_any_place_and_only_if_it_is_authentic(tmp_path: Path) -> None:
    plain = bytes(range(256)) * 20_000
    path = encrypted(plain, tmp_path / "x.age")
    with path.open("rb") as source:
        window = seek_age(source, opens())
        assert window is not None
        assert window.readable()
        assert window.seekable()
        for at in (0, CHUNK_BYTES * 40 + 3, 5, len(plain) - 2, len(plain) + 10_000_000):
            window.seek(at)
            assert window.read(1000) == plain[at : at + 1000]
    data = bytearray(path.read_bytes())
    data[-100] ^= 1
    window = seek_age(io.BytesIO(bytes(data)), opens())
    assert window is not None
    window.seek(len(plain) - 2)
    with pytest.raises(AgePayloadError):
        window.read(1)
    short = io.BytesIO(path.read_bytes()[: -len(plain) - 16 * 79 - 16])
    with pytest.raises(Exception, match=r"payload|cut|altered"):
        window = seek_age(short, opens())
        assert window is not None
        window.read(1)


def test_the_digests_of_a_package_are_indexed_in_one_pass(tmp_path: Path) -> None:
    import hashlib

    made = sealed(tmp_path, [evidence(tmp_path / "e", FILES)])
    with made.path.open("rb") as source:
        index = index_package(source, opens(), trust(), frozenset({"md5"}), now=NOW, subject="x")
    (hit,) = index.find(hashlib.md5(b"hello").digest())
    assert (hit.path, hit.size_bytes, len(index)) == ("data/e/notes.txt", 5, 3)
    index.close()
    data = bytearray(made.path.read_bytes())
    data[len(data) // 2] ^= 1
    made.path.write_bytes(data)
    with made.path.open("rb") as source, pytest.raises(NotAcceptedError):
        index_package(source, opens(), trust(), frozenset({"md5"}), now=NOW, subject="x")


def test_evidence_that_vanishes_is_an_error(tmp_path: Path) -> None:
    survey = Survey()
    with pytest.raises(OSError, match="No such file"):
        survey.take(Found(str(tmp_path / "gone"), "data/gone", ""), 10)
    assert survey.finish() is None
    survey.close()


def test_a_line_that_is_too_long_is_refused(tmp_path: Path) -> None:
    from comity.evidence.package.inner import described_in
    from comity.evidence.package.spool import LINE_BYTES_MAX

    lines = iter([b'{"format":"comity-formats/1","recognised":1,"described":1}\n', b"x" * LINE_BYTES_MAX])
    with pytest.raises(ValueError, match="too long"):
        list(described_in(lambda: next(lines)))


def test_a_package_that_cannot_go_back_is_in_doubt(tmp_path: Path) -> None:
    made = sealed(tmp_path, [evidence(tmp_path / "e", FILES)])

    class Pipe(io.BytesIO):
        """A stream that refuses to go back to its start once it was read to its end."""

        def seek(self, offset: int, whence: int = 0) -> int:
            if self.tell() > 100_000:
                raise OSError("it is a pipe")
            return super().seek(offset, whence)

    report = verify_file(Pipe(made.path.read_bytes()), opens(), trust(), now=NOW, subject="x")
    assert report.named("inner-hashes").verdict is Verdict.INDETERMINATE

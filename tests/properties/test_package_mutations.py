"""Whatever is changed in a package is found and named: in the plain archive too, which who has the key can change.

``MUTATIONS`` says how many there are; `make mutations` runs 12,000, every test run some hundred.
"""

import os
import random
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from tests.samples import sealing
from tests.samples.sealing import NOW, opens, plain_archive, sealed, trust, verified

from comity.evidence.age import AgeWriter, parse_recipient
from comity.evidence.custody import Verdict
from comity.evidence.errors import AgeError
from comity.evidence.keys import age_recipients
from comity.evidence.package import layout, tar, verify_file
from comity.evidence.package.bag import manifest_line
from comity.evidence.package.report import PackageReport
from comity.evidence.package.signing import signed_text

MUTATIONS = int(os.environ.get("MUTATIONS", "600"))
TOP = "FIR-12-2026/"
Files = list[tuple[str, bytes]]


@dataclass(frozen=True)
class Original:
    age: bytes
    archive: bytes
    files: Files
    regions: list[tuple[int, int, str, str]]
    """Start, end, name, and ``header``, ``content``, ``padding`` or ``end``."""


@cache
def original(package: str = "FIR-12-2026", by: str = "pune.example") -> Original:
    folder = Path(tempfile.mkdtemp())
    made = sealed(folder, [sealing.evidence(folder / "evidence")], by=by, package=package)
    archive = plain_archive(made.path)
    regions, files = [], []
    at = 0
    while archive[at : at + 512].strip(b"\0"):
        member = tar.read_header(archive[at : at + 512])
        name = member.name.partition("/")[2]
        content = at + 512
        end = content + member.size_bytes
        after = end + tar.padding(member.size_bytes)
        regions += [(at, content, name, "header"), (content, end, name, "content"), (end, after, name, "padding")]
        files.append((name, archive[content:end]))
        at = after
    regions.append((at, len(archive), "", "end"))
    return Original(made.path.read_bytes(), archive, files, regions)


def packed(files: Files, *, top: str = TOP) -> bytes:
    """An archive of files, in our form."""
    out = b""
    for name, data in files:
        out += tar.write_header(tar.Member(top + name, len(data), int(NOW.timestamp())))
        out += data + bytes(tar.padding(len(data)))
    return out + tar.END


def relisted(files: Files) -> Files:
    """The files with lists that fit them, as whoever alters a package and knows its form would make them."""
    import hashlib

    data = dict(files)
    for name, algorithm in ((layout.MANIFEST_SHA256, "sha256"), (layout.MANIFEST_SHA512, "sha512")):
        payload = [(path, content) for path, content in files if path.startswith(layout.DATA)]
        data[name] = b"".join(manifest_line(hashlib.new(algorithm, one).digest(), path) for path, one in payload)
    for name, algorithm in ((layout.TAGS_SHA256, "sha256"), (layout.TAGS_SHA512, "sha512")):
        tags = sorted(p for p in data if not p.startswith(layout.DATA) and p not in layout.UNLISTED)
        data[name] = b"".join(manifest_line(hashlib.new(algorithm, data[path]).digest(), path) for path in tags)
    data[layout.SIGNED] = signed_text(data[layout.TAGS_SHA256], data[layout.TAGS_SHA512])
    return [(path, data.get(path, content)) for path, content in files]


def expected_checks(name: str, part: str) -> set[str]:
    """Which checks may name a change in this place; one of them must."""
    if part in ("header", "padding", "end"):
        return {"archive", "completeness", "bag"}
    if name.startswith(layout.DATA):
        return {"payload-sha256", "payload-sha512"}
    return {
        layout.MANIFEST_SHA256: {"payload-sha256", "completeness"},
        layout.MANIFEST_SHA512: {"payload-sha512", "completeness"},
        layout.TAGS_SHA256: {"tags-sha256", "completeness"},
        layout.TAGS_SHA512: {"tags-sha512", "completeness"},
        layout.SIGNED: {"signed-list"},
        layout.CMS: {"signature"},
        layout.PQ_SIGNATURE: {"post-quantum-signature"},
        layout.STAMP: {"time-stamp", "time-stamp-authority"},
    }.get(name, {"tags-sha256", "tags-sha512"})


def wanting(report: PackageReport) -> set[str]:
    return {check.name for check in report.checks if check.verdict is not Verdict.PASSED}


def assert_found(report: PackageReport, expected: set[str], what: str) -> None:
    assert report.verdict is not Verdict.PASSED, what
    assert wanting(report) & expected, f"{what}: named {wanting(report)}, not one of {expected}"


def test_the_original_passes() -> None:
    assert verified(original().archive).verdict is Verdict.PASSED
    assert verified(packed(original().files)).verdict is Verdict.PASSED
    assert relisted(original().files) == original().files


def test_single_bytes() -> None:
    base, chance = original(), random.Random(1)
    regions = [region for region in base.regions if region[1] > region[0]]
    for number in range(MUTATIONS):
        start, end, name, part = regions[number % len(regions)]
        at, bit = chance.randrange(start, end), 1 << chance.randrange(8)
        altered = bytearray(base.archive)
        altered[at] ^= bit
        report = verified(bytes(altered))
        what = f"byte {at} ({part} of {name}) xor {bit}"
        assert_found(report, expected_checks(name, part), what)
        assert report.verdict is Verdict.FAILED or name == layout.STAMP, what
        if part == "content" and name.startswith(layout.DATA):
            assert any(name in reason for reason in report.named("payload-sha512").reasons), what


@pytest.mark.parametrize("name", [layout.CMS, layout.STAMP, layout.PQ_SIGNATURE, layout.SIGNED])
def test_every_byte_of_what_is_in_no_list(name: str) -> None:
    """Nothing but its own check guards these: so each byte, or as many as there is time for."""
    base, chance = original(), random.Random(2)
    start, end = next((s, e) for s, e, n, part in base.regions if n == name and part == "content")
    places = list(range(start, end))
    for at in chance.sample(places, min(len(places), MUTATIONS // 4)):
        altered = bytearray(base.archive)
        altered[at] ^= 1 << chance.randrange(8)
        assert_found(verified(bytes(altered)), expected_checks(name, "content"), f"byte {at - start} of {name}")


def test_truncations() -> None:
    base, chance = original(), random.Random(3)
    for _ in range(MUTATIONS // 6):
        size = chance.randrange(len(base.archive))
        assert_found(verified(base.archive[:size]), {"archive"}, f"cut at {size}")
        assert verified(base.archive + bytes(chance.randrange(1, 2000))).named("archive").verdict is Verdict.FAILED


def structural(chance: random.Random) -> Iterator[tuple[str, Files, set[str]]]:
    """Changes to files as wholes: what was done, the files, and the checks of which one must name it."""
    files = original().files
    at, other = chance.randrange(len(files)), chance.randrange(len(files))
    name, _ = files[at]
    lists = {"completeness", "archive", "bag"}
    yield f"removed {name}", files[:at] + files[at + 1 :], lists | ({"time-stamp"} if name == layout.STAMP else set())
    yield f"twice {name}", [*files[:at], files[at], *files[at:]], lists
    if at != other:
        swapped = list(files)
        swapped[at], swapped[other] = swapped[other], swapped[at]
        yield f"swapped {name} and {files[other][0]}", swapped, lists
    yield f"renamed {name}", [(one + "x" if one == name else one, two) for one, two in files], lists
    place = chance.choice(["data/phone/new", "metadata/new.json", "new.txt", "signatures/new", "data/PHONE/x", "a/b"])
    yield f"added {place}", [*files[:2], (place, b"new"), *files[2:]], lists
    changed = [(one, two + b"x" if one == name else two) for one, two in files]
    yield f"grown {name}", changed, expected_checks(name, "content")
    if name.startswith(layout.DATA):
        yield f"relisted {name}", relisted(changed), {"signature", "post-quantum-signature", "evidence-manifest"}
        removed = relisted(files[:at] + files[at + 1 :])
        yield f"relisted without {name}", removed, {"signature", "post-quantum-signature"}


def test_files_as_wholes() -> None:
    chance = random.Random(4)
    done = 0
    while done < MUTATIONS // 3:
        for what, files, expected in structural(chance):
            assert_found(verified(packed(files)), expected, what)
            done += 1


def with_from(other: Original, *names: str) -> Files:
    """The original with some files of another package."""
    theirs = dict(other.files)
    return [(name, theirs[name] if name in names else data) for name, data in original().files]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ((layout.CMS,), "signature"),
        ((layout.PQ_SIGNATURE,), "post-quantum-signature"),
        ((layout.STAMP,), "time-stamp"),
        ((layout.CMS, layout.STAMP), "signature"),
        ((layout.SIGNED, layout.CMS, layout.PQ_SIGNATURE, layout.STAMP), "signed-list"),
        ((layout.EVIDENCE,), "tags-sha512"),
        ((layout.LIMITATIONS,), "tags-sha512"),
    ],
)
def test_parts_of_another_package_of_the_same_sender(names: tuple[str, ...], expected: str) -> None:
    report = verified(packed(with_from(original("OTHER-13-2026"), *names)))
    assert report.verdict is Verdict.FAILED
    assert report.named(expected).verdict is Verdict.FAILED


def test_sealed_anew_by_another() -> None:
    """Whoever has a key of their own can seal anything: but not as the sender that one knows."""
    forged = original(by="mallory.example")
    assert_found(verified(forged.archive), {"certificate"}, "by another")
    folder = Path(tempfile.mkdtemp())
    bundle = sealing.agency("pune.example").identity.bundle
    made = sealed(folder, [sealing.evidence(folder / "e")], by="mallory.example", identity_bundle=bundle)
    report = verified(plain_archive(made.path))
    assert report.named("sender").verdict is Verdict.FAILED


def test_stripped_stamp_cannot_be_told() -> None:
    report = verified(packed([one for one in original().files if one[0] != layout.STAMP]))
    assert report.verdict is Verdict.INDETERMINATE
    assert "somebody took it out" in report.named("time-stamp").reasons[0]


def in_another_folder() -> bytes:
    return packed(original().files, top="OTHER/")


def test_other_folder() -> None:
    assert verified(in_another_folder()).named("evidence-manifest").verdict is Verdict.FAILED


def check_encrypted(data: bytes) -> PackageReport | None:
    """The verification of a package file; None where it does not open."""
    import io

    try:
        return verify_file(io.BytesIO(data), opens(), trust(), now=NOW, subject="package")
    except AgeError:
        return None


def chunk_changes(chance: random.Random, data: bytes, payload: int) -> Iterator[bytes]:
    at = chance.randrange(len(data))
    yield data[:at] + bytes((data[at] ^ 1 << chance.randrange(8),)) + data[at + 1 :]
    yield data[: chance.randrange(len(data))]
    yield data + os.urandom(chance.randrange(1, 100))
    size = 65536 + 16
    first, second = data[payload : payload + size], data[payload + size : payload + 2 * size]
    yield data[:payload] + second + first + data[payload + 2 * size :]
    yield data[:payload] + first + data[payload:]
    yield data[:payload] + second + data[payload + 2 * size :]


def test_the_encrypted_file() -> None:
    base, chance = large(), random.Random(5)
    payload = base.index(b"\n--- ") + 5 + 43 + 1 + 16
    done = 0
    assert check_encrypted(base) is not None
    while done < MUTATIONS // 10:
        for data in chunk_changes(chance, base, payload):
            report = check_encrypted(data)
            assert report is None or report.named("encryption").verdict is Verdict.FAILED
            done += 1


@cache
def large() -> bytes:
    """A package of some chunks."""
    folder = Path(tempfile.mkdtemp())
    (folder / "image.bin").write_bytes(random.Random(6).randbytes(200_000))
    return sealed(folder, [folder / "image.bin"]).path.read_bytes()


def encrypted(archive: bytes) -> bytes:
    import io

    target = io.BytesIO()
    key, _ = age_recipients(sealing.agency("bonn.example").identity.public)
    AgeWriter(target, [parse_recipient(key)], os.urandom).write_slab(memoryview(archive), last=True)
    return target.getvalue()


def test_encrypted_anew() -> None:
    """The recipient can take the envelope off and put another on: the seal inside still holds."""
    report = check_encrypted(encrypted(original().archive))
    assert report is not None
    assert report.verdict is Verdict.PASSED

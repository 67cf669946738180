"""An export of the trail: whatever is altered, left out, moved, repeated or added is found and named."""

import io
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.evidence.custody import (
    Checkpoint,
    CheckReport,
    Frontier,
    NoteKeyKind,
    NoteSigner,
    Verdict,
    leaf_hash,
    sign_checkpoint,
)
from comity.node.audit.export import CHECKPOINT, ENTRIES, LEAVES, stream_export
from comity.node.audit.record import Record, encode_record
from comity.node.audit.verify import verify_export
from comity.node.errors import InvalidError

LOG = "agency.example/audit"
NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
SIGNER = NoteSigner(
    name=LOG, kind=NoteKeyKind.ED25519_COSIGNATURE, private_key=Ed25519PrivateKey.from_private_bytes(bytes(32))
)


def entry(number: int) -> bytes:
    return encode_record(
        Record(
            log=LOG,
            number=number,
            at=NOW + timedelta(seconds=number),
            actor="asha",
            act="case.read",
            facts={"step": number},
            nonce=f"{number:032x}",
        )
    )


def head(bodies: list[bytes], size: int) -> bytes:
    tree = Frontier(0, lambda place: b"")
    for body in bodies[:size]:
        tree.append(leaf_hash(body))
    return sign_checkpoint(Checkpoint(origin=LOG, size=size, root_hash=tree.root()), [SIGNER], at=NOW)


def write(path: Path, bodies: list[bytes], earlier: tuple[int, ...] = ()) -> Path:
    pieces = stream_export(
        log=LOG,
        size=len(bodies),
        bodies=bodies,
        leaves=[leaf_hash(body) for body in bodies],
        checkpoint=head(bodies, len(bodies)),
        earlier=[(size, head(bodies, size)) for size in earlier],
        keys=[SIGNER.key.vkey],
        file=path.name,
    )
    path.write_bytes(b"".join(pieces))
    return path


def rewrite(path: Path, changes: dict[str, bytes]) -> Path:
    """The same file with other parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, changes.get(name, old.read(name)))
    path.write_bytes(out.getvalue())
    return path


def parts(path: Path) -> tuple[list[bytes], bytes]:
    with zipfile.ZipFile(path) as archive:
        return archive.read(ENTRIES).splitlines(), archive.read(LEAVES)


def check(path: Path) -> CheckReport:
    return verify_export(path, [SIGNER.key])


def named(report: CheckReport) -> set[tuple[str, int]]:
    assert report.verdict is Verdict.FAILED
    return {(finding.code, finding.number) for finding in report.findings}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("trail")


SIZES = st.integers(1, 40)


@given(size=SIZES, data=st.data())
@settings(max_examples=40, deadline=None)
def test_what_was_entered_passes(folder: Path, size: int, data: st.DataObject) -> None:
    earlier = data.draw(st.sets(st.integers(1, size), max_size=4))
    report = check(write(folder / "whole.zip", [entry(one) for one in range(size)], tuple(sorted(earlier - {size}))))
    assert (report.verdict, report.findings, report.size) == (Verdict.PASSED, (), size)
    assert report.signed_by


@given(size=SIZES, data=st.data())
@settings(max_examples=60, deadline=None)
def test_an_altered_byte_is_found_and_its_entry_named(folder: Path, size: int, data: st.DataObject) -> None:
    path = write(folder / "altered.zip", [entry(one) for one in range(size)])
    lines, _ = parts(path)
    number = data.draw(st.integers(0, size - 1))
    at = data.draw(st.integers(0, len(lines[number]) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda one: one not in {10, lines[number][at]}))
    lines[number] = lines[number][:at] + bytes([byte]) + lines[number][at + 1 :]
    report = check(rewrite(path, {ENTRIES: b"\n".join(lines) + b"\n"}))
    assert named(report) == {("entry-altered", number)}


@given(size=st.integers(2, 40), data=st.data())
@settings(max_examples=60, deadline=None)
def test_missing_entries_are_named(folder: Path, size: int, data: st.DataObject) -> None:
    path = write(folder / "missing.zip", [entry(one) for one in range(size)])
    lines, _ = parts(path)
    first = data.draw(st.integers(0, size - 1))
    count = data.draw(st.integers(1, size - first))
    report = check(rewrite(path, {ENTRIES: b"".join(one + b"\n" for one in lines[:first] + lines[first + count :])}))
    assert named(report) == {("log-cut" if first + count == size else "entry-missing", first)}


@given(size=st.integers(2, 40), data=st.data())
@settings(max_examples=60, deadline=None)
def test_moved_and_repeated_entries_are_named(folder: Path, size: int, data: st.DataObject) -> None:
    path = write(folder / "moved.zip", [entry(one) for one in range(size)])
    lines, _ = parts(path)
    number = data.draw(st.integers(0, size - 2))
    moved = [*lines[:number], *lines[number + 1 :], lines[number]]
    assert ("entry-moved", number) in named(check(rewrite(path, {ENTRIES: b"".join(one + b"\n" for one in moved)})))
    path = write(folder / "repeated.zip", [entry(one) for one in range(size)])
    twice = [*lines[:number], lines[number], *lines[number:]]
    assert ("entry-repeated", number) in named(check(rewrite(path, {ENTRIES: b"".join(one + b"\n" for one in twice)})))


@given(size=st.integers(2, 40), data=st.data())
@settings(max_examples=40, deadline=None)
def test_who_also_changes_the_hashes_is_found(folder: Path, size: int, data: st.DataObject) -> None:
    bodies = [entry(one) for one in range(size)]
    kept = data.draw(st.integers(1, size - 1))
    path = write(folder / "both.zip", bodies, (kept,))
    number = data.draw(st.integers(0, size - 1))
    forged = list(bodies)
    forged[number] = forged[number].replace(b"asha", b"uma0")
    report = check(
        rewrite(
            path,
            {
                ENTRIES: b"".join(body + b"\n" for body in forged),
                LEAVES: b"".join(leaf_hash(body).hex().encode() + b"\n" for body in forged),
            },
        )
    )
    codes = {finding.code for finding in report.findings}
    assert {"hashes-altered", "entry-altered"} <= codes
    assert ("history-rewritten" in codes) == (number < kept)
    assert report.verdict is Verdict.FAILED


@given(cut=st.integers(1, 19), data=st.data())
@settings(max_examples=20, deadline=None)
def test_a_whole_shorter_trail_is_found_by_a_kept_checkpoint(folder: Path, cut: int, data: st.DataObject) -> None:
    bodies = [entry(one) for one in range(20)]
    kept = head(bodies, 20)
    report = verify_export(write(folder / "short.zip", bodies[:cut]), [SIGNER.key], kept=[kept])
    assert named(report) == {("log-cut", cut)}
    other = [*bodies[: cut - 1], entry(cut - 1).replace(b"asha", b"uma0"), *bodies[cut:]]
    found = verify_export(write(folder / "other.zip", other), [SIGNER.key], kept=[head(bodies, cut)])
    assert ("history-rewritten", 0) in named(found)


def test_a_signature_by_another_key_or_none_is_told(folder: Path) -> None:
    bodies = [entry(one) for one in range(5)]
    path = write(folder / "key.zip", bodies)
    report = verify_export(path, [])
    assert (report.verdict, report.findings[0].code) == (Verdict.INDETERMINATE, "signer-unknown")
    note = head(bodies, 5)
    broken = note[:-6] + (b"AAAA" if note[-6:-2] != b"AAAA" else b"BBBB") + note[-2:]
    report = check(rewrite(path, {CHECKPOINT: broken}))
    assert ("signature-wrong", -1) in named(report)


def test_entries_after_the_head_prove_nothing(folder: Path) -> None:
    path = write(folder / "more.zip", [entry(one) for one in range(5)])
    lines, _ = parts(path)
    report = check(rewrite(path, {ENTRIES: b"".join(one + b"\n" for one in [*lines, entry(5)])}))
    assert (report.verdict, report.findings[0].code) == (Verdict.INDETERMINATE, "entry-unproven")


@given(st.binary(max_size=200))
@settings(max_examples=30, deadline=None)
def test_what_is_no_export_is_refused(folder: Path, data: bytes) -> None:
    path = folder / "none.zip"
    path.write_bytes(data)
    with pytest.raises(InvalidError, match="not a whole export"):
        check(path)
    whole = write(folder / "half.zip", [entry(one) for one in range(5)]).read_bytes()
    path.write_bytes(whole[: len(whole) // 2] + data)
    with pytest.raises(InvalidError):
        check(path)


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_a_broken_file_never_breaks_the_check(folder: Path, data: st.DataObject) -> None:
    bodies = [entry(one) for one in range(12)]
    path = write(folder / "broken.zip", bodies, (5,))
    whole = path.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    count = data.draw(st.integers(1, 8))
    path.write_bytes(whole[:at] + data.draw(st.binary(min_size=count, max_size=count)) + whole[at + count :])
    try:
        report = check(path)
    except InvalidError:
        return
    if report.verdict is Verdict.PASSED:
        assert parts(path)[0] == bodies


def test_a_head_of_a_size_that_nobody_has_is_refused(folder: Path) -> None:
    path = write(folder / "huge.zip", [entry(one) for one in range(5)])
    note = sign_checkpoint(Checkpoint(origin=LOG, size=2**52, root_hash=bytes(32)), [SIGNER], at=NOW)
    with pytest.raises(InvalidError, match="at most"):
        check(rewrite(path, {CHECKPOINT: note}))

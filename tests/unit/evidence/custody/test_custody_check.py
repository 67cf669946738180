"""Checking a whole log: whatever its keeper, or somebody with his disk, did to it is found and named."""

import contextlib
import dataclasses
import shutil
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from tests.samples.custody import (
    DESAI,
    ORIGIN,
    OTHER,
    OTHER_SIGNER,
    RAO,
    SIGNER,
    SIGNER_PQ,
    WEBER,
    WITNESS,
    WITNESS_PQ,
    at,
    digest,
    draft,
    ed25519,
    lines_of,
    new_log,
    nonces,
    rewrite,
)

from comity.evidence.custody import (
    Act,
    Binding,
    Entry,
    Verdict,
    bind,
    check_extract,
    check_log,
    encode_entry,
    extract,
    open_log,
    parse_note,
    sign_checkpoint,
    vouch,
)
from comity.evidence.custody.checkpoint import Checkpoint
from comity.evidence.custody.cosignature import add_signatures
from comity.evidence.custody.index import ItemIndex
from comity.evidence.custody.report import CheckReport
from comity.evidence.custody.tree import leaf_hash
from comity.evidence.custody.vouched import Vouched, check_roots
from comity.evidence.errors import LogDamagedError

KEYS = (SIGNER.key, SIGNER_PQ.key, WITNESS.key, WITNESS_PQ.key)
SIZE = 12


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A log of twelve entries, signed at eight and at twelve; a witness cosigned the first."""
    log = new_log(tmp_path / "log", *(draft(items=(f"EX-{n}",), at=at(10 * n)) for n in range(8)))
    log.sign([SIGNER, SIGNER_PQ], at=at(75))
    log.accept(sign_checkpoint(log.head(), [WITNESS], at=at(76)), [WITNESS.key])
    for number in range(8, SIZE):
        log.append(
            [draft(Act.EXAMINED, items=(f"EX-{number - 8}",), at=at(10 * number))],
            recorded_at=at(10 * number),
            random_bytes=nonces,
        )
    log.sign([SIGNER], at=at(115))
    log.close()
    return tmp_path / "log"


def check(folder: Path, keys: tuple[object, ...] = KEYS, **other: object) -> CheckReport:
    return check_log(folder, keys=keys, now=at(1000), **other)  # type: ignore[arg-type]


def codes(report: CheckReport) -> set[tuple[str, int]]:
    return {(finding.code, finding.number) for finding in report.findings}


def relinked(lines: list[bytes]) -> list[bytes]:
    """Entries numbered and linked again, as a keeper would who changes the past."""
    made: list[bytes] = []
    for number, line in enumerate(lines):
        entry = msgspec.json.decode(line, type=Entry)
        previous = leaf_hash(made[-1]).hex() if made else ""
        made.append(encode_entry(msgspec.structs.replace(entry, number=number, previous=previous)))
    return made


def edited(line: bytes, **changes: object) -> bytes:
    return encode_entry(msgspec.structs.replace(msgspec.json.decode(line, type=Entry), **changes))


def test_a_whole_log_passes(folder: Path) -> None:
    report = check(folder)
    assert (report.verdict, report.findings, report.size, report.checkpoints_checked) == (Verdict.PASSED, (), SIZE, 2)
    assert report.signed_by == (f"{SIGNER.name} (ed25519)",)
    assert report.root_hash == open_log(folder).head().root_hash.hex()


def test_nothing_is_proven_without_keys(folder: Path) -> None:
    report = check(folder, ())
    assert report.verdict is Verdict.INDETERMINATE
    assert {finding.code for finding in report.findings} == {"signer-unknown", "tail-unsigned"}


def test_what_is_not_signed_yet(folder: Path) -> None:
    open_log(folder).append([draft(items=("N",), at=at(120))], recorded_at=at(120), random_bytes=nonces)
    report = check(folder)
    assert report.verdict is Verdict.INDETERMINATE
    assert codes(report) == {("tail-unsigned", SIZE)}
    open_log(folder).append([draft(items=("M",), at=at(120))], recorded_at=at(120), random_bytes=nonces)
    assert "entries 12 to 13 are" in check(folder).findings[0].message


# What somebody does to the file alone, without a key and without making the other files fit.


@pytest.mark.parametrize(
    ("change", "code", "number"),
    [
        (lambda lines: lines[:4] + lines[5:], "entry-missing", 4),
        (lambda lines: lines[:4] + lines[7:], "entry-missing", 4),
        (lambda lines: lines[1:], "entry-missing", 0),
        (lambda lines: lines[:-1], "entry-missing", 11),
        (lambda lines: [*lines[:4], lines[5], lines[4], *lines[6:]], "entry-reordered", 5),
        (lambda lines: [*lines[1:], lines[0]], "entry-reordered", 0),
        (lambda lines: [*lines[:5], lines[4], *lines[5:]], "entry-duplicated", 4),
        (lambda lines: [*lines, lines[0]], "entry-duplicated", 0),
        (lambda lines: [*lines[:4], lines[4].replace(b"Pune", b"Goa!"), *lines[5:]], "entry-altered", 4),
        (lambda lines: [*lines[:4], b"garbage", *lines[5:]], "entry-altered", 4),
        (lambda lines: [*lines[:4], edited(lines[4], recorded_at=at(0)), *lines[5:]], "entry-altered", 4),
        (lambda lines: [edited(lines[0], previous=digest("x")), *lines[1:]], "entry-altered", 0),
        (lambda lines: [*lines[:4], edited(lines[4], place="Goa", number=4), *lines[4:]], "entry-added", 4),
    ],
)
@pytest.mark.parametrize("derived", ["kept", "gone"])
def test_the_file_was_changed(
    folder: Path, change: Callable[[list[bytes]], list[bytes]], code: str, number: int, derived: str
) -> None:
    lines = lines_of(folder)
    (folder / "entries.jsonl").write_bytes(b"".join(line + b"\n" for line in change(lines)))
    if derived == "gone":
        (folder / "hashes").unlink()
        if code == "entry-added":
            code = "entry-duplicated"  # without the tree's row only the number tells
    report = check(folder)
    assert report.verdict is Verdict.FAILED
    assert (code, number) in codes(report)


# What the keeper does, who can make every file of the log fit, and has its key but not the witness's.


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: [*lines[:3], edited(lines[3], reason="another"), *lines[4:]],
        lambda lines: lines[:3] + lines[4:],
        lambda lines: [*lines[:3], lines[4], lines[3], *lines[5:]],
        lambda lines: [*lines[:3], edited(lines[3], nonce="00" * 16), *lines[3:]],
    ],
)
@pytest.mark.parametrize("signs_again", [False, True])
def test_the_past_was_rewritten(
    folder: Path, change: Callable[[list[bytes]], list[bytes]], signs_again: bool, tmp_path: Path
) -> None:
    shutil.copy(folder / "checkpoints" / "0000000000000008.note", tmp_path / "witness.note")
    rewrite(folder, relinked(change(lines_of(folder))))
    kept = [("witness.note", (tmp_path / "witness.note").read_bytes())]
    if signs_again:  # with all checkpoints made anew, only what the witness kept tells
        shutil.rmtree(folder / "checkpoints")
        open_log(folder).sign([SIGNER, SIGNER_PQ], at=at(200))
        assert ("history-rewritten", 0) not in codes(check(folder))
    report = check(folder, kept=kept)
    assert report.verdict is Verdict.FAILED
    assert ("history-rewritten", 0) in codes(report)


def test_the_end_was_cut_off(folder: Path) -> None:
    rewrite(folder, lines_of(folder)[:-2])
    report = check(folder)
    assert ("entries-cut-off", 10) in codes(report)
    assert ("entry-missing", 10) in codes(report)


def test_rewritten_after_the_first_checkpoint(folder: Path) -> None:
    lines = lines_of(folder)
    rewrite(folder, relinked([*lines[:9], edited(lines[9], place="Goa"), *lines[10:]]))
    assert ("history-rewritten", 8) in codes(check(folder))


@pytest.mark.parametrize(
    ("roots", "signed", "words"),
    [
        ({1: b"a"}, [(1, b"a"), (1, b"b")], "two histories of as many entries were signed"),
        ({0: b"a"}, [(0, b"b")], "a log without entries has another root"),
        ({1: b"a", 2: b"b"}, [(1, b"a"), (2, b"c")], ": entry 1 was changed"),
        ({1: b"a", 3: b"b"}, [(1, b"a"), (3, b"c")], ": something among entries 1 to 2 was changed"),
    ],
)
def test_where_the_past_was_rewritten(roots: dict[int, bytes], signed: list[tuple[int, bytes]], words: str) -> None:
    notes = [
        Vouched(name="n", checkpoint=Checkpoint(origin="o", size=size, root_hash=root), signatures=())
        for size, root in signed
    ]
    (finding,) = check_roots(notes, roots)
    assert finding.code == "history-rewritten"
    assert words in finding.message


def test_a_back_dated_entry(folder: Path) -> None:
    """The log signed at minute 75 that it had eight entries; the ninth says minute 20."""
    lines = lines_of(folder)[:8]
    late = edited(lines[7], items=draft(items=("LATE",)).items, recorded_at=at(20), at=at(20), number=8)
    rewrite(folder, relinked([*lines, late]))
    (folder / "checkpoints" / "0000000000000012.note").unlink()
    open_log(folder).sign([SIGNER], at=at(210))
    assert ("entry-back-dated", 8) in codes(check(folder))


def test_a_post_dated_entry(folder: Path) -> None:
    lines = lines_of(folder)[:8]
    changed = [*lines[:7], edited(lines[7], recorded_at=at(300))]
    rewrite(folder, relinked(changed))
    shutil.rmtree(folder / "checkpoints")
    open_log(folder).sign([SIGNER_PQ], at=at(301))
    note = sign_checkpoint(open_log(folder).head(), [WITNESS], at=at(100))
    assert ("entry-post-dated", 7) in codes(check(folder, kept=[("w", note)]))


def test_times_still_to_come(folder: Path) -> None:
    """Nothing but the clock here speaks against them: one of the two is wrong."""
    report = check_log(folder, keys=KEYS, now=at(60))
    early = {one for one in report.findings if one.code in {"entry-in-future", "signature-in-future"}}
    assert {one.code for one in early} == {"entry-in-future", "signature-in-future"}
    assert all("a clock is wrong, its own or that here" in one.message for one in early)
    assert report.verdict is Verdict.INDETERMINATE


def test_a_clock_here_that_is_slow_by_minutes_changes_nothing(tmp_path: Path) -> None:
    log = new_log(tmp_path / "log", draft(), recorded_at=at(0))
    log.sign([SIGNER_PQ], at=at(0))
    proof = extract(log, ["EX-1"])
    for minutes, verdict in ((0, "passed"), (-2, "passed"), (-4.9, "passed"), (-5.1, "indeterminate")):
        assert check_log(tmp_path / "log", keys=KEYS, now=at(minutes)).verdict == verdict
        assert check_extract(proof, KEYS, now=at(minutes)).verdict == verdict


def test_rules_that_were_broken(folder: Path) -> None:
    lines = lines_of(folder)
    stolen = edited(lines[8], by=DESAI, at=at(500), log="elsewhere")
    rewrite(folder, relinked([*lines[:8], stolen, *lines[9:]]))
    found = {code for code, number in codes(check(folder)) if number == 8}
    assert {"not-the-holder", "act-in-future", "entry-foreign"} <= found


def test_damaged_checkpoints(folder: Path) -> None:
    path = folder / "checkpoints" / "0000000000000008.note"
    whole = path.read_bytes()
    path.write_bytes(b"not a note")
    assert "checkpoint-unreadable" in {f.code for f in check(folder).findings}
    other = sign_checkpoint(open_log(folder).head(3), [OTHER_SIGNER], at=at(80)).replace(SIGNER.name.encode(), b"x")
    assert other
    path.write_bytes(whole.replace(b"\n8\n", b"\n7\n"))
    assert "signature-wrong" in {f.code for f in check(folder).findings}


def test_a_checkpoint_of_another_log(folder: Path, tmp_path: Path) -> None:
    other = new_log(tmp_path / "other", draft(), origin=OTHER)
    note = other.sign([OTHER_SIGNER], at=at(1))
    report = check(folder, (*KEYS, OTHER_SIGNER.key), kept=[("theirs", note)])
    assert "checkpoint-foreign" in {f.code for f in report.findings}


def test_whoever_is_not_known_counts_for_nothing(folder: Path) -> None:
    report = check(folder, (SIGNER.key,))
    assert report.verdict is Verdict.PASSED
    assert {f.code for f in report.findings} == {"signer-unknown"}
    only = check(folder, (WITNESS.key,))
    assert "log-signature-missing" in {f.code for f in only.findings}


def test_witnesses_who_ought_to_have_signed(folder: Path) -> None:
    assert "cosignature-missing" in {f.code for f in check(folder, witnesses=(WITNESS.name,)).findings}
    log = open_log(folder)
    log.accept(sign_checkpoint(log.head(), [WITNESS_PQ], at=at(116)), [WITNESS_PQ.key])
    assert check(folder, witnesses=(WITNESS.name,)).verdict is Verdict.PASSED
    assert "cosignature-missing" in {f.code for f in check(folder, (), witnesses=("w",)).findings}


def test_heads(folder: Path) -> None:
    head = (folder / "head.json").read_bytes()
    (folder / "head.json").write_bytes(b"x")
    assert "head-damaged" in {f.code for f in check(folder).findings}
    (folder / "head.json").write_bytes(head)
    with (folder / "entries.jsonl").open("ab") as file:
        file.write(b'{"torn')
    report = check(folder)
    assert (report.verdict, {f.code for f in report.findings}) == (Verdict.INDETERMINATE, {"tail-uncommitted"})
    other = msgspec.json.decode(head)
    other["root_hash"] = digest("x")
    (folder / "head.json").write_bytes(msgspec.json.encode(other))
    assert "head-differs" in {f.code for f in check(folder).findings}


def test_a_head_that_says_of_more_bytes_than_there_are(folder: Path) -> None:
    head = msgspec.json.decode((folder / "head.json").read_bytes())
    head["entries_bytes"] += 1000
    (folder / "head.json").write_bytes(msgspec.json.encode(head))
    report = check(folder)
    assert {f.code for f in report.findings} == {"head-differs"}
    assert report.verdict is Verdict.FAILED


def test_a_row_that_is_damaged_alone_is_a_notice(folder: Path) -> None:
    row = bytearray((folder / "hashes").read_bytes())
    row[0] ^= 1
    (folder / "hashes").write_bytes(row)
    report = check(folder)
    assert (report.verdict, [f.code for f in report.findings]) == (Verdict.PASSED, ["row-damaged"])


def test_neither_entries_nor_log(folder: Path, tmp_path: Path) -> None:
    (folder / "entries.jsonl").unlink()
    assert ("entry-missing", 0) in codes(check(folder))
    with pytest.raises(LogDamagedError):
        check(tmp_path)


def test_too_many_findings_are_cut_short(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import comity.evidence.custody.check as module

    monkeypatch.setattr(module, "FINDINGS_MAX", 1)
    (folder / "entries.jsonl").write_bytes(b"")
    report = check(folder)
    assert report.findings[-1].code == "more-findings"
    assert report.verdict is Verdict.FAILED
    rewrite(folder, [])
    shutil.rmtree(folder / "checkpoints")
    assert check(folder).findings == ()


def test_bindings(folder: Path, tmp_path: Path) -> None:
    sender = new_log(tmp_path / "sender", draft(Act.COLLECTED, ("PKG",), by=WEBER), origin=OTHER)
    note = sender.sign([OTHER_SIGNER], at=at(1))
    tie = bind(extract(sender, ["PKG"]))
    received = draft(Act.RECEIVED, ("PKG",), given_by=WEBER, by=RAO, binding=tie, at=at(120))
    log = open_log(folder)
    log.append([received], recorded_at=at(120), random_bytes=nonces)
    log.sign([SIGNER], at=at(121))
    assert codes(check(folder)) == {("binding-unvouched", SIZE)}
    vouch(folder, note, [WITNESS], at=at(122), keys=[OTHER_SIGNER.key])
    assert check(folder).verdict is Verdict.PASSED
    (seen,) = (folder / "seen").glob("*/*.note")
    other = new_log(tmp_path / "rewritten", draft(Act.COLLECTED, ("OTHER",)), origin=OTHER)
    seen.write_bytes(other.sign([OTHER_SIGNER], at=at(1)))
    assert codes(check(folder)) == {("chain-broken", SIZE)}
    seen.write_bytes(b"x")
    assert "checkpoint-unreadable" in {f.code for f in check(folder).findings}
    assert isinstance(tie, Binding)


def test_an_older_checkpoint_by_a_revoked_key_alone_leaves_nothing_open_for_good(tmp_path: Path) -> None:
    """Its owner revoked it, signed anew, and a witness cosigned that; in words that say what became of the key."""
    revoked = dataclasses.replace(SIGNER.key, ended_at=at(5), revoked_at=at(5))
    new = ed25519(ORIGIN, 77)
    log = new_log(tmp_path / "log", draft())
    log.sign([SIGNER], at=at(1))
    keys = (revoked, new.key, WITNESS.key)
    report = check_log(log.folder, keys=keys, now=at(20))
    assert (report.verdict, {f.code for f in report.findings}) == (
        Verdict.INDETERMINATE,
        {"signer-revoked", "tail-unsigned"},
    )
    log.append([draft(items=("EX-2",))], recorded_at=at(7), random_bytes=nonces)
    log.sign([new], at=at(8))
    log.accept(sign_checkpoint(log.head(), [WITNESS], at=at(9)), [WITNESS.key])
    report = check_log(log.folder, keys=keys, now=at(20))
    (said,) = report.findings
    assert (report.verdict, said.code) == (Verdict.PASSED, "signer-revoked")
    assert "revoked on 2026-11-25" in said.message
    assert "no known key" not in said.message
    both = add_signatures(parse_note(log.checkpoint() or b""), [SIGNER], at=at(10))
    (log.folder / "checkpoints" / f"{2:016d}.note").write_bytes(both)
    report = check_log(log.folder, keys=(*keys, SIGNER.key), now=at(20))
    assert (report.verdict, {f.code for f in report.findings}) == (Verdict.PASSED, {"signer-revoked"})
    assert extract(log, ["EX-1"], keys=keys).keys == (new.key.vkey, WITNESS.key.vkey)


def index_edited(folder: Path, item: str, **changes: object) -> None:
    """The index with another holding of an item, as somebody with the disk could write it."""
    index = ItemIndex(folder)
    size, root = index.covers()
    index.put({item: msgspec.structs.replace(index.get([item])[item], **changes)}, size=size, root=root)
    index.close()


def test_an_index_that_says_another_holder_is_found_and_not_believed(tmp_path: Path) -> None:
    log = new_log(tmp_path / "log", draft(), draft(items=("EX-2",)), draft(Act.EXAMINED, at=at(1)))
    log.sign([SIGNER], at=at(2))
    log.holdings(["EX-1"])
    log.close()
    true = open_log(log.folder).holdings(["EX-1"])["EX-1"]
    assert check_log(log.folder, keys=KEYS, now=at(20)).findings == ()
    index_edited(log.folder, "EX-1", holder=("FBI", "E. Vil"))
    (found,) = check_log(log.folder, keys=KEYS, now=at(20)).findings
    assert (found.code, found.item, found.verdict) == ("index-differs", "EX-1", Verdict.FAILED)
    assert "E. Vil (FBI)" in found.message
    assert open_log(log.folder).holdings(["EX-1"]) == {"EX-1": true}
    assert check_log(log.folder, keys=KEYS, now=at(20)).findings == ()
    index_edited(log.folder, "EX-1", last=99)
    assert open_log(log.folder).holdings(["EX-1"]) == {"EX-1": true}
    index_edited(log.folder, "EX-1", last=0)  # an entry that there is
    assert {f.code for f in check_log(log.folder, keys=KEYS, now=at(20)).findings} == {"index-differs"}


def test_an_index_that_lacks_or_garbles_an_item(tmp_path: Path) -> None:
    log = new_log(tmp_path / "log", draft(), draft(items=("EX-2",)))
    log.sign([SIGNER], at=at(2))
    log.holdings(["EX-1"])
    log.close()
    for statement in ("DELETE FROM item WHERE id = 'EX-2'", "INSERT INTO item VALUES ('EX-2', x'00')"):
        with contextlib.closing(sqlite3.connect(log.folder / "items.sqlite")) as db, db:
            db.execute(statement)
        (found,) = check_log(log.folder, keys=KEYS, now=at(20)).findings
        assert (found.code, found.item) == ("index-differs", "EX-2")
    (log.folder / "items.sqlite").write_bytes(b"nothing")
    (log.folder / "items.sqlite-wal").unlink(missing_ok=True)
    assert check_log(log.folder, keys=KEYS, now=at(20)).findings == ()


def test_an_act_that_was_entered_years_later_is_remarked(tmp_path: Path) -> None:
    log = new_log(tmp_path / "log", draft(at=at(0) - timedelta(days=2500)), draft(items=("EX-2",)))
    log.sign([SIGNER], at=at(2))
    (found,) = check_log(log.folder, keys=KEYS, now=at(20)).findings
    assert (found.code, found.number, found.verdict) == ("entered-late", 0, Verdict.PASSED)
    assert "2,500 days later" in found.message

"""Extracts, countersigning and the chain across a border."""

from pathlib import Path
from typing import Any

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
    new_log,
    nonces,
)

from comity.evidence.custody import (
    Act,
    Binding,
    CheckReport,
    CustodyLog,
    Draft,
    Extract,
    Item,
    Party,
    Verdict,
    bind,
    check_extract,
    check_log,
    check_receipt,
    checkpoint_of,
    countersign,
    encode_entry,
    encode_extract,
    encode_growth,
    entries_before,
    extract,
    hashes_of,
    keep_sender,
    open_log,
    parse_extract,
    parse_growth,
    proof_within,
    prove_growth,
    seen_notes,
    sign_checkpoint,
    verify_note,
    vouch,
)
from comity.evidence.custody.admit import DEFAULT_TOLERANCE
from comity.evidence.custody.extraction import ProvenEntry
from comity.evidence.errors import CustodyError, NoteError, SignerUnknownError

KEYS = (SIGNER.key, SIGNER_PQ.key, WITNESS.key, WITNESS_PQ.key)
PHONE, IMAGE = Item(id="EX-1", sha256=digest("phone")), Item(id="IMG-1", source="EX-1", sha256=digest("image"))


@pytest.fixture
def sender(tmp_path: Path) -> CustodyLog:
    """Pune's log: a phone, a copy of it and something else; then, signed again, the copy given to Berlin."""
    log = new_log(
        tmp_path / "pune",
        draft(items=(PHONE,)),
        draft(items=("EX-9",)),
        draft(Act.COPIED, (IMAGE,), at=at(1)),
    )
    log.sign([SIGNER], at=at(2))
    log.accept(sign_checkpoint(log.head(), [WITNESS], at=at(3)), [WITNESS.key])
    log.append([given()], recorded_at=at(5), random_bytes=nonces)
    log.sign([SIGNER, SIGNER_PQ], at=at(6))
    return log


def given(**other: Any) -> Draft:
    return draft(Act.TRANSFERRED, **{"items": (Item(id="IMG-1"),), "at": at(5), "given_to": WEBER, **other})


def receipt(**other: Any) -> Draft:
    item = Item(id="IMG-1", sha256=digest("image"))
    return draft(Act.RECEIVED, **{"items": (item,), "at": at(60), "by": WEBER, "given_by": RAO, **other})


def check(value: Extract, keys: Any = KEYS, **other: Any) -> CheckReport:
    return check_extract(value, keys, now=at(1000), **other)


def codes(report: CheckReport) -> set[str]:
    return {finding.code for finding in report.findings}


def test_an_extract_shows_the_items_and_what_they_were_copied_from(sender: CustodyLog) -> None:
    value = extract(sender, ["IMG-1"], keys=[SIGNER.key, WITNESS.key])
    assert value.items == ("EX-1", "IMG-1")
    assert [one.number for one in value.entries] == [0, 2, 3]
    assert [checkpoint_of(one.checkpoint.encode()).size for one in value.kept] == [3]
    assert value.keys == (SIGNER.key.vkey,)
    assert parse_extract(encode_extract(value)) == value
    report = check(value)
    assert (report.verdict, report.findings, report.entries_checked, report.checkpoints_checked) == (
        Verdict.PASSED,
        (),
        3,
        2,
    )
    assert len(report.signed_by) == 2
    assert "EX-9" not in encode_extract(value).decode()


def test_what_cannot_be_extracted(sender: CustodyLog, tmp_path: Path) -> None:
    with pytest.raises(CustodyError, match="does not know it"):
        extract(sender, ["EX-77"])
    with pytest.raises(CustodyError, match="no item was named"):
        extract(sender, [])
    with pytest.raises(CustodyError, match="sign the log first"):
        extract(new_log(tmp_path / "unsigned", draft()), ["EX-1"])
    sender.append([draft(items=("NEW",))], recorded_at=at(7), random_bytes=nonces)
    with pytest.raises(CustodyError, match="sign the log first"):
        extract(sender, ["NEW"])
    assert extract(sender, ["EX-9"]).entries[0].number == 1


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[" * 100_000, b"\xff", b'{"format":"comity-custody-extract/2"}', b"large"]
)
def test_what_is_no_extract(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    if data == b"large":
        monkeypatch.setattr("comity.evidence.custody.extraction.EXTRACT_BYTES_MAX", 4)
        monkeypatch.setattr("comity.evidence.custody.growth.GROWTH_BYTES_MAX", 4)
    with pytest.raises(NoteError):
        parse_extract(data)
    with pytest.raises(NoteError):
        parse_growth(data)


def test_only_the_canonical_form(sender: CustodyLog) -> None:
    data = encode_extract(extract(sender, ["EX-9"]))
    with pytest.raises(NoteError, match="canonical"):
        parse_extract(data + b"\n")


# A stranger's changes to an extract. The log's signature stays as it is.


def entries(value: Extract, *numbers: int) -> tuple[ProvenEntry, ...]:
    return tuple(value.entries[number] for number in numbers)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda v: {"entries": entries(v, 0, 2)}, "entry-missing"),
        (lambda v: {"entries": entries(v, 1, 2)}, "item-missing"),
        (lambda v: {"entries": entries(v, 1, 0, 2)}, "entry-reordered"),
        (lambda v: {"entries": entries(v, 0, 0, 1, 2)}, "entry-reordered"),
        (lambda v: {"entries": ()}, "item-missing"),
        (lambda v: {"items": (*v.items, "EX-9")}, "item-missing"),
        (lambda v: {"items": ("IMG-1",)}, "entry-misplaced"),
        (lambda v: {"items": ("EX-1",)}, "entry-misplaced"),
        (lambda v: {"entries": (changed(v, entry=v.entries[0].entry.replace("Pune", "Goa!")),)}, "entry-altered"),
        (lambda v: {"entries": (changed(v, entry="x"),)}, "entry-altered"),
        (lambda v: {"entries": (changed(v, number=1),)}, "entry-misplaced"),
        (lambda v: {"entries": (changed(v, proof=("zz" * 32,)),)}, "entry-altered"),
        (lambda v: {"entries": (changed(v, proof=v.entries[0].proof[1:]),)}, "entry-altered"),
        (lambda v: {"checkpoint": v.checkpoint.replace("\n4\n", "\n5\n")}, "signature-wrong"),
        (lambda v: {"kept": (msgspec.structs.replace(v.kept[0], proof=()),)}, "history-rewritten"),
        (lambda v: {"kept": (msgspec.structs.replace(v.kept[0], checkpoint="x"),)}, "checkpoint-unreadable"),
        (lambda v: {"keys": ("x",)}, "key-damaged"),
        (lambda v: {"keys": (OTHER_SIGNER.key.vkey,)}, "signature-missing"),
    ],
)
def test_changes_are_named(sender: CustodyLog, change: Any, code: str) -> None:
    value = extract(sender, ["IMG-1"], keys=[SIGNER.key])
    report = check(msgspec.structs.replace(value, **change(value)))
    assert report.verdict is Verdict.FAILED
    assert code in codes(report)


def changed(value: Extract, **facts: Any) -> ProvenEntry:
    return msgspec.structs.replace(value.entries[0], **facts)


def test_an_older_extract_is_no_lie_but_witnesses_can_be_asked_for(sender: CustodyLog) -> None:
    value = extract(sender, ["IMG-1"])
    assert codes(check(value, witnesses=[WITNESS.name])) == {"cosignature-missing"}
    assert "log-signature-missing" in codes(check(value, (WITNESS.key,)))
    assert check(value, ()).verdict is Verdict.INDETERMINATE


# Countersigning.


def test_a_witness_signs_what_grew(sender: CustodyLog) -> None:
    old, new = sign_checkpoint(sender.head(2), [SIGNER], at=at(1)), sender.checkpoint() or b""
    proof = sender.consistency_proof(2, 4)
    signed = countersign(new, [WITNESS, WITNESS_PQ], at=at(9), keys=[SIGNER.key], seen=old, proof=proof)
    assert [one.at for one in verify_note(signed, KEYS)[1]][-2:] == [at(9), at(9)]
    for seen, wrong in ((old, ()), (old, proof[:-1]), (sign_checkpoint(sender.head(4), [SIGNER], at=at(1)), proof)):
        with pytest.raises(CustodyError, match="not shown to extend"):
            countersign(new, [WITNESS], at=at(9), keys=[SIGNER.key], seen=seen, proof=wrong)
    with pytest.raises(SignerUnknownError):
        countersign(new, [WITNESS], at=at(9), keys=[OTHER_SIGNER.key])


def test_a_keeper_of_a_log_remembers_what_it_saw(sender: CustodyLog, tmp_path: Path) -> None:
    receiver = new_log(tmp_path / "berlin", draft(items=("OWN",)), origin=OTHER)
    early = sign_checkpoint(sender.head(2), [SIGNER], at=at(1))
    vouch(receiver.folder, early, [WITNESS], at=at(2), keys=[SIGNER.key])
    again = vouch(receiver.folder, early, [WITNESS_PQ], at=at(3), keys=[SIGNER.key])
    seen = seen_notes(receiver.folder, ORIGIN)
    assert len(verify_note(seen.newest() or b"", KEYS)[1]) == 3
    assert len(verify_note(again, KEYS)[1]) == 2
    growth = prove_growth(sender, 2)
    assert parse_growth(encode_growth(growth)) == growth
    note = growth.checkpoint.encode()
    with pytest.raises(CustodyError, match="not shown to extend"):
        vouch(receiver.folder, note, [WITNESS], at=at(4), keys=[SIGNER.key])
    vouch(receiver.folder, note, (), at=at(4), keys=[SIGNER.key], proof=hashes_of(growth.proof))
    assert checkpoint_of(seen.newest() or b"").size == 4
    forged = new_log(tmp_path / "forged", *(draft(items=(f"F-{n}",)) for n in range(4))).sign([SIGNER], at=at(9))
    with pytest.raises(CustodyError, match="rewritten"):  # another past of the same size, signed by the log
        vouch(receiver.folder, forged, [WITNESS], at=at(10), keys=[SIGNER.key])
    with pytest.raises(CustodyError, match="no signed checkpoint of 9"):
        prove_growth(sender, 9)
    with pytest.raises(NoteError):
        hashes_of(["xy"])


def test_an_extract_brings_its_own_proof_of_growth(sender: CustodyLog) -> None:
    value = extract(sender, ["IMG-1"])
    assert proof_within(value, sign_checkpoint(sender.head(3), [SIGNER], at=at(1))) == sender.consistency_proof(3, 4)
    assert proof_within(value, sign_checkpoint(sender.head(2), [SIGNER], at=at(1))) == ()
    assert proof_within(value, None) == ()


# The chain.


def test_the_chain_goes_on(sender: CustodyLog, tmp_path: Path) -> None:
    theirs = extract(sender, ["IMG-1"])
    receiver = new_log(tmp_path / "berlin", receipt(binding=bind(theirs)), origin=OTHER, recorded_at=at(61))
    receiver.sign([OTHER_SIGNER], at=at(62))
    ours = extract(receiver, ["IMG-1"])
    report = check(ours, (OTHER_SIGNER.key,), senders=[theirs])
    assert (report.verdict, report.findings) == (Verdict.PASSED, ())
    other = extract(sender, ["EX-9"])
    assert codes(check(ours, (OTHER_SIGNER.key,), senders=[other])) == {"chain-broken", "custody-before-elsewhere"}
    empty = msgspec.structs.replace(theirs, entries=())
    assert codes(check(ours, (OTHER_SIGNER.key,), senders=[empty])) == {"chain-broken", "custody-before-elsewhere"}
    with pytest.raises(CustodyError, match="holds no entry"):
        bind(empty)


@pytest.mark.parametrize(
    ("gave", "took", "code"),
    [
        (draft(Act.EXAMINED, (Item(id="IMG-1"),), at=at(5)), receipt(), "item-not-given"),
        (given(), receipt(by=DESAI), "not-the-addressee"),
        (given(), receipt(given_by=DESAI), "not-the-giver"),
        (given(), receipt(given_by=None), "not-the-giver"),
        (given(), receipt(at=at(0)), "act-back-dated"),
        (
            given(items=(Item(id="IMG-1", sha256=digest("image")),)),
            receipt(items=(Item(id="B-7", sha256=digest("x")),)),
            "item-digest-changed",
        ),
        (
            given(items=(Item(id="IMG-1", sha256=digest("image")), Item(id="EX-1", sha256=digest("phone")))),
            receipt(items=(Item(id="EX-1", sha256=digest("image")),)),
            "item-digest-changed",
        ),
    ],
)
def test_receipts_that_do_not_follow(tmp_path: Path, gave: Draft, took: Draft, code: str) -> None:
    log = new_log(tmp_path / "log", draft(items=(PHONE,)), draft(Act.COPIED, (IMAGE,), at=at(1)), gave)
    log.sign([SIGNER], at=at(9))
    found = list(check_receipt(took, extract(log, ["IMG-1"]), number=0, clock=DEFAULT_TOLERANCE.clock))
    assert [finding.code for finding in found] == [code]


def test_copies_of_one_source_show_it_once(tmp_path: Path) -> None:
    two = (Item(id="IMG-1", source="EX-1"), Item(id="IMG-2", source="EX-1"))
    log = new_log(tmp_path / "log", draft(items=(PHONE,)), draft(Act.COPIED, two, at=at(1)))
    log.sign([SIGNER], at=at(9))
    assert extract(log, ["IMG-1", "IMG-2"]).items == ("EX-1", "IMG-1", "IMG-2")


def test_what_was_given_without_digests(tmp_path: Path) -> None:
    log = new_log(tmp_path / "log", draft(), draft(Act.TRANSFERRED, at=at(5), given_to=WEBER))
    log.sign([SIGNER], at=at(9))
    took = receipt(items=(Item(id="EX-1", sha256=digest("x")),))
    assert not list(check_receipt(took, extract(log, ["EX-1"]), number=0, clock=DEFAULT_TOLERANCE.clock))


def test_items_may_bear_other_names_at_the_receivers(sender: CustodyLog) -> None:
    took = receipt(items=(Item(id="B-7"),))
    assert not list(check_receipt(took, extract(sender, ["IMG-1"]), number=0, clock=DEFAULT_TOLERANCE.clock))


def test_a_sender_s_last_entry_that_cannot_be_read(sender: CustodyLog) -> None:
    value = extract(sender, ["IMG-1"])
    broken = (*value.entries[:-1], msgspec.structs.replace(value.entries[-1], entry="x"))
    value = msgspec.structs.replace(value, entries=broken)
    found = list(check_receipt(receipt(), value, number=0, clock=DEFAULT_TOLERANCE.clock))
    assert [finding.code for finding in found] == ["chain-broken"]


def test_a_binding_is_over_what_was_sent(sender: CustodyLog) -> None:
    value = extract(sender, ["IMG-1"])
    tie = bind(value)
    assert isinstance(tie, Binding)
    assert (tie.log, tie.number, tie.tree_size) == (ORIGIN, 3, 4)
    assert tie.leaf_hash == sender.leaf(3).hex()
    assert encode_entry(sender.entry(3)).decode() == value.entries[-1].entry


# Two borders.


SMITH = Party(name="J. Smith", role="evidence custodian", agency="Quantico", state="US")
THIRD = "fbi.quantico.example/custody"
THIRD_SIGNER = ed25519(THIRD, 9)


def onward(sender: CustodyLog, folder: Path, *, kept: bool = True) -> tuple[Extract, Extract, Extract]:
    """Pune gives to Berlin, and Berlin to Quantico, which receives it; the extract of each."""
    theirs = extract(sender, ["IMG-1"])
    berlin = new_log(folder / "berlin", receipt(binding=bind(theirs)), origin=OTHER, recorded_at=at(61))
    if kept:
        keep_sender(folder / "berlin", bind(theirs), encode_extract(theirs))
    gave = draft(Act.TRANSFERRED, (Item(id="IMG-1"),), at=at(70), by=WEBER, given_to=SMITH)
    berlin.append([gave], recorded_at=at(71), random_bytes=nonces)
    berlin.sign([OTHER_SIGNER], at=at(72))
    middle = extract(berlin, ["IMG-1"])
    took = receipt(by=SMITH, given_by=WEBER, at=at(80), binding=bind(middle))
    fbi = new_log(folder / "fbi", took, origin=THIRD, recorded_at=at(81))
    if kept:
        keep_sender(folder / "fbi", bind(middle), encode_extract(middle))
    fbi.sign([THIRD_SIGNER], at=at(82))
    return theirs, middle, extract(fbi, ["IMG-1"])


ALL_KEYS = (*KEYS, OTHER_SIGNER.key, THIRD_SIGNER.key)


def test_custody_travels_on_over_two_borders(sender: CustodyLog, tmp_path: Path) -> None:
    theirs, middle, last = onward(sender, tmp_path)
    assert parse_extract(encode_extract(last)) == last
    assert (last.before, middle.before) == ((middle,), (theirs,))
    assert last.logs == (THIRD, OTHER, ORIGIN)
    assert [entry.log for entry in entries_before(last)] == [ORIGIN, ORIGIN, ORIGIN, OTHER, OTHER]
    assert entries_before(last)[0].authorisation.reference == "Warrant 12/2026"
    report = check(last, ALL_KEYS)
    assert (report.verdict, report.findings) == (Verdict.PASSED, ())
    notes = check(last, (OTHER_SIGNER.key, THIRD_SIGNER.key)).findings
    assert {note.verdict for note in notes} == {Verdict.PASSED}
    assert f"before, in {OTHER}: before, in {ORIGIN}: " in notes[0].message
    assert f"{OTHER} vouches for" in notes[0].message


@pytest.mark.parametrize("order", [1, -1])
def test_extracts_of_two_senders_make_one_chain(sender: CustodyLog, tmp_path: Path, order: int) -> None:
    theirs, middle, last = onward(sender, tmp_path, kept=False)
    assert last.before == ()
    report = check(last, ALL_KEYS, senders=[theirs, middle][::order])
    assert (report.verdict, report.findings) == (Verdict.PASSED, ())
    assert codes(check(last, ALL_KEYS, senders=[middle])) == set()
    assert codes(check(last, ALL_KEYS, senders=[theirs])) == {"chain-broken", "custody-before-elsewhere"}
    assert codes(check(last, ALL_KEYS)) == {"custody-before-elsewhere"}


def test_custody_before_that_was_changed(sender: CustodyLog, tmp_path: Path) -> None:
    theirs, middle, last = onward(sender, tmp_path)
    other = extract(sender, ["EX-9"])
    swapped = msgspec.structs.replace(last, senders=(other,))
    assert "chain-broken" in codes(check(swapped, ALL_KEYS))
    changed = [msgspec.structs.replace(one, entry=one.entry.replace("search", "seizin")) for one in theirs.entries[:-1]]
    forged = msgspec.structs.replace(theirs, entries=(*changed, theirs.entries[-1]))
    inside = msgspec.structs.replace(last, senders=(msgspec.structs.replace(middle, senders=(forged,)),))
    assert (check(inside, ALL_KEYS).verdict, codes(check(inside, ALL_KEYS))) == (Verdict.FAILED, {"entry-altered"})


def test_nobody_vouches_for_a_log_whose_keeper_is_known(tmp_path: Path) -> None:
    """A receiver that makes up its sender's log signs it with a key of its own."""
    forged = new_log(tmp_path / "pune", draft(items=(PHONE,)), draft(Act.COPIED, (IMAGE,), at=at(1)), given())
    forged.sign([ed25519(ORIGIN, 66)], at=at(6))
    _, _, last = onward(forged, tmp_path)
    assert check(last, (OTHER_SIGNER.key, THIRD_SIGNER.key)).verdict is Verdict.PASSED
    report = check(last, ALL_KEYS)
    assert (report.verdict, codes(report)) == (Verdict.INDETERMINATE, {"signer-unknown"})
    assert all("vouches" not in one.message for one in report.findings)


def test_what_is_no_longer_the_extract_that_came_does_not_travel(sender: CustodyLog, tmp_path: Path) -> None:
    onward(sender, tmp_path)
    fbi = open_log(tmp_path / "fbi")
    assert check_log(fbi.folder, keys=[THIRD_SIGNER.key], now=at(1000)).verdict is Verdict.PASSED
    (path,) = (tmp_path / "fbi" / "senders").iterdir()
    for data in (b"{}", encode_extract(extract(sender, ["EX-9"]))):
        path.write_bytes(data)
        assert extract(fbi, ["IMG-1"]).before == ()
    assert codes(check_log(fbi.folder, keys=[THIRD_SIGNER.key], now=at(1000))) == {"binding-unvouched"}

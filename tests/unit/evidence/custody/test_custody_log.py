"""The log: appending, reading, proving, signing, and what it refuses."""

import os
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from tests.samples.custody import (
    DESAI,
    ORIGIN,
    SIGNER,
    SIGNER_PQ,
    WITNESS,
    WITNESS_PQ,
    at,
    draft,
    ed25519,
    lines_of,
    new_log,
    nonces,
    rewrite,
)

from comity.evidence.custody import (
    Act,
    CustodyLog,
    Item,
    checkpoint_of,
    create_log,
    encode_entry,
    open_log,
    own_notes,
    sign_checkpoint,
    verify_note,
)
from comity.evidence.custody.files import write_atomically
from comity.evidence.custody.proof import is_consistent, is_included
from comity.evidence.custody.tree import consistency_proof, inclusion_proof, leaf_hash
from comity.evidence.errors import (
    ActRefusedError,
    ClockError,
    CustodyError,
    EntryError,
    LogDamagedError,
    NoteError,
    SignerUnknownError,
)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        p.name: p.read_bytes() for p in folder.iterdir() if p.is_file() and p.name in ("entries.jsonl", "head.json")
    }


def ten(folder: Path) -> CustodyLog:
    return new_log(folder, *(draft(items=(f"EX-{number}",), at=at(number)) for number in range(10)))


def test_numbers_and_links(tmp_path: Path) -> None:
    log = new_log(tmp_path / "log", draft(), draft(Act.EXAMINED, at=at(1)))
    first, second = log.entries()
    assert (first.number, first.previous, first.log) == (0, "", ORIGIN)
    assert (second.number, second.previous) == (1, leaf_hash(encode_entry(first)).hex())
    assert (first.items[0].previous, second.items[0].previous) == (-1, 0)
    assert log.history("EX-1") == (0, 1)
    assert log.history("EX-9") == ()
    assert log.items() == ("EX-1",)
    assert (tmp_path / "log" / "entries.jsonl").read_bytes() == b"".join(
        encode_entry(entry) + b"\n" for entry in (first, second)
    )


def test_it_is_there_again_after_opening(tmp_path: Path) -> None:
    ten(tmp_path / "log").close()
    log = open_log(tmp_path / "log")
    assert (log.size, log.origin, log.entry(9).items[0].id) == (10, ORIGIN, "EX-9")
    assert log.append([], recorded_at=at(11), random_bytes=nonces) == ()
    assert log.size == 10
    log.append([draft(items=("EX-10",))], recorded_at=at(11), random_bytes=nonces)
    assert log.size == 11


def test_two_open_logs_see_each_other(tmp_path: Path) -> None:
    one = new_log(tmp_path / "log", draft())
    two = open_log(tmp_path / "log")
    one.append([draft(Act.EXAMINED)], recorded_at=at(1), random_bytes=nonces)
    (entry,) = two.append([draft(Act.EXAMINED)], recorded_at=at(1), random_bytes=nonces)
    assert entry.number == 2
    assert entry.items[0].previous == 1
    assert one.history("EX-1") == (0, 1, 2)


@pytest.mark.parametrize("size", range(1, 11))
def test_proofs(tmp_path: Path, size: int) -> None:
    log = ten(tmp_path / "log")
    root = log.head(size).root_hash
    for number in range(size):
        proof = log.inclusion_proof(number, size)
        assert is_included(leaf=log.leaf(number), number=number, size=size, proof=proof, root=root)
    for new in range(size, 11):
        proof = log.consistency_proof(size, new)
        assert is_consistent(old=size, old_root=root, new=new, new_root=log.head(new).root_hash, proof=proof)
    for numbers in ((size, size), (-1, size), (0, 11)):
        with pytest.raises(CustodyError):
            log.inclusion_proof(*numbers)
    with pytest.raises(CustodyError):
        log.consistency_proof(5, 4)
    with pytest.raises(CustodyError, match="no entry"):
        log.line(10)


def test_all_or_none(tmp_path: Path) -> None:
    log = new_log(tmp_path / "log", draft())
    before = contents(tmp_path / "log")
    refused = [draft(items=("EX-2",)), draft(Act.EXAMINED, by=DESAI)]
    with pytest.raises(ActRefusedError) as caught:
        log.append(refused, recorded_at=at(1), random_bytes=nonces)
    assert caught.value.code == "not-the-holder"
    assert contents(tmp_path / "log") == before
    assert log.items() == ("EX-1",)
    with pytest.raises(EntryError, match="half of a character"):
        log.append([draft(items=("\ud800",))], recorded_at=at(1), random_bytes=nonces)
    with pytest.raises(EntryError):
        log.append([draft(items=("EX-3",), place="\x00")], recorded_at=at(1), random_bytes=nonces)
    assert contents(tmp_path / "log") == before


def test_clocks(tmp_path: Path) -> None:
    log = new_log(tmp_path / "log", draft(at=at(10)))
    with pytest.raises(ClockError, match=r"clock says .*, but entry 0 was recorded at 2026-11-25T09:40:00.*new log"):
        log.append([draft(items=("B",), at=at(0))], recorded_at=at(7), random_bytes=nonces)
    with pytest.raises(ClockError, match="after now"):
        log.append([draft(items=("B",), at=at(20))], recorded_at=at(12), random_bytes=nonces)
    with pytest.raises(EntryError, match="time zone"):
        log.append([draft(items=("B",))], recorded_at=at(12).replace(tzinfo=None), random_bytes=nonces)
    log.append([draft(items=("B",))], recorded_at=at(9), random_bytes=nonces)  # within the tolerance
    with pytest.raises(ClockError, match=r"before the last entry \(1, recorded at .*new log"):
        log.sign([SIGNER], at=at(7))


def test_a_log_needs_a_new_folder_and_a_fit_name(tmp_path: Path) -> None:
    create_log(tmp_path / "log", origin=ORIGIN).close()
    with pytest.raises(CustodyError, match="not empty"):
        create_log(tmp_path / "log", origin=ORIGIN)
    with pytest.raises(NoteError):
        create_log(tmp_path / "other", origin="two words")
    (tmp_path / "half").mkdir()
    for name in ("entries.jsonl", "hashes"):  # making it was cut short
        (tmp_path / "half" / name).touch()
    assert create_log(tmp_path / "half", origin=ORIGIN).size == 0
    with pytest.raises(LogDamagedError, match="no such file"):
        open_log(tmp_path / "nowhere")
    assert create_log(tmp_path / "none", origin=ORIGIN).head().root_hash.hex().startswith("e3b0c442")


def test_a_torn_tail_is_set_aside(tmp_path: Path) -> None:
    folder = tmp_path / "log"
    ten(folder).close()
    for name, junk in (("entries.jsonl", b'{"half'), ("hashes", b"x" * 40), ("ends", b"yyy")):
        with (folder / name).open("ab") as file:
            file.write(junk)
    log = open_log(folder)
    assert log.size == 10
    log.append([draft(items=("EX-10",))], recorded_at=at(11), random_bytes=nonces)
    assert log.entry(10).items[0].id == "EX-10"
    assert [path.read_bytes() for path in (folder / "set-aside").iterdir()] == [b'{"half']


@pytest.mark.parametrize("gone", [("hashes",), ("ends",), ("hashes", "ends"), ("items.sqlite",)])
def test_what_is_derived_is_made_again(tmp_path: Path, gone: tuple[str, ...]) -> None:
    folder = tmp_path / "log"
    whole = ten(folder)
    root = whole.head().root_hash
    whole.close()
    for name in gone:
        (folder / name).unlink()
    log = open_log(folder)
    assert log.head().root_hash == root
    assert log.history("EX-4") == (4,)
    assert log.entry(3).items[0].id == "EX-3"


def test_an_index_that_is_no_database(tmp_path: Path) -> None:
    folder = tmp_path / "log"
    ten(folder).close()
    (folder / "items.sqlite").write_bytes(b"not a database, and longer than its head" * 100)
    assert open_log(folder).history("EX-4") == (4,)


def test_an_index_of_another_past(tmp_path: Path) -> None:
    folder = tmp_path / "log"
    ten(folder).close()
    with sqlite3.connect(folder / "items.sqlite") as database:
        database.execute("UPDATE covers SET root = x'00'")
        database.execute("DELETE FROM item")
    database.close()
    assert open_log(folder).history("EX-4") == (4,)


def test_an_index_that_turns_bad_says_how_to_mend_it(tmp_path: Path) -> None:
    folder = tmp_path / "log"
    ten(folder).close()
    log = open_log(folder)
    with sqlite3.connect(folder / "items.sqlite") as database:
        database.execute("UPDATE item SET holding = x'00'")
    database.close()
    with pytest.raises(CustodyError, match="remove the file"):
        log.holdings(["EX-1"])


def test_entries_that_were_changed_are_not_read(tmp_path: Path) -> None:
    folder = tmp_path / "log"
    ten(folder).close()
    path = folder / "entries.jsonl"
    path.write_bytes(path.read_bytes().replace(b"EX-4", b"EX-5"))
    log = open_log(folder)
    with pytest.raises(LogDamagedError):
        log.entry(4)
    assert log.entry(5).number == 5
    (folder / "hashes").unlink()
    with pytest.raises(LogDamagedError, match="not those that were committed"):
        open_log(folder)


def test_a_head_that_is_no_head(tmp_path: Path) -> None:
    folder = tmp_path / "log"
    ten(folder).close()
    (folder / "head.json").write_bytes(b"{}x")
    with pytest.raises(LogDamagedError):
        open_log(folder)


def test_ends_that_lead_nowhere(tmp_path: Path) -> None:
    folder = tmp_path / "log"
    log = ten(folder)
    data = bytearray((folder / "ends").read_bytes())
    data[3 * 8 : 4 * 8] = (1 << 40).to_bytes(8, "big")
    (folder / "ends").write_bytes(data)
    with pytest.raises(LogDamagedError):
        log.line(3)
    with pytest.raises(LogDamagedError):
        log.read_hash(10_000)
    log.close()
    (folder / "entries.jsonl").unlink()
    with pytest.raises(LogDamagedError):
        log.line(0)


def test_a_log_that_may_only_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ten(tmp_path / "log").close()
    (tmp_path / "log" / "items.sqlite").unlink()
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # the superuser may write anywhere
    log = open_log(tmp_path / "log")
    assert log.history("EX-2") == (2,)


def test_signing(tmp_path: Path) -> None:
    log = ten(tmp_path / "log")
    assert log.checkpoint() is None
    note = log.sign([SIGNER], at=at(11))
    both = log.sign([SIGNER_PQ], at=at(12))
    assert log.checkpoint() == both
    checkpoint, verified = verify_note(both, [SIGNER.key, SIGNER_PQ.key])
    assert checkpoint == log.head()
    assert [one.at for one in verified] == [None, at(12)]
    assert checkpoint_of(note) == checkpoint
    log.append([draft(items=("EX-10",))], recorded_at=at(13), random_bytes=nonces)
    log.sign([SIGNER], at=at(14))
    assert [name for name, _ in own_notes(log.folder).all()] == ["0000000000000010.note", "0000000000000011.note"]


def test_a_log_never_signs_two_pasts(tmp_path: Path) -> None:
    log = ten(tmp_path / "log")
    log.sign([SIGNER], at=at(11))
    log.close()
    shutil.copytree(tmp_path / "log" / "checkpoints", tmp_path / "kept")
    other = new_log(tmp_path / "other", draft(items=("FORGED",)))
    shutil.copytree(tmp_path / "kept", tmp_path / "other" / "checkpoints")
    with pytest.raises(LogDamagedError, match="does not extend its own signed checkpoint"):
        other.sign([SIGNER], at=at(12))


def edit(log: CustodyLog, old: bytes, new: bytes) -> None:
    """Write over what an entry says, at the same length: head and tree stay as they are."""
    path = log.folder / "entries.jsonl"
    path.write_bytes(path.read_bytes().replace(old, new))


def test_an_edited_entry_is_not_signed(tmp_path: Path) -> None:
    """Of those under a checkpoint only who asks is told: reading all again at each act would take long."""
    log = ten(tmp_path / "log")
    edit(log, b"EX-9", b"EX-X")
    with pytest.raises(LogDamagedError, match="entry 9: its bytes are not those"):
        log.sign([SIGNER], at=at(11))
    assert log.checkpoint() is None
    edit(log, b"EX-X", b"EX-9")
    log.sign([SIGNER], at=at(11))
    edit(log, b"EX-3", b"EX-X")
    log.sign([SIGNER], at=at(12))
    log.refuse_edited(4)
    with pytest.raises(LogDamagedError, match="entry 3: its bytes are not those"):
        log.refuse_edited()


def test_cosignatures_come_back(tmp_path: Path) -> None:
    log = ten(tmp_path / "log")
    note = log.sign([SIGNER], at=at(11))
    back = sign_checkpoint(log.head(), [SIGNER, WITNESS, WITNESS_PQ, ed25519("stranger", 9)], at=at(12))
    merged = log.accept(back, [SIGNER.key, WITNESS.key, WITNESS_PQ.key])
    names = [one.key.name for one in verify_note(merged, [SIGNER.key, WITNESS.key, WITNESS_PQ.key])[1]]
    assert names == [ORIGIN, WITNESS.name, WITNESS.name]
    assert b"stranger" not in merged
    assert log.accept(back, [SIGNER.key, WITNESS.key]) == merged
    with pytest.raises(SignerUnknownError):
        log.accept(note, [WITNESS.key])
    other = sign_checkpoint(replace(log.head(), root_hash=bytes(32)), [WITNESS], at=at(12))
    with pytest.raises(CustodyError, match="is not one of"):
        log.accept(other, [WITNESS.key])


def test_a_cosigned_note_that_was_not_kept_here(tmp_path: Path) -> None:
    log = ten(tmp_path / "log")
    back = sign_checkpoint(log.head(4), [WITNESS], at=at(12))
    assert log.accept(back, [WITNESS.key]) == back


def test_history_of_a_log_that_lies(tmp_path: Path) -> None:
    """An entry whose item names a later entry as its previous one would lead in circles."""
    folder = tmp_path / "log"
    log = new_log(folder, draft(), draft(Act.EXAMINED, at=at(1)))
    second = msgspec.structs.replace(log.entry(1), items=(Item(id="EX-1", previous=1),))
    log.close()
    rewrite(folder, [lines_of(folder)[0], encode_entry(second)])
    with pytest.raises(LogDamagedError):
        open_log(folder).history("EX-1")


def test_a_folder_that_went_away(tmp_path: Path) -> None:
    log = new_log(tmp_path / "log", draft())
    shutil.rmtree(tmp_path / "log")
    with pytest.raises(LogDamagedError, match="no such file"):
        log.append([draft(Act.EXAMINED)], recorded_at=at(1), random_bytes=nonces)


def test_a_file_that_cannot_take_its_place_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "name").mkdir()
    with pytest.raises(OSError, match="directory"):
        write_atomically(tmp_path / "name", b"data")
    assert [path.name for path in tmp_path.iterdir()] == ["name"]


def test_a_note_too_large_to_be_one(tmp_path: Path) -> None:
    log = new_log(tmp_path / "log", draft())
    (tmp_path / "log" / "checkpoints").mkdir()
    (tmp_path / "log" / "checkpoints" / "1.note").write_bytes(b"x" * ((1 << 20) + 1))
    with pytest.raises(NoteError, match="too large"):
        log.checkpoint()


def test_numbers_outside_a_tree() -> None:
    with pytest.raises(IndexError):
        inclusion_proof(3, 3, lambda _: b"")
    with pytest.raises(IndexError):
        consistency_proof(4, 3, lambda _: b"")


def test_after_returning_and_releasing(tmp_path: Path) -> None:
    items = ("A", "B", "C")
    log = new_log(tmp_path / "log", *(draft(items=(item,)) for item in items))
    for act, item in ((Act.RETURNED, "A"), (Act.RELEASED, "B"), (Act.DESTROYED, "C")):
        log.append([draft(act, (item,), given_to=DESAI)], recorded_at=at(1), random_bytes=nonces)
    assert [holding.status.value for holding in log.holdings(items).values()] == ["returned", "released", "destroyed"]

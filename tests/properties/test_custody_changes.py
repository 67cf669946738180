"""Every changed byte is caught: in a log, an extract, a checkpoint, a proof; and no mutation passes for whole."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.samples.custody import (
    SIGNER,
    SIGNER_PQ,
    WITNESS,
    WITNESS_PQ,
    at,
    draft,
    lines_of,
    new_log,
)

from comity.evidence.custody import (
    Act,
    Verdict,
    check_extract,
    check_log,
    encode_extract,
    extract,
    parse_extract,
    sign_checkpoint,
    verify_note,
)
from comity.evidence.custody.proof import is_consistent, is_included
from comity.evidence.custody.tree import Frontier, consistency_proof, inclusion_proof, leaf_hash, node_hash, root_of
from comity.evidence.errors import NoteError

KEYS = (SIGNER.key, SIGNER_PQ.key, WITNESS.key, WITNESS_PQ.key)
FILES = ("entries.jsonl", "head.json", "checkpoints/0000000000000006.note")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small log, signed and cosigned."""
    folder = tmp_path_factory.mktemp("custody") / "log"
    log = new_log(
        folder, *(draft(items=(f"EX-{n}",), at=at(n)) for n in range(5)), draft(Act.EXAMINED, ("EX-0",), at=at(9))
    )
    log.sign([SIGNER, SIGNER_PQ], at=at(10))
    log.accept(sign_checkpoint(log.head(), [WITNESS, WITNESS_PQ], at=at(11)), KEYS)
    log.close()
    return folder


def passes(folder: Path) -> bool:
    report = check_log(folder, keys=KEYS, now=at(20))
    return report.verdict is Verdict.PASSED and len(report.signed_by) == 4 and not report.findings


def test_the_whole_one_passes(whole: Path) -> None:
    assert passes(whole)


@settings(max_examples=250, deadline=None)
@given(st.sampled_from(FILES), st.data())
def test_a_changed_byte_in_a_log(whole: Path, name: str, data: st.DataObject) -> None:
    original = (whole / name).read_bytes()
    place = data.draw(st.integers(0, len(original) - 1))
    value = data.draw(st.integers(1, 255))
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(shutil.copytree(whole, Path(scratch) / "log"))
        bent = bytearray(original)
        bent[place] ^= value
        (folder / name).write_bytes(bent)
        assert not passes(folder)


def test_every_byte_of_the_head(whole: Path, tmp_path: Path) -> None:
    """Small enough for all: digits that grow and shrink, signs, blanks, other letters."""
    folder = Path(shutil.copytree(whole, tmp_path / "log"))
    original = (whole / "head.json").read_bytes()
    for place, kept in enumerate(original):
        for value in {*b" -09a"} - {kept}:
            (folder / "head.json").write_bytes(original[:place] + bytes((value,)) + original[place + 1 :])
            assert not passes(folder), (place, value)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_lines_of_a_log_that_were_moved(whole: Path, data: st.DataObject) -> None:
    lines = lines_of(whole)
    chosen = data.draw(st.lists(st.integers(0, len(lines) - 1), max_size=8))
    if chosen == list(range(len(lines))):
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(shutil.copytree(whole, Path(scratch) / "log"))
        (folder / "entries.jsonl").write_bytes(b"".join(lines[number] + b"\n" for number in chosen))
        report = check_log(folder, keys=KEYS, now=at(20))
    assert report.verdict is Verdict.FAILED
    found = {(finding.code, finding.number) for finding in report.findings}
    for number in range(len(lines)):  # within the length that was committed
        if number not in chosen:
            assert any(code == "entry-missing" and first <= number for code, first in found), (
                f"{number} of {chosen}: {found}"
            )
        if chosen[: len(lines)].count(number) > 1 and len(chosen) <= len(lines):
            assert ("entry-duplicated", number) in found


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 255))
def test_a_changed_byte_in_an_extract(whole: Path, place: int, value: int) -> None:
    data = bytearray(_extract(whole))
    data[place % len(data)] ^= value
    try:
        bent = parse_extract(bytes(data))
        report = check_extract(bent, KEYS, now=at(20))
    except NoteError:
        return
    assert not (report.verdict is Verdict.PASSED and len(report.signed_by) == 4 and not report.findings)


def _extract(folder: Path) -> bytes:
    from comity.evidence.custody import open_log

    log = open_log(folder)
    data = encode_extract(extract(log, ["EX-0"], keys=KEYS))
    log.close()
    return data


@settings(max_examples=400, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 255))
def test_a_changed_byte_in_a_checkpoint(whole: Path, place: int, value: int) -> None:
    data = bytearray((whole / FILES[2]).read_bytes())
    data[place % len(data)] ^= value
    try:
        _, verified = verify_note(bytes(data), KEYS)
    except NoteError:
        return
    assert len(verified) < 4  # a signature's name or id was changed: it counts for nothing


@given(st.integers(1, 300), st.data())
def test_proofs_hold_and_changed_ones_do_not(size: int, data: st.DataObject) -> None:
    frontier, row = Frontier(0, lambda _: b""), list[bytes]()
    for number in range(size):
        row += frontier.append(leaf_hash(b"%d" % number))
    read, number = row.__getitem__, data.draw(st.integers(0, size - 1))
    assert frontier.root() == root_of(size, read) == _reference([b"%d" % one for one in range(size)])
    assert Frontier(size, read).root() == frontier.root()
    leaf, proof = leaf_hash(b"%d" % number), inclusion_proof(number, size, read)
    assert is_included(leaf=leaf, number=number, size=size, proof=proof, root=frontier.root())
    old = data.draw(st.integers(0, size))
    roots = root_of(old, read), frontier.root()
    grown = consistency_proof(old, size, read)
    assert is_consistent(old=old, old_root=roots[0], new=size, new_root=roots[1], proof=grown)
    for bent in _bent(list(proof), data):
        assert not is_included(leaf=leaf, number=number, size=size, proof=bent, root=roots[1])
    for bent in _bent(list(grown), data):
        assert not is_consistent(old=old, old_root=roots[0], new=size, new_root=roots[1], proof=bent)


def _bent(nodes: list[bytes], data: st.DataObject) -> list[list[bytes]]:
    """Ways to change a proof: a bit, one less, one more, two swapped."""
    made = [[*nodes, bytes(32)], [bytes(32), *nodes]]
    if nodes:
        at_node, at_byte = data.draw(st.integers(0, len(nodes) - 1)), data.draw(st.integers(0, 31))
        node = bytearray(nodes[at_node])
        node[at_byte] ^= 1 << data.draw(st.integers(0, 7))
        made += [[*nodes[:at_node], bytes(node), *nodes[at_node + 1 :]], nodes[:at_node] + nodes[at_node + 1 :]]
    if len(nodes) > 1:
        made.append([nodes[1], nodes[0], *nodes[2:]])
    return made


def _reference(leaves: list[bytes]) -> bytes:
    """The definition of RFC 9162 2.1.1, word by word."""
    if len(leaves) == 1:
        return leaf_hash(leaves[0])
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(_reference(leaves[:split]), _reference(leaves[split:]))

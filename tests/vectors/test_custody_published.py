"""Merkle trees, signed notes and cosignatures against what others published.

Leaves, roots and proofs: the test data of Certificate Transparency, as in transparency-dev/merkle ``testonly/`` and
``testdata/`` (Apache-2.0); its ways to break a proof are done again here. The note by Peter Neumann and the malformed
ones: golang.org/x/mod/sumdb/note ``note_test.go`` (BSD-3-Clause). The checkpoint in signed text: C2SP tlog-cosignature.
The ML-DSA-44 note: filippo.io/torchwood ``cmd/litewitness/testdata/mldsa.txt`` (ISC).
"""

import base64
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from comity.evidence.custody import NoteKeyKind, NoteSigner, checkpoint_of, parse_note, parse_vkey, verify_note
from comity.evidence.custody.note import Note, NoteSignature, format_note
from comity.evidence.custody.proof import is_consistent, is_included
from comity.evidence.custody.tree import EMPTY_ROOT, Frontier, consistency_proof, inclusion_proof, leaf_hash, root_of
from comity.evidence.errors import NoteError, SignatureError

DATA = Path(__file__).parent / "data" / "custody"
LEAVES = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
_96, _6E = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7", ROOTS[1]
_5F, _6B = (
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
)
_BC, _CA, _0E = (
    "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
)
INCLUSION: dict[tuple[int, int], list[str]] = {
    (0, 1): [],
    (0, 2): [_96],
    (1, 2): [_6E],
    (2, 3): [ROOTS[2]],
    (1, 5): [_6E, _5F, _BC],
    (0, 8): [_96, _5F, _6B],
    (5, 8): [_BC, _CA, ROOTS[4]],
}
CONSISTENCY: dict[tuple[int, int], list[str]] = {
    (1, 1): [],
    (1, 8): [_96, _5F, _6B],
    (2, 5): [_5F, _BC],
    (6, 8): [_0E, _CA, ROOTS[4]],
}


def grown(size: int) -> list[bytes]:
    """The row of hashes after some of the leaves."""
    frontier, row = Frontier(0, lambda _: b""), list[bytes]()
    for leaf in LEAVES[:size]:
        row += frontier.append(leaf_hash(bytes.fromhex(leaf)))
    assert frontier.root().hex() == ROOTS[size]
    return row


def hashes(proof: list[str]) -> list[bytes]:
    return [bytes.fromhex(node) for node in proof]


@pytest.mark.parametrize("size", range(9))
def test_roots(size: int) -> None:
    assert root_of(size, grown(size).__getitem__).hex() == ROOTS[size]
    assert root_of(size, grown(8).__getitem__).hex() == ROOTS[size]  # of a past of the tree
    assert EMPTY_ROOT.hex() == ROOTS[0]


@pytest.mark.parametrize(("number", "size"), INCLUSION)
def test_inclusion(number: int, size: int) -> None:
    proof = hashes(INCLUSION[number, size])
    assert list(inclusion_proof(number, size, grown(8).__getitem__)) == proof
    leaf, root = leaf_hash(bytes.fromhex(LEAVES[number])), bytes.fromhex(ROOTS[size])
    assert is_included(leaf=leaf, number=number, size=size, proof=proof, root=root)


@pytest.mark.parametrize(("old", "new"), CONSISTENCY)
def test_consistency(old: int, new: int) -> None:
    proof = hashes(CONSISTENCY[old, new])
    assert list(consistency_proof(old, new, grown(8).__getitem__)) == proof
    roots = bytes.fromhex(ROOTS[old]), bytes.fromhex(ROOTS[new])
    assert is_consistent(old=old, old_root=roots[0], new=new, new_root=roots[1], proof=proof)


BREAK: dict[str, Callable[[list[bytes], bytes], list[bytes]]] = {
    "trailing garbage": lambda proof, root: [*proof, b""],
    "trailing root": lambda proof, root: [*proof, root],
    "trailing random": lambda proof, root: [*proof, leaf_hash(b"x")],
    "preceding garbage": lambda proof, root: [b"", *proof],
    "preceding root": lambda proof, root: [root, *proof],
    "truncated": lambda proof, root: proof[:-1],
    "headless": lambda proof, root: proof[1:],
    "inserted": lambda proof, root: [*proof[:1], leaf_hash(b"x"), *proof[1:]],
    "one bit": lambda proof, root: [bytes([proof[0][0] ^ 4]) + proof[0][1:], *proof[1:]],
    "swapped": lambda proof, root: [proof[1], proof[0], *proof[2:]],
}


@pytest.mark.parametrize("how", BREAK)
@pytest.mark.parametrize(("number", "size"), [(1, 5), (0, 8), (5, 8)])
def test_broken_inclusion(number: int, size: int, how: str) -> None:
    leaf, root = leaf_hash(bytes.fromhex(LEAVES[number])), bytes.fromhex(ROOTS[size])
    proof = hashes(INCLUSION[number, size])
    assert not is_included(leaf=leaf, number=number, size=size, proof=BREAK[how](proof, root), root=root)


@pytest.mark.parametrize(("number", "size"), [(1, 5), (0, 8), (5, 8), (2, 3), (1, 2)])
def test_inclusion_of_another(number: int, size: int) -> None:
    leaf, root = leaf_hash(bytes.fromhex(LEAVES[number])), bytes.fromhex(ROOTS[size])
    proof = hashes(INCLUSION[number, size])
    for other in (number - 1, number + 1, number ^ 2):
        assert not is_included(leaf=leaf, number=other, size=size, proof=proof, root=root)
    for grown_size in (size * 2, size // 2, 0):
        assert not is_included(leaf=leaf, number=number, size=grown_size, proof=proof, root=root)
    for wrong in (b"", leaf_hash(b"x"), EMPTY_ROOT):
        assert not is_included(leaf=wrong, number=number, size=size, proof=proof, root=root)
        assert not is_included(leaf=leaf, number=number, size=size, proof=proof, root=wrong)


@pytest.mark.parametrize("how", BREAK)
@pytest.mark.parametrize(("old", "new"), [(1, 8), (2, 5), (6, 8)])
def test_broken_consistency(old: int, new: int, how: str) -> None:
    roots = bytes.fromhex(ROOTS[old]), bytes.fromhex(ROOTS[new])
    proof = BREAK[how](hashes(CONSISTENCY[old, new]), roots[1])
    assert not is_consistent(old=old, old_root=roots[0], new=new, new_root=roots[1], proof=proof)


@pytest.mark.parametrize(("old", "new"), [(1, 8), (2, 5), (6, 8)])
def test_consistency_of_others(old: int, new: int) -> None:
    roots, proof = (bytes.fromhex(ROOTS[old]), bytes.fromhex(ROOTS[new])), hashes(CONSISTENCY[old, new])
    for wrong in ((old - 1, new), (old + 1, new), (old ^ 2, new), (old, new * 2), (old, new // 2), (new, old)):
        assert not is_consistent(old=wrong[0], old_root=roots[0], new=wrong[1], new_root=roots[1], proof=proof)
    for one, two in ((roots[1], roots[0]), (leaf_hash(b"x"), roots[1]), (roots[0], leaf_hash(b"x"))):
        assert not is_consistent(old=old, old_root=one, new=new, new_root=two, proof=proof)
    assert not is_consistent(old=old, old_root=roots[0], new=new, new_root=roots[1], proof=[])


VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SKEY = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
NOTE = (DATA / "neumann.note").read_bytes()
TEXT = NOTE.partition(b"\n\n")[0] + b"\n"


def test_the_published_note() -> None:
    key, note = parse_vkey(VKEY), parse_note(NOTE)
    assert (key.vkey, note.text, format_note(note)) == (VKEY, TEXT, NOTE)
    signature = note.signatures[0]
    assert (signature.name, signature.key_id) == (key.name, key.id)
    Ed25519PublicKey.from_public_bytes(key.public_bytes).verify(signature.signature, note.text)


def test_the_published_signature_again() -> None:
    private = Ed25519PrivateKey.from_private_bytes(base64.b64decode(SKEY)[1:])
    key = NoteSigner(name="PeterNeumann", kind=NoteKeyKind.ED25519, private_key=private).key
    made = NoteSignature(name=key.name, key_id=key.id, signature=private.sign(TEXT))
    assert format_note(Note(text=TEXT, signatures=(made,))) == NOTE


def test_mangled_verifier_keys() -> None:
    for begin in range(len(VKEY) + 1):
        for end in range(begin + 1, len(VKEY) + 1):
            if (begin, end) != (0, len(VKEY)):
                with pytest.raises(NoteError):
                    parse_vkey(VKEY[begin:end])
    for place in range(len(VKEY)):
        with pytest.raises(NoteError):
            parse_vkey(VKEY[:place] + chr(ord(VKEY[place]) + 1) + VKEY[place + 1 :])
    key = "ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    for wrong in (f"cc469956+{key}BADKEY==", f"173116ae+Z{key[1:]}"):
        with pytest.raises(NoteError):
            parse_vkey(f"PeterNeumann+{wrong}")


SIGNATURE = NOTE.removeprefix(TEXT + b"\n")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        TEXT,
        TEXT + b"\n",
        TEXT[:-1] + b"\n" + SIGNATURE,
        NOTE[:-1],
        NOTE + b"more",
        NOTE + b"more\n",
        NOTE + b"\n",
        TEXT + b"\n" + SIGNATURE.replace("— ".encode(), b"- "),
        TEXT + b"\n" + SIGNATURE.replace(b"Neumann ", b"Neumann  "),
        TEXT + b"\n" + SIGNATURE.replace(b"PeterNeumann ", b""),
        TEXT + b"\n" + SIGNATURE.replace(b"Peter", b"Peter+"),
        TEXT + b"\n" + "— PeterNeumann\n".encode(),
        TEXT + b"\n" + "— PeterNeumann \n".encode(),
        TEXT + b"\n" + "— PeterNeumann x08g\n".encode(),
        TEXT + b"\n" + SIGNATURE.replace(b"nAM=", b"nAN="),
        TEXT + b"\n" + SIGNATURE.replace(b"x08g", b"x0!g"),
        b"\xff" + NOTE,
        b"\x01" + NOTE,
        NOTE.replace(b"\n", b"\r\n"),
        TEXT + b"\n" + SIGNATURE * 101,
    ],
)
def test_malformed_notes(data: bytes) -> None:
    with pytest.raises(NoteError):
        parse_note(data)


def test_the_checkpoint_of_the_specification() -> None:
    data = (DATA / "behind-the-sofa.note").read_bytes()
    assert (checkpoint_of(data).origin, checkpoint_of(data).size) == ("example.com/behind-the-sofa", 20852163)
    witness = parse_note(data).signatures[1]
    assert (witness.key_id.hex(), int.from_bytes(witness.signature[:8], "big")) == ("8d66cf3f", 1679315147)
    assert format_note(parse_note(data)) == data


def test_a_post_quantum_note_by_another_program() -> None:
    key = parse_vkey((DATA / "mldsa44.vkey").read_text())
    note = (DATA / "mldsa44.note").read_bytes()
    checkpoint, (signature,) = verify_note(note, [key])
    assert (checkpoint.origin, checkpoint.size, signature.at) == ("example.com/mldsa-log", 1, None)
    with pytest.raises(SignatureError):
        verify_note(note.replace(b"\n1\n", b"\n2\n"), [key])
    with pytest.raises(SignatureError, match="extension"):
        verify_note(note.replace(b"D38=\n", b"D38=\nadded\n"), [key])

"""Notes, checkpoints and signatures on them, at their edges."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.samples.custody import NOW, ORIGIN, SIGNER, SIGNER_PQ, WITNESS, WITNESS_PQ, ed25519

from comity.evidence.custody import (
    Checkpoint,
    NoteKey,
    NoteKeyKind,
    NoteSigner,
    format_checkpoint,
    parse_checkpoint,
    parse_note,
    parse_vkey,
    sign_checkpoint,
    verify_note,
)
from comity.evidence.custody.cosignature import add_signatures
from comity.evidence.custody.note import NOTE_BYTES_MAX, SIGNATURES_MAX, Note, NoteSignature, format_note
from comity.evidence.errors import NoteError, SignatureError, SignerUnknownError

POINT = Checkpoint(origin=ORIGIN, size=3, root_hash=bytes(range(32)))
ALL = (SIGNER, SIGNER_PQ, WITNESS, WITNESS_PQ)


@pytest.mark.parametrize("point", [POINT, replace(POINT, size=0), replace(POINT, extensions=("a", "b c"))])
def test_checkpoints_come_back(point: Checkpoint) -> None:
    assert parse_checkpoint(format_checkpoint(point)) == point


@pytest.mark.parametrize(
    "text",
    ["", "a\n", "a\n3\n", "a\n3\nAAAA\n", "a\n03\n{r}\n", "a\n-1\n{r}\n", "a\n\u0663\n{r}\n",
     "a\n9007199254740992\n{r}\n",
     "a\n" + "9" * 10_000 + "\n{r}\n", "a\n3\n{r}", "\n3\n{r}\n", "a\n3\n{r}\n\n", "a\n3\n!{r}\n", "a\n3\n {r}\n"],
)  # fmt: skip
def test_other_texts_are_no_checkpoint(text: str) -> None:
    root = format_checkpoint(POINT).decode().split("\n")[2]
    with pytest.raises(NoteError):
        parse_checkpoint(text.replace("{r}", root).encode())


def test_all_kinds_of_signature() -> None:
    note = sign_checkpoint(POINT, ALL, at=NOW)
    point, verified = verify_note(note, [signer.key for signer in ALL])
    assert point == POINT
    assert [(one.key.kind, one.at) for one in verified] == [
        (NoteKeyKind.ED25519, None),
        (NoteKeyKind.MLDSA44_COSIGNATURE, NOW),
        (NoteKeyKind.ED25519_COSIGNATURE, NOW),
        (NoteKeyKind.MLDSA44_COSIGNATURE, NOW),
    ]
    for signer in ALL:
        assert verify_note(note, [signer.key])[1][0].key == signer.key
        assert parse_vkey(signer.key.vkey) == signer.key
        assert "PrivateKey" not in repr(signer)


def test_strangers_are_passed_over_and_wrong_signatures_are_not() -> None:
    note = sign_checkpoint(POINT, [SIGNER], at=NOW)
    with pytest.raises(SignerUnknownError):
        verify_note(note, [WITNESS.key])
    impostor = ed25519(ORIGIN, 77)
    with pytest.raises(SignerUnknownError):  # same name, other key: its id differs
        verify_note(sign_checkpoint(POINT, [impostor], at=NOW), [SIGNER.key])
    forged = NoteSignature(name=ORIGIN, key_id=SIGNER.key.id, signature=bytes(64))
    with pytest.raises(SignatureError):
        verify_note(format_note(Note(text=format_checkpoint(POINT), signatures=(forged,))), [SIGNER.key])


def test_signing_again_replaces() -> None:
    note = parse_note(sign_checkpoint(POINT, [SIGNER, WITNESS], at=NOW))
    later = datetime(2027, 1, 1, tzinfo=UTC)
    again = add_signatures(note, [WITNESS], at=later)
    assert [one.at for one in verify_note(again, [SIGNER.key, WITNESS.key])[1]] == [None, later]


@pytest.mark.parametrize("seconds", [2**63, 2**62])
def test_times_that_no_clock_shows(seconds: int) -> None:
    note = parse_note(sign_checkpoint(POINT, [WITNESS], at=NOW))
    (one,) = note.signatures
    bent = NoteSignature(name=one.name, key_id=one.key_id, signature=seconds.to_bytes(8, "big") + one.signature[8:])
    with pytest.raises(SignatureError, match="no clock"):
        verify_note(format_note(Note(text=note.text, signatures=(bent,))), [WITNESS.key])


def test_keys_and_names() -> None:
    with pytest.raises(NoteError, match="32 expected"):
        NoteKey(name="a", kind=NoteKeyKind.ED25519, public_bytes=bytes(31))
    for name in ("", "a b", "a+b", "a\n", "a\u200b", "a\u2028"):
        with pytest.raises(NoteError):
            NoteKey(name=name, kind=NoteKeyKind.ED25519, public_bytes=bytes(32))
    long = NoteSigner(name="n" * 256, kind=SIGNER_PQ.kind, private_key=SIGNER_PQ.private_key)
    with pytest.raises(NoteError, match="255 bytes"):
        sign_checkpoint(POINT, [long], at=NOW)
    with pytest.raises(NoteError):
        parse_vkey("a+00000000+")
    with pytest.raises(NoteError):
        parse_vkey("a+00000000+é")


def test_limits() -> None:
    with pytest.raises(NoteError, match="bytes"):
        parse_note(b"x" * (NOTE_BYTES_MAX + 1))
    line = sign_checkpoint(POINT, [SIGNER], at=NOW).split(b"\n\n")[1]
    with pytest.raises(NoteError, match="signatures"):
        parse_note(format_checkpoint(POINT) + b"\n" + line * (SIGNATURES_MAX + 1))


def ends(key: NoteKey, at: datetime) -> NoteKey:
    return replace(key, ended_at=at)


def test_a_key_that_its_owner_changed_signs_no_more() -> None:
    """What it signed after its end counts for nothing; what has no time of its own has that of what stands beside."""
    note = sign_checkpoint(POINT, [SIGNER, SIGNER_PQ], at=NOW)
    before, after = NOW - timedelta(minutes=11), NOW + timedelta(seconds=1)
    with pytest.raises(SignatureError, match="after that key ended"):
        verify_note(note, [ends(SIGNER.key, before), ends(SIGNER_PQ.key, before)])
    _, verified = verify_note(note, [ends(SIGNER.key, after), ends(SIGNER_PQ.key, after)])
    assert len(verified) == 2
    _, verified = verify_note(note, [SIGNER.key, ends(SIGNER.key, after), SIGNER_PQ.key])
    assert len(verified) == 2
    for order in (1, -1):
        keys = [ends(SIGNER.key, before), SIGNER.key, ends(SIGNER_PQ.key, before), SIGNER_PQ.key]
        with pytest.raises(SignatureError, match="after that key ended"):
            verify_note(note, keys[::order])


def test_what_a_key_that_ended_signed_without_a_time() -> None:
    after = NOW + timedelta(seconds=1)
    alone = sign_checkpoint(POINT, [SIGNER], at=NOW)
    with pytest.raises(SignerUnknownError, match="nothing says that it signed before"):
        verify_note(alone, [ends(SIGNER.key, after)])
    witnessed = add_signatures(parse_note(alone), [WITNESS], at=NOW)
    _, verified = verify_note(witnessed, [ends(SIGNER.key, after), WITNESS.key])
    assert [one.key.name for one in verified] == [ORIGIN, WITNESS.name]
    _, verified = verify_note(witnessed, [ends(SIGNER.key, NOW), WITNESS.key])
    assert [one.key.name for one in verified] == [WITNESS.name], "the witness saw it when the key had ended"

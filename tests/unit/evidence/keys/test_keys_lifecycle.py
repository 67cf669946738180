"""An identity's life: made, unlocked, rotated, revoked, passed on, followed."""

import os
import shutil
import stat
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.samples.keys import NOW, PASSPHRASE, make_identity

from comity.evidence.custody import Checkpoint, NoteKeyKind, sign_checkpoint, verify_note
from comity.evidence.errors import IdentityError, KeyFileError, NoteError, PassphraseError, SignatureError
from comity.evidence.keys import (
    Identity,
    IdentityBundle,
    KeyUse,
    PublicIdentity,
    PublicKey,
    Unlocked,
    age_recipients,
    certificates,
    create_identity,
    current,
    encode_bundle,
    keys_for,
    known_identities,
    may_keep,
    note_keys,
    number_to_compare,
    open_identity,
    parse_recipient,
    read_bundle,
    remember,
    revoke,
    rotate,
    signature_pq_keys,
    valid_at,
)
from comity.evidence.keys.store import write_new

LATER = NOW + timedelta(days=1)


def turn(unlocked: Unlocked, *uses: KeyUse) -> PublicIdentity:
    return rotate(unlocked, uses or tuple(KeyUse), now=LATER, random_bytes=os.urandom)


def test_files_are_for_their_owner_only(identity: Identity) -> None:
    for path in (identity.folder / "keys").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert path.read_bytes().startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")
    assert stat.S_IMODE((identity.folder / "keys").stat().st_mode) == 0o700
    (identity.folder / "keys" / "1-note.pem").chmod(0o644)
    with pytest.raises(KeyFileError, match="others may read it"):
        identity.unlock(PASSPHRASE)


def test_nothing_is_overwritten(identity: Identity) -> None:
    with pytest.raises(KeyFileError, match="is there already"):
        make_identity(identity.folder)
    assert identity.unlock(PASSPHRASE).note_signers()
    assert [path.name for path in identity.folder.parent.iterdir()] == ["pune"]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"passphrase": b"short"}, PassphraseError),
        ({"certificate_algorithm": "DSA"}, IdentityError),
        ({"name": "two words"}, NoteError),
    ],
)
def test_what_is_not_made(tmp_path: Path, change: dict[str, Any], error: type[Exception]) -> None:
    facts = {"passphrase": PASSPHRASE, "now": NOW, "random_bytes": os.urandom, **change}
    public = PublicIdentity(name=facts.pop("name", "a.example"), display_name="A", keys=())
    with pytest.raises(error):
        create_identity(tmp_path / "new", public, **facts)
    assert not list(tmp_path.iterdir())


def test_making_that_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    made = 0

    def fails(count: int) -> bytes:
        nonlocal made
        made += 1
        if made > 4:
            raise OSError(28, "No space left on device")
        return bytes(count)

    public = PublicIdentity(name="a.example", display_name="A", keys=())
    with pytest.raises(OSError, match="space"):
        create_identity(tmp_path / "new", public, passphrase=PASSPHRASE, now=NOW, random_bytes=fails)
    assert not list(tmp_path.iterdir())


def test_unlocking(identity: Identity) -> None:
    with pytest.raises(PassphraseError):
        identity.unlock(b"wrong passphrase")
    unlocked = identity.unlock(PASSPHRASE)
    assert repr(unlocked) == "Unlocked('cyber.pune.example')"
    assert [one.kind for one in unlocked.note_signers("cyber.pune.example/custody")] == [
        NoteKeyKind.ED25519,
        NoteKeyKind.MLDSA44_COSIGNATURE,
    ]
    assert {one.kind for one in unlocked.cosigners()} == {
        NoteKeyKind.ED25519_COSIGNATURE,
        NoteKeyKind.MLDSA44_COSIGNATURE,
    }
    assert unlocked.certificate_key().public_key() == unlocked.certificate_chain()[0].public_key()
    assert len(unlocked.signature_pq_key().sign(b"x")) == 3309
    assert len(unlocked.hpke_keys()) == 1
    hybrid, plain = unlocked.age_identities()
    assert hybrid.startswith("AGE-SECRET-KEY-PQ-1")
    assert plain.startswith("AGE-SECRET-KEY-1")
    assert [len(seed) for seed in unlocked.x25519_seeds()] == [32]


def test_signers_verify_by_the_public_half(unlocked: Unlocked) -> None:
    keys = set(note_keys(unlocked.public, "cyber.pune.example/custody"))
    signers = (*unlocked.note_signers(), *unlocked.note_signers("cyber.pune.example/custody"), *unlocked.cosigners())
    for signer in signers:
        assert signer.key in keys


def test_nobody_signs_for_another_s_log(unlocked: Unlocked) -> None:
    assert may_keep(unlocked.public, "cyber.pune.example")
    for other in ("lka.berlin.example", "cyber.pune.example.evil", "cyber.pune"):
        assert not may_keep(unlocked.public, other)
        assert all(key.name == "cyber.pune.example" for key in note_keys(unlocked.public, other))
        with pytest.raises(IdentityError, match="cannot sign for the log"):
            unlocked.note_signers(other)


def test_rotation_keeps_what_was(unlocked: Unlocked) -> None:
    before = unlocked.public
    secrets = unlocked.age_identities()
    after = turn(unlocked)
    assert len(after.keys) == 12
    for use in KeyUse:
        new, old = keys_for(after, use)
        assert (new.generation, old.generation, old.not_after, new.not_before) == (2, 1, LATER, LATER)
        assert (valid_at(old, NOW), valid_at(old, LATER), valid_at(new, LATER), valid_at(new, NOW)) == (
            True,
            False,
            True,
            False,
        )
    again = open_identity(unlocked.folder).unlock(PASSPHRASE)
    assert again.public == after
    assert set(secrets) < set(again.age_identities())
    assert {key.vkey for key in note_keys(before)} < {key.vkey for key in note_keys(after)}
    assert len(certificates(after)) == 2
    assert [key.generation for key, _ in signature_pq_keys(after)] == [2, 1]
    assert {parse_recipient(text)[0] for text in age_recipients(after)} == {KeyUse.RECIPIENT, KeyUse.RECIPIENT_PQ}
    assert set(age_recipients(after)).isdisjoint(age_recipients(before))


def test_only_some(unlocked: Unlocked) -> None:
    number = number_to_compare(unlocked.public)
    after = turn(unlocked, KeyUse.RECIPIENT)
    assert [(key.use, key.generation) for key in after.keys if key.generation == 2] == [(KeyUse.RECIPIENT, 2)]
    assert number_to_compare(after) != number


def test_a_rotation_that_was_cut_short_is_not_in_the_way(unlocked: Unlocked) -> None:
    shutil.copy(unlocked.folder / "keys" / "1-note.pem", unlocked.folder / "keys" / "2-note.pem")
    assert keys_for(turn(unlocked, KeyUse.NOTE), KeyUse.NOTE)[0].generation == 3


def test_revocation(unlocked: Unlocked) -> None:
    with pytest.raises(IdentityError, match="is in use"):
        revoke(unlocked, KeyUse.NOTE, 1, reason="keyCompromise", now=LATER)
    with pytest.raises(IdentityError, match="no reason"):
        revoke(unlocked, KeyUse.NOTE, 1, reason="dislike", now=LATER)
    with pytest.raises(IdentityError, match="there is no such key"):
        revoke(unlocked, KeyUse.NOTE, 7, reason="superseded", now=LATER)
    turn(unlocked, KeyUse.NOTE)
    old_keys = set(note_keys(unlocked.public))
    public = revoke(unlocked, KeyUse.NOTE, 1, reason="superseded", now=LATER)
    assert set(note_keys(public)) == old_keys  # what it signed while it was good stays good
    with pytest.raises(IdentityError, match="was revoked at"):
        revoke(unlocked, KeyUse.NOTE, 1, reason="superseded", now=LATER)
    turn(unlocked, KeyUse.NOTE)
    public = revoke(unlocked, KeyUse.NOTE, 2, reason="keyCompromise", now=LATER)
    assert {key.generation for key in public.keys if key.revoked_at} == {1, 2}
    second = next(key for key in public.keys if (key.use, key.generation) == (KeyUse.NOTE, 2))
    assert not valid_at(second, LATER)
    spent = {key.public_bytes for key in note_keys(public) if key.revoked_at == LATER}
    assert spent == {key.public_bytes for key in note_keys(public) if key.revoked_at is not None}
    assert len(spent) == 1


def test_a_file_that_holds_another_key(unlocked: Unlocked, identity: Identity) -> None:
    shutil.copy(unlocked.folder / "keys" / "1-note.pem", unlocked.folder / "keys" / "1-signature_pq.pem")
    with pytest.raises(KeyFileError, match="another key"):
        identity.unlock(PASSPHRASE).signature_pq_key()
    (unlocked.folder / "keys" / "1-recipient.pem").write_bytes(b"x" * 70_000)
    with pytest.raises(KeyFileError, match="too large"):
        identity.unlock(PASSPHRASE).x25519_seeds()
    (unlocked.folder / "keys" / "1-recipient.pem").unlink()
    with pytest.raises(KeyFileError, match="no such file"):
        identity.unlock(PASSPHRASE).x25519_seeds()


def test_an_identity_without_a_certificate(unlocked: Unlocked) -> None:
    bare = tuple(msgspec.structs.replace(key, certificates=()) for key in unlocked.public.keys)
    unlocked.public = msgspec.structs.replace(unlocked.public, keys=bare)
    with pytest.raises(IdentityError, match="has no certificate"):
        unlocked.certificate_chain()
    unlocked.public = msgspec.structs.replace(unlocked.public, keys=())
    with pytest.raises(IdentityError, match="has no note key"):
        unlocked.note_signers()


# Passing on.


def bundle_of(identity: Identity) -> IdentityBundle:
    return msgspec.json.decode(identity.bundle, type=IdentityBundle)


def test_a_bundle_is_read_back(identity: Identity) -> None:
    assert read_bundle(identity.bundle) == identity.public
    assert len(number_to_compare(identity.public).split()) == 12
    assert b"PRIVATE" not in identity.bundle


def replaced(key: PublicKey, **facts: Any) -> PublicKey:
    return msgspec.structs.replace(key, **facts)


@pytest.mark.parametrize(
    "change",
    [
        lambda i: {"display_name": "Somebody else"},
        lambda i: {"name": "other.example"},
        lambda i: {"name": "two words"},
        lambda i: {"keys": i.keys[:-1]},
        lambda i: {"keys": ()},
        lambda i: {"keys": (i.keys[0], *i.keys)},
        lambda i: {"keys": (replaced(i.keys[0], fingerprint="0" * 64), *i.keys[1:])},
        lambda i: {"keys": (replaced(i.keys[0], public="not a key"), *i.keys[1:])},
        lambda i: {"keys": tuple(replaced(k, public="age1x") if k.use is KeyUse.RECIPIENT else k for k in i.keys)},
        lambda i: {"keys": tuple(replaced(k, not_after=LATER) for k in i.keys)},
    ],
)
def test_a_bundle_that_was_changed(identity: Identity, change: Any) -> None:
    bundle = bundle_of(identity)
    bent = msgspec.structs.replace(bundle.identity, **change(bundle.identity))
    with pytest.raises(IdentityError):
        read_bundle(encode_bundle(msgspec.structs.replace(bundle, identity=bent)))


def test_recipients_that_were_swapped(identity: Identity) -> None:
    bundle = bundle_of(identity)
    by_use = {key.use: key for key in bundle.identity.keys}
    one, two = by_use[KeyUse.RECIPIENT], by_use[KeyUse.RECIPIENT_PQ]
    crossed = (replaced(one, public=two.public, fingerprint=two.fingerprint),)
    bent = msgspec.structs.replace(bundle.identity, keys=crossed)
    with pytest.raises(IdentityError, match="fingerprint"):
        read_bundle(encode_bundle(msgspec.structs.replace(bundle, identity=bent)))


@pytest.mark.parametrize(
    "change",
    [
        lambda a: {"attestations": a[:1]},
        lambda a: {"attestations": a[1:]},
        lambda a: {"attestations": ()},
        lambda a: {"attestations": (replaced_signature(a[0], "AAAA"), a[1])},
        lambda a: {"attestations": (replaced_signature(a[0], "!"), a[1])},
        lambda a: {"attestations": (msgspec.structs.replace(a[0], fingerprint="0" * 64), a[1])},
    ],
)
def test_attestations_that_were_changed(identity: Identity, change: Any) -> None:
    bundle = bundle_of(identity)
    with pytest.raises(IdentityError):
        read_bundle(encode_bundle(msgspec.structs.replace(bundle, **change(bundle.attestations))))


def replaced_signature(attestation: Any, signature: str) -> Any:
    return msgspec.structs.replace(attestation, signature=signature)


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff", b"[" * 100_000, b"{" + b" " * (5 << 20)])
def test_what_is_no_bundle(data: bytes) -> None:
    with pytest.raises(IdentityError):
        read_bundle(data)


# Following.


def test_those_who_know_it_follow_over_rotations(unlocked: Unlocked, identity: Identity) -> None:
    known = identity.public
    first = identity.bundle
    turn(unlocked)
    second = identity.bundle
    turn(unlocked)
    assert read_bundle(identity.bundle, known=known) == unlocked.public  # over two rotations at once
    with pytest.raises(IdentityError, match="older than the one known"):
        read_bundle(first, known=read_bundle(second))
    revoke(unlocked, KeyUse.NOTE, 1, reason="keyCompromise", now=LATER)
    revoked = read_bundle(identity.bundle, known=read_bundle(second))
    before = identity.bundle
    turn(unlocked, KeyUse.RECIPIENT)
    assert read_bundle(identity.bundle, known=revoked)
    with pytest.raises(IdentityError, match=r"lost or changed its key|older than"):
        read_bundle(before, known=unlocked.public)


def test_a_revocation_is_not_taken_back(unlocked: Unlocked, identity: Identity) -> None:
    turn(unlocked, KeyUse.NOTE)
    before = identity.bundle
    revoke(unlocked, KeyUse.NOTE, 1, reason="keyCompromise", now=LATER)
    with pytest.raises(IdentityError, match="older than the one known"):
        read_bundle(before, known=unlocked.public)


def test_an_impostor_is_not_followed(identity: Identity, tmp_path: Path) -> None:
    impostor = make_identity(tmp_path / "impostor")
    with pytest.raises(IdentityError, match="not signed by a key that we know"):
        read_bundle(impostor.bundle, known=identity.public)
    other = make_identity(tmp_path / "berlin", name="lka.berlin.example")
    with pytest.raises(IdentityError, match="is another than"):
        read_bundle(other.bundle, known=identity.public)


def test_remembering(identity: Identity, unlocked: Unlocked, tmp_path: Path) -> None:
    mine = make_identity(tmp_path / "berlin", name="lka.berlin.example")
    with pytest.raises(IdentityError, match="is not known yet"):
        remember(mine.folder, identity.bundle)
    with pytest.raises(IdentityError, match="another number"):
        remember(mine.folder, identity.bundle, number="1" * 60)
    assert not list(known_identities(mine.folder))
    spaced = number_to_compare(identity.public).replace(" ", "  ")
    assert remember(mine.folder, identity.bundle, number=spaced) == identity.public
    turn(unlocked)
    assert remember(mine.folder, identity.bundle) == unlocked.public
    assert list(known_identities(mine.folder)) == [unlocked.public]


def test_an_older_identity_is_told_to_be_older(identity: Identity, unlocked: Unlocked) -> None:
    before = identity.bundle
    turn(unlocked)
    with pytest.raises(IdentityError, match="older than the one known"):
        read_bundle(before, known=unlocked.public)


@pytest.mark.parametrize("name", ["cyber.pune.example/custody", "cyber.pune.example/a/b"])
def test_nobody_is_known_by_a_name_within_anothers(identity: Identity, tmp_path: Path, name: str) -> None:
    """The keys of an identity count for logs below its name: a stranger's must not lie there."""
    mine, stranger = (
        make_identity(tmp_path / "berlin", name="lka.berlin.example"),
        make_identity(tmp_path / "s", name=name),
    )
    remember(mine.folder, identity.bundle, number=number_to_compare(identity.public))
    with pytest.raises(IdentityError, match="could speak for its logs"):
        remember(mine.folder, stranger.bundle, number=number_to_compare(stranger.public))
    own = make_identity(tmp_path / "o", name="lka.berlin.example/x")
    with pytest.raises(IdentityError, match="could speak for its logs"):
        remember(mine.folder, own.bundle, number=number_to_compare(own.public))
    near = make_identity(tmp_path / "n", name="cyber.pune.example.org")
    assert remember(mine.folder, near.bundle, number=number_to_compare(near.public)) == near.public


def test_a_name_that_certificates_cannot_hold(tmp_path: Path) -> None:
    with pytest.raises(IdentityError, match="letters that certificates cannot hold"):
        make_identity(tmp_path / "x", name="суber.pune.example")


def test_current_is_the_newest_that_is_good(unlocked: Unlocked) -> None:
    assert current(unlocked.public, KeyUse.NOTE) == unlocked.public.keys[0]
    assert current(msgspec.structs.replace(unlocked.public, keys=()), KeyUse.NOTE) is None


def test_no_identity_there(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError, match="give the folder of an identity"):
        open_identity(tmp_path)


def test_a_key_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "there").write_bytes(b"mine")
    with pytest.raises(KeyFileError, match="is there already"):
        write_new(tmp_path / "there", b"key")
    with pytest.raises(KeyFileError, match="choose a folder"):
        write_new(tmp_path / "nowhere" / "key", b"key")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_new(tmp_path / "new", b"key")
    assert [path.name for path in tmp_path.iterdir()] == ["there"]


def test_a_stamp_of_the_second_in_which_a_key_began_is_within_its_time(unlocked: Unlocked) -> None:
    key = msgspec.structs.replace(unlocked.public.keys[0], not_before=NOW.replace(microsecond=700_000), not_after=None)
    assert valid_at(key, NOW.replace(microsecond=0))
    assert not valid_at(key, NOW.replace(microsecond=0) - timedelta(seconds=1))


def test_rotation_ends_note_keys(identity: Identity) -> None:
    """A log signed with the old folder after the keys were changed is not this identity's."""
    unlocked = identity.unlock(PASSPHRASE)
    point = Checkpoint(origin="cyber.pune.example/custody", size=1, root_hash=bytes(32))
    signers = unlocked.note_signers(point.origin)
    known = turn(unlocked)
    keys = note_keys(known, point.origin)
    early, late = (sign_checkpoint(point, signers, at=LATER + timedelta(minutes=m)) for m in (-1, 11))
    assert {one.key.ended_at for one in verify_note(early, keys)[1]} == {LATER}
    with pytest.raises(SignatureError, match="after that key ended"):
        verify_note(late, keys)

"""Signatures on checkpoints, by the log and by witnesses (C2SP signed-note and tlog-cosignature).

Three kinds: plain Ed25519 (0x01), Ed25519 with the witness's time (0x04, cosignature/v1), and ML-DSA-44 with time and
name (0x06, subtree/v1), which is the only post-quantum note signature that C2SP defines.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from comity.evidence.custody.checkpoint import Checkpoint, format_checkpoint, parse_checkpoint
from comity.evidence.custody.note import Note, NoteKey, NoteKeyKind, NoteSignature, check_name, format_note, parse_note
from comity.evidence.errors import NoteError, SignatureError, SignerRevokedError, SignerUnknownError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

_TIME_MAX = 2**63 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteSigner:
    """A private key that signs checkpoints under a name; never printed."""

    name: str
    kind: NoteKeyKind
    private_key: "Ed25519PrivateKey | MLDSA44PrivateKey" = field(repr=False)

    @property
    def key(self) -> NoteKey:
        return NoteKey(name=self.name, kind=self.kind, public_bytes=self.private_key.public_key().public_bytes_raw())


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedSignature:
    """A signature that verified: by whom, and when by the signer's own clock."""

    key: NoteKey
    at: datetime | None
    """None for kind 0x01, which carries no time, and for a time of zero (no statement)."""


def sign_checkpoint(checkpoint: Checkpoint, signers: Iterable[NoteSigner], *, at: datetime) -> bytes:
    """The signed note of a checkpoint."""
    return add_signatures(Note(text=format_checkpoint(checkpoint), signatures=()), signers, at=at)


def add_signatures(note: Note, signers: Iterable[NoteSigner], *, at: datetime) -> bytes:
    """The note with more signatures; those that are there stay as they are, one by the same key is replaced."""
    made = tuple(_sign(note.text, signer, seconds=int(at.timestamp())) for signer in signers)
    new = {(s.name, s.key_id) for s in made}
    kept = tuple(s for s in note.signatures if (s.name, s.key_id) not in new)
    return format_note(Note(text=note.text, signatures=kept + made))


def verify_note(data: bytes, keys: Iterable[NoteKey]) -> tuple[Checkpoint, tuple[VerifiedSignature, ...]]:
    """The checkpoint and who signed it, of the keys given; signatures by other keys are ignored (C2SP).

    NoteError where the format is broken; SignatureError where a signature by one of the keys is wrong;
    SignerUnknownError where none of them signed, or nothing says that one did before it ended.
    """
    note = parse_note(data)
    checkpoint = parse_checkpoint(note.text)
    known = {(key.name, key.id): key for key in sorted(keys, key=_ended, reverse=True)}
    revoked = {place: key for place, key in known.items() if key.revoked_at is not None}
    verified: dict[tuple[str, bytes], VerifiedSignature] = {}
    for signature in note.signatures:
        key = known.get((signature.name, signature.key_id))
        if key is not None and key.revoked_at is None and (key.name, key.id) not in verified:
            verified[key.name, key.id] = _verify(note.text, checkpoint, key, signature.signature)
    if verified:
        verified = _made_in_time(checkpoint, verified)
    if verified and checkpoint.extensions and all(k.kind is NoteKeyKind.MLDSA44_COSIGNATURE for k in _keys(verified)):
        raise SignatureError(
            what=f"checkpoint of {checkpoint.origin}",
            problem="has extension lines, which no signature that verifies here covers",
            remedy="ask the log for its checkpoint with an Ed25519 signature",
        )
    spent = next((key for s in note.signatures if (key := revoked.get((s.name, s.key_id))) is not None), None)
    if not verified and spent is not None:
        raise SignerRevokedError(
            what=f"checkpoint of {checkpoint.origin}",
            problem=f"no signature that counts: {of_revoked(spent)}",
            remedy="ask the log for a checkpoint by its key of today, cosigned by a witness",
        )
    if not verified:
        raise SignerUnknownError(
            what=f"checkpoint of {checkpoint.origin}",
            problem="no signature by a key that is trusted here",
            remedy="import the public identity of the log's keeper, after comparing fingerprints",
        )
    return checkpoint, tuple(verified.values())


def of_revoked(key: NoteKey) -> str:
    """Whose a revoked key is, and since when it verifies nothing, in words."""
    return f"{key.name} (key id {key.id.hex()}) revoked on {key.revoked_at:%Y-%m-%d} the key that signed"


def _ended(key: NoteKey) -> float:
    if key.revoked_at is not None:  # sorted last: of several states of a key, this one counts
        return float("-inf")
    return float("inf") if key.ended_at is None else key.ended_at.timestamp()


def _made_in_time(
    checkpoint: Checkpoint, verified: dict[tuple[str, bytes], VerifiedSignature]
) -> dict[tuple[str, bytes], VerifiedSignature]:
    """Those that were made before their keys ended; SignatureError where none was, SignerUnknownError where nothing
    says so. What has no time of its own (plain Ed25519) has that of another signature of its name, or a witness's.
    """
    times = [one.at for one in verified.values() if one.at is not None and not _is_late(one, one.at)]
    kept = {place: one for place, one in verified.items() if _stands(one, times)}
    late = next((one for one in verified.values() if one.at is not None and _is_late(one, one.at)), None)
    ended = next((one.key for one in verified.values() if one.key.ended_at is not None), None)
    if not kept and late is not None and late.at is not None and late.key.ended_at is not None:
        made, end = late.at.isoformat(), late.key.ended_at.isoformat()
        raise _wrong(checkpoint, late.key, f"was made at {made}, after that key ended at {end}")
    if not kept and ended is not None and ended.ended_at is not None:
        raise SignerUnknownError(
            what=f"checkpoint of {checkpoint.origin}",
            problem=f"{ended.name} has not used the key that signed since {ended.ended_at.isoformat()}, and nothing "
            "says that it signed before",
            remedy="ask the log for a checkpoint by its key of today, or for a witness's cosignature",
        )
    return kept


def _stands(one: VerifiedSignature, times: list[datetime]) -> bool:
    if one.key.ended_at is None:
        return True
    return any(not _is_late(one, at) for at in ([one.at] if one.at is not None else times))


def _is_late(one: VerifiedSignature, at: datetime) -> bool:
    return one.key.ended_at is not None and at >= one.key.ended_at


def _keys(verified: dict[tuple[str, bytes], VerifiedSignature]) -> list[NoteKey]:
    return [one.key for one in verified.values()]


def _sign(text: bytes, signer: NoteSigner, *, seconds: int) -> NoteSignature:
    check_name(signer.name)
    message = _message(text, parse_checkpoint(text), signer.name, signer.kind, seconds)
    stamp = b"" if signer.kind is NoteKeyKind.ED25519 else seconds.to_bytes(8, "big")
    return NoteSignature(
        name=signer.name, key_id=signer.key.id, signature=stamp + bytes(signer.private_key.sign(message))
    )


def _verify(text: bytes, checkpoint: Checkpoint, key: NoteKey, signature: bytes) -> VerifiedSignature:
    seconds = 0
    if key.kind is not NoteKeyKind.ED25519:
        seconds, signature = int.from_bytes(signature[:8], "big"), signature[8:]
    try:
        if seconds > _TIME_MAX:
            raise ValueError
        at = datetime.fromtimestamp(seconds, UTC) if seconds else None
    except (ValueError, OverflowError, OSError):
        raise _wrong(checkpoint, key, "carries a time that no clock shows") from None
    _verify_bytes(checkpoint, key, signature, _message(text, checkpoint, key.name, key.kind, seconds))
    return VerifiedSignature(key=key, at=at)


def _verify_bytes(checkpoint: Checkpoint, key: NoteKey, signature: bytes, message: bytes) -> None:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey

    of = MLDSA44PublicKey if key.kind is NoteKeyKind.MLDSA44_COSIGNATURE else Ed25519PublicKey
    try:
        of.from_public_bytes(key.public_bytes).verify(signature, message)
    except (InvalidSignature, ValueError):
        raise _wrong(checkpoint, key, "does not verify") from None


def _message(text: bytes, checkpoint: Checkpoint, name: str, kind: NoteKeyKind, seconds: int) -> bytes:
    """What is signed: the text; the text under a header with the time; or the structure of tlog-cosignature."""
    if kind is NoteKeyKind.ED25519:
        return text
    if kind is NoteKeyKind.ED25519_COSIGNATURE:
        return f"cosignature/v1\ntime {seconds}\n".encode() + text
    return b"".join(
        (
            b"subtree/v1\n\0",
            _counted(name),
            seconds.to_bytes(8, "big"),
            _counted(checkpoint.origin),
            bytes(8),
            checkpoint.size.to_bytes(8, "big"),
            checkpoint.root_hash,
        )
    )


def _counted(text: str) -> bytes:
    raw = text.encode()
    if len(raw) > 255:
        raise NoteError(what=f"name {text[:40]!r}…", problem="longer than 255 bytes", remedy="choose a shorter one")
    return bytes([len(raw)]) + raw


def _wrong(checkpoint: Checkpoint, key: NoteKey, problem: str) -> SignatureError:
    return SignatureError(
        what=f"checkpoint of {checkpoint.origin}",
        problem=f"the signature by {key.name} ({key.kind.name.lower()}, key id {key.id.hex()}) {problem}",
        remedy="ask the signer for the checkpoint again and compare; do not rely on this one",
    )

"""Crossing from one agency to another: each vouches for the other's log, and the chain goes on.

The sender signs a checkpoint that covers the transfer and sends an extract under it. The receiver checks it, cosigns
the checkpoint, and begins its own custody with an entry bound to the sender's last one. It sends its own checkpoint
back, which the sender cosigns. After that neither can rewrite its past without the other's file showing it.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from comity.evidence.custody import files
from comity.evidence.custody.cosignature import NoteSigner, add_signatures, verify_note
from comity.evidence.custody.extraction import Extract
from comity.evidence.custody.note import Note, NoteKey, format_note, parse_note
from comity.evidence.custody.notes import checkpoint_of, seen_notes
from comity.evidence.custody.proof import is_consistent
from comity.evidence.errors import CustodyError, NoteError

_NEVER = datetime.fromtimestamp(0, UTC)
"""Where nothing is signed."""


def countersign(
    note: bytes,
    signers: Iterable[NoteSigner],
    *,
    at: datetime,
    keys: Iterable[NoteKey],
    seen: bytes | None = None,
    proof: Sequence[bytes] = (),
) -> bytes:
    """Another's checkpoint with our cosignatures, which say: as of `at`, its log only ever grew.

    `keys` are the other's; `seen` is the checkpoint of the same log that we vouched for last, and `proof` the
    consistency proof from it. CustodyError where the log does not extend it: the past was rewritten.
    """
    checkpoint, _ = verify_note(note, keys)
    if seen is not None:
        before = checkpoint_of(seen)
        if before.origin != checkpoint.origin or not is_consistent(
            old=before.size,
            old_root=before.root_hash,
            new=checkpoint.size,
            new_root=checkpoint.root_hash,
            proof=proof,
        ):
            raise CustodyError(
                what=f"checkpoint of {checkpoint.origin} at size {checkpoint.size}",
                problem=f"is not shown to extend the one of {before.origin} at size {before.size} that was seen before",
                remedy="ask for the consistency proof between them; without one, the log was rewritten: keep both",
            )
    return add_signatures(parse_note(note), signers, at=at)


def vouch(
    folder: Path,
    note: bytes,
    signers: Iterable[NoteSigner],
    *,
    at: datetime,
    keys: Iterable[NoteKey],
    proof: Sequence[bytes] = (),
) -> bytes:
    """Countersign another's checkpoint against the newest one that the log in `folder` has seen, and keep it there.

    Without signers it is only kept. CustodyError where it does not extend what was seen.
    """
    checkpoint, _ = verify_note(note, keys := tuple(keys))
    with files.locked(folder):
        seen = seen_notes(folder, checkpoint.origin)
        signed = countersign(note, signers, at=at, keys=keys, seen=seen.newest(), proof=proof)
        there = seen.at(checkpoint.size)
        seen.keep(signed if there is None else _merged(there, signed))
        return signed


def refuse_fork(folder: Path, extract: Extract, *, keys: Iterable[NoteKey]) -> None:
    """CustodyError where the log of an extract is not shown to extend what the log in `folder` has seen of it.

    Nothing is kept. Check the extract first: of earlier checkpoints in it only the proofs are looked at.
    """
    note = extract.checkpoint.encode()
    checkpoint, _ = verify_note(note, keys := tuple(keys))
    seen = seen_notes(folder, checkpoint.origin)
    there, newest = seen.at(checkpoint.size), seen.newest()
    if there is not None and checkpoint_of(there).root_hash != checkpoint.root_hash:
        raise CustodyError(
            what=f"checkpoint of {checkpoint.origin} at size {checkpoint.size}",
            problem="has another root than the one of this size that was seen before: of one log two histories were "
            "signed, which is not shown to extend anything",
            remedy="keep both, and ask its keeper: the log was rewritten",
        )
    if there is None:
        countersign(note, (), at=_NEVER, keys=keys, seen=newest, proof=proof_within(extract, newest))


def keep_seen(folder: Path, extract: Extract, *, keys: Iterable[NoteKey]) -> None:
    """Remember how an extract says that its log stood, now and earlier; CustodyError as `refuse_fork`."""
    keys = tuple(keys)
    with files.locked(folder):
        refuse_fork(folder, extract, keys=keys)
        note = extract.checkpoint.encode()
        seen = seen_notes(folder, checkpoint_of(note).origin)
        for one in (*(kept.checkpoint.encode() for kept in extract.kept), note):
            with suppress(NoteError):  # by a key that its owner revoked: it counts for nothing
                checkpoint, _ = verify_note(one, keys)
                there = seen.at(checkpoint.size)
                seen.keep(one if there is None else _merged(there, one))


def proof_within(extract: Extract, seen: bytes | None) -> tuple[bytes, ...]:
    """The consistency proof from a checkpoint seen before, where the extract carries it; empty: it does not."""
    if seen is not None:
        size = checkpoint_of(seen).size
        for one in extract.kept:
            if checkpoint_of(one.checkpoint.encode()).size == size:
                return hashes_of(one.proof)
    return ()


def hashes_of(proof: Iterable[str]) -> tuple[bytes, ...]:
    """A proof in hexadecimal as bytes; NoteError where it is not."""
    try:
        return tuple(bytes.fromhex(node) for node in proof)
    except ValueError:
        raise NoteError(what="proof", problem="not hexadecimal", remedy="give the file as it came") from None


def _merged(there: bytes, new: bytes) -> bytes:
    """Both notes' signatures; those of the new one replace older ones by the same key."""
    old, fresh = parse_note(there), parse_note(new)
    names = {(s.name, s.key_id) for s in fresh.signatures}
    kept = tuple(s for s in old.signatures if (s.name, s.key_id) not in names)
    return format_note(Note(text=fresh.text, signatures=kept + fresh.signatures))

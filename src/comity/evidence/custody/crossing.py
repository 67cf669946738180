"""Crossing from one agency to another: each vouches for the other's log, and the chain goes on.

The sender signs a checkpoint that covers the transfer and sends an extract under it. The receiver checks it, cosigns
the checkpoint, and begins its own custody with an entry bound to the sender's last one. It sends its own checkpoint
back, which the sender cosigns. After that neither can rewrite its past without the other's file showing it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256

from comity.evidence.custody.cosignature import NoteSigner, add_signatures, verify_note
from comity.evidence.custody.entry import Binding
from comity.evidence.custody.extraction import Extract
from comity.evidence.custody.note import NoteKey, parse_note
from comity.evidence.custody.notes import checkpoint_of
from comity.evidence.custody.proof import is_consistent
from comity.evidence.custody.tree import leaf_hash
from comity.evidence.errors import CustodyError


def bind(extract: Extract) -> Binding:
    """What a receiver's first entry ties itself to: the sender's last entry and checkpoint. Check the extract first."""
    if not extract.entries:
        raise CustodyError(what="extract", problem="holds no entry", remedy="ask the sender for the items' custody")
    note = extract.checkpoint.encode()
    checkpoint, last = checkpoint_of(note), extract.entries[-1]
    return Binding(
        log=checkpoint.origin,
        number=last.number,
        leaf_hash=leaf_hash(last.entry.encode()).hex(),
        tree_size=checkpoint.size,
        root_hash=checkpoint.root_hash.hex(),
        checkpoint_sha256=sha256(note).hexdigest(),
    )


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

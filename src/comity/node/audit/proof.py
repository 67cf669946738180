"""That one entry is in the trail: the entry, its path to the root, and the signed head. A file of some kilobytes."""

from typing import Literal

import msgspec

from comity.evidence.custody import NoteKey, leaf_hash, parse_checkpoint, parse_note, verify_note
from comity.evidence.custody.proof import is_included
from comity.evidence.errors import SignerUnknownError
from comity.node.audit.record import Record, parse_record
from comity.node.errors import InvalidError

PROOF_BYTES_MAX = 4 << 20


class EntryProof(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An entry with its inclusion proof (RFC 9162 2.1.3)."""

    format: Literal["comity-audit-entry-proof/1"] = "comity-audit-entry-proof/1"
    entry: str
    """The entry's own bytes, as text."""
    proof: tuple[str, ...]
    """Hexadecimal, from the leaf's sibling upwards."""
    checkpoint: str
    """The signed note."""


class Proven(msgspec.Struct, frozen=True, kw_only=True):
    """What a proof shows."""

    record: Record
    size: int
    signed_by: tuple[str, ...]
    """Names of trusted keys that signed the head; empty: none is trusted here, so the proof shows nothing yet."""


def encode_proof(proof: EntryProof) -> bytes:
    """The proof as canonical JSON (RFC 8785)."""
    return msgspec.json.encode(proof, order="sorted")


def parse_proof(data: bytes) -> EntryProof:
    """The proof in these bytes; InvalidError where they are none."""
    problem = f"more than {PROOF_BYTES_MAX:,} bytes"
    if len(data) <= PROOF_BYTES_MAX:
        try:
            return msgspec.json.decode(data, type=EntryProof)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            problem = str(error)
    raise InvalidError({"proof": f"not a proof of an entry: {problem}; give the file as it came"})


def check_proof(proof: EntryProof, keys: tuple[NoteKey, ...]) -> Proven:
    """What the proof shows; InvalidError where the entry is not in the tree, and NoteError where the head is none."""
    note = proof.checkpoint.encode()
    try:
        head, signatures = verify_note(note, keys)
        names = tuple(one.key.name for one in signatures)
    except SignerUnknownError:
        head, names = parse_checkpoint(parse_note(note).text), ()
    body = proof.entry.encode()
    record = parse_record(body)
    try:
        path = [bytes.fromhex(node) for node in proof.proof]
    except ValueError:
        raise InvalidError({"proof": "a hash is not hexadecimal"}) from None
    held = is_included(leaf=leaf_hash(body), number=record.number, size=head.size, proof=path, root=head.root_hash)
    if not held or record.log != head.origin:
        raise InvalidError(
            {"entry": f"entry {record.number} is not in the trail under the checkpoint of {head.origin}"}
        )
    return Proven(record=record, size=head.size, signed_by=names)

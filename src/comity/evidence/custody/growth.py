"""That a log only grew: a newer checkpoint, and the proof that it extends an older one. What a witness asks for."""

from typing import Literal

import msgspec

from comity.evidence.custody.entry import Number, Record
from comity.evidence.custody.log import CustodyLog
from comity.evidence.custody.notes import checkpoint_of
from comity.evidence.errors import CustodyError, NoteError

GROWTH_BYTES_MAX = 2 << 20


class Growth(Record, frozen=True, kw_only=True):
    """A signed checkpoint with its consistency proof (RFC 9162 2.1.4)."""

    format: Literal["comity-custody-growth/1"] = "comity-custody-growth/1"
    old_size: Number
    checkpoint: str
    """The newer signed note."""
    proof: tuple[str, ...]
    """Hexadecimal, from the tree of `old_size` entries to the checkpoint's."""


def prove_growth(log: CustodyLog, old_size: int) -> Growth:
    """The newest signed checkpoint as an extension of the log's first `old_size` entries; CustodyError without one."""
    note = log.checkpoint()
    if note is None or checkpoint_of(note).size < old_size:
        raise CustodyError(
            what=log.origin, problem=f"has no signed checkpoint of {old_size} entries or more", remedy="sign it first"
        )
    proof = log.consistency_proof(old_size, checkpoint_of(note).size)
    return Growth(old_size=old_size, checkpoint=note.decode(), proof=tuple(node.hex() for node in proof))


def encode_growth(value: Growth) -> bytes:
    """The proof as canonical JSON (RFC 8785)."""
    return msgspec.json.encode(value, order="sorted")


def parse_growth(data: bytes) -> Growth:
    """The proof in these bytes; NoteError where they are none."""
    problem = f"more than {GROWTH_BYTES_MAX:,} bytes"
    if len(data) <= GROWTH_BYTES_MAX:
        try:
            return msgspec.json.decode(data, type=Growth)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            problem = str(error)
    raise NoteError(what="proof of growth", problem=problem, remedy="give the file as it came")

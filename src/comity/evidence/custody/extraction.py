"""What travels with evidence: the entries about some items, each with its proof under a signed checkpoint.

A stranger checks it with SHA-256 and Ed25519 alone (docs/custody.md has the steps). Nothing of the log's other entries
is shown but hashes, and these cannot be guessed, for each entry carries 128 random bits. An extract shows that nothing
is missing *between* its entries; that nothing came after, only the log or a later checkpoint shows.
"""

from collections.abc import Collection, Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Literal

import msgspec

from comity.evidence.custody.entry import Binding, Number, Record
from comity.evidence.custody.log import CustodyLog
from comity.evidence.custody.note import NoteKey, parse_note
from comity.evidence.custody.notes import checkpoint_of, own_notes
from comity.evidence.custody.senders import kept_senders
from comity.evidence.custody.tree import leaf_hash
from comity.evidence.errors import CustodyError, NoteError

EXTRACT_BYTES_MAX = 256 << 20
_KEPT_MAX = 16
_OWN_MAX = 8
"""Earlier checkpoints that nobody cosigned: who got something under one of them sees that the log only grew."""


class ProvenEntry(Record, frozen=True, kw_only=True):
    """One entry, exactly as the log holds it, and its way to the root."""

    number: Number
    entry: str
    """The canonical JSON as one string: its UTF-8 bytes are what is hashed."""
    proof: tuple[str, ...]
    """Inclusion proof, hexadecimal, from the leaf's sibling upwards (RFC 9162 2.1.3)."""


class KeptCheckpoint(Record, frozen=True, kw_only=True):
    """An earlier checkpoint, and the proof that the present one extends it."""

    checkpoint: str
    """The signed note."""
    proof: tuple[str, ...]
    """Consistency proof to the extract's checkpoint, hexadecimal (RFC 9162 2.1.4)."""


class Extract(Record, frozen=True, kw_only=True):
    """The custody of some items so far."""

    format: Literal["comity-custody-extract/1"] = "comity-custody-extract/1"
    items: tuple[str, ...]
    """Whose custody this is, with the items that they were copied from."""
    checkpoint: str
    """The signed note, with the cosignatures of witnesses."""
    entries: tuple[ProvenEntry, ...]
    """By number. The items' `previous` numbers chain them without a gap."""
    kept: tuple[KeptCheckpoint, ...] = ()
    keys: tuple[str, ...] = ()
    """Verifier keys of those who signed, for convenience only: compare them with what you got elsewhere."""
    senders: tuple["Extract", ...] | msgspec.UnsetType = msgspec.UNSET
    """The extracts of others' logs that entries here are bound to, as they came, with those before them."""

    @property
    def before(self) -> tuple["Extract", ...]:
        return self.senders or ()

    @property
    def logs(self) -> tuple[str, ...]:
        """The origins of this log and of those before it."""
        before = (log for one in self.before for log in one.logs)
        return tuple(dict.fromkeys((checkpoint_of(self.checkpoint.encode()).origin, *before)))


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


def senders_of(folder: Path, ties: Iterable[Binding]) -> tuple[Extract, ...]:
    """The extracts that a log keeps of what it is bound to; one that is no longer what came is left out."""
    found = ((tie, _whole(data)) for tie, data in kept_senders(folder, ties))
    return tuple(one for tie, one in found if one is not None and bind(one) == tie)


def _whole(data: bytes) -> Extract | None:
    try:
        return parse_extract(data)
    except NoteError:
        return None


def extract(log: CustodyLog, items: Collection[str], *, keys: Iterable[NoteKey] = ()) -> Extract:
    """The custody of `items` under the newest signed checkpoint.

    CustodyError where an item is unknown, or where the checkpoint does not cover its last entry: sign first.
    """
    note = log.checkpoint()
    numbers, closure = _with_sources(log, items)
    if note is None or checkpoint_of(note).size <= max(numbers):
        raise CustodyError(
            what=log.origin, problem="its newest checkpoint does not cover these entries", remedy="sign the log first"
        )
    size = checkpoint_of(note).size
    signed = {(s.name, s.key_id) for s in parse_note(note).signatures}
    return Extract(
        items=tuple(sorted(closure)),
        checkpoint=note.decode(),
        entries=tuple(
            ProvenEntry(number=n, entry=log.line(n).decode(), proof=_hex(log.inclusion_proof(n, size))) for n in numbers
        ),
        kept=tuple(_earlier(log, size)),
        keys=tuple(key.vkey for key in keys if (key.name, key.id) in signed and key.revoked_at is None),
        senders=senders_of(log.folder, (tie for n in numbers if (tie := log.entry(n).binding))) or msgspec.UNSET,
    )


def encode_extract(value: Extract) -> bytes:
    """The extract as canonical JSON (RFC 8785)."""
    return msgspec.json.encode(value, order="sorted")


def parse_extract(data: bytes) -> Extract:
    """The extract in these bytes; NoteError where they are not exactly the canonical form of one."""
    problem = f"more than {EXTRACT_BYTES_MAX:,} bytes"
    if len(data) <= EXTRACT_BYTES_MAX:
        try:
            value = msgspec.json.decode(data, type=Extract)
            if encode_extract(value) == data:
                return value
            problem = "not in canonical form (RFC 8785)"
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            problem = str(error)
    raise NoteError(what="custody extract", problem=problem, remedy="give the file as it came")


def _with_sources(log: CustodyLog, items: Collection[str]) -> tuple[list[int], set[str]]:
    """Numbers of the entries about the items and, in turn, the items that they were copied from."""
    numbers: set[int] = set()
    closure: set[str] = set()
    waiting = list(items)
    while waiting:
        item = waiting.pop()
        if item in closure:
            continue
        closure.add(item)
        history = log.history(item)
        if not history:
            raise CustodyError(
                what=f"item {item!r}", problem=f"{log.origin} does not know it", remedy="see comity custody show"
            )
        numbers.update(history)
        waiting += [i.source for i in log.entry(history[0]).items if i.id == item and i.source]
    if not numbers:
        raise CustodyError(what=log.origin, problem="no item was named", remedy="name the items")
    return sorted(numbers), closure


def _earlier(log: CustodyLog, size: int) -> Iterator[KeptCheckpoint]:
    """Earlier checkpoints: the newest that someone else cosigned, and the newest of the others."""
    cosigned: list[tuple[int, bytes]] = []
    alone: list[tuple[int, bytes]] = []
    for _, data in own_notes(log.folder).all():
        earlier = checkpoint_of(data).size
        if earlier < size:
            by_others = any(s.name != log.origin for s in parse_note(data).signatures)
            (cosigned if by_others else alone).append((earlier, data))
    for earlier, data in sorted([*cosigned[-_KEPT_MAX:], *alone[-_OWN_MAX:]]):
        yield KeptCheckpoint(checkpoint=data.decode(), proof=_hex(log.consistency_proof(earlier, size)))


def _hex(proof: Iterable[bytes]) -> tuple[str, ...]:
    return tuple(node.hex() for node in proof)

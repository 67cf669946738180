"""Checking an extract of a log with nothing but itself and the keys that one trusts."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime

from comity.evidence.custody.admit import DEFAULT_TOLERANCE, Tolerance
from comity.evidence.custody.before import check_before
from comity.evidence.custody.checkpoint import Checkpoint
from comity.evidence.custody.entry import NONE, Entry
from comity.evidence.custody.extraction import Extract, KeptCheckpoint, ProvenEntry
from comity.evidence.custody.note import NoteKey, parse_note, parse_vkey
from comity.evidence.custody.notes import checkpoint_of
from comity.evidence.custody.proof import is_consistent, is_included
from comity.evidence.custody.report import CheckReport, Finding
from comity.evidence.custody.trace import Trace, failed, unknown
from comity.evidence.custody.tree import leaf_hash
from comity.evidence.custody.vouched import Times, Vouched, check_witnesses, signed_by, verify_all
from comity.evidence.errors import NoteError

_CHECKPOINT = "of the extract"


def check_extract(
    extract: Extract,
    keys: Sequence[NoteKey],
    *,
    now: datetime,
    senders: Sequence[Extract] = (),
    witnesses: Collection[str] = (),
    kept: Iterable[tuple[str, bytes]] = (),
    tolerance: Tolerance = DEFAULT_TOLERANCE,
) -> CheckReport:
    """All findings on an extract; NoteError where its checkpoint cannot be read.

    `kept` are signed checkpoints of its log from elsewhere, each with a name.

    `senders` are extracts of logs from which the items came across borders: an entry here, or in one that came after,
    must be bound to the last one there. Those that travel inside are checked too; `keys` are of all logs (`logs`).
    `witnesses` are the names of those who ought to have cosigned the checkpoint.
    """
    head = checkpoint_of(extract.checkpoint.encode())
    notes = [(f"kept {at + 1}", one.checkpoint.encode()) for at, one in enumerate(extract.kept)]
    vouched, findings = verify_all(
        [*notes, (_CHECKPOINT, extract.checkpoint.encode())],
        origin=head.origin,
        keys=keys,
        latest=now + tolerance.here,
    )
    trace = Trace(origin=head.origin, now=now, tolerance=tolerance, items=extract.items)
    times = Times(vouched, origin=head.origin, clock=tolerance.clock)
    entries: list[Entry] = []
    for proven, expected in zip(extract.entries, _ascending(extract.entries), strict=True):
        findings += _prove(extract, proven, expected)
        entry, found = trace.read(proven.entry.encode(), number=proven.number)
        findings += found
        if entry is not None:
            entries.append(entry)
            findings += times.check(entry, proven.number)
            if entry.number != proven.number:
                findings.append(failed("entry-misplaced", f"entry {entry.number} is shown as {proven.number}"))
    findings += _gaps(extract, entries)
    findings += _kept(extract)
    findings += _keys(extract)
    elsewhere = tuple(kept)
    told, on_kept = verify_all(elsewhere, origin=head.origin, keys=keys, latest=now + tolerance.here)
    findings += [*on_kept, *_kept_elsewhere(extract, told)]
    findings += check_before(
        extract,
        entries,
        given=senders,
        check=lambda one: check_extract(one, keys, now=now, tolerance=tolerance),
        known={key.name for key in keys},
        clock=tolerance.clock,
    )
    findings += check_witnesses(_newest(vouched), witnesses)
    return CheckReport(
        log=head.origin,
        size=head.size,
        root_hash=head.root_hash.hex(),
        entries_checked=len(extract.entries),
        checkpoints_checked=len(notes) + 1 + len(elsewhere),
        signed_by=signed_by(_newest(vouched)),
        findings=tuple(dict.fromkeys(findings)),
    )


def _ascending(entries: Sequence[ProvenEntry]) -> Iterator[bool]:
    before = NONE
    for one in entries:
        yield one.number > before
        before = one.number


def _prove(extract: Extract, proven: ProvenEntry, ascending: bool) -> Iterator[Finding]:
    head = checkpoint_of(extract.checkpoint.encode())
    if not ascending:
        yield failed("entry-reordered", f"entry {proven.number} does not follow a smaller one", number=proven.number)
    proof = _nodes(proven.proof)
    if proof is None or not is_included(
        leaf=leaf_hash(proven.entry.encode()), number=proven.number, size=head.size, proof=proof, root=head.root_hash
    ):
        message = f"entry {proven.number} is not shown to be part of the log: it or its proof was altered"
        yield failed("entry-altered", message, number=proven.number)


def _gaps(extract: Extract, entries: Sequence[Entry]) -> Iterator[Finding]:
    """An item's entries name each other back to the first: a number that is named and not there is missing."""
    there = {entry.number for entry in entries}
    for item in extract.items:
        links = [i.previous for entry in entries for i in entry.items if i.id == item]
        if not links:
            yield failed("item-missing", f"there is no entry about {item}", item=item)
        for number in links:
            if number != NONE and number not in there:
                message = f"entry {number}, about item {item}, is missing"
                yield failed("entry-missing", message, number=number, item=item)


def _kept(extract: Extract) -> Iterator[Finding]:
    for at, one in enumerate(extract.kept):
        try:
            old = _checkpoint(one.checkpoint)
        except NoteError:
            continue  # named already where signatures were verified
        if not _extends(extract, one):
            message = f"the log is not shown to extend kept checkpoint {at + 1} of size {old.size}"
            yield failed("history-rewritten", message, number=old.size)


def _extends(extract: Extract, one: KeptCheckpoint) -> bool:
    """True where the extract's log is shown to extend an earlier checkpoint; NoteError where that is none."""
    head, old, proof = _checkpoint(extract.checkpoint), _checkpoint(one.checkpoint), _nodes(one.proof)
    return proof is not None and is_consistent(
        old=old.size, old_root=old.root_hash, new=head.size, new_root=head.root_hash, proof=proof
    )


def _kept_elsewhere(extract: Extract, kept: Sequence[Vouched]) -> Iterator[Finding]:
    """Whether the log is the one that others saw: by checkpoints of the sizes that the extract has a root of."""
    roots = {at.size: at.root_hash for at in map(_checkpoint, (extract.checkpoint, *_proven(extract)))}
    for one in kept:
        size, root = one.checkpoint.size, roots.get(one.checkpoint.size)
        if root == one.checkpoint.root_hash or size == 0:
            continue
        if root is None:
            yield unknown(
                "growth-unshown",
                f"checkpoint {one.name} is over {size:,} entries, and nothing here shows whether that log and this one "
                f"of {_checkpoint(extract.checkpoint).size:,} are the same: check the log itself with it, or ask for "
                "an extract made after its keeper took in a cosignature on it (comity custody accept)",
                number=size,
            )
            continue
        message = f"checkpoint {one.name} is of as many entries ({size:,}) with another root: two histories were signed"
        yield failed("history-rewritten", message, number=size)


def _proven(extract: Extract) -> Iterator[str]:
    """The earlier checkpoints that the extract's own is shown to extend."""
    for one in extract.kept:
        with suppress(NoteError):
            if _extends(extract, one):
                yield one.checkpoint


def _checkpoint(note: str) -> Checkpoint:
    return checkpoint_of(note.encode())


def _keys(extract: Extract) -> Iterator[Finding]:
    """The keys are for convenience, but each must be whole and have signed."""
    signed = {(s.name, s.key_id) for s in parse_note(extract.checkpoint.encode()).signatures}
    for vkey in extract.keys:
        try:
            key = parse_vkey(vkey)
        except NoteError as error:
            yield failed("key-damaged", f"a verifier key in the extract: {error.problem}")
            continue
        if (key.name, key.id) not in signed:
            yield failed("signature-missing", f"{key.name} (key id {key.id.hex()}) has not signed the checkpoint")


def _newest(vouched: Sequence[Vouched]) -> Vouched | None:
    return next((one for one in reversed(vouched) if one.name == _CHECKPOINT), None)


def _nodes(proof: Sequence[str]) -> list[bytes] | None:
    if any(len(node) != 64 or node.strip("0123456789abcdef") for node in proof):
        return None
    return [bytes.fromhex(node) for node in proof]

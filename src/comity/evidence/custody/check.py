"""Checking a whole log: every missing, repeated, moved, altered or back-dated entry is named.

Nothing derived is trusted. Entries are hashed again, followed by the rules of custody, and held against every signed
checkpoint: those in the log's folder and those that others kept, which a keeper who rewrites the past cannot reach.
"""

from array import array
from collections.abc import Collection, Iterable, Iterator, MutableSequence, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from comity.evidence.custody import files
from comity.evidence.custody.admit import DEFAULT_TOLERANCE, Tolerance
from comity.evidence.custody.bound import check_bindings
from comity.evidence.custody.canonical import ENTRY_BYTES_MAX
from comity.evidence.custody.entry import Binding, Entry
from comity.evidence.custody.files import Head
from comity.evidence.custody.index import kept_covers
from comity.evidence.custody.indexed import check_index
from comity.evidence.custody.note import NoteKey
from comity.evidence.custody.notes import own_notes
from comity.evidence.custody.order import check_order, match_leaves
from comity.evidence.custody.reading import origin_of
from comity.evidence.custody.report import CheckReport, Finding, Verdict
from comity.evidence.custody.tail import check_tail
from comity.evidence.custody.trace import Trace, failed, notice, unknown
from comity.evidence.custody.tree import HASH_BYTES, Frontier, leaf_hash, stored_at
from comity.evidence.custody.vouched import Times, Vouched, check_roots, check_witnesses, signed_by, verify_all
from comity.evidence.errors import LogDamagedError

FINDINGS_MAX = 10_000
"""Findings after which a report says only that there are more."""


@dataclass(slots=True, kw_only=True)
class _Walk:
    """What one pass over the entries found."""

    count: int = 0
    numbers: MutableSequence[int] = field(default_factory=lambda: array("q"))
    roots: dict[int, bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    broken_links: list[Finding] = field(default_factory=list)
    bindings: list[tuple[int, Binding]] = field(default_factory=list)
    row_differs: bool = False
    latest: datetime | None = None


def check_log(
    folder: Path,
    *,
    keys: Sequence[NoteKey],
    now: datetime,
    kept: Iterable[tuple[str, bytes]] = (),
    witnesses: Collection[str] = (),
    tolerance: Tolerance = DEFAULT_TOLERANCE,
) -> CheckReport:
    """All findings on the log in a folder; LogDamagedError where the folder holds none.

    `kept` are signed checkpoints of this log from elsewhere, each with a name: what witnesses and receivers have;
    `witnesses` are the names of those who ought to have cosigned the newest one.
    """
    origin = origin_of(folder)
    head, findings = _read_head(folder)
    notes = [*own_notes(folder).all(), *kept]
    vouched, on_notes = verify_all(notes, origin=origin, keys=keys, latest=now + tolerance.here)
    trace = Trace(origin=origin, now=now, tolerance=tolerance)
    times = Times(vouched, origin=origin, clock=tolerance.clock)
    covers = kept_covers(folder)
    sizes = {one.checkpoint.size for one in vouched} | {covers[0]} | ({head.size} if head else set())
    walk = _walk(folder, head, trace=trace, times=times, sizes=sizes)
    findings += on_notes
    findings += _judge(folder, head, vouched, walk)
    findings += walk.findings
    findings += check_index(folder, covers, walk.roots, trace.holdings)
    findings += _unsigned_tail(vouched, walk.count)
    newest = vouched[-1] if vouched else None
    findings += check_witnesses(newest, witnesses)
    findings += check_bindings(folder, walk.bindings)
    return CheckReport(
        log=origin,
        size=walk.count,
        root_hash=walk.roots[walk.count].hex(),
        entries_checked=walk.count,
        checkpoints_checked=len(notes),
        signed_by=signed_by(newest),
        findings=_capped(findings),
    )


def _read_head(folder: Path) -> tuple[Head | None, list[Finding]]:
    try:
        head = files.read_record(folder / files.HEAD, Head)
    except LogDamagedError as error:
        return None, [failed("head-damaged", f"{files.HEAD}: {error.problem}")]
    return head, list(check_tail(folder / files.ENTRIES, head))


def _walk(folder: Path, head: Head | None, *, trace: Trace, times: Times, sizes: set[int]) -> _Walk:
    walk, frontier, expected, previous = _Walk(), Frontier(0, lambda _: b""), 0, b""
    row = _Row(folder)
    for place, line in enumerate(_lines(folder / files.ENTRIES, head)):
        leaf = leaf_hash(line)
        if place in sizes:
            walk.roots[place] = frontier.root()
        frontier.append(leaf)
        entry, findings = trace.read(line, number=expected)
        walk.findings += findings
        number = expected if entry is None else entry.number
        if entry is not None:
            walk.findings += times.check(entry, place)
            walk.bindings += [] if entry.binding is None else [(number, entry.binding)]
            if number == expected and entry.previous != previous.hex():
                walk.broken_links.append(_broken(entry))
        walk.numbers.append(number)
        walk.row_differs |= row.leaf(place) != leaf
        expected, previous = number + 1, leaf
    walk.count, walk.latest = frontier.size, trace.latest
    walk.roots[walk.count] = frontier.root()
    return walk


def _judge(folder: Path, head: Head | None, vouched: Sequence[Vouched], walk: _Walk) -> list[Finding]:
    """Findings on the order and wholeness of the entries."""
    size = max([walk.count if head is None else head.size, *(one.checkpoint.size for one in vouched)])
    roots = list(check_roots(vouched, walk.roots))
    off_head = head is not None and head.size > 0 and walk.roots.get(head.size, b"").hex() != head.root_hash
    if walk.row_differs and (roots or off_head):
        row = _trusted_row(folder, head, vouched)
        if row is not None:
            numbers, findings = match_leaves(map(leaf_hash, _lines(folder / files.ENTRIES, None)), row)
            walk.findings = [one for one in walk.findings if one.code != "entry-altered"]
            return [*findings, *check_order(numbers, max(size, len(row))), *roots]
    findings = [*walk.broken_links, *check_order(walk.numbers, size), *roots]
    if head is not None and not off_head and not findings:
        findings += _head_faults(folder, head, walk)
    if off_head and not roots:
        findings.append(failed("head-differs", f"the entries are not those that {files.HEAD} says were committed"))
    elif walk.row_differs and not findings:
        findings.append(
            notice(
                "row-damaged",
                f"{files.HASHES} is not made from the entries, which are whole: remove it and {files.ENDS}",
            )
        )
    return findings


def _head_faults(folder: Path, head: Head, walk: _Walk) -> Iterator[Finding]:
    """What a head says wrongly of entries that are the ones it means."""
    if head.size != walk.count:
        yield failed("head-differs", f"{files.HEAD} counts {head.size} entries, not {walk.count}")
    elif head.recorded_at != walk.latest:
        yield failed("head-differs", f"the time of the last entry is not the one in {files.HEAD}")
    entries = folder / files.ENTRIES
    if head.entries_bytes > (entries.stat().st_size if entries.is_file() else 0):
        yield failed("head-differs", f"{files.HEAD} says that there are more bytes of entries than there are")


def _trusted_row(folder: Path, head: Head | None, vouched: Sequence[Vouched]) -> list[bytes] | None:
    """The leaf hashes in the row, where the newest checkpoint, or for want of one the head, vouches for them."""
    size = vouched[-1].checkpoint.size if vouched else head.size if head else 0
    row = _Row(folder)
    leaves = [row.leaf(place) for place in range(max(size, head.size if head else 0))]
    frontier = Frontier(0, lambda _: b"")
    for leaf in leaves[:size]:
        frontier.append(leaf)
    root = vouched[-1].checkpoint.root_hash.hex() if vouched else head.root_hash if head else ""
    return leaves if frontier.root().hex() == root else None


class _Row:
    """The leaves of the derived row, as far as it reaches."""

    def __init__(self, folder: Path) -> None:
        path = folder / files.HASHES
        self._data = _mapped(path) if path.is_file() and path.stat().st_size else b""

    def leaf(self, number: int) -> bytes:
        at = stored_at(0, number) * HASH_BYTES
        return bytes(self._data[at : at + HASH_BYTES])


def _mapped(path: Path) -> memoryview:
    import mmap

    with path.open("rb") as file:
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def _lines(path: Path, head: Head | None) -> Iterator[bytes]:
    """The committed lines without their ends; a last line without an end comes as it is."""
    if not path.is_file():
        return
    left = path.stat().st_size if head is None else head.entries_bytes
    with path.open("rb") as file:
        while left > 0 and (line := file.readline(min(left, ENTRY_BYTES_MAX + 2))):
            left -= len(line)
            yield line.removesuffix(b"\n")


def _broken(entry: Entry) -> Finding:
    if entry.number == 0:
        return failed("entry-altered", "entry 0 names an entry before it", number=0)
    message = f"entry {entry.number - 1} is not the one that entry {entry.number} was linked to"
    return failed("entry-altered", message, number=entry.number - 1)


def _unsigned_tail(vouched: Sequence[Vouched], count: int) -> list[Finding]:
    signed = vouched[-1].checkpoint.size if vouched else 0
    if signed >= count:
        return []
    which = f"entry {signed} is" if signed == count - 1 else f"entries {signed} to {count - 1} are"
    return [unknown("tail-unsigned", f"{which} under no checkpoint that verifies here", number=signed)]


def _capped(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    unique = list(dict.fromkeys(findings))
    if len(unique) <= FINDINGS_MAX:
        return tuple(unique)
    worst = Verdict.FAILED if any(f.verdict is Verdict.FAILED for f in unique) else Verdict.INDETERMINATE
    more = Finding(code="more-findings", verdict=worst, message=f"{len(unique) - FINDINGS_MAX:,} more findings")
    return (*unique[:FINDINGS_MAX], more)

"""Which lines of an export are not what the tree says: altered, missing, moved, repeated or added."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from comity.evidence.custody import Checkpoint, Finding, Frontier, Verdict, leaf_hash
from comity.evidence.custody.tree import EMPTY_ROOT
from comity.node.audit.record import parse_record
from comity.node.errors import InvalidError


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the export."""

    leaf: bytes
    number: int
    """What the entry says of its place; -1: it cannot be read."""
    problem: str


def read_line(body: bytes, origin: str) -> Line:
    """What counts of an entry, given as its bytes."""
    try:
        record = parse_record(body)
    except InvalidError as error:
        return Line(leaf=leaf_hash(body), number=-1, problem=str(error))
    problem = "" if record.log == origin else f"it is of another log, {record.log[:100]}"
    return Line(leaf=leaf_hash(body), number=record.number, problem=problem)


def root_over(leaves: Sequence[bytes]) -> bytes:
    """Root of the tree over these leaf hashes."""
    tree = Frontier(0, lambda place: b"")
    for leaf in leaves:
        tree.append(leaf)
    return tree.root() if leaves else EMPTY_ROOT


def compare_lines(lines: Sequence[Line], leaves: Sequence[bytes], head: Checkpoint) -> list[Finding]:
    """What is wrong; `leaves` are the hashes under the head, in order, or empty where those are not known."""
    if leaves:
        if len(lines) == len(leaves) and all(line.leaf == leaf for line, leaf in zip(lines, leaves, strict=True)):
            return _unreadable(lines)
        return _name_by_hash(lines, leaves)
    found = _name_by_number(lines, head.size)
    if root_over([line.leaf for line in lines]) != head.root_hash and not found:
        return [
            _failed("entry-altered", -1, "the entries are not those under the checkpoint: one or more were altered")
        ]
    return found


def _name_by_hash(lines: Sequence[Line], leaves: Sequence[bytes]) -> list[Finding]:
    place_of = {leaf: number for number, leaf in enumerate(leaves)}
    numbers = [place_of.get(line.leaf, -1) for line in lines]
    missing = set(range(len(leaves))) - set(numbers)
    findings: list[Finding] = []
    seen: set[int] = set()
    last = -1
    for line, number in zip(lines, numbers, strict=True):
        if number < 0:
            findings.append(_name_strange(line, last, missing))
            continue
        if number in seen:
            findings.append(_failed("entry-repeated", number, f"entry {number} stands there twice"))
        elif number < last:
            findings.append(_failed("entry-moved", number, f"entry {number} stands after entry {last}"))
        seen.add(number)
        last = max(last, number)
    return findings + _name_missing(_gaps(sorted(set(range(len(leaves))) - missing), len(leaves)), len(leaves))


def _name_strange(line: Line, last: int, missing: set[int]) -> Finding:
    """A line that no leaf has: an altered entry, named by what it says of itself or by where it stands."""
    number = line.number if line.number in missing else last + 1
    if number in missing:
        missing.discard(number)
        return _failed("entry-altered", number, f"entry {number} was altered")
    return _failed("entry-added", last, f"after entry {last} stands a line that was never entered")


def _name_by_number(lines: Sequence[Line], size: int) -> list[Finding]:
    findings: list[Finding] = []
    seen: set[int] = set()
    last = -1
    for place, line in enumerate(lines):
        if line.problem:
            findings.append(_failed("entry-altered", place, f"line {place + 1}: {line.problem}"))
        elif line.number in seen:
            findings.append(_failed("entry-repeated", line.number, f"entry {line.number} stands there twice"))
        elif line.number < last:
            findings.append(_failed("entry-moved", line.number, f"entry {line.number} stands after entry {last}"))
        seen.add(place if line.problem else line.number)
        last = max(last, line.number)
    return findings + _name_missing(_gaps(sorted(seen), size), size)


def _gaps(numbers: Iterable[int], size: int) -> list[tuple[int, int]]:
    """First and end of each run of numbers below `size` that are not there."""
    gaps: list[tuple[int, int]] = []
    wanted = 0
    for number in numbers:
        if wanted < number <= size:
            gaps.append((wanted, number))
        wanted = max(wanted, number + 1)
    return [*gaps, (wanted, size)] if wanted < size else gaps


def _name_missing(missing: Iterable[tuple[int, int]], size: int) -> list[Finding]:
    findings: list[Finding] = []
    for first, end in missing:
        if end == size:
            text = f"the trail was cut: entries {first} to {end - 1} are missing"
            findings.append(_failed("log-cut", first, text))
        elif first == end - 1:
            findings.append(_failed("entry-missing", first, f"entry {first} is missing"))
        else:
            findings.append(_failed("entry-missing", first, f"entries {first} to {end - 1} are missing"))
    return findings


def _unreadable(lines: Sequence[Line]) -> list[Finding]:
    """Entries that are in the tree and yet no entries, or say another place: the node wrote them so."""
    findings: list[Finding] = []
    for place, line in enumerate(lines):
        if line.problem:
            findings.append(_failed("entry-unreadable", place, f"entry {place}: {line.problem}"))
        elif line.number != place:
            findings.append(_failed("entry-misnumbered", place, f"entry {place} says that it is number {line.number}"))
    return findings


def _failed(code: str, number: int, message: str) -> Finding:
    return Finding(code=code, verdict=Verdict.FAILED, number=number, message=message)


def compare_heads(heads: Iterable[Checkpoint], head: Checkpoint, lines: Sequence[Line]) -> list[Finding]:
    """What earlier heads say against these lines, which stand under `head`."""
    findings: list[Finding] = []
    tree, good = Frontier(0, lambda place: b""), 0
    for old in sorted(heads, key=lambda one: one.size):
        if old.origin != head.origin:
            text = f"a checkpoint of another log, {old.origin[:100]}"
            findings.append(Finding(code="checkpoint-foreign", verdict=Verdict.INDETERMINATE, message=text))
        elif old.size > head.size:
            text = f"a checkpoint says that there were {old.size} entries; this ends after {head.size}: it was cut"
            findings.append(_failed("log-cut", head.size, text))
        elif old.size <= len(lines) and _grow(tree, lines, old.size) != old.root_hash:
            text = f"entries {good} to {old.size - 1} are not those that stood there at an earlier checkpoint"
            findings.append(_failed("history-rewritten", good, text))
            break
        else:
            good = old.size
    return findings


def _grow(tree: Frontier, lines: Sequence[Line], size: int) -> bytes:
    for line in lines[tree.size : size]:
        tree.append(line.leaf)
    return tree.root()

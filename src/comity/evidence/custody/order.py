"""Which entries are missing, repeated or out of place, told from their hashes or the numbers that they carry."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from comity.evidence.custody.entry import NONE
from comity.evidence.custody.report import Finding
from comity.evidence.custody.trace import failed


def check_order(numbers: Sequence[int], size: int) -> Iterator[Finding]:
    """Findings on entries that carry `numbers`, in the order found, where a log of `size` entries is expected."""
    if len(numbers) == size and all(number == place for place, number in enumerate(numbers)):
        return
    seen: set[int] = set()
    for place, number in enumerate(numbers):
        if number in seen:
            yield failed("entry-duplicated", f"entry {number} stands again, as line {place + 1}", number=number)
        seen.add(number)
    for first, last in _runs(sorted(set(range(size)) - seen)):
        which = f"entry {first} is" if first == last else f"entries {first} to {last} are"
        yield failed("entry-missing", f"{which} missing", number=first)
    for number in _out_of_order(list(dict.fromkeys(numbers))):
        yield failed("entry-reordered", f"entry {number} does not stand in its place", number=number)


def match_leaves(leaves: Iterable[bytes], row: Sequence[bytes]) -> tuple[list[int], list[Finding]]:
    """Which entry each line is, told by its hash, given the leaf hashes that a signed checkpoint vouches for.

    A line whose hash is not among them is the entry that should stand there, altered; where that entry stands
    elsewhere, the line was added.
    """
    where = {leaf: number for number, leaf in enumerate(row)}
    known = [where.get(leaf, NONE) for leaf in leaves]
    present, expected = set(known), 0
    numbers: list[int] = []
    findings: list[Finding] = []
    for place, found in enumerate(known):
        number = found
        if number == NONE and expected < len(row) and expected not in present:
            findings.append(failed("entry-altered", f"entry {expected} is not what was signed", number=expected))
            number = expected
        if number == NONE:
            findings.append(failed("entry-added", f"line {place + 1} was never part of the log", number=expected))
            continue
        numbers.append(number)
        expected = number + 1
    return numbers, findings


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    start = 0
    for at, number in enumerate(numbers):
        if at + 1 == len(numbers) or numbers[at + 1] != number + 1:
            yield numbers[start], number
            start = at + 1


def _out_of_order(numbers: Sequence[int]) -> list[int]:
    """The fewest numbers that must move for the rest to ascend: all but a longest ascending subsequence."""
    tails: list[int] = []
    tail_places: list[int] = []
    before = [-1] * len(numbers)
    for place, number in enumerate(numbers):
        at = bisect_left(tails, number)
        tails[at : at + 1] = [number]
        tail_places[at : at + 1] = [place]
        before[place] = tail_places[at - 1] if at else -1
    keep: set[int] = set()
    place = tail_places[-1] if tail_places else -1
    while place >= 0:
        keep.add(numbers[place])
        place = before[place]
    return [number for number in numbers if number not in keep]

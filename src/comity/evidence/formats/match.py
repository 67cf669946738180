"""Hash lists against evidence: which files are known, which are notable, and which no list has.

Contents are read to be hashed, and never shown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from comity.evidence.formats.hashindex import HashIndex
from comity.evidence.formats.hashlist import HashList
from comity.evidence.formats.record import Record, printable

SHOWN_MAX = 100_000
_STRONGEST_FIRST = ("sha512", "sha256", "sha1", "md5")
_NSRL_MALICIOUS = "M"
"""NSRL's special code of malicious files."""


class Standing(StrEnum):
    """What a list says of a file that it has."""

    KNOWN = "known"
    NOTABLE = "notable"


class Match(Record, frozen=True, kw_only=True):
    """A file that is on a list."""

    path: str
    size_bytes: int
    standing: Standing
    algorithm: str
    digest: str
    category: str
    """As the list has it; empty: it has none. What a number means depends on whose list it is."""
    list: str
    of: str = "file"
    """``media``: not the file has this digest, but what it holds, as the file says."""


class ListRead(Record, frozen=True, kw_only=True):
    """A list that was read."""

    path: str
    kind: str
    entries: int
    unread: int


class MatchReport(Record, frozen=True, kw_only=True):
    """All files against all lists."""

    subject: str
    files: int
    known: int
    notable: int
    not_found: int
    matches: tuple[Match, ...]
    more_matches: int = 0
    """How many matches are not among `matches`, for there are too many."""
    lists: tuple[ListRead, ...]
    containers: int = 0
    """How many files hold others: images, archives, mailboxes, phones. The files inside were not looked up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How lists are to be taken."""

    plain: Standing = Standing.KNOWN
    """What a list that has no categories says of its files."""
    known_categories: frozenset[str] = frozenset(("0",))
    """Categories of a Project VIC list that are not notable; of a file without one it is not said that it is not."""


def match(
    index: HashIndex,
    lists: Sequence[HashList],
    algorithms: frozenset[str],
    *,
    subject: str,
    reading: Reading,
    shown_max: int = SHOWN_MAX,
) -> MatchReport:
    """The report; HashListError where a list cannot be read. A file on several lists is notable if one says so.

    Of an entry's digests the strongest counts alone: a file made to collide in a weaker one is not taken for another.
    """
    found: dict[int, Standing] = {}
    matches: list[Match] = []
    told: set[tuple[int, str, str]] = set()
    more = 0
    for hash_list in lists:
        for entry in hash_list.read():
            standing = _standing(hash_list, entry.category, reading)
            strongest = next(
                (pair for name in _STRONGEST_FIRST for pair in entry.digests if pair[0] == name and name in algorithms),
                None,
            )
            if strongest is None:
                hash_list.unread += 1
                continue
            algorithm, digits = strongest
            for hit in index.find(bytes.fromhex(digits)):
                if found.get(hit.number) is not Standing.NOTABLE:
                    found[hit.number] = standing
                key = (hit.number, str(hash_list.path), entry.category)
                if key in told:
                    continue
                if len(matches) >= shown_max:
                    more += 1
                    continue
                told.add(key)
                matches.append(
                    Match(
                        path=hit.path,
                        size_bytes=hit.size_bytes,
                        standing=standing,
                        algorithm=algorithm,
                        digest=digits,
                        category=printable(entry.category),
                        list=str(hash_list.path),
                        of="media" if hit.stored else "file",
                    )
                )
    notable = sum(standing is Standing.NOTABLE for standing in found.values())
    return MatchReport(
        subject=subject,
        files=len(index),
        known=len(found) - notable,
        notable=notable,
        not_found=len(index) - len(found),
        matches=tuple(sorted(matches, key=lambda one: (one.standing is Standing.KNOWN, one.path))),
        more_matches=more,
        lists=tuple(_read(one) for one in lists),
        containers=index.containers,
    )


def algorithms_of(lists: Iterable[HashList], *, entries: int = 1000) -> frozenset[str]:
    """Which digests the files must have to be matched: those of the first entries of each list."""
    found: set[str] = set()
    for one in lists:
        for number, entry in enumerate(HashList(one.path).read()):
            found.update(algorithm for algorithm, _ in entry.digests)
            if number >= entries:
                break
    return frozenset(found)


def _standing(hash_list: HashList, category: str, reading: Reading) -> Standing:
    if hash_list.kind == "vics":
        return Standing.KNOWN if category in reading.known_categories else Standing.NOTABLE
    if hash_list.kind in ("nsrl", "nsrl-sqlite"):
        return Standing.NOTABLE if category == _NSRL_MALICIOUS else Standing.KNOWN
    return reading.plain


def _read(hash_list: HashList) -> ListRead:
    return ListRead(path=str(hash_list.path), kind=hash_list.kind, entries=hash_list.entries, unread=hash_list.unread)

"""A custody log in a folder: append, read, prove, sign."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path

import msgspec

from comity.evidence.custody import files
from comity.evidence.custody.admit import DEFAULT_TOLERANCE, NONCE_BYTES, Admitted, Tail, Tolerance, admit
from comity.evidence.custody.canonical import ENTRY_BYTES_MAX, parse_entry
from comity.evidence.custody.checkpoint import Checkpoint
from comity.evidence.custody.entry import Draft, Entry
from comity.evidence.custody.files import About, Head
from comity.evidence.custody.holding import Holding, hold
from comity.evidence.custody.index import ItemIndex
from comity.evidence.custody.making import make_files, rebuild
from comity.evidence.custody.tree import (
    HASH_BYTES,
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root_of,
    stored_at,
    stored_count,
)
from comity.evidence.errors import CustodyError, EntryError, LogDamagedError

RandomBytes = Callable[[int], bytes]


class CustodyLog:
    """An open log. It sees what was committed when it was opened, and what it appends itself."""

    def __init__(self, folder: Path, *, tolerance: Tolerance = DEFAULT_TOLERANCE) -> None:
        self.folder = folder
        self.origin = files.read_record(folder / files.ABOUT, About).origin
        self._tolerance = tolerance
        self._head = files.read_record(folder / files.HEAD, Head)
        self._descriptors: dict[str, int] = {}
        if self._head.size and not self._is_whole():
            rebuild(folder)

    @property
    def size(self) -> int:
        """How many entries are committed."""
        return self._head.size

    def append(self, drafts: Sequence[Draft], *, recorded_at: datetime, random_bytes: RandomBytes) -> tuple[Entry, ...]:
        """Enter acts, all or none, on the disk when this returns.

        ActRefusedError, ClockError or EntryError leave the log as it was.
        """
        with files.locked(self.folder):
            self._catch_up()
            files.set_aside(self.folder, self._head)
            holdings = self._index.get(_named_in(drafts))
            frontier = Frontier(self.size, self.read_hash)
            admitted = tuple(
                admit(
                    drafts,
                    tail=self._tail(),
                    holdings=holdings,
                    recorded_at=recorded_at,
                    nonces=random_bytes(NONCE_BYTES * len(drafts)),
                    tolerance=self._tolerance,
                )
            )
            if admitted:
                self._commit(admitted, frontier)
                self._index.put(holdings, size=self.size, root=bytes.fromhex(self._head.root_hash))
            return tuple(one.entry for one in admitted)

    def line(self, number: int) -> bytes:
        """The canonical bytes of an entry, as kept; LogDamagedError where they are not those of the tree."""
        if not 0 <= number < self.size:
            raise CustodyError(
                what=self.origin, problem=f"no entry {number}; it has {self.size}", remedy="give a number below that"
            )
        start = self._end(number - 1)
        length = self._end(number) - start
        if not 0 < length <= ENTRY_BYTES_MAX + 1:
            raise self._damaged(number)
        data = os.pread(self._open(files.ENTRIES), length, start)[:-1]
        if leaf_hash(data) != self.leaf(number):
            raise self._damaged(number)
        return data

    def entry(self, number: int) -> Entry:
        """An entry by its number."""
        return parse_entry(self.line(number), number=number)

    def entries(self, start: int = 0) -> Iterator[Entry]:
        """The entries from `start` on, in order."""
        return (self.entry(number) for number in range(start, self.size))

    def items(self) -> tuple[str, ...]:
        """Every item that the log knows, by id."""
        self._catch_up()
        return self._index.items()

    def holdings(self, items: Iterable[str]) -> dict[str, Holding]:
        """Who holds these items now; items that the log does not know are left out."""
        self._catch_up()
        return self._index.get(items)

    def history(self, item: str) -> tuple[int, ...]:
        """Numbers of the entries about an item, in order; empty where the log does not know it."""
        holding = self.holdings([item]).get(item)
        numbers: list[int] = []
        number = -1 if holding is None else holding.last
        while number >= 0:
            numbers.append(number)
            links = {i.id: i.previous for i in self.entry(number).items}
            if not -1 <= links.get(item, number) < number:
                raise self._damaged(number)
            number = links[item]
        return tuple(reversed(numbers))

    def read_hash(self, place: int) -> bytes:
        """The hash at a place in the row of the tree."""
        found = os.pread(self._open(files.HASHES), HASH_BYTES, place * HASH_BYTES)
        if len(found) != HASH_BYTES:
            raise LogDamagedError(
                what=str(self.folder / files.HASHES), problem="shorter than the log", remedy="comity custody check"
            )
        return found

    def leaf(self, number: int) -> bytes:
        """Leaf hash of an entry."""
        return self.read_hash(stored_at(0, number))

    def head(self, size: int | None = None) -> Checkpoint:
        """The checkpoint, unsigned, of the first `size` entries; default: of all."""
        size = self.size if size is None else size
        return Checkpoint(origin=self.origin, size=size, root_hash=root_of(size, self.read_hash))

    def inclusion_proof(self, number: int, size: int) -> tuple[bytes, ...]:
        """Proof that an entry is among the first `size`."""
        self._within(number + 1, size)
        return inclusion_proof(number, size, self.read_hash)

    def consistency_proof(self, old: int, new: int) -> tuple[bytes, ...]:
        """Proof that the first `new` entries begin with the first `old`."""
        self._within(old, new)
        return consistency_proof(old, new, self.read_hash)

    def close(self) -> None:
        """Give back files; the log may still be used."""
        self._close_files()
        if "_index" in self.__dict__:
            self._index.close()
            del self.__dict__["_index"]

    @cached_property
    def _index(self) -> ItemIndex:
        return ItemIndex(self.folder)

    def _open(self, name: str) -> int:
        if name not in self._descriptors:
            try:
                self._descriptors[name] = os.open(self.folder / name, os.O_RDONLY)
            except OSError as error:
                raise files.unreadable(self.folder / name, error) from None
        return self._descriptors[name]

    def _close_files(self) -> None:
        for descriptor in self._descriptors.values():
            os.close(descriptor)
        self._descriptors.clear()

    def _end(self, number: int) -> int:
        if number < 0:
            return 0
        return int.from_bytes(os.pread(self._open(files.ENDS), files.END_BYTES, number * files.END_BYTES), "big")

    def _within(self, low: int, high: int) -> None:
        if not 0 <= low <= high <= self.size:
            raise CustodyError(
                what=self.origin,
                problem=f"no proof from {low} to {high} in a log of {self.size} entries",
                remedy="give sizes in order, up to the log's",
            )

    def _is_whole(self) -> bool:
        """True where the derived files reach as far as the head, and the row's root is the head's."""
        try:
            enough = self._end(self.size - 1) == self._head.entries_bytes
            return enough and self.head().root_hash.hex() == self._head.root_hash
        except LogDamagedError:
            return False

    def _catch_up(self) -> None:
        """See what others appended, and bring the index of items up to it."""
        self._close_files()  # another process may have put new ones in their place
        self._head = files.read_record(self.folder / files.HEAD, Head)
        size, root = self._index.covers()
        if size > self.size or (size and self.head(size).root_hash != root):
            self._index.clear()
            size = 0
        if size == self.size:
            return
        holdings: dict[str, Holding] = {}
        for entry in self.entries(size):
            new = [item.id for item in entry.items if item.id not in holdings]
            holdings.update(self._index.get(new))
            for item in entry.items:
                holdings[item.id] = hold(entry, item, holdings.get(item.id), number=entry.number)
        self._index.put(holdings, size=self.size, root=bytes.fromhex(self._head.root_hash))

    def _tail(self) -> Tail:
        return Tail(
            origin=self.origin,
            size=self.size,
            last_leaf=self.leaf(self.size - 1) if self.size else b"",
            recorded_at=self._head.recorded_at,
        )

    def _commit(self, admitted: Sequence[Admitted], frontier: Frontier) -> None:
        """Entries first, what is derived from them next, and the head last: before it nothing counts."""
        end, ends, hashes = self._head.entries_bytes, bytearray(), bytearray()
        for one in admitted:
            end += len(one.line) + 1
            ends += end.to_bytes(files.END_BYTES, "big")
            hashes += b"".join(frontier.append(one.leaf))
        lines = b"".join(one.line + b"\n" for one in admitted)
        now, before = admitted[-1].entry.recorded_at, self._head.recorded_at
        latest = now if before is None else max(now, before)
        head = Head(size=frontier.size, entries_bytes=end, root_hash=frontier.root().hex(), recorded_at=latest)
        files.append_to(self.folder / files.ENTRIES, lines, at=self._head.entries_bytes)
        files.append_to(self.folder / files.HASHES, bytes(hashes), at=stored_count(self.size) * HASH_BYTES)
        files.append_to(self.folder / files.ENDS, bytes(ends), at=self.size * files.END_BYTES)
        files.write_atomically(self.folder / files.HEAD, msgspec.json.encode(head))
        self._head = head

    def _damaged(self, number: int) -> LogDamagedError:
        return LogDamagedError(
            what=f"{self.origin}, entry {number}",
            problem="its bytes are not those that the tree was built from",
            remedy="run comity custody check, which names what was altered",
        )


def create_log(folder: Path, *, origin: str) -> CustodyLog:
    """A new, empty log; CustodyError where the folder holds something already, NoteError for an unfit origin."""
    make_files(folder, origin=origin)
    return CustodyLog(folder)


def open_log(folder: Path, *, tolerance: Tolerance = DEFAULT_TOLERANCE) -> CustodyLog:
    """The log in a folder; LogDamagedError where it is none or its files do not belong together."""
    return CustodyLog(folder, tolerance=tolerance)


def _named_in(drafts: Iterable[Draft]) -> set[str]:
    names = {name for draft in drafts for item in draft.items for name in (item.id, item.source) if name}
    try:
        "".join(names).encode()
    except UnicodeEncodeError:
        raise EntryError(what="item id", problem="holds half of a character", remedy="write it again") from None
    return names

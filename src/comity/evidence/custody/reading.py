"""Reading a log's files: entries by number, hashes of the tree, proofs."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from comity.evidence.custody import files
from comity.evidence.custody.canonical import ENTRY_BYTES_MAX, parse_entry
from comity.evidence.custody.checkpoint import Checkpoint
from comity.evidence.custody.entry import Entry
from comity.evidence.custody.files import About, Head
from comity.evidence.custody.tree import (
    HASH_BYTES,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root_of,
    stored_at,
)
from comity.evidence.errors import CustodyError, LogDamagedError


def origin_of(folder: Path) -> str:
    """The name of the log in a folder; LogDamagedError where there is none."""
    return files.read_record(folder / files.ABOUT, About).origin


class LogReader:
    """The committed part of a log, as it stood when it was opened."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.origin = origin_of(folder)
        self._head = files.read_record(folder / files.HEAD, Head)
        self._descriptors: dict[str, int] = {}

    @property
    def size(self) -> int:
        """How many entries are committed."""
        return self._head.size

    @property
    def recorded_at(self) -> datetime | None:
        """The latest time of recording; None: no entry."""
        return self._head.recorded_at

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
        self._within(number, size - 1)
        self._within(number, size)
        return inclusion_proof(number, size, self.read_hash)

    def consistency_proof(self, old: int, new: int) -> tuple[bytes, ...]:
        """Proof that the first `new` entries begin with the first `old`."""
        self._within(old, new)
        return consistency_proof(old, new, self.read_hash)

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

    def _damaged(self, number: int) -> LogDamagedError:
        return LogDamagedError(
            what=f"{self.origin}, entry {number}",
            problem="its bytes are not those that the tree was built from",
            remedy="run comity custody check, which names what was altered",
        )

"""Entries on their way to the disk: what each file of the log gets, written so that all count or none do."""

from pathlib import Path

import msgspec

from comity.evidence.custody import files
from comity.evidence.custody.admit import Admitted
from comity.evidence.custody.entry import Entry
from comity.evidence.custody.files import Head
from comity.evidence.custody.tree import HASH_BYTES, Frontier, stored_count
from comity.evidence.errors import CustodyError


class Batch:
    """Entries that follow the head of a log, and the bytes that they become."""

    def __init__(self, head: Head, frontier: Frontier) -> None:
        self.entries: list[Entry] = []
        self._before = head
        self._frontier = frontier
        self._end = head.entries_bytes
        self._lines, self._ends, self._hashes = bytearray(), bytearray(), bytearray()

    def add(self, admitted: Admitted) -> None:
        """Put the next entry in."""
        entry, line, leaf = admitted
        self.entries.append(entry)
        self._lines += line + b"\n"
        self._end += len(line) + 1
        self._ends += self._end.to_bytes(files.END_BYTES, "big")
        self._hashes += b"".join(self._frontier.append(leaf))

    def write(self, folder: Path) -> Head:
        """Put the entries on the disk; gives the log's new head.

        Entries go first, what is derived from them next, the head last: before it nothing counts. CustodyError where
        the disk is full or fails.
        """
        before, now = self._before, self.entries[-1].recorded_at
        head = Head(
            size=self._frontier.size,
            entries_bytes=self._end,
            root_hash=self._frontier.root().hex(),
            recorded_at=max(now, before.recorded_at or now),
        )
        try:
            files.append_to(folder / files.ENTRIES, self._lines, at=before.entries_bytes)
            files.append_to(folder / files.HASHES, self._hashes, at=stored_count(before.size) * HASH_BYTES)
            files.append_to(folder / files.ENDS, self._ends, at=before.size * files.END_BYTES)
            files.write_atomically(folder / files.HEAD, msgspec.json.encode(head))
        except OSError as error:
            files.set_back(folder)
            raise CustodyError(
                what=str(folder),
                problem=f"cannot be written ({error.strerror})",
                remedy="make room or mend the disk; what comity custody show does not list was not entered",
            ) from None
        return head

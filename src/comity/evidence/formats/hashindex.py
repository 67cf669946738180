"""The hashes of many files, to be asked for by value: on disk beyond a few megabytes, so that millions fit.

A map of bits in memory says at once of most values that they are not there.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_BITS = 27
_CACHE_KIB = 16 << 10


@dataclass(frozen=True, slots=True)
class Hit:
    """A file that has a hash."""

    number: int
    path: str
    size_bytes: int
    stored: bool = False
    """True: not of the file, but of the media that it holds, as the file says."""


class HashIndex:
    """Files by the digests that they have. It vanishes when it is closed."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)  # a file of its own that the system removes
        self._database.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("CREATE TABLE file (number INTEGER PRIMARY KEY, path BLOB, size INTEGER)")
        self._database.execute("CREATE TABLE digest (value BLOB, number INTEGER, stored INTEGER)")
        self._database.execute("BEGIN")
        self._seen = bytearray(1 << (_BITS - 3))
        self._count = 0
        self.containers = 0
        """How many of the files hold others, or an image of media: what is inside was not looked at."""

    def add(self, path: str, size_bytes: int, digests: dict[str, bytes]) -> None:
        """A file with its digests by algorithm."""
        self._database.execute(
            "INSERT INTO file VALUES (?, ?, ?)", (self._count, path.encode("utf-8", "surrogateescape"), size_bytes)
        )
        for value in digests.values():
            self._add(value, self._count, stored=False)
        self._count += 1

    def add_stored(self, path: str, values: Iterable[bytes]) -> None:
        """What a file that was added says of the media that it holds."""
        asked = (path.encode("utf-8", "surrogateescape"),)
        row = self._database.execute("SELECT number FROM file WHERE path = ?", asked).fetchone()
        for value in values if row else ():
            self._add(value, row[0], stored=True)

    def _add(self, value: bytes, number: int, *, stored: bool) -> None:
        self._database.execute("INSERT INTO digest VALUES (?, ?, ?)", (value, number, stored))
        place = int.from_bytes(value[:4], "big") >> (32 - _BITS)
        self._seen[place >> 3] |= 1 << (place & 7)

    def finish(self) -> None:
        """Say that all were added: from now on it is asked."""
        self._database.execute("CREATE INDEX by_value ON digest (value)")
        self._database.execute("COMMIT")

    def find(self, value: bytes) -> Iterator[Hit]:
        """The files that have a digest."""
        place = int.from_bytes(value[:4], "big") >> (32 - _BITS)
        if not self._seen[place >> 3] >> (place & 7) & 1:
            return
        rows = self._database.execute(
            "SELECT file.number, path, size, stored FROM digest JOIN file USING (number) WHERE value = ?", (value,)
        )
        for number, path, size, stored in rows.fetchall():
            yield Hit(number, path.decode("utf-8", "surrogateescape"), size, bool(stored))

    def __len__(self) -> int:
        return self._count

    def close(self) -> None:
        self._database.close()

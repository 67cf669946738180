"""Who holds which item now: derived from the entries, kept in SQLite so that an append need not read them all.

It may be thrown away at any time and is made again from the entries; `check` compares it with them.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from itertools import islice
from pathlib import Path

import msgspec

from comity.evidence.custody.holding import Holding
from comity.evidence.errors import CustodyError

INDEX = "items.sqlite"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS item (id TEXT PRIMARY KEY, holding BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS covers (one INTEGER PRIMARY KEY CHECK (one = 1), size INTEGER NOT NULL, root BLOB NOT NULL);
"""
_ASKED_AT_ONCE = 500
_GET = "SELECT id, holding FROM item WHERE id IN (SELECT value FROM json_each(?))"


class ItemIndex:
    """The holdings of a log's items after its first `size` entries."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / INDEX
        self._db = self._open()

    def covers(self) -> tuple[int, bytes]:
        """Of how many entries this is the outcome, and the root of the tree then."""
        with self._told():
            row = self._db.execute("SELECT size, root FROM covers").fetchone()
        return (row[0], row[1]) if row else (0, b"")

    def get(self, items: Iterable[str]) -> dict[str, Holding]:
        """The holdings of these items; unknown ones are left out."""
        decode = _decoder().decode
        rows = (row for some in _chunks(set(items)) for row in self._db.execute(_GET, (msgspec.json.encode(some),)))
        with self._told():
            return {item: decode(holding) for item, holding in rows}

    def items(self) -> tuple[str, ...]:
        """Every item's id, by id."""
        with self._told():
            return tuple(row[0] for row in self._db.execute("SELECT id FROM item ORDER BY id"))

    def put(self, holdings: dict[str, Holding], *, size: int, root: bytes) -> None:
        """Set what changed, and that `size` entries are covered now."""
        encode = msgspec.msgpack.encode
        with self._told(), self._db:
            self._db.executemany(
                "INSERT INTO item VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET holding = excluded.holding",
                [(item, encode(holding)) for item, holding in sorted(holdings.items())],
            )
            self._db.execute("INSERT OR REPLACE INTO covers VALUES (1, ?, ?)", (size, root))

    def clear(self) -> None:
        """Forget everything."""
        with self._told(), self._db:
            self._db.execute("DELETE FROM item")
            self._db.execute("DELETE FROM covers")

    def close(self) -> None:
        """Give the file back."""
        self._db.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """An error of the file as one that says how to mend it."""
        try:
            yield
        except (sqlite3.Error, msgspec.DecodeError) as error:
            remedy = "make room on the disk; if that is not it, remove the file: it is made again from the entries"
            raise CustodyError(what=str(self._path), problem=str(error), remedy=remedy) from None

    def _open(self) -> sqlite3.Connection:
        with suppress(OSError):
            self._path.touch(mode=0o600)
        try:
            return _connect(str(self._path))
        except sqlite3.OperationalError:
            return _connect(":memory:")  # a folder that may only be read
        except sqlite3.DatabaseError:
            for path in (self._path, *(self._path.with_name(INDEX + end) for end in ("-wal", "-shm"))):
                path.unlink(missing_ok=True)
            return _connect(str(self._path))


def kept_covers(folder: Path) -> tuple[int, bytes]:
    """Of how many entries a log's index is the outcome, and their root; nothing is written, or made where none is."""
    try:
        with closing(_read_only(folder)) as db:
            row = db.execute("SELECT size, root FROM covers").fetchone()
            return (int(row[0]), bytes(row[1])) if row else (0, b"")
    except (sqlite3.Error, ValueError, TypeError):
        return 0, b""  # it is made again when the log is opened


def kept_rows(folder: Path) -> Iterator[tuple[str, Holding | None]]:
    """What a log's index says, nothing written: each item and its holding; None: that cannot be read."""
    with closing(_read_only(folder)) as db:
        for item, row in db.execute("SELECT id, holding FROM item ORDER BY id"):
            try:
                yield str(item), _decoder().decode(row)
            except (msgspec.DecodeError, TypeError):
                yield str(item), None


def _read_only(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{(folder / INDEX).absolute().as_uri()}?mode=ro", uri=True, timeout=60)


def _connect(path: str) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=60)
    try:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("PRAGMA cache_size = -65536")
        db.execute("PRAGMA wal_autocheckpoint = 8000")
        db.executescript(_SCHEMA)
    except sqlite3.DatabaseError:
        db.close()
        raise
    return db


@cache
def _decoder() -> msgspec.msgpack.Decoder[Holding]:
    return msgspec.msgpack.Decoder(Holding)


def _chunks(items: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(items)
    while some := list(islice(rest, _ASKED_AT_ONCE)):
        yield some

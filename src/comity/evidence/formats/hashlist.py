"""Hash lists, read as streams: text lists, NSRL databases (RDSv3), Project VIC (VICS JSON, OData).

Sources: NIST NSRL, "RDSv3 schema"; Project VIC International, "VICS data model" (Media, Cases); see `hashline`.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote

from comity.evidence.errors import HashListError
from comity.evidence.formats.hashline import BY_DIGITS, DIGESTS, LineReader, Listed

LINE_BYTES_MAX = 1 << 20
VALUE_BYTES_MAX = 64 << 20
"""Longest single value of a JSON list: beyond, it is not a list."""
JSON_DEPTH_MAX = 64
"""How deep a JSON list may be nested; a VICS list needs about six."""
_SQLITE = b"SQLite format 3\0"
_VICS = {"MD5": "md5", "SHA1": "sha1", "SHA256": "sha256"}


@dataclass(slots=True)
class HashList:
    """A list, read once."""

    path: Path
    kind: str = ""
    """``hashdeep``, ``gnu``, ``bsd``, ``csv``, ``digits``, ``nsrl``, ``nsrl-sqlite``, ``vics``."""
    entries: int = 0
    unread: int = 0
    """Lines or entries that could not be used."""
    value_bytes_max: int = VALUE_BYTES_MAX

    def read(self) -> Iterator[Listed]:
        """Each entry; HashListError where the file is no list that is known."""
        try:
            with self.path.open("rb") as stream:
                head = stream.read(4096)
                stream.seek(0)
                if head.startswith(_SQLITE):
                    source = self._sqlite()
                elif head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
                    source = self._vics(stream)
                else:
                    source = self._lines(stream)
                for entry in source:
                    self.entries += 1
                    yield entry
        except OSError as error:
            raise self._error(str(error.strerror).lower(), "give a list that you may read") from None
        if not self.entries:
            raise self._error(
                "holds no hash that could be read",
                "give md5sum, BSD, hashdeep or CSV text, an NSRL database, or Project VIC JSON",
            )

    def _lines(self, stream: BinaryIO) -> Iterator[Listed]:
        reader = LineReader()
        while line := stream.readline(LINE_BYTES_MAX):
            entry = reader.take(line.decode("utf-8", "replace"))
            if entry is not None:
                self.kind = reader.kind
                yield entry
        self.unread += reader.unread

    def _sqlite(self) -> Iterator[Listed]:
        """A table that has columns for hashes, as ``FILE`` of RDSv3; no view or virtual table of its maker is run."""
        self.kind = "nsrl-sqlite"
        address = f"file:{quote(str(self.path.resolve()))}?mode=ro&immutable=1"
        try:
            with closing(sqlite3.connect(address, uri=True)) as database:
                database.execute("PRAGMA trusted_schema = OFF")
                database.text_factory = lambda data: data.decode("utf-8", "replace")
                table, columns = _hash_table(database)
                if not table:
                    raise self._error("has no table with hashes", "give an NSRL database (RDSv3)")
                names = ", ".join(f'"{name}"' for name in columns)
                for row in database.execute(f'SELECT {names} FROM "{table}"'):
                    entry = _of_row(columns, row)
                    if entry is None:
                        self.unread += 1
                    else:
                        yield entry
        except sqlite3.Error as error:
            raise self._error(f"cannot be read as a database: {error}", "give a whole one") from None

    def _vics(self, stream: BinaryIO) -> Iterator[Listed]:
        """Media of a VICS list, or of its cases, with their category; read event by event, so that any size fits."""
        import ijson  # type: ignore[import-untyped]  # it ships no types

        self.kind = "vics"
        source = _Bounded(stream, self)
        entry: dict[str, str] = {}
        base: str | None = None
        try:
            for prefix, event, value in ijson.parse(self._shallow(ijson.basic_parse(source, use_float=True))):
                source.used = 0
                if event == "start_map" and (
                    prefix in ("value.item", "item", "Media.item") or prefix.endswith((".value.item", ".Media.item"))
                ):
                    base, entry = prefix, {}  # of a case its media, each of which begins anew
                elif event == "end_map" and prefix == base:
                    listed = _of_media(entry)
                    base = None
                    if listed is None:
                        self.unread += 1
                    else:
                        yield listed
                elif base is not None and event in ("string", "number") and prefix.startswith(base):
                    entry.setdefault(prefix[len(base) + 1 :], str(value)[:300])
        except (ijson.JSONError, UnicodeDecodeError) as error:
            raise self._error(f"cannot be read as JSON: {error}", "give a whole Project VIC list") from None

    def _shallow(self, events: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
        """The events of a JSON text; HashListError where it is nested deeper than any list: each level costs memory."""
        depth = 0
        for event, value in events:
            depth += (event in ("start_map", "start_array")) - (event in ("end_map", "end_array"))
            if depth > JSON_DEPTH_MAX:
                raise self._error(f"is nested more than {JSON_DEPTH_MAX} deep", "give a Project VIC list")
            yield event, value

    def _error(self, problem: str, remedy: str) -> HashListError:
        return HashListError(what=str(self.path), problem=problem, remedy=remedy)


class _Bounded:
    """A stream that refuses to be read on and on without a value coming to an end."""

    def __init__(self, stream: BinaryIO, owner: HashList) -> None:
        self._stream = stream
        self._owner = owner
        self.used = 0

    def read(self, count: int = -1) -> bytes:
        self.used += max(count, 0)
        if self.used > self._owner.value_bytes_max:
            raise HashListError(
                what=str(self._owner.path),
                problem=f"has a value of more than {self._owner.value_bytes_max:,} bytes",
                remedy="give a Project VIC list without the media themselves",
            )
        data = self._stream.read(count)
        return data.removeprefix(b"\xef\xbb\xbf")


def _of_media(entry: dict[str, str]) -> Listed | None:
    digests = []
    for key, algorithm in _VICS.items():
        value = entry.get(key, "").strip().lower()
        if BY_DIGITS.get(len(value)) == algorithm:
            digests.append((algorithm, value))
    return Listed(tuple(digests), "", entry.get("Category", "")) if digests else None


def _hash_table(database: sqlite3.Connection) -> tuple[str, list[str]]:
    """The table to read and its columns: ``FILE`` before others."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    found = [row[0] for row in database.execute(query).fetchmany(1000)]
    for name in sorted(found, key=lambda one: (one.upper() != "FILE", one)):
        if '"' in name:
            continue
        columns = [row[1] for row in database.execute(f'PRAGMA table_info("{name}")')]
        wanted = [one for one in columns if _column(one) and '"' not in one]
        if any(_column(one) in DIGESTS for one in wanted):
            return name, wanted
    return "", []


def _column(name: str) -> str:
    plain = name.lower().replace("_", "").replace("-", "")
    return plain if plain in DIGESTS | {"filename"} else ""


def _of_row(columns: list[str], row: tuple[Any, ...]) -> Listed | None:
    digests, name = [], ""
    for column, value in zip(columns, row, strict=True):
        if _column(column) == "filename":
            name = str(value or "")
        elif isinstance(value, str) and BY_DIGITS.get(len(value)) == _column(column):
            digests.append((_column(column), value.lower()))
    return Listed(tuple(digests), name) if digests else None

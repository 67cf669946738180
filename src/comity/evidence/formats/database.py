"""SQLite databases, and what a backup of an iPhone or iPad says in them and beside them.

Sources: sqlite.org/fileformat2.html.
"""

import struct

from comity.evidence.formats.look import Look
from comity.evidence.formats.record import Description, facts

_ENCODINGS = {1: "UTF-8", 2: "UTF-16le", 3: "UTF-16be"}
_APPLICATIONS = {0x47504B47: "GeoPackage", 0x4D504258: "MBTiles", 0x0F055112: "Fossil"}


def describe_sqlite(look: Look) -> Description | None:
    """A database by its header; journals beside it are told, for they may hold what it does not."""
    head = look.head
    if not head.startswith(b"SQLite format 3\0") or len(head) < 100:
        return None
    page = struct.unpack_from(">H", head, 16)[0]
    page = 65536 if page == 1 else page
    pages, encoding = struct.unpack_from(">I", head, 28)[0], struct.unpack_from(">I", head, 56)[0]
    user, application, library = (struct.unpack_from(">I", head, at)[0] for at in (60, 68, 96))
    journals = [one for one in ("-wal", "-journal", "-shm") if look.beside(look.name + one) is not None]
    problems = []
    if pages and pages * page > look.size_bytes:
        problems.append(f"it says that it has {pages * page:,} bytes, and {look.size_bytes:,} are there")
    return Description(
        path=look.path,
        family="database",
        format="sqlite",
        title="SQLite database",
        version="3",
        size_bytes=look.size_bytes,
        facts=facts(
            ("page size", page),
            ("pages", pages or None),
            ("encoding", _ENCODINGS.get(encoding, "")),
            ("write-ahead log", "yes" if head[18] == 2 else ""),
            ("journals beside it", ", ".join(journals)),
            ("schema version of its application", user or None),
            ("application", _APPLICATIONS.get(application, f"0x{application:08x}" if application else "")),
            ("last written by SQLite", f"{library // 10**6}.{library // 1000 % 1000}.{library % 1000}"),
        ),
        problems=tuple(problems),
    )

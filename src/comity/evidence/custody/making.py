"""Making a log, and making its derived files again."""

from pathlib import Path

import msgspec

from comity.evidence.custody import files
from comity.evidence.custody.canonical import ENTRY_BYTES_MAX
from comity.evidence.custody.files import About, Head
from comity.evidence.custody.note import check_name
from comity.evidence.custody.tree import Frontier, leaf_hash
from comity.evidence.errors import CustodyError, LogDamagedError


def make_files(folder: Path, *, origin: str) -> None:
    """The files of a new, empty log; CustodyError where the folder holds something, NoteError for an unfit origin."""
    check_name(origin)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with files.locked(folder):
        if not _is_fresh(folder):
            raise CustodyError(what=str(folder), problem="is not empty", remedy="choose a new folder for the log")
        for name in (files.ENTRIES, files.HASHES, files.ENDS):
            files.write_atomically(folder / name, b"")
        files.write_atomically(folder / files.HEAD, msgspec.json.encode(Head()))
        files.write_atomically(folder / files.ABOUT, msgspec.json.encode(About(origin=origin)))


def _is_fresh(folder: Path) -> bool:
    """True for an empty folder, or one in which making a log was cut short: the file that names it comes last."""
    made = {files.LOCK, files.ENTRIES, files.HASHES, files.ENDS, files.HEAD}
    return all(
        path.name in made and (path.name == files.HEAD or not path.stat().st_size)
        for path in folder.iterdir()
        if not path.name.endswith(".tmp")
    )


def rebuild(folder: Path) -> None:
    """Make the derived files again from the entries; LogDamagedError where these are not what was committed."""
    with files.locked(folder):
        head = files.read_record(folder / files.HEAD, Head)
        frontier = Frontier(0, lambda _: b"")
        hashes, ends, end = bytearray(), bytearray(), 0
        with (folder / files.ENTRIES).open("rb") as lines:
            for _ in range(head.size):
                line = lines.readline(ENTRY_BYTES_MAX + 2)
                end += len(line)
                ends += end.to_bytes(files.END_BYTES, "big")
                hashes += b"".join(frontier.append(leaf_hash(line[:-1])))
        if frontier.root().hex() != head.root_hash or end != head.entries_bytes:
            raise LogDamagedError(
                what=str(folder / files.ENTRIES),
                problem="the entries are not those that were committed",
                remedy="run comity custody check, which names what was altered, and compare with a copy",
            )
        files.write_atomically(folder / files.HASHES, bytes(hashes))
        files.write_atomically(folder / files.ENDS, bytes(ends))

"""The signed checkpoints that a log keeps: its own, and those of others' logs that it has seen."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from comity.evidence.custody import files
from comity.evidence.custody.checkpoint import Checkpoint, parse_checkpoint
from comity.evidence.custody.note import NOTE_BYTES_MAX, parse_note
from comity.evidence.errors import NoteError


def checkpoint_of(data: bytes) -> Checkpoint:
    """The checkpoint that a note is about; NoteError where it is none. Verifies nothing."""
    return parse_checkpoint(parse_note(data).text)


class NoteFolder:
    """Notes in a folder, one for each size of the tree."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, data: bytes) -> None:
        """Keep a note under the size it speaks of, in place of one that is there; callers merge signatures first."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        files.write_atomically(self._folder / f"{checkpoint_of(data).size:016d}.note", data)

    def at(self, size: int) -> bytes | None:
        """The note of this size; None: none."""
        path = self._folder / f"{size:016d}.note"
        return _read(path) if path.is_file() else None

    def newest(self) -> bytes | None:
        """The note of the largest tree; None: none."""
        paths = self._paths()
        return _read(paths[-1]) if paths else None

    def all(self) -> Iterator[tuple[str, bytes]]:
        """Every note with its file's name, smallest tree first."""
        return ((path.name, _read(path)) for path in self._paths())

    def _paths(self) -> list[Path]:
        return sorted(self._folder.glob("*.note"))


def own_notes(folder: Path) -> NoteFolder:
    """The checkpoints of the log in this folder."""
    return NoteFolder(folder / files.CHECKPOINTS)


def seen_notes(folder: Path, origin: str) -> NoteFolder:
    """The checkpoints of another's log that this log's keeper has seen and vouched for."""
    return NoteFolder(folder / files.SEEN / sha256(origin.encode()).hexdigest()[:32])


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        data = file.read(NOTE_BYTES_MAX + 1)
    if len(data) > NOTE_BYTES_MAX:
        raise NoteError(what=str(path), problem="too large for a note", remedy="restore it from a copy")
    return data

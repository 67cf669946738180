"""The extracts by which items came across a border: the receiver's log keeps them, and they travel on with its own."""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from comity.evidence.custody import files
from comity.evidence.custody.entry import Binding

SENDERS = "senders"


def keep_sender(folder: Path, tie: Binding, extract: bytes) -> None:
    """Keep the sender's extract, as it came, in the log that binds an entry to it with `tie`."""
    path = _path(folder, tie)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    files.write_atomically(path, extract)


def kept_senders(folder: Path, ties: Iterable[Binding]) -> Iterator[tuple[Binding, bytes]]:
    """The extracts that are kept, once each, of those that entries are bound to."""
    for tie in dict.fromkeys(ties):
        path = _path(folder, tie)
        if path.is_file():
            yield tie, path.read_bytes()


def _path(folder: Path, tie: Binding) -> Path:
    said = f"{tie.log}\n{tie.number}\n{tie.leaf_hash}\n{tie.checkpoint_sha256}"
    return folder / SENDERS / f"{sha256(said.encode()).hexdigest()[:32]}.json"

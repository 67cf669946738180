"""The trail as one file, which anybody can check without this node: its layout, and how it is written.

A ZIP with `entries.jsonl` (each line the bytes of an entry: a leaf of the tree, RFC 9162), `leaves.txt` (the hash of
each leaf, from the tree itself), `checkpoint.txt` (the signed head, C2SP tlog-checkpoint), `checkpoints/` (earlier
heads), `keys.txt` (verifier keys) and `README.txt`. Entries hold no newline, so that a line is an entry.
"""

import zipfile
from collections.abc import Iterable, Iterator
from io import RawIOBase

ENTRIES, LEAVES, CHECKPOINT, EARLIER, KEYS, README = (
    "entries.jsonl",
    "leaves.txt",
    "checkpoint.txt",
    "checkpoints/",
    "keys.txt",
    "README.txt",
)
CHUNK_BYTES = 1 << 20

EXPLANATION = """Audit trail of {log}

{size} entries, each on a line of entries.jsonl: who did or read what, when (UTC). Content of cases is not in it.
checkpoint.txt is the signed head: name of the log, number of entries, root hash of the Merkle tree over them (RFC
9162, SHA-256), signature (C2SP signed-note). checkpoints/ holds earlier ones. keys.txt holds the keys that signed:
compare them with those that the agency has published or handed to you; a key out of this file proves nothing by itself.

To check it, offline, with Comity (https://pypi.org/project/comity/):

    comity audit verify {file} --trust KEYS_YOU_HAVE.txt

An entry that was altered, left out, moved or added is named. By hand: the hash of an entry is SHA-256 over a zero
byte and the line without its newline; leaves.txt lists these hashes in order; two neighbours are hashed with a leading
byte 01 up to the root (RFC 9162 2.1.1), which must be the one in checkpoint.txt.
"""


class _Pipe(RawIOBase):
    """What the ZIP writes, until it is taken; it cannot be sought."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[bytes] = []
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        part = bytes(data)  # type: ignore[call-overload]  # bytes or a view of them
        self._parts.append(part)
        self.size += len(part)
        return len(part)

    def take(self) -> bytes:
        taken = b"".join(self._parts)
        self._parts.clear()
        self.size = 0
        return taken


def stream_export(
    *,
    log: str,
    size: int,
    bodies: Iterable[bytes],
    leaves: Iterable[bytes],
    checkpoint: bytes,
    earlier: Iterable[tuple[int, bytes]],
    keys: Iterable[str],
    file: str,
) -> Iterator[bytes]:
    """The export in pieces. `earlier`: size and note of earlier heads; `keys`: verifier keys; `file`: its name."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(README, EXPLANATION.format(log=log, size=size, file=file))
        archive.writestr(CHECKPOINT, checkpoint)
        archive.writestr(KEYS, "".join(f"{key}\n" for key in keys))
        for at, note in earlier:
            archive.writestr(f"{EARLIER}{at:012}.txt", note)
        yield from _lines(archive, pipe, ENTRIES, bodies)
        yield from _lines(archive, pipe, LEAVES, (leaf.hex().encode() for leaf in leaves))
    yield pipe.take()


def _lines(archive: zipfile.ZipFile, pipe: _Pipe, name: str, lines: Iterable[bytes]) -> Iterator[bytes]:
    waiting, held = [], 0
    with archive.open(name, "w", force_zip64=True) as out:
        for line in lines:
            waiting += [line, b"\n"]
            held += len(line) + 1
            if held >= CHUNK_BYTES:
                out.write(b"".join(waiting))
                waiting, held = [], 0
                if pipe.size:
                    yield pipe.take()
        out.write(b"".join(waiting))
    yield pipe.take()

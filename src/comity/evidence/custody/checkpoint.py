"""Checkpoints: how large a log is and what its Merkle root is, as the text of a note (C2SP tlog-checkpoint v1.0.0)."""

import base64
import binascii
from dataclasses import dataclass

from comity.evidence.errors import NoteError

SIZE_MAX = 2**53 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """The head of a log's Merkle tree."""

    origin: str
    size: int
    root_hash: bytes
    extensions: tuple[str, ...] = ()


def format_checkpoint(checkpoint: Checkpoint) -> bytes:
    """The text that is signed: origin, size, root hash and extensions, a line each."""
    root = base64.b64encode(checkpoint.root_hash).decode()
    return "".join(
        f"{line}\n" for line in (checkpoint.origin, str(checkpoint.size), root, *checkpoint.extensions)
    ).encode()


def parse_checkpoint(text: bytes) -> Checkpoint:
    """The checkpoint in a note's text; NoteError where it breaks the format."""
    lines = text.decode().split("\n")
    if len(lines) < 4 or lines[-1] or not all(lines[:-1]):
        raise _bad("not three or more non-empty lines")
    origin, size, root, *extensions = lines[:-1]
    if not (size.isascii() and size.isdigit()) or str(int(size[:17])) != size or int(size) > SIZE_MAX:
        raise _bad(f"tree size {size[:30]!r} is not a plain number")
    try:
        root_hash = base64.b64decode(root, validate=True)
    except (binascii.Error, ValueError):
        raise _bad("the root hash is not base64") from None
    if len(root_hash) != 32 or base64.b64encode(root_hash).decode() != root:
        raise _bad("the root hash is not 32 bytes in canonical base64")
    return Checkpoint(origin=origin, size=int(size), root_hash=root_hash, extensions=tuple(extensions))


def _bad(problem: str) -> NoteError:
    return NoteError(what="checkpoint", problem=problem, remedy="give the checkpoint as the log signed it")

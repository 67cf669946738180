"""Where an artifact's bytes come from: a file, or what lay within another artifact."""

import hashlib
import stat
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from comity.leads.errors import LimitError, UnreadableInputError
from comity.leads.limits import Limits

_BLOCK_BYTES = 1 << 20
HEAD_BYTES = 1 << 16
"""How much of an artifact is looked at to tell its kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Bytes with a name; those of a file are read when asked for."""

    label: str
    """`Artifact.path`."""
    name: str
    """File name alone, for what its extension may tell."""
    size_bytes: int
    path: Path | None = None
    data: bytes = b""
    packed_bytes: int = 0
    """What it took of the archive or mailbox that it lay in."""

    def open(self) -> BinaryIO:
        """The bytes as a stream."""
        if self.path is None:
            return BytesIO(self.data)
        try:
            return self.path.open("rb")
        except OSError as error:
            raise unreadable(self.label, error) from error

    def head(self) -> bytes:
        """The first bytes."""
        if self.path is None:
            return self.data[:HEAD_BYTES]
        with self.open() as stream:
            return stream.read(HEAD_BYTES)

    def read(self, limits: Limits) -> bytes:
        """All bytes; LimitError where they are more than `Limits.artifact_bytes`."""
        if self.size_bytes > limits.artifact_bytes:
            raise LimitError(
                path=self.label, limit="artifact_bytes", allowed=limits.artifact_bytes, actual=self.size_bytes
            )
        if self.path is None:
            return self.data
        with self.open() as stream:
            data = stream.read(limits.artifact_bytes + 1)
        if len(data) > limits.artifact_bytes:
            raise LimitError(path=self.label, limit="artifact_bytes", allowed=limits.artifact_bytes)
        return data

    def sha256(self, progress: Callable[[int], None]) -> str:
        """The hash of all bytes, read block by block; `progress` is told the size of each."""
        digest = hashlib.sha256()
        with self.open() as stream:
            while block := stream.read(_BLOCK_BYTES):
                digest.update(block)
                progress(len(block))
        return digest.hexdigest()


def file_source(path: Path, *, label: str) -> Source:
    """A regular file; UnreadableInputError for anything else."""
    try:
        status = path.stat()
    except OSError as error:
        raise unreadable(label, error) from error
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableInputError(
            path=label, problem="is no regular file", remedy="give a file or a folder, not a device or a pipe"
        )
    return Source(label=label, name=path.name, size_bytes=status.st_size, path=path)


def data_source(data: bytes, *, label: str, name: str, packed_bytes: int = 0) -> Source:
    """What lay within another artifact."""
    return Source(label=label, name=name, size_bytes=len(data), data=data, packed_bytes=packed_bytes)


def unreadable(label: str, error: OSError) -> UnreadableInputError:
    """What an error of the file system means for a path."""
    return UnreadableInputError(
        path=label, problem=(error.strerror or "cannot be read").lower(), remedy="check the path and its permissions"
    )

"""The payload of an age file from any place: chunks are opened as they are asked for, and each is authentic.

That none is out of order follows from their nonces; that the file ends where it should is seen when it is read whole.
"""

import io
from collections.abc import Iterable
from typing import BinaryIO

from comity.evidence.age.armor import is_armored
from comity.evidence.age.header import malformed, read_header
from comity.evidence.age.keys import Identity
from comity.evidence.age.stream import (
    CHUNK_BYTES,
    NONCE_BYTES,
    SEALED_CHUNK_BYTES,
    SLAB_BYTES,
    SLAB_CHUNKS,
    PayloadKey,
    not_authentic,
)


def seek_age(source: BinaryIO, identities: Iterable[Identity]) -> "PayloadWindow | None":
    """The payload of a file in a stream that can go back; None for ASCII armour, which cannot.

    AgeError where it does not open.
    """
    source.seek(0)
    if is_armored(source):
        return None
    file_key = read_header(source).open(identities)
    nonce = source.read(NONCE_BYTES)
    if len(nonce) != NONCE_BYTES:
        raise malformed("is followed by no payload")
    return PayloadWindow(source, PayloadKey(file_key, nonce))


class PayloadWindow(io.RawIOBase):
    """A payload that is read at any place; AgePayloadError at a chunk that is not authentic."""

    def __init__(self, source: BinaryIO, key: PayloadKey) -> None:
        self._source = source
        self._key = key
        self._start = source.tell()
        sealed = source.seek(0, io.SEEK_END) - self._start
        self._chunks = max(1, -(-sealed // SEALED_CHUNK_BYTES))
        self._slab = -1
        self._plain = memoryview(bytearray(SLAB_BYTES))
        self._filled = 0
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        assert whence == io.SEEK_SET
        self._at = offset
        return offset

    def readinto(self, buffer: object) -> int:
        target = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        slab, skip = divmod(self._at, SLAB_BYTES)
        if slab != self._slab:
            self._open(slab)
        count = max(0, min(len(target), self._filled - skip))
        target[:count] = self._plain[skip : skip + count]
        self._at += count
        return count

    def _open(self, slab: int) -> None:
        first = slab * SLAB_CHUNKS
        self._slab, self._filled = slab, 0
        if first >= self._chunks:
            return
        self._source.seek(self._start + first * SEALED_CHUNK_BYTES)
        sealed = bytearray()
        while len(sealed) < SLAB_CHUNKS * SEALED_CHUNK_BYTES and (
            part := self._source.read(SLAB_CHUNKS * SEALED_CHUNK_BYTES - len(sealed))
        ):
            sealed += part
        last = first + SLAB_CHUNKS >= self._chunks
        written, whole = self._key.open(memoryview(sealed), self._plain, first_chunk=first, last=last)
        if not whole:
            self._slab = -1
            raise not_authentic(first + written // CHUNK_BYTES)
        self._filled = written

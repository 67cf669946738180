"""The media inside an image, as its chunks are unpacked one after another: counted, hashed, and never held whole."""

import bz2
import hashlib
from collections.abc import Iterable
from typing import Any

from comity.evidence.formats.checks import SHOWN, Checks
from comity.evidence.formats.ewfsection import adler, inflated
from comity.evidence.formats.look import FormatError
from comity.evidence.formats.record import StoredHash


class Media:
    """The bytes of an image from its first sector on."""

    def __init__(self, *, media_bytes: int, chunk_bytes: int, algorithms: Iterable[str], exact: bool = True) -> None:
        """`exact`: the image says how many bytes there are, and not only how many chunks."""
        self.exact = exact
        self._left = media_bytes
        self._media_bytes = media_bytes
        self.chunk_bytes = chunk_bytes
        self.chunk_count = 0
        self._hashes: dict[str, Any] = {name: hashlib.new(name, usedforsecurity=False) for name in set(algorithms)}

    @property
    def expected_bytes(self) -> int:
        """How many bytes the next chunk holds."""
        return min(self.chunk_bytes, max(0, self._left))

    @property
    def at(self) -> int:
        """Where in the media the next chunk begins."""
        return self.chunk_count * self.chunk_bytes

    def add(self, chunk: bytes | None) -> None:
        """Take in the next chunk; None: it cannot be read, and counts as zeros."""
        size = self.expected_bytes
        plain = bytes(size) if chunk is None else chunk[:size]
        for one in self._hashes.values():
            one.update(plain)
        self._left -= len(plain)
        self.chunk_count += 1

    def count(self, checks: Checks, name: str, *, promised: int) -> None:
        """Say of how many chunks the check `name` was made: those that are not there did not pass it."""
        if self.chunk_count < promised:
            checks.doubt(name, f"{self.chunk_count:,} of {promised:,} chunks are there")
        else:
            checks.note(name, f"{self.chunk_count:,} chunks")

    def conclude(self, checks: Checks, stored: Iterable[StoredHash], *, chunk_count: int) -> None:
        """Compare the count and the hashes with what the image says."""
        if self.chunk_count != chunk_count or (self._left > 0 and self.exact):
            checks.fail(
                "size of the media",
                f"{chunk_count:,} chunks and {self._media_bytes:,} bytes are promised, "
                f"{self.chunk_count:,} chunks and {self._media_bytes - self._left:,} bytes are there",
            )
        else:
            checks.note("size of the media", f"{self._media_bytes - self._left:,} bytes")
        for one in stored:
            if one.algorithm in self._hashes:
                checks.compare(
                    f"{SHOWN[one.algorithm]} of the media",
                    stored=one.value,
                    computed=self._hashes[one.algorithm].hexdigest(),
                )


def unpack_chunk(data: bytes, *, size_bytes: int, compressed: bool, method: str = "zlib") -> bytes:
    """The plain bytes of a chunk, `size_bytes` at most; FormatError where its checksum does not fit."""
    if compressed:
        plain = inflated(data, size_bytes) if method == "zlib" else unpack_bz2(data, size_bytes)
    else:
        data = data[: size_bytes + 4]  # some programs leave room after the last chunk
        plain = data[:-4]
        if len(data) < 4 or adler(plain) != data[-4:]:
            raise FormatError("its Adler-32 does not fit")
    return plain


def unpack_bz2(data: bytes, limit_bytes: int) -> bytes:
    """What a bzip2 stream holds; FormatError where it is damaged, cut, or holds more than the limit."""
    unpacker = bz2.BZ2Decompressor()
    try:
        plain = unpacker.decompress(data, limit_bytes + 1)
    except (OSError, EOFError) as error:
        raise FormatError(f"is not a whole bzip2 stream: {error}") from None
    if len(plain) > limit_bytes or not unpacker.eof:
        raise FormatError("is not a whole bzip2 stream of the size that it should have")
    return plain

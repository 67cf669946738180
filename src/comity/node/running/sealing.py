"""A backup that only its recipients can open: an age file, written and read as a stream."""

import os
from typing import BinaryIO

from comity.evidence.age import SLAB_BYTES, AgeWriter, Identity, Recipient, open_age


class SealedWriter:
    """What is written here goes encrypted into `target`; it is whole once `end` was called."""

    def __init__(self, target: BinaryIO, recipients: tuple[Recipient, ...]) -> None:
        self._writer = AgeWriter(target, recipients, os.urandom)
        self._waiting = bytearray()

    def write(self, data: bytes) -> int:
        """Take bytes; a slab is kept back, since the last one is marked as such."""
        self._waiting += data
        while len(self._waiting) > SLAB_BYTES:
            self._give(SLAB_BYTES, last=False)
        return len(data)

    def end(self) -> None:
        """Write the last slab."""
        self._give(len(self._waiting), last=True)

    def _give(self, size: int, *, last: bool) -> None:
        self._writer.write_slab(memoryview(bytes(self._waiting[:size])), last=last)
        del self._waiting[:size]


class SealedReader:
    """The plain bytes of an encrypted backup; AgeError where it does not open or is not authentic."""

    def __init__(self, source: BinaryIO, identities: tuple[Identity, ...]) -> None:
        self._payload = open_age(source, identities)
        self._slab = memoryview(bytearray(SLAB_BYTES))
        self._held = self._slab[:0]

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes; none at the end."""
        if not len(self._held):
            self._held = self._slab[: self._payload.read_into(self._slab)]
        given = bytes(self._held if size < 0 else self._held[:size])
        self._held = self._held[len(given) :]
        return given

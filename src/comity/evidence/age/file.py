"""An age file as a whole: opened and written, in memory that does not grow with it."""

import io
from collections.abc import Callable, Iterable, Sequence
from typing import BinaryIO

from comity.evidence.age.armor import ArmorReader, is_armored
from comity.evidence.age.header import malformed, read_header, write_header
from comity.evidence.age.keys import FILE_KEY_BYTES, Identity, Recipient
from comity.evidence.age.stream import (
    NONCE_BYTES,
    SEALED_SLAB_BYTES,
    SLAB_BYTES,
    SLAB_CHUNKS,
    PayloadKey,
    PayloadReader,
)


def open_age(source: BinaryIO, identities: Iterable[Identity], *, armored: bool | None = None) -> PayloadReader:
    """The payload of a file; AgeError where it does not open.

    `armored` None: see for ourselves, in a stream that can go back.
    """
    if armored or (armored is None and is_armored(source)):
        source = io.BufferedReader(ArmorReader(source), SEALED_SLAB_BYTES)
    file_key = read_header(source).open(identities)
    nonce = source.read(NONCE_BYTES)
    if len(nonce) != NONCE_BYTES:
        raise malformed("is followed by no payload")
    return PayloadReader(source, PayloadKey(file_key, nonce))


class AgeWriter:
    """A file being written, slab by slab; the last slab must be given as such."""

    def __init__(self, target: BinaryIO, recipients: Sequence[Recipient], random_bytes: Callable[[int], bytes]) -> None:
        file_key = random_bytes(FILE_KEY_BYTES)
        nonce = random_bytes(NONCE_BYTES)
        target.write(write_header(recipients, file_key, random_bytes) + nonce)
        self._target = target
        self._key = PayloadKey(file_key, nonce)
        self._sealed = memoryview(bytearray(SEALED_SLAB_BYTES))
        self._chunk = 0

    def write_slab(self, plain: memoryview, *, last: bool) -> None:
        """Encrypt and write a slab: SLAB_BYTES, or fewer if it is the last."""
        assert len(plain) == SLAB_BYTES or last
        size = self._key.seal(plain, self._sealed, first_chunk=self._chunk, last=last)
        self._target.write(self._sealed[:size])
        self._chunk += SLAB_CHUNKS

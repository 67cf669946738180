"""The payload of an age file: chunks of 64 KiB under ChaCha20-Poly1305, in an order that cannot be changed.

Many chunks are handled in one call, in buffers that the caller owns, so that a long file costs no copies. A *slab* is
a run of whole chunks; only the last slab of a payload may end in a shorter one.
"""

from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from comity.evidence.age.keys import derive
from comity.evidence.errors import AgePayloadError

CHUNK_BYTES = 64 * 1024
TAG_BYTES = 16
SEALED_CHUNK_BYTES = CHUNK_BYTES + TAG_BYTES
NONCE_BYTES = 16
SLAB_CHUNKS = 16
SLAB_BYTES = SLAB_CHUNKS * CHUNK_BYTES
SEALED_SLAB_BYTES = SLAB_CHUNKS * SEALED_CHUNK_BYTES


class PayloadKey:
    """The key of one payload, from the file key and the payload's nonce."""

    def __init__(self, file_key: bytes, nonce: bytes) -> None:
        self._cipher = ChaCha20Poly1305(derive(file_key, salt=nonce, info=b"payload"))

    def seal(self, plain: memoryview, sealed: memoryview, *, first_chunk: int, last: bool) -> int:
        """Encrypt a slab into a buffer; how many bytes it takes there. `last`: the payload ends with it."""
        size, at, chunk = len(plain), 0, first_chunk
        written = 0
        while at < size or (last and size == 0 == written and chunk == 0):
            end = min(at + CHUNK_BYTES, size)
            final = last and end == size
            out = sealed[written : written + end - at + TAG_BYTES]
            self._cipher.encrypt_into(_nonce(chunk, final=final), plain[at:end], None, out)
            at, chunk, written = end, chunk + 1, written + len(out)
        return written

    def open(self, sealed: memoryview, plain: memoryview, *, first_chunk: int, last: bool) -> tuple[int, bool]:
        """Decrypt a slab into a buffer: how many bytes are authentic, and False where something after them is not.

        A chunk may be authentic and yet not in its place: a final one with more behind it, or one that should have
        another behind it and has not. It counts as authentic; what follows does not.
        """
        size, at, chunk = len(sealed), 0, first_chunk
        written = 0
        while at < size:
            end = min(at + SEALED_CHUNK_BYTES, size)
            length = end - at - TAG_BYTES
            if length < 0 or (length == 0 and chunk > 0):
                return written, False
            final = last and end == size
            out = plain[written : written + length]
            in_place = self._open_chunk(sealed[at:end], out, chunk, final=final)
            if not in_place and (length < CHUNK_BYTES or not self._open_chunk(sealed[at:end], out, chunk, not final)):
                return written, False
            at, chunk, written = end, chunk + 1, written + length
            if not in_place:
                return written, False
        return written, True

    def _open_chunk(self, sealed: memoryview, plain: memoryview, chunk: int, final: bool) -> bool:
        try:
            self._cipher.decrypt_into(_nonce(chunk, final=final), sealed, None, plain)
        except InvalidTag:
            return False
        return True


class PayloadReader:
    """A payload in slabs, each authentic when it is given out; AgePayloadError at the first one that is not."""

    def __init__(self, source: BinaryIO, key: PayloadKey, *, first_chunk: int = 0) -> None:
        """`source` stands at the chunk `first_chunk`."""
        self._source = source
        self._key = key
        self._chunk = first_chunk
        self._held = bytearray(SEALED_SLAB_BYTES + 1)  # one byte more tells whether a slab is the last
        self._carried = 0
        self._ended = False
        self._broken = False

    def read_into(self, plain: memoryview) -> int:
        """Fill a buffer of SLAB_BYTES; how many bytes, 0 at the authentic end of the payload."""
        if self._broken:
            raise not_authentic(self._chunk)
        if self._ended:
            return 0
        filled = self._fill()
        last = filled <= SEALED_SLAB_BYTES
        with memoryview(self._held) as held:
            size = min(filled, SEALED_SLAB_BYTES)
            written, whole = self._key.open(held[:size], plain, first_chunk=self._chunk, last=last)
        self._chunk += -(-written // CHUNK_BYTES)
        self._ended, self._broken = last, not whole or size == 0
        if not last:
            self._held[0] = self._held[SEALED_SLAB_BYTES]
            self._carried = 1
        if self._broken and not written:
            raise not_authentic(self._chunk)
        return written

    def _fill(self) -> int:
        filled = self._carried
        with memoryview(self._held) as held:
            while filled < len(held):
                count = self._source.readinto(held[filled:])  # type: ignore[attr-defined]
                if not count:
                    break
                filled += count
        return filled


def _nonce(chunk: int, *, final: bool) -> bytes:
    return (chunk << 8 | final).to_bytes(12, "big")


def not_authentic(chunk: int) -> AgePayloadError:
    """The error of a payload that is not authentic from a chunk on."""
    return AgePayloadError(
        what="age payload",
        problem=f"is altered, cut or out of order at chunk {chunk} (byte {chunk * CHUNK_BYTES:,} of the content)",
        remedy="ask for the file again",
    )

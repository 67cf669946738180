"""The stream of a package being written: tar, digests and encryption at once, in memory that does not grow."""

import threading
from collections.abc import Callable, Sequence
from queue import SimpleQueue
from typing import BinaryIO

from comity.evidence.age import AgeWriter, Recipient
from comity.evidence.age.stream import SLAB_BYTES
from comity.evidence.errors import SourceError
from comity.evidence.package import tar
from comity.evidence.package.part import unwritable
from comity.evidence.package.pipeline import BUFFER_BYTES, Buffer, BufferPool, Digester, Digests
from comity.evidence.package.source import unreadable


class SealedStream:
    """Writes members, in order, into an age file."""

    def __init__(
        self, target: BinaryIO, recipients: Sequence[Recipient], random_bytes: Callable[[int], bytes], *, stamp: int
    ) -> None:
        self._stamp = stamp
        self._pool = BufferPool()
        self._digester = Digester()
        self._encryptor = _Encryptor(AgeWriter(target, recipients, random_bytes))
        self._buffer = self._pool.take()
        self._closed = False

    def add_bytes(self, name: str, data: bytes) -> tuple[bytes, bytes]:
        """A small member; its SHA-256 and SHA-512."""
        self._put(tar.write_header(tar.Member(name, len(data), self._stamp)))
        digests = Digests(inline=True)
        digests.sha256.update(data)
        digests.sha512.update(data)
        self._put(data + bytes(tar.padding(len(data))))
        return digests.wait()

    def add_stream(self, name: str, source: BinaryIO, size_bytes: int, *, what: str) -> Digests:
        """A member of as many bytes as `source` has; its digests, which may still be on their way.

        SourceError where the source has fewer bytes or more.
        """
        self._put(tar.write_header(tar.Member(name, size_bytes, self._stamp)))
        digests = self._digester.begin(size_bytes)
        left = size_bytes
        while left:
            buffer = self._room()
            end = min(buffer.filled + left, BUFFER_BYTES)
            try:
                count = source.readinto(buffer.view[buffer.filled : end])  # type: ignore[attr-defined]
            except OSError as error:
                raise unreadable(what, error) from None
            if not count:
                raise _moved(what, f"is {left:,} bytes shorter than it was when it was opened")
            self._digester.update(digests, buffer, buffer.filled, buffer.filled + count)
            buffer.filled += count
            left -= count
        if source.read(1):
            raise _moved(what, "grew while it was read")
        self._digester.end(digests)
        self._put(bytes(tar.padding(size_bytes)))
        return digests

    def finish(self) -> None:
        """Close the archive and write what is left."""
        self._put(tar.END)
        self._encryptor.give(self._buffer, last=True)
        self._stop()

    def abandon(self) -> None:
        """Give up threads; what was written is not whole."""
        if not self._closed:
            self._stop(quiet=True)

    def _stop(self, *, quiet: bool = False) -> None:
        self._closed = True
        self._digester.close()
        self._encryptor.close(quiet=quiet)

    def _put(self, data: bytes) -> None:
        at = 0
        while at < len(data):
            buffer = self._room()
            count = min(len(data) - at, BUFFER_BYTES - buffer.filled)
            buffer.view[buffer.filled : buffer.filled + count] = data[at : at + count]
            buffer.filled += count
            at += count

    def _room(self) -> Buffer:
        """A buffer with room; a full one is given on only now, when more follows: the last one is thus never empty."""
        if self._buffer.filled == BUFFER_BYTES:
            self._encryptor.give(self._buffer, last=False)
            self._buffer = self._pool.take()
        return self._buffer


class _Encryptor:
    """A thread that encrypts and writes."""

    def __init__(self, writer: AgeWriter) -> None:
        self._writer = writer
        self._queue: SimpleQueue[tuple[Buffer, bool] | None] = SimpleQueue()
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._write, daemon=True)
        self._thread.start()

    def give(self, buffer: Buffer, *, last: bool) -> None:
        if self._error is not None:
            raise self._error
        self._queue.put((buffer, last))

    def close(self, *, quiet: bool) -> None:
        self._queue.put(None)
        self._thread.join()
        if self._error is not None and not quiet:
            raise self._error

    def _write(self) -> None:
        while (job := self._queue.get()) is not None:
            buffer, last = job
            if self._error is None:
                try:
                    self._encrypt(buffer, last=last)
                except OSError as error:
                    self._error = unwritable(error)
                except BaseException as error:  # noqa: BLE001  handed to the thread that asked
                    self._error = error
            buffer.release()

    def _encrypt(self, buffer: Buffer, *, last: bool) -> None:
        for start in range(0, buffer.filled, SLAB_BYTES):
            end = min(start + SLAB_BYTES, buffer.filled)
            self._writer.write_slab(buffer.view[start:end], last=last and end == buffer.filled)


def _moved(what: str, problem: str) -> SourceError:
    return SourceError(what=what, problem=problem, remedy="seal a copy or an image that nobody writes to")

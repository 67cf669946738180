"""The plain stream of a package being read: decrypted on one thread while others hash what came before."""

import threading
from collections.abc import Iterator
from queue import SimpleQueue
from typing import Protocol

from comity.evidence.age.stream import SLAB_BYTES
from comity.evidence.package import tar
from comity.evidence.package.pipeline import BUFFER_BYTES, Buffer, BufferPool
from comity.evidence.package.tar import Member, damaged


class Plain(Protocol):
    """An authentic stream, such as `PayloadReader`."""

    def read_into(self, plain: memoryview, /) -> int: ...


class ArchiveReader:
    """Members of a tar, in order; each must be read to its end before the next."""

    def __init__(self, source: Plain) -> None:
        self._pool = BufferPool()
        self._queue: SimpleQueue[Buffer | BaseException | None] = SimpleQueue()
        self._closing = False
        self._buffer: Buffer | None = None
        self._at = 0
        self._thread = threading.Thread(target=self._fill, args=(source,), daemon=True)
        self._thread.start()

    def members(self) -> Iterator[Member]:
        """Each member; PackageError where the archive is not in our form, AgePayloadError where it is not authentic."""
        while True:
            block = self._take(tar.BLOCK_BYTES)
            if not block.strip(b"\0"):
                self._end(block)
                return
            member = tar.read_header(block + self._take(tar.extended_bytes(block)))
            yield member
            if self._take(tar.padding(member.size_bytes)).strip(b"\0"):
                raise damaged(f"has something else than zeros after {member.name[:200]!r}")

    def parts(self, size_bytes: int) -> Iterator[tuple[Buffer, int, int]]:
        """The next bytes, as parts of buffers: hold a buffer to use it beyond the step."""
        left = size_bytes
        while left:
            buffer = self._current()
            end = min(self._at + left, buffer.filled)
            start, self._at = self._at, end
            left -= end - start
            yield buffer, start, end

    def read(self, size_bytes: int) -> bytes:
        return b"".join(buffer.view[start:end] for buffer, start, end in self.parts(size_bytes))

    def close(self) -> None:
        """Stop decrypting."""
        self._closing = True
        if self._buffer is not None:
            self._buffer.release()
            self._buffer = None
        while self._thread.is_alive():
            got = self._queue.get()
            if isinstance(got, Buffer):
                got.release()
            else:
                break
        self._thread.join()

    def _take(self, size_bytes: int) -> bytes:
        return self.read(size_bytes)

    def _end(self, block: bytes) -> None:
        if block + self._take(tar.BLOCK_BYTES) != tar.END or self._next() is not None:
            raise damaged("goes on after its end")

    def _current(self) -> Buffer:
        if self._buffer is None or self._at == self._buffer.filled:
            buffer = self._next()
            if buffer is None:
                raise damaged("breaks off")
            return buffer
        return self._buffer

    def _next(self) -> Buffer | None:
        """The next buffer, or None at the end; a buffer that is not used up is not left."""
        if self._buffer is not None:
            if self._at < self._buffer.filled:
                return self._buffer
            self._buffer.release()
            self._buffer = None
        got = self._queue.get()
        if isinstance(got, BaseException):
            self._queue.put(None)
            raise got
        self._buffer, self._at = got, 0
        if got is None:
            self._queue.put(None)
        return got

    def _fill(self, source: Plain) -> None:
        try:
            count = -1
            while count and not self._closing:
                buffer = self._pool.take()
                while buffer.filled + SLAB_BYTES <= BUFFER_BYTES:
                    count = source.read_into(buffer.view[buffer.filled : buffer.filled + SLAB_BYTES])
                    if not count:
                        break
                    buffer.filled += count
                if buffer.filled:
                    self._queue.put(buffer)
                else:
                    buffer.release()
        except BaseException as error:  # noqa: BLE001  handed to the thread that reads
            self._queue.put(error)
            return
        self._queue.put(None)

"""Buffers that go round, and two digests that are computed beside reading and encrypting.

SHA-256 and SHA-512 each have a thread: the libraries let go of Python's lock for large buffers, so two cores are used.
Small files are hashed on the spot, for handing them over would cost more than it saves.
"""

import hashlib
import threading
from collections import deque
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, Protocol

from comity.evidence.age.stream import SLAB_BYTES

Progress = Callable[[int, int], None]
"""Told how many files, and how many bytes of evidence, are done."""
BUFFER_BYTES = 4 * SLAB_BYTES
BUFFERS = 8
INLINE_BYTES_MAX = 128 * 1024


class _Hash(Protocol):
    def update(self, data: Any, /) -> None: ...
    def digest(self) -> bytes: ...


class Buffer:
    """A run of the plain stream, in use by some threads until each has released it."""

    def __init__(self, pool: "BufferPool") -> None:
        self.bytes = bytearray(BUFFER_BYTES)
        self.view = memoryview(self.bytes)
        self.filled = 0
        self._pool = pool
        self._users = 0
        self._lock = threading.Lock()

    def hold(self) -> None:
        with self._lock:
            self._users += 1

    def release(self) -> None:
        with self._lock:
            self._users -= 1
            free = self._users == 0
        if free:
            self._pool.put(self)


class BufferPool:
    """As many buffers as there are: who wants one waits, which keeps memory flat."""

    def __init__(self) -> None:
        self._free: SimpleQueue[Buffer] = SimpleQueue()
        self._made = 0

    def take(self) -> Buffer:
        """A buffer, held once by the taker."""
        if self._free.empty() and self._made < BUFFERS:
            self._made += 1
            self._free.put(Buffer(self))
        buffer = self._free.get()
        buffer.filled = 0
        buffer.hold()
        return buffer

    def put(self, buffer: Buffer) -> None:
        self._free.put(buffer)


class Digests:
    """The two digests of one content, ready or on their way."""

    __slots__ = ("_left", "inline", "sha256", "sha512")

    def __init__(self, *, inline: bool) -> None:
        self.sha256: _Hash = hashlib.sha256()
        self.sha512: _Hash = hashlib.sha512()
        self.inline = inline
        self._left: list[threading.Event] = []

    def end(self, *events: threading.Event) -> None:
        self._left = list(events)

    @property
    def ready(self) -> bool:
        return all(event.is_set() for event in self._left)

    def wait(self) -> tuple[bytes, bytes]:
        for event in self._left:
            event.wait()
        return self.sha256.digest(), self.sha512.digest()


class Digester:
    """Two threads that hash what they are given, in order."""

    def __init__(self) -> None:
        self._queues: tuple[SimpleQueue[Callable[[], None] | None], ...] = (SimpleQueue(), SimpleQueue())
        self._threads = [threading.Thread(target=_work, args=(queue,), daemon=True) for queue in self._queues]
        for thread in self._threads:
            thread.start()

    def begin(self, size_bytes: int) -> Digests:
        return Digests(inline=size_bytes <= INLINE_BYTES_MAX)

    def update(self, digests: Digests, buffer: Buffer, start: int, end: int) -> None:
        """Hash a part of a buffer, which is held until both have seen it."""
        part = buffer.view[start:end]
        if digests.inline:
            digests.sha256.update(part)
            digests.sha512.update(part)
            return
        for queue, digest in zip(self._queues, (digests.sha256, digests.sha512), strict=True):
            buffer.hold()
            queue.put(_job(digest, part, buffer))

    def end(self, digests: Digests) -> None:
        """Say that all was given."""
        if digests.inline:
            return
        events = (threading.Event(), threading.Event())
        digests.end(*events)
        for queue, event in zip(self._queues, events, strict=True):
            queue.put(event.set)

    def close(self) -> None:
        for queue in self._queues:
            queue.put(None)
        for thread in self._threads:
            thread.join()


def _job(digest: _Hash, part: memoryview, buffer: Buffer) -> Callable[[], None]:
    def act() -> None:
        digest.update(part)
        buffer.release()

    return act


def _work(queue: "SimpleQueue[Callable[[], None] | None]") -> None:
    while (act := queue.get()) is not None:
        act()


class InOrder:
    """Things whose digests are awaited, given on in their order as soon as they are ready."""

    def __init__(self, give: Callable[[Any, bytes, bytes], None], *, waiting_max: int = 256) -> None:
        self._give = give
        self._waiting: deque[tuple[Any, Digests]] = deque()
        self._waiting_max = waiting_max

    def add(self, what: Any, digests: Digests) -> None:
        self._waiting.append((what, digests))
        while self._waiting and (self._waiting[0][1].ready or len(self._waiting) > self._waiting_max):
            self._pass_on()

    def finish(self) -> None:
        while self._waiting:
            self._pass_on()

    def _pass_on(self) -> None:
        what, digests = self._waiting.popleft()
        self._give(what, *digests.wait())

"""A file of evidence and what lies beside it, as recognisers see them: bytes at a place, as many as are asked for."""

import io
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from comity.evidence.formats.limits import LIMITS, FormatLimits

HEAD_BYTES = 4096
PART_BYTES = 1 << 20
"""How much is read at once where a file is read through."""


class FormatError(ValueError):
    """A file that is not as its format wants it. It never leaves this package: it becomes a problem or a verdict."""


class CutError(FormatError):
    """A file that ends before what it says it holds."""


class BeyondReachError(FormatError):
    """What this reader cannot judge: parts in other files, encryption, forms that it does not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One file of evidence."""

    path: str
    """With ``/`` between folders, in the evidence: it names the file to people and to lists beside it."""
    size_bytes: int
    open: Callable[[], AbstractContextManager[BinaryIO]]
    """A stream that can go back and forth."""
    digests: tuple[tuple[str, str], ...] = ()
    """What is known of it already, as pairs of an algorithm and hexadecimal digits."""


class Evidence(Protocol):
    """Where a file's neighbours are found."""

    def find(self, path: str) -> Item | None:
        """The file at a path; None where there is none."""


class Alone:
    """Evidence of one file that has no neighbours."""

    def find(self, path: str) -> Item | None:
        return None


class Look:
    """One look at a file: its first bytes, and any others that are asked for."""

    def __init__(self, item: Item, stream: BinaryIO, evidence: Evidence, limits: FormatLimits) -> None:
        self.item = item
        self.evidence = evidence
        self.limits = limits
        self.stream = stream
        self.head = self.at(0, HEAD_BYTES)

    @property
    def path(self) -> str:
        return self.item.path

    @property
    def size_bytes(self) -> int:
        return self.item.size_bytes

    def at(self, offset: int, count: int) -> bytes:
        """As many bytes as there are from a place, `count` at most."""
        if offset < 0 or offset >= self.size_bytes or count <= 0:
            return b""
        self.stream.seek(offset)
        return read_up_to(self.stream, min(count, self.size_bytes - offset))

    def exactly(self, offset: int, count: int) -> bytes:
        """The bytes at a place; CutError where they are not all there."""
        data = self.at(offset, count)
        if len(data) != count:
            raise CutError(f"breaks off at byte {offset + len(data):,}: {count:,} bytes should be at {offset:,}")
        return data

    def parts(self, start: int = 0, *, limit_bytes: int | None = None) -> Iterator[bytes]:
        """The file from a place to its end, in parts, or to a limit."""
        end = self.size_bytes if limit_bytes is None else min(self.size_bytes, start + limit_bytes)
        while start < end and (part := self.at(start, min(PART_BYTES, end - start))):
            yield part
            start += len(part)

    def beside(self, name: str) -> Item | None:
        """The file of another name in the same folder."""
        folder, slash, _ = self.path.rpartition("/")
        return self.evidence.find(folder + slash + name)

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]


@contextmanager
def looking(item: Item, evidence: Evidence | None = None, limits: FormatLimits = LIMITS) -> Iterator[Look]:
    """A look at a file, open while it lasts."""
    with item.open() as stream:
        yield Look(item, stream, evidence or Alone(), limits)


def read_up_to(stream: BinaryIO, count: int) -> bytes:
    """Bytes of a stream that may give fewer at once than there are."""
    parts = []
    while count > 0 and (part := stream.read(min(count, PART_BYTES))):
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def item_of_bytes(path: str, data: bytes) -> Item:
    """A file that is in memory."""

    @contextmanager
    def opened() -> Iterator[BinaryIO]:
        yield io.BytesIO(data)

    return Item(path=path, size_bytes=len(data), open=opened)

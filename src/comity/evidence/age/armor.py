"""ASCII armour of age files: strict PEM (RFC 7468) with one label, so that one file has one form."""

import base64
import binascii
import io
from typing import BinaryIO

from comity.evidence.errors import ArmorError

BEGIN = b"-----BEGIN AGE ENCRYPTED FILE-----"
END = b"-----END AGE ENCRYPTED FILE-----"
_COLUMNS = 64
_LINE_BYTES_MAX = 4096
_BLANK_BYTES_MAX = 1024


def is_armored(source: BinaryIO) -> bool:
    """True where a stream that can be rewound starts as armour does, after white space."""
    start = source.read(_BLANK_BYTES_MAX)
    source.seek(-len(start), io.SEEK_CUR)
    return start.lstrip(b" \t\r\n").startswith(b"-----BEGIN")


class ArmorReader(io.RawIOBase):
    """The bytes inside armour, as they are read; ArmorError where it is not strict."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._bytes = b""
        self._short = False
        self._ended = False
        line = self._line()
        skipped = 0
        while not line.strip() and skipped < _BLANK_BYTES_MAX and not self._ended:
            skipped += len(line) + 1
            line = self._line()
        if line.lstrip() != BEGIN:
            raise _bad("does not begin with its line")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        target = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        while not self._bytes and not self._ended:
            self._next()
        count = min(len(target), len(self._bytes))
        target[:count] = self._bytes[:count]
        self._bytes = self._bytes[count:]
        return count

    def _next(self) -> None:
        line = self._line()
        if line == END:
            self._finish()
            return
        if self._short or not line or len(line) > _COLUMNS:
            raise _bad("has a line of a wrong length")
        self._short = len(line) < _COLUMNS or line.endswith(b"=")
        try:
            data = base64.b64decode(line, validate=True)
        except (binascii.Error, ValueError):
            raise _bad("holds what is not base 64") from None
        if base64.b64encode(data) != line:
            raise _bad("holds base 64 that is not canonical")
        self._bytes = data

    def _finish(self) -> None:
        rest = self._source.read(_BLANK_BYTES_MAX + 1)
        if rest.strip(b" \t\r\n") or len(rest) > _BLANK_BYTES_MAX:
            raise _bad("goes on after its last line")
        self._ended = True

    def _line(self) -> bytes:
        line = self._source.readline(_LINE_BYTES_MAX)
        if not line:
            raise _bad("breaks off")
        line = line.removesuffix(b"\n").removesuffix(b"\r")
        return line.rstrip() if line.startswith((BEGIN, END)) else line


def _bad(problem: str) -> ArmorError:
    return ArmorError(what="age armour", problem=problem, remedy="copy it again, from its first dash to its last")

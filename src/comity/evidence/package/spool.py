"""Lists that grow with the evidence: short ones in memory, long ones on disk, where they vanish with the process."""

import tempfile
from collections.abc import Iterator
from typing import BinaryIO, cast

LINE_BYTES_MAX = 1 << 20
MEMORY_BYTES_MAX = 1 << 20


class Spool:
    """Bytes to be written first and read after."""

    def __init__(self) -> None:
        self.file = cast(BinaryIO, tempfile.SpooledTemporaryFile(MEMORY_BYTES_MAX))  # noqa: SIM115  closed by close()
        self.size_bytes = 0
        self.lines = 0

    def write(self, data: bytes) -> None:
        self.file.write(data)
        self.size_bytes += len(data)
        self.lines += 1

    def rewind(self) -> None:
        self.file.flush()
        self.file.seek(0)

    def readline(self) -> bytes:
        return self.file.readline(LINE_BYTES_MAX)

    def __iter__(self) -> Iterator[bytes]:
        self.rewind()
        while line := self.readline():
            yield line

    def close(self) -> None:
        self.file.close()

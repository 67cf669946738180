"""Lists that grow with the evidence, on disk instead of in memory; they vanish with the process, however it ends."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

LINE_BYTES_MAX = 1 << 20


class Spool:
    """Bytes to be written first and read after."""

    def __init__(self, folder: Path | None = None) -> None:
        self.file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115  closed by close()
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

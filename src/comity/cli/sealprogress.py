"""Progress of sealing and reading packages on a terminal: files and bytes; silent elsewhere."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from comity.evidence.package import Progress

_STEP_BYTES = 32 << 20
_STEP_FILES = 500


@contextmanager
def shown(paths: Sequence[Path], doing: str = "sealing") -> "Iterator[Progress | None]":
    """A line that tells how far it is, on standard error; `paths` are what is read."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

    total = sum(os.stat(path).st_size for path in paths) if all(path.is_file() for path in paths) else None  # noqa: PTH116
    columns = (
        TextColumn(doing + " {task.fields[files]:,} files"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total, files=0)
        last = [0, 0]

        def tell(files: int, size_bytes: int) -> None:
            if size_bytes - last[1] >= _STEP_BYTES or files - last[0] >= _STEP_FILES:
                last[:] = [files, size_bytes]
                bar.update(task, completed=size_bytes, files=files)

        yield tell

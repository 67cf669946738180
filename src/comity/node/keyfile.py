"""A file with a secret that is made once: whoever comes first makes it, and nobody ever reads half of it."""

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def read_or_make(path: Path, make: Callable[[], bytes]) -> bytes:
    """The secret in `path`, readable by its owner alone; made where it is not there yet."""
    if not path.exists():
        handle, waiting = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 0600
        try:
            with os.fdopen(handle, "wb") as made:
                made.write(make())
                made.flush()
                os.fsync(made.fileno())
            with suppress(FileExistsError):
                os.link(waiting, path)  # whole, or not at all; another's stays
        finally:
            Path(waiting).unlink()
    return path.read_bytes()

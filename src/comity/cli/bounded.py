"""The last bounds on work with a hostile file: processor time and memory of this process, kept by the system.

The library counts what it unpacks and draws; this holds where counting missed something.
"""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from comity.cli.files import FileError
from comity.letters.errors import LetterFileError, LetterLimitError
from comity.letters.read.limits import DEFAULT_READ_LIMITS, ReadLimits


@contextmanager
def bounded(file: Path, limits: ReadLimits = DEFAULT_READ_LIMITS) -> Iterator[None]:
    """Work on one file within `cpu_seconds` and `memory_bytes`; LetterLimitError past the first, LetterFileError past
    the second, and FileError that names the file for what else keeps it from being read. On systems without such limits
    (Windows) the work is only counted."""
    try:
        with _limited(file, limits):
            yield
    except LetterFileError as error:
        if error.path == str(file):
            raise
        raise FileError(f"{file}: {str(error).removeprefix('file: ')}") from error


@contextmanager
def _limited(file: Path, limits: ReadLimits) -> Iterator[None]:
    if sys.platform == "win32":  # pragma: no cover
        yield
        return
    import resource

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise LetterLimitError(path=str(file), limit="cpu_seconds", allowed=limits.cpu_seconds)

    usage = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(usage.ru_utime + usage.ru_stime) + 1
    before = [(kind, resource.getrlimit(kind)) for kind in (resource.RLIMIT_CPU, resource.RLIMIT_AS)]
    handler = signal.signal(signal.SIGXCPU, stop)
    try:
        _lower(resource.RLIMIT_CPU, spent + limits.cpu_seconds)
        _lower(resource.RLIMIT_AS, _mapped_bytes() + limits.memory_bytes)
        yield
    except MemoryError:
        problem = f"it needs more than {limits.memory_bytes:,} bytes of memory"
        raise LetterFileError(path=str(file), problem=problem, remedy="treat it as hostile") from None
    finally:
        for kind, limit in before:
            resource.setrlimit(kind, limit)
        signal.signal(signal.SIGXCPU, handler)


def _lower(kind: int, soft: int) -> None:
    """A lower soft limit; what the system keeps lower already stays."""
    import resource

    old, hard = resource.getrlimit(kind)
    lowest = min(one for one in (soft, old, hard) if one != resource.RLIM_INFINITY)
    resource.setrlimit(kind, (lowest, hard))


def _mapped_bytes() -> int:
    """Address space that this process has mapped by now; 0 where the system does not tell."""
    import resource

    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError, IndexError):  # pragma: no cover  systems without /proc
        return 0
    return pages * resource.getpagesize()

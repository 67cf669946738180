"""Where counting misses something, the system stops the work on a file: processor time and memory."""

import resource
import signal
import sys
from pathlib import Path

import pytest

from comity.cli.bounded import bounded
from comity.cli.files import FileError
from comity.letters.errors import LetterFileError, LetterLimitError
from comity.letters.read.file import open_file
from comity.letters.read.limits import ReadLimits

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the system has no such limits")


def test_processor_time() -> None:
    before = resource.getrlimit(resource.RLIMIT_CPU), signal.getsignal(signal.SIGXCPU)
    with pytest.raises(LetterLimitError) as caught, bounded(Path("evil.pdf"), ReadLimits(cpu_seconds=0)):
        while True:
            pass
    assert str(caught.value).startswith("evil.pdf: more than cpu_seconds = 0")
    assert (resource.getrlimit(resource.RLIMIT_CPU), signal.getsignal(signal.SIGXCPU)) == before


def test_memory() -> None:
    before = resource.getrlimit(resource.RLIMIT_AS)
    limits = ReadLimits(memory_bytes=64 << 20)
    with pytest.raises(LetterFileError, match="needs more than 67,108,864 bytes of memory"), bounded(Path("f"), limits):
        bytearray(1 << 30)
    assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_nothing_happens_to_what_is_small() -> None:
    with bounded(Path("f")):
        assert sum(range(10)) == 45


def test_what_cannot_be_read_is_told_of_the_file_that_was_named() -> None:
    with pytest.raises(FileError, match=r"^evil\.pdf: it is empty; give"), bounded(Path("evil.pdf")):
        open_file(b"")

"""The formats of the evidence, told while it is sealed: a description a line, of the files that are recognised."""

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

import msgspec

from comity.evidence.custody import Verdict
from comity.evidence.formats import SEALING, Description, InnerCheck, Item, check, looking, recognise
from comity.evidence.package.source import Found, shown
from comity.evidence.package.spool import Spool

FORMAT = "comity-formats/1"
DESCRIBED_MAX = 10_000
FAULTS_MAX = 100
CHECKABLE_MAX = 100_000
"""How many descriptions there may be in all: beyond `DESCRIBED_MAX`, only of what holds hashes."""


class FormatsHead(msgspec.Struct, frozen=True, kw_only=True):
    """The first line."""

    format: str
    recognised: int
    described: int
    """How many lines follow."""


class Survey:
    """Looks at each file that is sealed, and checks the hashes that it holds: now damage can still be mended."""

    def __init__(self, *, checking: bool = True) -> None:
        self._checking = checking
        self.faults: list[str] = []
        """What does not have the hashes that it holds, `FAULTS_MAX` at most."""
        self.numbers: dict[str, str] = {}
        """Which exhibit images say that they are of, by their paths; `FAULTS_MAX` at most."""
        self._lines = Spool()
        self._recognised = 0
        self._parts: dict[str, str] = {}

    def take(self, found: Found, size_bytes: int) -> Description | None:
        """The description of a file, which is written down; None where its format is not recognised."""
        item = Item(path=found.path, size_bytes=size_bytes, open=lambda: _opened(found.disk))
        beside = _Beside(found)
        with looking(item, beside, SEALING) as look:
            told = recognise(look)
            if told is None:
                return None
            if self._checking and told.checkable:
                told = self._checked(told, check(look, told))
        number = told.fact("evidence number")
        if number and len(self.numbers) < FAULTS_MAX:
            self.numbers[found.path] = number
        self._recognised += 1
        described = self._lines.lines
        if described < DESCRIBED_MAX or (told.checkable and described < CHECKABLE_MAX):
            self._lines.write(msgspec.json.encode(told) + b"\n")
            for part in told.parts:
                self._parts.setdefault(part, beside.disk(part))
        return told

    def _checked(self, told: Description, checks: tuple[InnerCheck, ...]) -> Description:
        faults = tuple(one for one in checks if one.verdict is not Verdict.PASSED)
        for one in faults[: FAULTS_MAX - len(self.faults)]:
            self.faults.append(f"{one.path}: {one.name}: {one.reason}")
        return msgspec.structs.replace(told, faults=faults)

    def not_inside(self, sealed: Sequence[Path]) -> tuple[str, ...]:
        """Files that belong to the evidence and lie in none of the paths that were sealed."""
        roots = [os.path.realpath(path) for path in sealed]
        return tuple(
            shown(disk)
            for disk in sorted(set(self._parts.values()))
            if disk and not any(disk == root or disk.startswith(root + os.sep) for root in roots)
        )

    def finish(self) -> Spool | None:
        """The lines, to be read from; None where nothing was recognised."""
        if not self._recognised:
            return None
        spool = Spool()
        head = FormatsHead(format=FORMAT, recognised=self._recognised, described=self._lines.lines)
        spool.write(msgspec.json.encode(head) + b"\n")
        for line in self._lines:
            spool.write(line)
        return spool

    def close(self) -> None:
        self._lines.close()


class _Beside:
    """What lies in the same folder as a file, and below, by its path in the package."""

    def __init__(self, found: Found) -> None:
        self._disk = os.path.dirname(found.disk)  # noqa: PTH120  names that are not UTF-8 too
        self._path = found.path.rpartition("/")[0] + "/"

    def disk(self, path: str) -> str:
        """Where a file of the package lies; empty where it is not beside."""
        if not path.startswith(self._path):
            return ""
        return os.path.join(self._disk, *path[len(self._path) :].split("/"))  # noqa: PTH118

    def find(self, path: str) -> Item | None:
        disk = self.disk(path)
        try:
            status = os.lstat(disk)
        except (OSError, ValueError):
            return None
        if not stat.S_ISREG(status.st_mode):
            return None
        return Item(path=path, size_bytes=status.st_size, open=lambda: _opened(disk))


@contextmanager
def _opened(disk: str) -> Iterator[BinaryIO]:
    descriptor = os.open(disk, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        yield cast(BinaryIO, file)  # unbuffered: a look asks for as much as it wants at once

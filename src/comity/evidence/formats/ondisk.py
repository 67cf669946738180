"""Evidence in files and folders of this machine: walked in a steady order, links and devices left out."""

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from comity.evidence.errors import SourceError
from comity.evidence.formats.look import Item


class OnDisk:
    """Files by their paths on this machine."""

    def find(self, path: str) -> Item | None:
        """The file at a path; None where there is none, or it is a link or device."""
        try:
            status = os.lstat(path)
        except (OSError, ValueError):
            return None
        if not stat.S_ISREG(status.st_mode):
            return None
        return Item(path=path, size_bytes=status.st_size, open=lambda: _opened(path))

    def items(self, paths: Iterable[Path]) -> Iterator[Item]:
        """Every file at or below some paths; SourceError where one cannot be read.

        A link that the user names is followed: it was meant. Links in folders are not.
        """
        for path in paths:
            if path.is_dir():
                yield from self._below(os.fspath(path))
                continue
            item = self.find(os.path.realpath(path) if path.is_symlink() else os.fspath(path))
            if item is None:
                raise SourceError(
                    what=str(path), problem="is not a file or folder", remedy="give files, or folders with evidence"
                )
            yield item

    def _below(self, top: str) -> Iterator[Item]:
        waiting = [top]
        while waiting:
            place = waiting.pop()
            item = self.find(place)
            if item is not None:
                yield item
                continue
            try:
                with os.scandir(place) as entries:
                    there = [entry.path for entry in entries if _is_plain(entry)]
            except FileNotFoundError:
                continue  # it vanished, or its name is no path any more
            except OSError as error:
                raise _unreadable(place, error) from None
            waiting += sorted(there, reverse=True)


def _is_plain(entry: "os.DirEntry[str]") -> bool:
    return entry.is_dir(follow_symlinks=False) or entry.is_file(follow_symlinks=False)


@contextmanager
def _opened(path: str) -> Iterator[BinaryIO]:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise _unreadable(path, error) from None
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        yield cast(BinaryIO, file)


def _unreadable(path: str, error: OSError) -> SourceError:
    shown = os.fsencode(path).decode("utf-8", "backslashreplace")
    problem = (error.strerror or "cannot be read").lower()
    return SourceError(what=shown, problem=problem, remedy="give files and folders that can be read")

"""Files and JSON at the edge: what commands read and write, never writing over what is there."""

import errno
import os
import sys
from pathlib import Path
from typing import Any

import msgspec

from comity.errors import ComityError


class FileError(ComityError):
    """A file that cannot be read or written, or is there already."""


def print_json(value: Any) -> None:
    """A record or mapping as indented JSON, byte for byte UTF-8."""
    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n")
    sys.stdout.buffer.flush()


def write_new_file(path: Path, data: bytes, *, mode: int = 0o600) -> None:
    """A new file, whole or not at all; FileError where something is there already."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _put(beside, path)
    except FileExistsError:
        raise FileError(f"{path}: is there already; choose another name, or move it away") from None
    except OSError as error:
        raise FileError(f"{path}: {error.strerror}; choose a place you may write") from None
    finally:
        beside.unlink(missing_ok=True)


def _put(beside: Path, path: Path) -> None:
    try:
        os.link(beside, path)  # unlike a rename, this fails where the name is taken
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.EOPNOTSUPP) or path.exists():
            raise
        beside.rename(path)  # a file system without links, as on most USB sticks


def read_file(path: Path, *, limit_bytes: int) -> bytes:
    """The bytes of a file that the user named; FileError where it cannot be read or is too large to be it."""
    try:
        with path.open("rb") as file:
            data = file.read(limit_bytes + 1)
    except OSError as error:
        raise FileError(f"{path}: {str(error.strerror).lower()}; give a file that you may read") from None
    if len(data) > limit_bytes:
        raise FileError(f"{path}: more than {limit_bytes:,} bytes; give the file that was meant")
    return data

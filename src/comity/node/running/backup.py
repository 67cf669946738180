"""Backup of a whole node into one file: consistent while the node serves, proven by digests."""

import hashlib
import io
import os
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, BinaryIO, Literal, cast

import msgspec

from comity.evidence.age import Recipient
from comity.node.running.dump import DUMP, BackupError, dump
from comity.node.running.sealing import SealedWriter

MANIFEST = "manifest.json"
LEFT_OUT = frozenset({"work", "backups", "serve.lock"})
"""What lies in the folder and is made anew, or is a backup itself; all else is taken, so that nothing is forgotten."""


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a backup holds."""

    format: Literal["comity-backup-1"] = "comity-backup-1"
    database: str
    """``sqlite`` or ``postgresql``."""
    sha256: dict[str, str]
    """Of each file, by its name."""


def write_backup(target: Path, recipients: tuple[Recipient, ...] = ()) -> int:
    """Write the node's database and files into `target`, whole or not at all; the number of files in it.

    The database is taken in one transaction first; files, which only ever come to it, are taken after: what the
    database names is there. With `recipients` it is an age file that they alone can open.
    """
    from django.conf import settings

    data = Path(settings.DATA)
    part = target.with_name(f".{target.name}.{os.getpid()}")
    work = data / "work"
    work.mkdir(exist_ok=True, mode=0o700)
    try:
        with tempfile.TemporaryDirectory(dir=work) as folder, part.open("xb") as raw:
            part.chmod(0o600)
            sealed = SealedWriter(raw, recipients) if recipients else None
            count = _fill(cast(IO[bytes], sealed or raw), data, dump(Path(folder)))
            if sealed:
                sealed.end()
            raw.flush()
            os.fsync(raw.fileno())
        part.rename(target)
    except OSError as error:
        raise BackupError(f"{target}: cannot be written ({error.strerror or error})") from None
    finally:
        part.unlink(missing_ok=True)
    return count


def _fill(target: IO[bytes], data: Path, dumped: Path) -> int:
    digests: dict[str, str] = {}
    with tarfile.open(fileobj=target, mode="w|", format=tarfile.PAX_FORMAT) as tar:
        for name, path in [(dumped.name, dumped), *_files(data)]:
            if (digest := _add(tar, name, path)) is not None:
                digests[name] = digest
        kind = next(kind for kind, name in DUMP.items() if name == dumped.name)
        _add_bytes(tar, MANIFEST, msgspec.json.encode(Manifest(database=kind, sha256=digests), order="sorted"))
    return len(digests)


def _files(data: Path) -> Iterator[tuple[str, Path]]:
    for top in sorted(data.iterdir()):
        if top.name in LEFT_OUT or top.name.startswith(".") or ".sqlite3" in top.name:
            continue
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if path.is_file() and not path.is_symlink():
                yield path.relative_to(data).as_posix(), path


def _add(tar: tarfile.TarFile, name: str, path: Path) -> str | None:
    """Add a file as long as it was when it was opened, and give its digest; None: it was deleted meanwhile."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return None
    with file:
        info = tarfile.TarInfo(name)
        info.size, info.mode = os.fstat(file.fileno()).st_size, 0o600
        reader = _Hashing(file)
        tar.addfile(info, reader)
    return reader.hash.hexdigest()


class _Hashing:
    """A file that is hashed while it is read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.hash = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.hash.update(data)
        return data


def _add_bytes(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mode = len(data), 0o600
    tar.addfile(info, io.BytesIO(data))

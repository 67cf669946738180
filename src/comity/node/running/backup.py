"""Backup of a whole node into one file, and its restoration: consistent while the node serves, proven by digests."""

import hashlib
import io
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO, Literal

import msgspec

from comity.node.errors import NodeError

MANIFEST = "manifest.json"
MANIFEST_BYTES_MAX = 1 << 30
DUMP = {"sqlite": "comity.sqlite3", "postgresql": "comity.pgdump"}
FOLDERS = ("evidence", "incoming", "requests", "vault", "custody", "keys", "push")
FILES = ("comity.toml", "secret.key", "audit.key", "push.pem", "keys.pass")


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a backup holds."""

    format: Literal["comity-backup-1"] = "comity-backup-1"
    database: str
    """``sqlite`` or ``postgresql``."""
    sha256: dict[str, str]
    """Of each file, by its name."""


class BackupError(NodeError):
    """A backup that cannot be written or restored; nothing was left half-done."""


def write_backup(target: Path) -> int:
    """Write the node's database and files into `target`, whole or not at all; the number of files in it.

    The database is taken in one transaction first; files, which only ever come to it, are taken after: what the
    database names is there.
    """
    from django.conf import settings

    data = Path(settings.DATA)
    part = target.with_name(f".{target.name}.{os.getpid()}")
    digests: dict[str, str] = {}
    try:
        with tempfile.TemporaryDirectory(dir=data) as folder, part.open("xb") as raw:
            part.chmod(0o600)
            dump = _dump(Path(folder))
            with tarfile.open(fileobj=raw, mode="w", format=tarfile.PAX_FORMAT) as tar:
                for name, path in [(dump.name, dump), *_files(data)]:
                    digests[name] = _add(tar, name, path)
                kind = "sqlite" if dump.name == DUMP["sqlite"] else "postgresql"
                manifest = Manifest(database=kind, sha256=digests)
                _add_bytes(tar, MANIFEST, msgspec.json.encode(manifest, order="sorted"))
            raw.flush()
            os.fsync(raw.fileno())
        part.rename(target)
    except OSError as error:
        raise BackupError(f"{target}: cannot be written ({error.strerror})") from None
    finally:
        part.unlink(missing_ok=True)
    return len(digests)


def restore(source: Path, data: Path, *, database: str = "") -> int:
    """Put a backup into an empty folder (and an empty PostgreSQL `database`); the number of files.

    BackupError where the folder holds something, or the backup is not whole; the folder is then as it was.
    """
    if data.exists() and any(data.iterdir()):
        raise BackupError(f"{data}: holds something: a backup is restored into an empty folder")
    data.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(dir=data.parent, prefix=".restore-"))
    try:
        manifest = _unpack(source, work)
        if manifest.database == "postgresql":
            if not database:
                raise BackupError("this backup is of PostgreSQL: name an empty one with --database")
            _run("pg_restore", "--no-owner", "--exit-on-error", f"--dbname={database}", str(work / DUMP["postgresql"]))
            (work / DUMP["postgresql"]).unlink()
        elif database:
            raise BackupError("this backup is of SQLite: restore it without --database")
        if data.exists():
            data.rmdir()
        work.rename(data)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    return len(manifest.sha256)


def _dump(folder: Path) -> Path:
    from django.conf import settings
    from django.db import connection

    if connection.vendor == "postgresql":
        target = folder / DUMP["postgresql"]
        _run("pg_dump", "--format=custom", f"--file={target}", settings.CONFIG.database)
        return target
    target = folder / DUMP["sqlite"]
    name = str(connection.settings_dict["NAME"])
    with sqlite3.connect(name) as live, sqlite3.connect(target) as copy:
        live.backup(copy)
    copy.close()
    live.close()
    return target


def _run(*command: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise BackupError(f"{command[0]} is not installed: install PostgreSQL's client programs") from None
    if done.returncode:
        raise BackupError(f"{command[0]}: {done.stderr.strip().splitlines()[-1] if done.stderr else 'failed'}")


def _files(data: Path) -> Iterator[tuple[str, Path]]:
    for name in FILES:
        if (data / name).is_file():
            yield name, data / name
    for folder in FOLDERS:
        for path in sorted((data / folder).rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield path.relative_to(data).as_posix(), path


def _add(tar: tarfile.TarFile, name: str, path: Path) -> str:
    """Add a file as long as it was when it was opened, and give its digest."""
    with path.open("rb") as file:
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


def _unpack(source: Path, work: Path) -> Manifest:
    found: dict[str, str] = {}
    manifest: Manifest | None = None
    try:
        with tarfile.open(source, mode="r:") as tar:
            for member in tar:
                stream = tar.extractfile(member) if member.isfile() else None
                path = PurePosixPath(member.name)
                if stream is None or path.is_absolute() or ".." in path.parts:
                    raise BackupError(f"{source}: {member.name!r} has no place in a backup")
                if member.name == MANIFEST:
                    manifest = msgspec.json.decode(stream.read(MANIFEST_BYTES_MAX), type=Manifest)
                else:
                    found[member.name] = _write(work / path, stream)
    except (OSError, tarfile.TarError, msgspec.MsgspecError) as error:
        raise BackupError(f"{source}: is cut or is no backup ({error})") from None
    if manifest is None:
        raise BackupError(f"{source}: is cut, or is no backup of Comity: it has no manifest")
    told = manifest.sha256
    if wrong := sorted(name for name in {*found, *told} if told.get(name) != found.get(name)):
        raise BackupError(f"{source}: {wrong[0]} is not as it was written ({len(wrong)} files differ)")
    return manifest


def _write(path: Path, stream: IO[bytes]) -> str:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    hasher = hashlib.sha256()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while chunk := stream.read(1 << 20):
            hasher.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return hasher.hexdigest()

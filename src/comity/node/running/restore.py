"""Restoration of a node out of a backup: everything is checked before anything has its place."""

import hashlib
import os
import shutil
import tarfile
import tempfile
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO, cast

import msgspec

from comity.evidence.age import Identity
from comity.evidence.errors import AgeError
from comity.node.running.backup import MANIFEST, Manifest
from comity.node.running.dump import DUMP, BackupError, check_empty, put_back
from comity.node.running.sealing import SealedReader

MANIFEST_BYTES_MAX = 1 << 30
_AGE = b"age-encryption.org/"


def restore(source: Path, data: Path, *, database: str = "", identities: tuple[Identity, ...] = ()) -> int:
    """Put a backup into an empty folder (and an empty PostgreSQL `database`); the number of files.

    BackupError where the folder or the database holds something, or the backup is not whole; both are then as before.
    """
    if data.exists() and any(data.iterdir()):
        raise BackupError(f"{data}: holds something: a backup is restored into an empty folder")
    data.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(dir=data.parent, prefix=".restore-"))
    try:
        with source.open("rb") as file:
            manifest = _unpack(source, _plain(source, file, identities), work)
        _check_place(manifest, database)
        if data.exists():
            data.rmdir()
        if manifest.database == "postgresql":
            put_back(work / DUMP["postgresql"], database)  # last but one: the rest can hardly fail
            (work / DUMP["postgresql"]).unlink()
        work.rename(data)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    return len(manifest.sha256)


def _check_place(manifest: Manifest, database: str) -> None:
    if manifest.database == "sqlite" and database:
        raise BackupError("this backup is of SQLite: restore it without --database")
    if manifest.database == "postgresql":
        if not database:
            raise BackupError("this backup is of PostgreSQL: name an empty one with --database")
        check_empty(database)


def _plain(source: Path, file: BinaryIO, identities: tuple[Identity, ...]) -> IO[bytes]:
    begin = file.read(len(_AGE))
    file.seek(0)
    if begin != _AGE:
        return file
    if not identities:
        raise BackupError(f"{source}: is encrypted: give the key that opens it with --identity")
    try:
        return cast(IO[bytes], SealedReader(file, identities))
    except AgeError as error:
        raise BackupError(f"{source}: {error}") from None


def _unpack(source: Path, plain: IO[bytes], work: Path) -> Manifest:
    found: dict[str, str] = {}
    manifest: Manifest | None = None
    try:
        with tarfile.open(fileobj=plain, mode="r|") as tar:
            for member in tar:
                stream = tar.extractfile(member) if member.isfile() else None
                path = PurePosixPath(member.name)
                if stream is None or path.is_absolute() or ".." in path.parts:
                    raise BackupError(f"{source}: {member.name!r} has no place in a backup")
                if member.name == MANIFEST:
                    manifest = msgspec.json.decode(stream.read(MANIFEST_BYTES_MAX), type=Manifest)
                else:
                    found[member.name] = _write(work / path, stream)
        while plain.read(1 << 20):  # an encrypted file is authentic only when it was read to its end
            pass
    except (OSError, tarfile.TarError, msgspec.MsgspecError, AgeError) as error:
        raise BackupError(f"{source}: is cut or is no backup ({error})") from None
    if manifest is None:
        raise BackupError(f"{source}: is cut, or is no backup of Comity: it has no manifest")
    told = manifest.sha256
    if wrong := sorted(name for name in {*found, *told} if told.get(name) != found.get(name)):
        raise BackupError(f"{source}: {wrong[0]} is not as it was written ({len(wrong)} files differ)")
    if DUMP.get(manifest.database) not in told:
        raise BackupError(f"{source}: holds no database of a kind that this version knows")
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

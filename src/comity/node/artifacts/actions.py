"""What people do with files of evidence."""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Protocol

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.node.artifacts.models import Artifact, Upload
from comity.node.artifacts.names import plain_name
from comity.node.audit.actions import enter
from comity.node.audit.record import Fact
from comity.node.cases.actions import require_open
from comity.node.cases.models import Case
from comity.node.errors import HiddenError, InvalidError
from comity.node.people.models import User
from comity.node.people.rights import require
from comity.node.people.roles import Right

CHUNK_BYTES = 1 << 20
UPLOAD_LASTS = timedelta(days=7)
SPARE_BYTES = 512 * 2**20
"""What stays free on the disk: an upload that would fill it is refused before it begins."""


class Readable(Protocol):
    """A stream of bytes."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""


class OffsetError(InvalidError):
    """A part does not begin where the upload stands."""


class ChecksumError(InvalidError):
    """The bytes that came are not those that were sent; none of them was kept."""


class BusyError(InvalidError):
    """Somebody else is writing to this upload now."""


def begin_upload(actor: User, *, case: Case, name: str, size_bytes: int, right: Right = Right.CASE_WORK) -> Upload:
    """Make room for a file of this size; `right`: by which it comes in."""
    require(actor, right, case)
    require_open(case)
    limit = settings.CONFIG.upload_limit_gib * 2**30
    if not 0 < size_bytes <= limit:
        raise InvalidError(
            {
                "size": _("%(size_bytes)s bytes: give a file of 1 to %(limit)s bytes")
                % {"size_bytes": f"{size_bytes:,}", "limit": f"{limit:,}"}
            }
        )
    room = os.statvfs(settings.DATA)
    if room.f_bavail * room.f_frsize < size_bytes + SPARE_BYTES:
        raise InvalidError({"size": _("the disk of this node has no room for it: tell an administrator")})
    upload = Upload(
        case=case, name=plain_name(name), size_bytes=size_bytes, by=actor, expires_at=timezone.now() + UPLOAD_LASTS
    )
    upload.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(upload.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    upload.save(force_insert=True)
    return upload


def append(
    actor: User,
    *,
    upload: Upload,
    offset: int,
    stream: Readable,
    checksum: tuple[str, bytes] | None,
    right: Right = Right.CASE_WORK,
) -> Upload:
    """Add what `stream` gives from `offset` on; what is told as added is on the disk.

    OffsetError, ChecksumError or BusyError leave the upload as it was. A stream that breaks off has added what came,
    unless it carried a checksum (algorithm, digest).
    """
    require(actor, right, upload.case)
    require_open(upload.case)
    with _held(upload) as file:
        stands = Upload.objects.get(pk=upload.pk)
        if offset != stands.offset:
            raise OffsetError(
                {
                    "offset": _("the upload stands at %(offset)s, not at %(given)s")
                    % {"offset": stands.offset, "given": offset}
                }
            )
        added, whole = _copy(stream, file, at=offset, most=stands.size_bytes - offset, checksum=checksum)
        if checksum is not None and not whole:
            raise ChecksumError({"checksum": _("the bytes that came have another digest: send them again")})
        stands.offset = offset + added
        stands.save(update_fields=["offset"])
    return stands


def finish(actor: User, *, upload: Upload, right: Right = Right.CASE_WORK) -> Artifact:
    """Make the whole upload a file of evidence; one that the case has already is given back, and counts once.

    Who was killed between the last byte and this does it when the upload is asked after next.
    """
    require(actor, right, upload.case)
    require_open(upload.case)
    if upload.offset != upload.size_bytes:
        raise InvalidError(
            {"": _("%(missing)s bytes are still to come") % {"missing": f"{upload.size_bytes - upload.offset:,}"}}
        )
    digest = digest_of(upload.path)
    with transaction.atomic():
        held = Upload.objects.select_for_update().filter(pk=upload.pk).first()
        if held is None:
            raise HiddenError
        there = Artifact.objects.filter(case=upload.case_id, sha256=digest, removed_at=None).first()
        artifact = there or Artifact.objects.create(
            case=upload.case, name=upload.name, size_bytes=upload.size_bytes, sha256=digest, added_by=actor
        )
        if there is None:
            artifact.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not artifact.path.exists():  # a link keeps the upload until the transaction holds
                os.link(upload.path, artifact.path)
            _sync_folder(artifact.path.parent)
        held.delete()
        facts: dict[str, Fact] = {"sha256": digest, "bytes": upload.size_bytes, "again": there is not None}
        enter(actor, "artifact.add", case=upload.case, subject=artifact.pk, facts=facts)
        transaction.on_commit(lambda: upload.path.unlink(missing_ok=True))
    return artifact


def cancel_upload(actor: User, *, upload: Upload, right: Right = Right.CASE_WORK) -> None:
    """Take back an upload that is not whole."""
    require(actor, right, upload.case)
    Upload.objects.filter(pk=upload.pk).delete()
    upload.path.unlink(missing_ok=True)


def add_file(
    actor: User, *, case: Case, name: str, stream: Readable, size_bytes: int, right: Right = Right.CASE_WORK
) -> Artifact:
    """Add a file in one go."""
    upload = begin_upload(actor, case=case, name=name, size_bytes=size_bytes, right=right)
    try:
        whole = append(actor, upload=upload, offset=0, stream=stream, checksum=None, right=right)
        return finish(actor, upload=whole, right=right)
    except BaseException:
        cancel_upload(actor, upload=upload, right=right)
        raise


def add_note(actor: User, *, case: Case, text: str) -> Artifact:
    """Add what a person knows, as a text that is read for leads like any other file."""
    data = text.strip().encode()
    if not data:
        raise InvalidError({"text": _("write the note first")})
    return add_file(actor, case=case, name=f"note by {actor}.txt", stream=BytesIO(data), size_bytes=len(data))


def leave_out(actor: User, *, artifact: Artifact, because: str) -> None:
    """Let the next plan not read a file; an empty reason lets it be read again."""
    require(actor, Right.CASE_WORK, artifact.case)
    require_open(artifact.case)
    with transaction.atomic():
        artifact.left_out, artifact.left_out_because = bool(because.strip()), because.strip()[:300]
        artifact.save(update_fields=["left_out", "left_out_because"])
        act = "artifact.leave_out" if artifact.left_out else "artifact.take_in"
        enter(actor, act, case=artifact.case, subject=artifact.pk)


def clear_expired() -> int:
    """Forget uploads that nobody went on with; how many."""
    old = list(Upload.objects.filter(expires_at__lt=timezone.now()))
    for upload in old:
        Upload.objects.filter(pk=upload.pk).delete()
        upload.path.unlink(missing_ok=True)
    return len(old)


def clear_stray(before: float) -> int:
    """Remove what killed processes left: bytes of uploads that are finished or gone, folders of links; how many.

    `before`: only what was last touched before this moment (POSIX seconds), as others may be at work on the rest.
    """
    known = set(Upload.objects.values_list("pk", flat=True))
    incoming, work = Path(settings.DATA) / "incoming", Path(settings.DATA) / "work"
    files = [path for path in incoming.glob("*") if path.is_file() and path.name not in known]
    folders = [path for path in work.glob("*") if path.is_dir()]
    stray = [path for path in (*files, *folders) if path.stat().st_mtime < before]
    for path in stray:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return len(stray)


def digest_of(path: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _held(upload: Upload) -> Iterator[BinaryIO]:
    try:
        file = upload.path.open("r+b")
    except FileNotFoundError:
        raise HiddenError from None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError({"": _("this upload is being written to now: wait, and ask where it stands")}) from None
        yield file


def _copy(
    stream: Readable, file: BinaryIO, *, at: int, most: int, checksum: tuple[str, bytes] | None
) -> tuple[int, bool]:
    """Bytes that came and are on the disk, and whether they have their checksum."""
    hasher = hashlib.new(checksum[0]) if checksum else None
    file.seek(at)
    added = 0
    while added < most:
        try:
            chunk = stream.read(min(CHUNK_BYTES, most - added))
        except OSError:  # the line was cut: what came is kept
            break
        if not chunk:
            break
        file.write(chunk)
        added += len(chunk)
        if hasher:
            hasher.update(chunk)
    if hasher and checksum and hasher.digest() != checksum[1]:
        file.truncate(at)
        return 0, False
    file.truncate()
    file.flush()
    os.fsync(file.fileno())
    return added, True


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

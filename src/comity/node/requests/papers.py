"""Files of requests in the node's folder: under their digest, written whole or not at all."""

import os
from hashlib import sha256
from pathlib import Path
from threading import get_ident

from django.conf import settings
from django.utils.translation import gettext as _

from comity.node.errors import HiddenError, InvalidError
from comity.node.people.models import User
from comity.node.requests.models import Paper, Request

PAPER_BYTES_MAX = 64 * 2**20
_FOLDER_BITS = 2


def keep_bytes(data: bytes) -> str:
    """Keep bytes under their SHA-256, which is given back; InvalidError where they are too many."""
    if len(data) > PAPER_BYTES_MAX:
        raise InvalidError({"file": _("larger than %(most)s bytes") % {"most": f"{PAPER_BYTES_MAX:,}"}})
    digest = sha256(data).hexdigest()
    path = _path(digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = path.with_name(f"{digest}.{os.getpid()}.{get_ident()}.part")
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
    return digest


def read_bytes(digest: str) -> bytes:
    """The bytes under a digest; HiddenError where they are gone, InvalidError where they are not those of it."""
    try:
        data = _path(digest).read_bytes()
    except FileNotFoundError:
        raise HiddenError from None
    if sha256(data).hexdigest() != digest:
        raise InvalidError({"file": _("its bytes are not those that were kept: run comity doctor")})
    return data


def keep_paper(request: Request, data: bytes, *, kind: str, name: str, media_type: str, by: User) -> Paper:
    """Keep a file of a request; one that is there already is given back. InvalidError where it is too large."""
    digest = keep_bytes(data)
    return Paper.objects.get_or_create(
        request=request,
        sha256=digest,
        defaults={
            "kind": kind,
            "name": Path(name).name[:200] or digest[:12],
            "media_type": media_type[:100],
            "size_bytes": len(data),
            "added_by": by,
        },
    )[0]


def read_paper(paper: Paper) -> bytes:
    """The bytes of a file; as `read_bytes`."""
    return read_bytes(paper.sha256)


def letter_of(request: Request) -> bytes | None:
    """The letter of the request as it is now, as JSON of `comity.letters`; None: there is none of ours."""
    paper = request.papers.filter(sha256=request.letter_sha256).first() if request.letter_sha256 else None
    return read_paper(paper) if paper else None


def _path(digest: str) -> Path:
    return Path(settings.DATA) / "requests" / digest[:_FOLDER_BITS] / digest

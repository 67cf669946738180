"""A change that carries an ``Idempotency-Key`` happens once: the answer is kept in the transaction of the change."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse

from comity.node.api.models import KeptAnswer
from comity.node.api.problems import answer
from comity.node.people.models import User

KEY_LENGTH_MAX = 200


class _RefusedError(Exception):
    """Rolls the change back; carries the answer that is not kept."""

    def __init__(self, response: HttpResponse) -> None:
        self.response = response


def once(request: HttpRequest, user: User, run: Callable[[], HttpResponse], *, told_once: bool) -> HttpResponse:
    """The answer of `run`, or the kept answer of the same call made before.

    422 where the key came with another call; a call that was refused keeps no answer and may be tried again. Of what is
    `told_once` nothing is kept but that it was asked for: the same call again is answered with 409.
    """
    key = request.headers.get("Idempotency-Key", "")
    if not key or request.method in {"GET", "HEAD", "OPTIONS"}:
        return run()
    if len(key) > KEY_LENGTH_MAX:
        return answer(400, f"Idempotency-Key: longer than {KEY_LENGTH_MAX} characters")
    fingerprint = _fingerprint(request)
    if told_once:
        return _told_once(user, key, fingerprint, run)
    try:
        with transaction.atomic():
            kept = KeptAnswer.objects.create(user=user, key=key, fingerprint=fingerprint)
            response = run()
            if response.status_code >= 400:
                raise _RefusedError(response)
            kept.status, kept.body = response.status_code, response.content
            kept.content_type = response.headers.get("Content-Type", "")
            kept.save(update_fields=["status", "body", "content_type"])
            return response
    except _RefusedError as refused:
        return refused.response
    except IntegrityError:
        return _again(user, key, fingerprint)


def _told_once(user: User, key: str, fingerprint: str, run: Callable[[], HttpResponse]) -> HttpResponse:
    """The key is taken first and by itself: what is told once may take long to tell, and holds no transaction open."""
    try:
        with transaction.atomic():
            kept = KeptAnswer.objects.create(user=user, key=key, fingerprint=fingerprint)
    except IntegrityError:
        return _again(user, key, fingerprint, told_once=True)
    response = run()
    if response.status_code >= 400:
        kept.delete()
    return response


def is_form(request: HttpRequest) -> bool:
    """True where files come with the call: its body is never held in memory."""
    return request.content_type == "multipart/form-data"


def _fingerprint(request: HttpRequest) -> str:
    """Of a form its fields and the digests of its files count, not the boundary between them, which is made anew.

    A passphrase does not count: a digest of it would let others try out what it is.
    """
    hasher = sha256(b"\0".join((str(request.method).encode(), request.path.encode(), b"")))
    if not is_form(request):
        hasher.update(request.body)
        return hasher.hexdigest()
    for name, values in sorted(request.POST.lists()):
        if name == "passphrase":
            continue
        hasher.update(f"{name}\0{len(values)}\0{chr(0).join(values)}\0".encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            hasher.update(f"{name}\0{file.name}\0{_digest(file)}\0".encode())
    return hasher.hexdigest()


def _digest(file: "UploadedFile[Any]") -> str:
    digest = sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _again(user: User, key: str, fingerprint: str, *, told_once: bool = False) -> HttpResponse:
    kept = KeptAnswer.objects.filter(user=user, key=key).first()
    if kept is None:
        return answer(409, "Idempotency-Key: the same call was refused at this moment; try again")
    if kept.fingerprint != fingerprint:
        return answer(422, "Idempotency-Key: was used for another call; make a new key for each change")
    if told_once:
        return answer(
            409, "Idempotency-Key: this was asked for before; the answer is told once; if it is lost, ask anew"
        )
    response = HttpResponse(bytes(kept.body), content_type=kept.content_type, status=kept.status)
    response["Idempotent-Replayed"] = "true"
    return response

"""Uploads that go on where they stopped: tus 1.0.0 with creation, termination, checksum and expiration."""

import base64
import binascii
from collections.abc import Callable

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import http_date

from comity.node.access import Signed, on_case
from comity.node.artifacts.actions import (
    BusyError,
    ChecksumError,
    OffsetError,
    append,
    begin_upload,
    cancel_upload,
    finish,
)
from comity.node.artifacts.models import Upload
from comity.node.cases.models import Case
from comity.node.errors import HiddenError, InvalidError
from comity.node.people.roles import Right

VERSION = "1.0.0"
PART_TYPE = "application/offset+octet-stream"
ALGORITHMS = ("sha256", "sha1")
_STATUS: dict[type[InvalidError], int] = {OffsetError: 409, ChecksumError: 460, BusyError: 423}


@on_case(Right.CASE_WORK)
def uploads(request: Signed, case: Case) -> HttpResponse:
    """Begin an upload (creation)."""
    if request.method == "OPTIONS":
        return _options()
    if request.method != "POST":
        return _answer(405, allow="POST, OPTIONS")
    return _answered(request, lambda: _create(request, case))


@on_case(Right.CASE_WORK)
def upload(request: Signed, case: Case, upload_id: str) -> HttpResponse:
    """Where an upload stands (HEAD), more of it (PATCH), or its end (DELETE)."""
    if request.method == "OPTIONS":
        return _options()
    found = Upload.objects.filter(case=case, pk=upload_id).select_related("case").first()
    if found is None:
        raise HiddenError
    acts: dict[str, Callable[[], HttpResponse]] = {
        "HEAD": lambda: _head(request, found),
        "PATCH": lambda: _patch(request, found),
        "DELETE": lambda: _delete(request, found),
    }
    act = acts.get(str(request.method))
    return _answered(request, act) if act else _answer(405, allow="HEAD, PATCH, DELETE, OPTIONS")


def _answered(request: Signed, act: Callable[[], HttpResponse]) -> HttpResponse:
    if request.headers.get("Tus-Resumable") != VERSION:
        response = _answer(412)
        response["Tus-Version"] = VERSION
        return response
    try:
        return act()
    except InvalidError as error:
        response = _answer(_STATUS.get(type(error), 422))
        response["Content-Type"] = "text/plain; charset=utf-8"
        response.content = str(error).encode()
        return response


def _create(request: Signed, case: Case) -> HttpResponse:
    length = request.headers.get("Upload-Length", "")
    if not (length.isascii() and length.isdigit() and len(length) < 16):
        raise InvalidError({"Upload-Length": "say how long the file is, in bytes"})
    if int(length) > settings.CONFIG.upload_limit_gib * 2**30:
        return _answer(413)
    made = begin_upload(request.user, case=case, name=_file_name(request), size_bytes=int(length))
    response = _stands(made, 201)
    response["Location"] = reverse("artifacts:upload", args=[case.pk, made.pk])
    return response


def _file_name(request: Signed) -> str:
    """From Upload-Metadata: pairs of key and base64, with commas between (tus, creation)."""
    for pair in request.headers.get("Upload-Metadata", "").split(","):
        key, _, value = pair.strip().partition(" ")
        if key == "filename":
            try:
                return base64.b64decode(value, validate=True).decode()
            except (binascii.Error, UnicodeDecodeError):
                raise InvalidError({"Upload-Metadata": "filename is not base64 of UTF-8"}) from None
    return ""


def _head(request: Signed, found: Upload) -> HttpResponse:
    if found.offset == found.size_bytes:  # all of it came, and whoever took it in was killed before it was evidence
        finish(request.user, upload=found)
    return _stands(found, 200)


def _patch(request: Signed, found: Upload) -> HttpResponse:
    if request.content_type != PART_TYPE:
        return _answer(415)
    offset = request.headers.get("Upload-Offset", "")
    if not (offset.isascii() and offset.isdigit()):
        raise InvalidError({"Upload-Offset": "say where this part begins"})
    stands = append(request.user, upload=found, offset=int(offset), stream=request, checksum=_checksum(request))
    if stands.offset == stands.size_bytes:
        finish(request.user, upload=stands)
    return _stands(stands, 204)


def _checksum(request: Signed) -> tuple[str, bytes] | None:
    header = request.headers.get("Upload-Checksum", "")
    if not header:
        return None
    algorithm, _, digest = header.partition(" ")
    if algorithm not in ALGORITHMS:
        raise InvalidError({"Upload-Checksum": f"use one of: {', '.join(ALGORITHMS)}"})
    try:
        return algorithm, base64.b64decode(digest, validate=True)
    except binascii.Error:
        raise InvalidError({"Upload-Checksum": "the digest is not base64"}) from None


def _delete(request: Signed, found: Upload) -> HttpResponse:
    cancel_upload(request.user, upload=found)
    return _answer(204)


def _stands(found: Upload, status: int) -> HttpResponse:
    response = _answer(status)
    response["Upload-Offset"] = str(found.offset)
    response["Upload-Length"] = str(found.size_bytes)
    response["Upload-Expires"] = http_date(found.expires_at.timestamp())
    return response


def _options() -> HttpResponse:
    response = _answer(204)
    response["Tus-Version"] = VERSION
    response["Tus-Extension"] = "creation,termination,checksum,expiration"
    response["Tus-Max-Size"] = str(settings.CONFIG.upload_limit_gib * 2**30)
    response["Tus-Checksum-Algorithm"] = ",".join(ALGORITHMS)
    return response


def _answer(status: int, *, allow: str = "") -> HttpResponse:
    response = HttpResponse(status=status)
    response["Tus-Resumable"] = VERSION
    response["Cache-Control"] = "no-store"
    if allow:
        response["Allow"] = allow
    return response

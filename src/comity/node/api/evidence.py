"""Operations on the evidence of a case."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated

from django.http import StreamingHttpResponse
from ninja import Field, File, Router, Schema, Status
from ninja.files import UploadedFile

from comity.evidence.limitation import Purpose
from comity.node.api.rules import Call, within_case
from comity.node.artifacts.actions import CHUNK_BYTES, add_file, leave_out
from comity.node.artifacts.models import Artifact
from comity.node.errors import HiddenError
from comity.node.people.roles import Right
from comity.node.vault.limits import limiting, words
from comity.node.vault.models import Package
from comity.node.vault.taking import take_bytes

router = Router(tags=["evidence"])


class ArtifactOut(Schema):
    """A file of evidence; its bytes never change."""

    id: str
    name: str
    size_bytes: int
    sha256: str
    added_at: datetime
    left_out: bool
    left_out_because: str
    removed_at: datetime | None
    """Its bytes were deleted then; null: they are here."""
    limits: tuple[str, ...] = ()
    """What owners lay on its use."""


class LeavingOut(Schema):
    """Why the next plan does not read a file; empty: it reads it again."""

    because: Annotated[str, Field(max_length=300)] = ""


@router.get("/{case_id}/evidence", response=list[ArtifactOut], operation_id="list_evidence")
@within_case(Right.CASE_READ)
def list_evidence(request: Call, case_id: str) -> list[ArtifactOut]:
    """The files of the case."""
    artifacts = list(Artifact.objects.filter(case=request.case))
    bound = limiting(artifacts)
    return [_out(one, bound.get(one.pk, ())) for one in artifacts]


@router.post("/{case_id}/evidence", response={201: ArtifactOut}, operation_id="add_evidence")
@within_case(Right.CASE_WORK)
def add_evidence(request: Call, case_id: str, file: File[UploadedFile]) -> Status[ArtifactOut]:
    """Add a file; one that the case has already is given back."""
    made = add_file(request.user, case=request.case, name=file.name or "", stream=file, size_bytes=file.size or 0)
    return Status(201, _out(made, limiting([made]).get(made.pk, ())))


@router.get("/{case_id}/evidence/{artifact_id}/bytes", response={200: bytes}, operation_id="read_evidence")
@within_case(Right.CASE_READ)
def read_evidence(
    request: Call, case_id: str, artifact_id: str, purpose: Purpose | None = None
) -> StreamingHttpResponse:
    """The bytes of a file; `purpose` says what for, where its owner limits its use."""
    path = take_bytes(request.user, artifact=_of(request, artifact_id), purpose=purpose)
    return StreamingHttpResponse(in_chunks(path), content_type="application/octet-stream")


@router.post("/{case_id}/evidence/{artifact_id}/out", response=ArtifactOut, operation_id="leave_out_evidence")
@within_case(Right.CASE_WORK)
def leave_out_evidence(request: Call, case_id: str, artifact_id: str, told: LeavingOut) -> ArtifactOut:
    """Leave a file out of the next plan, or take it in again."""
    artifact = _of(request, artifact_id)
    leave_out(request.user, artifact=artifact, because=told.because)
    return _out(artifact, limiting([artifact]).get(artifact.pk, ()))


def in_chunks(path: Path) -> Iterator[bytes]:
    """A file piece by piece; it is opened when the first is asked for, and closed after the last."""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk


def _out(artifact: Artifact, bound: tuple[Package, ...]) -> ArtifactOut:
    out = ArtifactOut.from_orm(artifact)
    return out.model_copy(update={"limits": tuple(f"{rule}: {said}" for rule, said in words(bound))})


def _of(request: Call, artifact_id: str) -> Artifact:
    found = Artifact.objects.filter(case=request.case, pk=artifact_id).select_related("case").first()
    if found is None:
        raise HiddenError
    return found

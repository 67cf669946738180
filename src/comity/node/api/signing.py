"""Operations on the signatures of a request's letter."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Field, File, Form, Router, Schema, Status
from ninja.files import UploadedFile

from comity.node.api.rules import Call, within_case
from comity.node.errors import InvalidError
from comity.node.people.roles import Right
from comity.node.requests.actions.sign import KEY_BYTES_MAX, sign_here, take_signed
from comity.node.requests.models import SignedLetter
from comity.node.requests.papers import PAPER_BYTES_MAX
from comity.node.requests.reads import find_request
from comity.node.requests.signed import approved_letter, to_sign

router = Router(tags=["signing"])
Version = Annotated[int, Field(ge=0, le=2**31 - 1)]


class SignatureOut(Schema):
    """One signature or time stamp, as it was verified when the file came."""

    kind: str
    signer: str
    verdict: str
    code: str
    why: str
    signed_at: str
    stamped_at: str
    chain: list[str]


class SignedOut(Schema):
    """The approved letter with signatures."""

    sha256: str
    """Give it as `signed` when the request is sent."""
    name: str
    letter_sha256: str
    in_force: bool
    """False: it carries an older version of the letter."""
    here: bool
    at: datetime
    by: str
    signatures: list[SignatureOut]


class Given(Schema):
    """A file that was signed elsewhere."""

    version: Version


class Signing(Schema):
    """What is signed with a key that is used this once and not kept."""

    version: Version
    passphrase: Annotated[str, Field(max_length=1000)] = ""
    reason: Annotated[str, Field(max_length=200)] = ""
    city: Annotated[str, Field(max_length=100)] = ""


_PATH = "/{case_id}/requests/{request_id}"


@router.get(f"{_PATH}/signed", response=list[SignedOut], operation_id="list_signed_letters")
@within_case(Right.CASE_READ)
def list_signed_letters(request: Call, case_id: str, request_id: str) -> list[dict[str, Any]]:
    """The signed files of the request's letter, those of older versions too."""
    found = find_request(request.case, request_id)
    return [_shown(row) for row in found.signed_letters.select_related("request", "paper", "by")]


@router.get(f"{_PATH}/letter-to-sign", response={200: bytes}, operation_id="read_letter_to_sign")
@within_case(Right.REQUEST_APPROVE)
def read_letter_to_sign(request: Call, case_id: str, request_id: str) -> HttpResponse:
    """The approved letter as PDF, with the signatures that it has, for the next signatory."""
    found = find_request(request.case, request_id, "letter")
    approved = approved_letter(found)
    if approved is None:
        raise InvalidError({"": "only a letter that is approved and not yet sent is signed"})
    return HttpResponse(to_sign(found, approved), content_type="application/octet-stream")


@router.post(f"{_PATH}/signed", response={201: SignedOut}, operation_id="take_signed_letter")
@within_case(Right.REQUEST_APPROVE)
def take_signed_letter(
    request: Call, case_id: str, request_id: str, file: File[UploadedFile], told: Form[Given]
) -> Status[dict[str, Any]]:
    """Give the letter as it was signed elsewhere."""
    found, data = find_request(request.case, request_id, "letter"), file.read(PAPER_BYTES_MAX + 1)
    made = take_signed(request.user, request=found, data=data, name=file.name or "", version=told.version)
    return Status(201, _shown(made))


@router.post(f"{_PATH}/sign", response={201: SignedOut}, operation_id="sign_letter")
@within_case(Right.REQUEST_APPROVE, presence=True)
def sign_letter(
    request: Call, case_id: str, request_id: str, key: File[UploadedFile], told: Form[Signing]
) -> Status[dict[str, Any]]:
    """Sign the approved letter with a key (PKCS#12) that is used this once and not kept."""
    given = key.read(KEY_BYTES_MAX + 1)
    made = sign_here(request.user, request=find_request(request.case, request_id, "letter"), key=given, **told.dict())
    return Status(201, _shown(made))


def _shown(row: SignedLetter) -> dict[str, Any]:
    return {
        "sha256": row.paper.sha256,
        "name": row.paper.name,
        "letter_sha256": row.letter_sha256,
        "in_force": row.letter_sha256 == row.request.letter_sha256,
        "here": row.here,
        "at": row.at,
        "by": row.by.username,
        "signatures": row.verified().signatures,
    }

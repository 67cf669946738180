"""Operations on letters."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Field, Router, Schema, Status

from comity.node.api.rules import Call, within_case
from comity.node.composer import actions
from comity.node.composer.models import Letter
from comity.node.composer.reads import find_letter
from comity.node.composer.written import as_file
from comity.node.errors import InvalidError
from comity.node.people.roles import Right
from comity.node.requests.models import Request

router = Router(tags=["letters"])


class LetterOut(Schema):
    """A letter that is being written."""

    id: str
    reference: str
    kind: str
    requested: str
    language: str
    ready: bool
    number: int
    """Of its newest version."""
    begun_at: datetime
    request_id: str | None


class FromStep(Schema):
    """Which step of which plan needs the letter."""

    plan: Annotated[int, Field(ge=1, le=2**31 - 1)]
    step: Annotated[str, Field(min_length=1, max_length=20)]


class Texts(Schema):
    """Other words, by the JSON Pointer of each text, for the letter as it stood at `version`."""

    texts: Annotated[dict[str, str], Field(max_length=1000)]
    version: int
    note: Annotated[str, Field(max_length=300)] = ""


class ToRequest(Schema):
    """The version of the letter that becomes a request, or takes the place of its letter."""

    version: int
    follows: Annotated[str, Field(max_length=20)] = ""
    """Id of the preservation whose data it asks for."""
    again: bool = False
    """Open it though the same was asked before."""


@router.get("/{case_id}/letters", response=list[LetterOut], operation_id="list_letters")
@within_case(Right.CASE_READ)
def list_letters(request: Call, case_id: str) -> list[Letter]:
    """The newest letters of the case."""
    return list(Letter.objects.filter(case=request.case)[:500])


@router.post("/{case_id}/letters", response={201: LetterOut}, operation_id="begin_letter")
@within_case(Right.REQUEST_DRAFT)
def begin_letter(request: Call, case_id: str, new: FromStep) -> Status[Letter]:
    """Begin the letter that a step of a plan needs."""
    made = actions.begin_from_step(request.user, case=request.case, plan_number=new.plan, step=new.step)
    return Status(201, made)


@router.get("/{case_id}/letters/{letter_id}", response=LetterOut, operation_id="read_letter")
@within_case(Right.CASE_READ)
def read_letter(request: Call, case_id: str, letter_id: str) -> Letter:
    """One letter."""
    return letter_of(request, letter_id)


@router.get("/{case_id}/letters/{letter_id}/document", response={200: dict[str, Any]}, operation_id="read_draft")
@within_case(Right.CASE_READ)
def read_draft(request: Call, case_id: str, letter_id: str) -> HttpResponse:
    """The letter with its checks, as `comity draft -o x.json` writes it (schema: comity-draft-1)."""
    return HttpResponse(bytes(letter_of(request, letter_id).newest().body), content_type="application/json")


@router.get("/{case_id}/letters/{letter_id}/files/{form}", response={200: bytes}, operation_id="read_letter_file")
@within_case(Right.CASE_READ)
def read_letter_file(request: Call, case_id: str, letter_id: str, form: str) -> HttpResponse:
    """The letter as it goes out: ``pdf``, ``docx``, ``json``, ``text`` or ``xliff``."""
    data, _media_type = as_file(letter_of(request, letter_id), form)
    return HttpResponse(data, content_type="application/octet-stream")


@router.post("/{case_id}/letters/{letter_id}/texts", response=LetterOut, operation_id="save_letter_texts")
@within_case(Right.REQUEST_DRAFT)
def save_letter_texts(request: Call, case_id: str, letter_id: str, new: Texts) -> Letter:
    """Save a version with other words."""
    letter = letter_of(request, letter_id)
    actions.save_texts(request.user, letter=letter, changed=new.texts, version=new.version, note=new.note)
    return letter_of(request, letter_id)


@router.post("/{case_id}/letters/{letter_id}/request", response=LetterOut, operation_id="make_request")
@within_case(Right.REQUEST_DRAFT)
def make_request(request: Call, case_id: str, letter_id: str, told: ToRequest) -> Letter:
    """Make the letter a request, or put this version in the place of the one that its request has."""
    letter = letter_of(request, letter_id)
    follows = Request.objects.filter(case=request.case, pk=told.follows).first() if told.follows else None
    if told.follows and follows is None:
        raise InvalidError({"follows": "the case has no such request"})
    actions.make_request(request.user, letter=letter, version=told.version, follows=follows, again=told.again)
    return letter_of(request, letter_id)


def letter_of(request: Call, letter_id: str) -> Letter:
    """The letter of the case; HiddenError where there is none."""
    return find_letter(request.case, letter_id, "request", "plan")

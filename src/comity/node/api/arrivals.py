"""Operations on letters that came, and on answers to them."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from django.utils import timezone
from ninja import Field, File, Form, Router, Schema, Status
from ninja.files import UploadedFile

from comity.docket import Direction
from comity.errors import ComityError
from comity.letters.incoming import Examination
from comity.node.access import find_case
from comity.node.api.fields import Moment, Version
from comity.node.api.letters import LetterOut
from comity.node.api.requests import RequestOut
from comity.node.api.rules import Call, holding, within_case
from comity.node.composer.actions import begin_from_draft
from comity.node.composer.models import Letter
from comity.node.errors import HiddenError, InvalidError
from comity.node.people.roles import Right
from comity.node.requests.actions import arrive
from comity.node.requests.answering import Reply, drafted_answer, received_letter
from comity.node.requests.arriving import Put, examined, put_of, received_of
from comity.node.requests.models import Arrival, Request
from comity.node.requests.papers import PAPER_BYTES_MAX
from comity.node.requests.reads import find_request

router = Router(tags=["incoming"])
of_case = Router(tags=["incoming"])
LISTED_MAX = 100
Text = Annotated[str, Field(max_length=300)]


class ArrivalOut(Schema):
    """A letter that came and is not registered yet."""

    id: str
    name: str
    media_type: str
    sha256: str
    arrived_at: datetime
    version: int


class PutRight(Schema):
    """What the officer says instead of what was read; empty: as it was read."""

    requesting: Text = ""
    requested: Text = ""
    measure: Text = ""
    their_reference: Text = ""


class Correction(PutRight):
    """What is put right, for the letter as it stood at `version`."""

    version: Version


class WholeArrival(ArrivalOut):
    """A letter that came: what was read, and what the officer here finds."""

    put: PutRight
    requesting: str
    requested: str
    their_reference: str
    measures: list[str]
    notes: list[str]
    """What was only recognised, or could not be read."""
    finding: dict[str, Any] | None
    """What `comity letter check --json` says; null: it cannot be examined."""
    not_examined: str
    """Why not."""


class Arrived(Schema):
    """When it came; left out: now."""

    at: Moment | None = None


class Registering(Schema):
    """The case that it becomes a request of: one of yours, or a new one."""

    version: Version
    case_id: Annotated[str, Field(max_length=20)] = ""
    reference: Annotated[str, Field(max_length=100)] = ""
    """Of a new case, with its title."""
    title: Text = ""
    again: bool = False
    """Register it though the same was asked before."""


class Discarding(Schema):
    """Why it is no request, or not for us."""

    version: Version
    reason: Annotated[str, Field(min_length=1, max_length=500)]


class ReplyIn(Schema):
    """What is answered, and who answers."""

    what: Annotated[str, Field(pattern="^(acknowledge|ask|refuse)$")]
    grounds: Annotated[list[Text], Field(max_length=20)] = []  # noqa: RUF012  # pydantic copies it
    words: Annotated[str, Field(max_length=10_000)] = ""
    every: bool = False
    officer: Annotated[str, Field(max_length=200)] = ""
    contact: Annotated[str, Field(max_length=200)] = ""
    signatory: Annotated[str, Field(max_length=200)] = ""
    reference: Annotated[str, Field(max_length=200)] = ""


@router.get("", response=list[ArrivalOut], operation_id="list_arrivals")
@holding(Right.REQUEST_RECEIVE)
def list_arrivals(request: Call) -> list[Arrival]:
    """Letters that came and are neither registered nor discarded, the oldest first."""
    return list(Arrival.objects.filter(request=None, discarded_at=None)[:LISTED_MAX])


@router.post("", response={201: WholeArrival}, operation_id="take_in_letter")
@holding(Right.REQUEST_RECEIVE)
def take_in_letter(request: Call, file: File[UploadedFile], told: Form[Arrived]) -> Status[dict[str, Any]]:
    """Take in a letter: PDF, DOCX, JSON or text."""
    if (file.size or 0) > PAPER_BYTES_MAX:
        raise InvalidError({"file": f"larger than {PAPER_BYTES_MAX:,} bytes"})
    made = arrive.take_in(
        request.user, data=file.read(), name=file.name or "", media_type=file.content_type or "", at=told.at
    )
    return Status(201, _whole(made))


@router.get("/{arrival_id}", response=WholeArrival, operation_id="read_arrival")
@holding(Right.REQUEST_RECEIVE)
def read_arrival(request: Call, arrival_id: str) -> dict[str, Any]:
    """One letter that came."""
    return _whole(_of(arrival_id))


@router.post("/{arrival_id}/correct", response=WholeArrival, operation_id="correct_arrival")
@holding(Right.REQUEST_RECEIVE)
def correct_arrival(request: Call, arrival_id: str, told: Correction) -> dict[str, Any]:
    """Put right what was read wrongly, and check again."""
    put = msgspec.convert(told.dict(exclude={"version"}), Put)
    return _whole(arrive.correct(request.user, arrival=_of(arrival_id), put=put, version=told.version))


@router.post("/{arrival_id}/register", response={201: RequestOut}, operation_id="register_arrival")
@holding(Right.REQUEST_RECEIVE)
def register_arrival(request: Call, arrival_id: str, told: Registering) -> Status[Request]:
    """Make it a request of a case."""
    case = find_case(request.user, told.case_id) if told.case_id else None
    made = arrive.register(
        request.user,
        arrival=_of(arrival_id),
        version=told.version,
        case=case,
        reference=told.reference,
        title=told.title,
        again=told.again,
    )
    return Status(201, made)


@router.post("/{arrival_id}/discard", response={204: None}, operation_id="discard_arrival")
@holding(Right.REQUEST_RECEIVE)
def discard_arrival(request: Call, arrival_id: str, told: Discarding) -> Status[None]:
    """Say that it is no request, or not for us; the file stays."""
    arrive.discard(request.user, arrival=_of(arrival_id), version=told.version, reason=told.reason)
    return Status(204, None)


@of_case.post("/{case_id}/requests/{request_id}/answer", response={201: LetterOut}, operation_id="draft_answer")
@within_case(Right.REQUEST_DRAFT)
def draft_answer(request: Call, case_id: str, request_id: str, told: ReplyIn) -> Status[Letter]:
    """Draft an answer to a request that came, as a letter."""
    found = find_request(request.case, request_id)
    if found.direction != Direction.INCOMING:
        raise InvalidError({"": "the request is ours: the other side answers it"})
    came = received_letter(found)
    try:
        finding = examined(came, on=timezone.localdate(found.opened_at))
        drafted = drafted_answer(came, finding, msgspec.convert(told.dict(), Reply))
    except ComityError as error:
        raise InvalidError({"what": str(error)}) from None
    note = f"answer to {found.their_reference or found.reference}"
    return Status(201, begin_from_draft(request.user, case=request.case, drafted=drafted, note=note))


def _of(arrival_id: str) -> Arrival:
    found = Arrival.objects.filter(pk=arrival_id, request=None, discarded_at=None).first()
    if found is None:
        raise HiddenError
    return found


def _whole(arrival: Arrival) -> dict[str, Any]:
    came = received_of(arrival)
    finding: Examination | None = None
    not_examined = ""
    try:
        finding = examined(came, on=timezone.localdate(arrival.arrived_at))
    except ComityError as error:
        not_examined = str(error)
    letter = came.letter
    return {
        **{name: getattr(arrival, name) for name in ArrivalOut.model_fields},
        "put": msgspec.to_builtins(put_of(arrival)),
        "requesting": letter.requesting.state,
        "requested": letter.addressee.state,
        "their_reference": letter.reference,
        "measures": [item.measure.value for item in letter.assistance],
        "notes": [str(note) for note in came.notes],
        "finding": msgspec.to_builtins(finding) if finding is not None else None,
        "not_examined": not_examined,
    }

"""Operations on requests."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpResponse
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from comity.docket import Act, Direction, possible_acts
from comity.node.api.pages import Cursor, cut
from comity.node.api.rules import Call, holding, require_scope, within_case
from comity.node.errors import HiddenError, InvalidError
from comity.node.people.roles import Right
from comity.node.requests.actions.enter import Told
from comity.node.requests.actions.enter import act as enter_act
from comity.node.requests.clock import watched
from comity.node.requests.models import Request
from comity.node.requests.papers import read_paper
from comity.node.requests.reads import find_request
from comity.node.requests.rights import right_for

every = Router(tags=["requests"])
router = Router(tags=["requests"])


class RequestOut(Schema):
    """A request as lists show it."""

    id: str
    case_id: str
    reference: str
    their_reference: str
    direction: str
    kind: str
    measure: str
    requesting: str
    requested: str
    instrument: str
    state: str
    waits: str
    """Who acts next: ``for_us``, ``for_them``, ``for_nobody``."""
    next_ends_at: datetime | None
    next_kind: str
    opened_at: datetime
    version: int


class RequestPage(Schema):
    """A page of requests, newest first."""

    items: list[RequestOut]
    next: str


class Wanted(Schema):
    """Which requests."""

    direction: Annotated[str, Field(max_length=10)] = ""
    state: Annotated[str, Field(max_length=20)] = ""
    waits: Annotated[str, Field(max_length=12)] = ""
    measure: Annotated[str, Field(max_length=40)] = ""
    requested: Annotated[str, Field(max_length=10)] = ""


class DeadlineOut(Schema):
    """A promise with a date and a source."""

    kind: str
    what: str
    state: str
    on: date | None
    ends_at: datetime | None
    computation: str
    source: str
    source_url: str
    confidence: str


class EventOut(Schema):
    """What happened."""

    number: int
    act: str
    at: datetime
    by: str
    note: str
    means: str
    reasons: list[str]
    document: str


class PaperOut(Schema):
    """A file of the request."""

    id: int
    kind: str
    name: str
    sha256: str
    size_bytes: int


class WholeRequest(RequestOut):
    """A request with its dates, its history, its files, and what can happen now."""

    deadlines: list[DeadlineOut]
    events: list[EventOut]
    papers: list[PaperOut]
    possible: list[str]


class Happened(Schema):
    """What is told of an act; the docket says which of it an act needs."""

    version: int
    at: datetime | None = None
    note: Annotated[str, Field(max_length=4000)] = ""
    means: Annotated[str, Field(max_length=300)] = ""
    reasons: Annotated[list[str], Field(max_length=20)] = []  # noqa: RUF012  # pydantic copies it
    until: date | None = None
    of: Annotated[int, Field(ge=0, le=100_000)] = 0
    document: Annotated[str, Field(max_length=64)] = ""
    """SHA-256 of a file of the request."""
    signed: Annotated[str, Field(max_length=64)] = ""
    """Of sending: SHA-256 of the signed letter that goes out."""
    unsigned: Annotated[str, Field(max_length=300)] = ""
    """Of sending: why the letter goes out unsigned."""


@every.get("", response=RequestPage, operation_id="list_requests")
@holding(Right.CASE_READ)
def list_requests(request: Call, cursor: Query[Cursor], wanted: Query[Wanted]) -> dict[str, Any]:
    """The requests of the cases that you may see, newest first."""
    exact = {name: value for name, value in wanted.dict().items() if value}
    return cut(Request.objects.open_to(request.user).filter(**exact), cursor, by="opened_at", shown=lambda row: row)


@router.get("/{case_id}/requests", response=RequestPage, operation_id="list_case_requests")
@within_case(Right.CASE_READ)
def list_case_requests(request: Call, case_id: str, cursor: Query[Cursor]) -> dict[str, Any]:
    """The requests of a case, newest first."""
    return cut(Request.objects.filter(case=request.case), cursor, by="opened_at", shown=lambda row: row)


@router.get("/{case_id}/requests/{request_id}", response=WholeRequest, operation_id="read_request")
@within_case(Right.CASE_READ)
def read_request(request: Call, case_id: str, request_id: str) -> dict[str, Any]:
    """One request, whole."""
    return _whole(find_request(request.case, request_id))


@router.post("/{case_id}/requests/{request_id}/approve", response=WholeRequest, operation_id="approve_request")
@within_case(Right.REQUEST_APPROVE, presence=True)
def approve_request(request: Call, case_id: str, request_id: str, told: Happened) -> dict[str, Any]:
    """Approve the letter that the request has now; not by who drafted it."""
    return _entered(request, request_id, Act.APPROVE, told)


@router.post("/{case_id}/requests/{request_id}/acts/{act}", response=WholeRequest, operation_id="enter_act")
@within_case(Right.CASE_READ)
def act(request: Call, case_id: str, request_id: str, act: str, told: Happened) -> dict[str, Any]:
    """Enter that an act happened; the right and scope that it needs are those of docs/rights.md for the act."""
    if act not in set(Act) - {Act.APPROVE}:
        raise InvalidError({"act": f"{act!r} is none; approving has an address of its own"})
    return _entered(request, request_id, Act(act), told)


@router.get(
    "/{case_id}/requests/{request_id}/papers/{paper_id}", response={200: bytes}, operation_id="read_request_paper"
)
@within_case(Right.CASE_READ)
def read_request_paper(request: Call, case_id: str, request_id: str, paper_id: int) -> HttpResponse:
    """A file of the request."""
    found = find_request(request.case, request_id)
    paper = found.papers.filter(pk=min(max(paper_id, 0), 2**63 - 1)).first()
    if paper is None:
        raise HiddenError
    return HttpResponse(read_paper(paper), content_type="application/octet-stream")


def _entered(request: Call, request_id: str, act: Act, told: Happened) -> dict[str, Any]:
    found = find_request(request.case, request_id)
    require_scope(request, right_for(act, Direction(found.direction)))
    facts = Told(
        at=told.at,
        note=told.note,
        means=told.means,
        reasons=tuple(told.reasons),
        until=told.until.isoformat() if told.until else "",
        of=told.of,
        document=told.document,
        signed=told.signed,
        unsigned=told.unsigned,
    )
    enter_act(request.user, request=found, act=act, version=told.version, told=facts)
    return _whole(find_request(request.case, request_id))


def _whole(found: Request) -> dict[str, Any]:
    one = watched(found, now=timezone.now())
    events = [
        {
            "number": number,
            "act": event.act.value,
            "at": event.at,
            "by": event.by,
            "note": event.note,
            "means": event.means,
            "reasons": list(event.reasons),
            "document": event.document,
        }
        for number, event in enumerate(found.happened(), start=1)
    ]
    shown = {name: getattr(found, name) for name in RequestOut.model_fields}
    papers = list(found.papers.all())
    possible = [row.act.value for row in possible_acts(one.standing)]
    return {**shown, "deadlines": one.deadlines, "events": events, "papers": papers, "possible": possible}

"""Operations on persons concerned: who must be told of a request, by when, and what was put off."""

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Field, Query, Router, Schema, Status

from comity.docket import Act, Direction
from comity.node.api.fields import Day, Number, Version
from comity.node.api.pages import Cursor, cut
from comity.node.api.rules import Call, holding, require_scope, within_case
from comity.node.errors import HiddenError
from comity.node.oversight.actions.persons import delay, give, owe
from comity.node.oversight.models import Delay, Notification, NotificationQuerySet
from comity.node.people.roles import Right
from comity.node.requests.reads import find_request
from comity.node.requests.rights import right_for

every = Router(tags=["oversight"])
router = Router(tags=["oversight"])


class DelayOut(Schema):
    """That telling was put off."""

    until: date
    reason: str
    authority: str
    at: datetime
    by: str

    @staticmethod
    def resolve_by(row: Delay) -> str:
        """The user name."""
        return row.by.username


class PersonTold(Schema):
    """A person who must be told of a request, and of the remedies against it."""

    id: int
    case_id: str
    request_id: str
    person: str
    rule: str
    remedies: str
    due_on: date
    delayed_until: date | None
    given_at: datetime | None
    delays: list[DelayOut]
    version: int

    @staticmethod
    def resolve_case_id(row: Notification) -> str:
        """The case of the request."""
        return row.request.case_id

    @staticmethod
    def resolve_delays(row: Notification) -> list[Delay]:
        """Each with its reason."""
        return list(row.delays.all())


class PersonsPage(Schema):
    """A page of persons, who is due first stands first."""

    items: list[PersonTold]
    next: str


class Owing(Schema):
    """A person who must be told, under which rule, of which remedies, by when."""

    person: Annotated[str, Field(min_length=1, max_length=200)]
    """By role or number, as in the case."""
    rule: Annotated[str, Field(min_length=1, max_length=300)]
    remedies: Annotated[str, Field(max_length=500)] = ""
    due_on: Day


class PuttingOff(Schema):
    """A lawful delay, for the notification as it stood at `version`."""

    version: Version
    until: Day
    reason: Annotated[str, Field(min_length=1, max_length=500)]
    authority: Annotated[str, Field(min_length=1, max_length=300)]
    """Who decided it."""


class Telling(Schema):
    """That the person was told."""

    version: Version
    means: Annotated[str, Field(max_length=300)] = ""


@every.get("/persons", response=PersonsPage, operation_id="list_persons_due")
@holding(Right.CASE_READ)
def list_persons_due(request: Call, cursor: Query[Cursor]) -> dict[str, Any]:
    """Who is still to be told, of the cases that you may see."""
    rows = _whole(Notification.objects.open_to(request.user).filter(given_at=None))
    return cut(rows, cursor, by="due_on", shown=lambda row: row, earliest_first=True)


@router.get("/{case_id}/requests/{request_id}/persons", response=list[PersonTold], operation_id="list_persons")
@within_case(Right.CASE_READ)
def list_persons(request: Call, case_id: str, request_id: str) -> list[Notification]:
    """Persons concerned by a request."""
    return list(_whole(Notification.objects.filter(request=find_request(request.case, request_id)))[:500])


@router.post("/{case_id}/requests/{request_id}/persons", response={201: PersonTold}, operation_id="owe_person")
@within_case(Right.REQUEST_DRAFT)
def owe_person(request: Call, case_id: str, request_id: str, new: Owing) -> Status[Notification]:
    """Note that a person must be told."""
    made = owe(
        request.user,
        request=find_request(request.case, request_id),
        person=new.person,
        rule=new.rule,
        due_on=new.due_on,
        remedies=new.remedies,
    )
    return Status(201, _of(request, made.pk))


@router.post("/{case_id}/persons/{notification_id}/delay", response=PersonTold, operation_id="delay_person")
@within_case(Right.REQUEST_APPROVE)
def delay_person(request: Call, case_id: str, notification_id: Number, told: PuttingOff) -> Notification:
    """Put off telling a person, by an authority's decision."""
    row = _of(request, notification_id)
    delay(
        request.user,
        notification=row,
        version=told.version,
        until=told.until,
        reason=told.reason,
        authority=told.authority,
    )
    return _of(request, notification_id)


@router.post("/{case_id}/persons/{notification_id}/told", response=PersonTold, operation_id="tell_person")
@within_case(Right.CASE_READ)
def tell_person(request: Call, case_id: str, notification_id: Number, told: Telling) -> Notification:
    """The person was told; right and scope are those of the act `inform` of the request."""
    row = _of(request, notification_id)
    require_scope(request, right_for(Act.INFORM, Direction(row.request.direction)))
    give(request.user, notification=row, version=told.version, means=told.means)
    return _of(request, notification_id)


def _whole(rows: NotificationQuerySet) -> NotificationQuerySet:
    return rows.select_related("request__case").prefetch_related("delays__by")


def _of(request: Call, notification_id: int) -> Notification:
    found = _whole(Notification.objects.filter(pk=notification_id, request__case=request.case)).first()
    if found is None:
        raise HiddenError
    return found

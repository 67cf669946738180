"""Operations on what a desk looks at first: dates, alarms, what is asked twice, calendar addresses."""

from datetime import date, datetime, timedelta
from typing import Annotated, Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from comity.node.api.fields import Moment, Number
from comity.node.api.requests import RequestOut
from comity.node.api.rules import Call, anybody, holding, tells_once
from comity.node.errors import InvalidError
from comity.node.people.roles import Right
from comity.node.requests.actions.alarms import see_alarm
from comity.node.requests.actions.clashes import settle_clash
from comity.node.requests.actions.own import make_feed, revoke_feed
from comity.node.requests.clock import watched_many
from comity.node.requests.models import Feed, Request
from comity.node.requests.reads import Lists, asked_twice, dated_between, lists_for
from comity.node.requests.tell import ReadAlarm, alarms_of

router = Router(tags=["desk"])
DAYS_MAX = 92
"""So much of the calendar is read at once."""


class ListsOut(Schema):
    """What to look at first; of each what ends first stands first."""

    due_today: list[RequestOut]
    late: list[RequestOut]
    just_late: list[RequestOut]
    """Became late since `since`."""
    for_us: list[RequestOut]
    for_them: list[RequestOut]


class Since(Schema):
    """When you looked last; left out: a day ago."""

    since: Moment | None = None


class Period(Schema):
    """Which part of the calendar; none given: a month from now."""

    from_at: Moment | None = None
    to_at: Moment | None = None


class DateOut(Schema):
    """One date of a request that counts."""

    request_id: str
    case_id: str
    reference: str
    kind: str
    what: str
    state: str
    on: date | None
    ends_at: datetime | None


class DatesOut(Schema):
    """Dates of a time."""

    dates: list[DateOut]
    cut: bool
    """There are more than are told."""


class AlarmOut(Schema):
    """What you were told."""

    id: int
    request_id: str
    case_id: str
    """Empty: you are no member of its case."""
    level: str
    text: str
    given_at: datetime
    seen_at: datetime | None


class SideOut(Schema):
    """One of two that ask the same."""

    unit: str
    assignee: str
    request_id: str
    """Empty: it is of a case that you may not see."""


class ClashOut(Schema):
    """That two units ask the same."""

    id: int
    found_at: datetime
    sides: list[SideOut]


class FeedOut(Schema):
    """An address at which a calendar program reads your dates."""

    id: int
    name: str
    details: bool
    made_at: datetime


class MadeFeed(FeedOut):
    """A new address, which is told this once."""

    url: str


class FeedIn(Schema):
    """What the address is for."""

    name: Annotated[str, Field(min_length=1, max_length=100)]
    details: bool = False
    """Tell states, measure and source too."""


@router.get("/lists", response=ListsOut, operation_id="read_lists")
@holding(Right.CASE_READ)
def read_lists(request: Call, looked: Query[Since]) -> Lists:
    """Due today, late, waiting for us and for them, of the cases that you may see."""
    now = timezone.now()
    return lists_for(request.user, now=now, since=looked.since or now - timedelta(days=1))


@router.get("/dates", response=DatesOut, operation_id="list_dates")
@holding(Right.CASE_READ)
def list_dates(request: Call, span: Query[Period]) -> dict[str, Any]:
    """All dates that count in a time, of the cases that you may see."""
    now = timezone.now()
    begin = span.from_at or now
    end = span.to_at or begin + timedelta(days=31)
    if not timedelta() < end - begin <= timedelta(days=DAYS_MAX):
        raise InvalidError({"to_at": f"it is after from_at, at most {DAYS_MAX} days"})
    rows, cut = dated_between(request.user, since=begin, until=end)
    dates = [
        {
            "request_id": row.pk,
            "case_id": row.case_id,
            "reference": row.reference,
            "kind": line.kind,
            "what": line.what,
            "state": line.state.value,
            "on": line.on,
            "ends_at": line.ends_at,
        }
        for row, one in zip(rows, watched_many(rows, now=now), strict=True)
        for line in one.deadlines
        if line.is_live and line.ends_at is not None and begin <= line.ends_at < end
    ]
    return {"dates": dates, "cut": cut}


@router.get("/alarms", response=list[AlarmOut], operation_id="list_alarms")
@anybody
def list_alarms(request: Call) -> list[dict[str, Any]]:
    """What you were told, what is not seen first."""
    return [_alarm(one) for one in alarms_of(request.user)]


@router.post("/alarms/{alarm_id}/seen", response={204: None}, operation_id="see_alarm")
@anybody
def alarm_seen(request: Call, alarm_id: Number) -> Status[None]:
    """Say that you have seen it: nobody else is told then."""
    see_alarm(request.user, alarm_id=alarm_id)
    return Status(204, None)


@router.get("/clashes", response=list[ClashOut], operation_id="list_clashes")
@holding(Right.REQUEST_SEND)
def list_clashes(request: Call) -> list[dict[str, Any]]:
    """What two units ask and nobody has settled; of a case that you may not see its unit and handler alone."""
    return [
        {"id": one.clash.pk, "found_at": one.clash.found_at, "sides": [_side(*side) for side in one.sides]}
        for one in asked_twice(request.user)
    ]


@router.post("/clashes/{clash_id}/settle", response={204: None}, operation_id="settle_clash")
@holding(Right.REQUEST_SEND)
def clash_settled(request: Call, clash_id: Number) -> Status[None]:
    """The units have talked to each other."""
    settle_clash(request.user, clash_id=clash_id)
    return Status(204, None)


@router.get("/feeds", response=list[FeedOut], operation_id="list_feeds")
@anybody
def list_feeds(request: Call) -> list[Feed]:
    """Your addresses for calendar programs."""
    return list(Feed.objects.filter(user=request.user, revoked_at=None))


@router.post("/feeds", response={201: MadeFeed}, operation_id="make_feed")
@anybody
@tells_once
def new_feed(request: Call, new: FeedIn) -> Status[dict[str, Any]]:
    """Make an address for a calendar program; whoever has it reads your dates."""
    feed, secret = make_feed(request.user, name=new.name, details=new.details)
    url = f"{settings.PUBLIC_URL}{reverse('requests:ics', args=[secret])}"
    return Status(201, {**{name: getattr(feed, name) for name in FeedOut.model_fields}, "url": url})


@router.delete("/feeds/{feed_id}", response={204: None}, operation_id="revoke_feed")
@anybody
def feed_revoked(request: Call, feed_id: Number) -> Status[None]:
    """Close an address."""
    revoke_feed(request.user, feed_id=feed_id)
    return Status(204, None)


def _alarm(one: ReadAlarm) -> dict[str, Any]:
    alarm = one.alarm
    return {
        "id": alarm.pk,
        "request_id": alarm.request_id if one.may_see else "",
        "case_id": alarm.request.case_id if one.may_see else "",
        "level": alarm.level,
        "text": one.text,
        "given_at": alarm.given_at,
        "seen_at": alarm.seen_at,
    }


def _side(one: Request, may_see: bool) -> dict[str, str]:
    return {
        "unit": str(one.unit or ""),
        "assignee": str(one.assignee or ""),
        "request_id": one.pk if may_see else "",
    }

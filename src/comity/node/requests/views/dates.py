"""Dates: the month as a calendar, and as a feed for any calendar program."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from comity.docket.clock import Deadline
from comity.docket.feed import calendar_feed
from comity.node.access import Signed, public, signed_in, with_right
from comity.node.errors import HiddenError, InvalidError
from comity.node.people.models import User
from comity.node.people.roles import Right
from comity.node.requests.actions.own import find_feed, make_feed, revoke_feed
from comity.node.requests.clock import watched_many
from comity.node.requests.forms import FeedForm
from comity.node.requests.models import Feed, Request
from comity.node.requests.reads import dated_between

FEED_DAYS = 400
"""How far ahead a feed looks."""
_YEARS = range(2000, 2101)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One date of a request."""

    request: Request
    line: Deadline


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day of the month's weeks."""

    on: date
    inside: bool
    """It belongs to the month."""
    today: bool
    entries: list[Entry]


@with_right(Right.CASE_READ)
def month(request: Signed) -> HttpResponse:
    """All live dates of one month, of the cases that the person may see."""
    now = timezone.now()
    today = timezone.localdate(now)
    first = _month_of(request.GET.get("month", ""), today)
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    entries, cut = _entries(request.user, now=now, since=weeks[0][0], until=weeks[-1][-1] + timedelta(days=1))
    by_day: dict[date, list[Entry]] = {}
    for entry in entries:
        by_day.setdefault(_shown_on(entry.line), []).append(entry)
    shown = [
        [Day(on=day, inside=day.month == first.month, today=day == today, entries=by_day.get(day, [])) for day in week]
        for week in weeks
    ]
    told = {
        "weeks": shown,
        "first": first,
        "before": first - timedelta(days=1),
        "after": _next(first),
        "days": shown[0],
        "cut": cut,
        "any_entry": any(day.entries for week in shown for day in week),
    }
    return render(request, "requests/month.html", told)


def _month_of(text: str, today: date) -> date:
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return first if first.year in _YEARS else today.replace(day=1)


def _next(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _entries(user: User, *, now: datetime, since: date, until: date) -> tuple[list[Entry], bool]:
    rows, cut = dated_between(user, since=_midnight(since), until=_midnight(until))
    entries = [
        Entry(request=row, line=line)
        for row, one in zip(rows, watched_many(rows, now=now), strict=True)
        for line in one.deadlines
        if line.is_live and line.ends_at is not None
    ]
    return entries, cut


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), timezone.get_current_timezone())


def _shown_on(line: Deadline) -> date:
    """Its last day where the act is owed; of a period in hours the day of its moment here."""
    if line.at is not None:
        return timezone.localdate(line.at)
    assert line.on is not None
    return line.on


@signed_in
def feeds(request: Signed) -> HttpResponse:
    """The person's addresses for calendar programs; a new one is shown once."""
    form = FeedForm(request.POST or None)
    secret = ""
    if request.method == "POST" and form.is_valid():
        try:
            _feed, secret = make_feed(request.user, **form.cleaned_data)
        except InvalidError as error:
            form.take(error)
    url = f"{settings.PUBLIC_URL}{reverse('requests:ics', args=[secret])}" if secret else ""
    rows = Feed.objects.filter(user=request.user, revoked_at=None)
    told = {"feeds": rows, "form": FeedForm() if secret else form, "url": url}
    return render(request, "requests/feeds.html", told, status=201 if secret else 422 if form.errors else 200)


@signed_in
@require_POST
def revoke(request: Signed, feed_id: int) -> HttpResponse:
    """Close an address."""
    revoke_feed(request.user, feed_id=feed_id)
    return redirect("requests:feeds")


@public
@require_GET
def ics(request: HttpRequest, feed_secret: str) -> HttpResponse:
    """The dates of whoever made this address, as iCalendar; what does not count is not there."""
    feed = find_feed(feed_secret)
    if feed is None:
        raise HiddenError
    now = timezone.now()
    rows, _cut = dated_between(feed.user, since=now, until=now + timedelta(days=FEED_DAYS))
    body = calendar_feed(watched_many(rows, now=now), name=settings.CONFIG.agency, now=now, details=feed.details)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, max-age=300"
    response["Content-Disposition"] = 'inline; filename="comity.ics"'
    return response

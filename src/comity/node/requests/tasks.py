"""The clock of requests: columns that lists read are brought up to date, and people are told of ends that come near."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from comity.docket import Alarm as Due
from comity.docket import AlarmPolicy, Audience, alarms
from comity.node.audit.actions import enter
from comity.node.people.models import Shift, User
from comity.node.requests.clock import COLUMNS, set_columns, watched
from comity.node.requests.models import Alarm, Request

LOOK_BACK = timedelta(days=7)
"""How long a node may stand still without an alarm being lost."""
AHEAD = timedelta(days=30)
"""Requests whose next end lies further away are not looked at."""


@task()
def refresh_clock() -> None:
    """Bring up to date the requests whose nearest end has passed since their columns were written."""
    now = timezone.now()
    for pk in Request.objects.late(now).filter(is_over=False).values_list("pk", flat=True):
        with transaction.atomic():
            request = Request.objects.select_for_update().get(pk=pk)
            set_columns(request, watched(request, now=now))
            request.save(update_fields=list(COLUMNS))


@task()
def escalate() -> None:
    """Tell the handler, then the duty officer, of ends that come near or have passed; each once."""
    now = timezone.now()
    near = Request.objects.filter(is_over=False, next_ends_at__lte=now + AHEAD).select_related("case", "assignee")
    for request in near.iterator(chunk_size=500):
        found = alarms([watched(request, now=now)], since=now - LOOK_BACK, now=now, policy=AlarmPolicy())
        for due in found:
            _tell(request, due, now)


def on_duty(at: datetime) -> User | None:
    """Who answers the 24/7 line at a moment."""
    shift = Shift.objects.filter(starts_at__lte=at, ends_at__gt=at, user__is_active=True).select_related("user").first()
    return shift.user if shift else None


def _tell(request: Request, due: Due, now: datetime) -> None:
    ends_at = due.deadline.ends_at
    if ends_at is None:
        return
    told = on_duty(now) if due.audience is Audience.DUTY_OFFICER else request.assignee
    told = told or request.assignee
    with transaction.atomic():
        _alarm, new = Alarm.objects.get_or_create(
            request=request,
            kind=due.deadline.kind,
            level=due.level.value,
            ends_at=ends_at,
            defaults={"given_at": due.given_at, "told": told},
        )
        if not new:
            return
        facts: dict[str, str | int | bool] = {"level": due.level.value, "kind": due.deadline.kind}
        enter(None, "request.alarm", case=request.case, subject=request.pk, facts=facts)
        if told is not None:
            transaction.on_commit(lambda: _mail(told, request, due))


def _mail(told: User, request: Request, due: Due) -> None:
    """By e-mail: a reference and an address, nothing of the case."""
    ends = due.deadline.ends_at
    address = f"{settings.PUBLIC_URL}/requests/{request.case_id}/{request.pk}/"
    when = f"{ends:%Y-%m-%d %H:%M %Z}" if ends else ""
    send_mail(
        subject=f"{due.level.value}: {request.reference}",
        message=f"{request.reference}: a date ends {when}.\n\n{address}\n",
        from_email=settings.CONFIG.mail_from,
        recipient_list=[told.email],
    )

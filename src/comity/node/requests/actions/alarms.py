"""Telling people that a date comes near or has passed: each once, and the next person where nobody has seen it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from comity import docket
from comity.docket import Level
from comity.node.audit.actions import enter
from comity.node.audit.record import Fact
from comity.node.errors import HiddenError
from comity.node.people.models import User
from comity.node.people.reads import on_duty
from comity.node.people.roles import Right
from comity.node.requests.clock import COLUMNS, Experience, due_alarms, given_to, set_columns, watched
from comity.node.requests.models import Alarm, Audience, Request
from comity.node.requests.period import period_of

BATCH = 500
PASS_ON_AFTER = timedelta(hours=4)
"""After how long an alarm that nobody has seen goes to the next audience."""
MEMBERS_MAX = 50
_NEXT = {Audience.HANDLER: Audience.DUTY_OFFICER, Audience.DUTY_OFFICER: Audience.MEMBERS}
_LEVELS = list(Level)


def give_due(now: datetime) -> int:
    """Give the alarms that are due; how many requests had some. Run twice, it gives nothing twice."""
    due = list(Request.objects.filter(alarm_at__lte=now).order_by("alarm_at").values_list("pk", flat=True)[:BATCH])
    experience = Experience()
    for pk in due:
        _give(pk, now, experience)
    return len(due)


def _give(pk: str, now: datetime, experience: Experience) -> None:
    with transaction.atomic():
        held = Request.objects.select_for_update(of=("self",)).select_related("case", "assignee").get(pk=pk)
        one = experience.watched(held, now=now)
        ready = [alarm for alarm in due_alarms(one, given_to(held)) if alarm.given_at <= now]
        for alarm in ready:
            stronger = any(
                other.deadline is alarm.deadline and _LEVELS.index(other.level) > _LEVELS.index(alarm.level)
                for other in ready
            )
            _tell(held, alarm, now, overtaken=stronger)
            facts: dict[str, Fact] = {"level": alarm.level.value, "kind": alarm.deadline.kind, "told": not stronger}
            enter(None, "request.alarm", case=held.case, subject=held.pk, facts=facts)
        set_columns(held, one, now)
        held.save(update_fields=COLUMNS)


def _tell(held: Request, alarm: docket.Alarm, now: datetime, *, overtaken: bool) -> None:
    """Write whom it is for; one that a stronger one overtakes is for nobody."""
    audience = Audience(alarm.audience.value)
    people: Iterable[User | None] = () if overtaken else audience_of(held, audience, now)
    for person in tuple(people) or (None,):
        Alarm.objects.create(
            request=held,
            kind=alarm.deadline.kind,
            level=alarm.level.value,
            period=period_of(alarm.deadline),
            audience=audience,
            what=alarm.deadline.what[:300],
            ends_at=alarm.deadline.ends_at or now,
            given_at=now,
            told=person,
            seen_at=now if overtaken else None,
            sent_at=now if person is None else None,
        )


def audience_of(held: Request, audience: Audience, now: datetime) -> tuple[User, ...]:
    """Who is told; where that would be nobody, the one who works on it."""
    handler = (held.assignee,) if held.assignee and held.assignee.is_active else ()
    match audience:
        case Audience.HANDLER:
            return handler or on_duty(now)
        case Audience.DUTY_OFFICER:
            return on_duty(now) or handler
        case Audience.MEMBERS:
            return _who_can_act(held) or handler


def _who_can_act(held: Request) -> tuple[User, ...]:
    rows = held.case.memberships.filter(ended_at=None, user__is_active=True).select_related("user")[:MEMBERS_MAX]
    return tuple(row.user for row in rows if row.user.holds(Right.REQUEST_DRAFT))


def pass_on_unseen(now: datetime) -> int:
    """Tell the next audience of what nobody has seen in time; of a period that is over nobody is told any more."""
    unseen = Alarm.objects.filter(seen_at=None, passed_on_at=None, given_at__lte=now - PASS_ON_AFTER)
    rows = list(unseen.exclude(audience=Audience.MEMBERS).values_list("pk", flat=True)[:BATCH])
    for pk in rows:
        _pass_on(pk, now)
    return len(rows)


def _pass_on(pk: int, now: datetime) -> None:
    with transaction.atomic():
        alarm = (
            Alarm.objects.select_for_update(of=("self",))
            .select_related("request__case", "request__assignee")
            .get(pk=pk)
        )
        if alarm.seen_at or alarm.passed_on_at:
            return
        alarm.passed_on_at = now
        alarm.save(update_fields=["passed_on_at"])
        held, audience = alarm.request, _NEXT[Audience(alarm.audience)]
        again = {"request": held, "kind": alarm.kind, "level": alarm.level, "period": alarm.period}
        seen = Alarm.objects.filter(**again, audience=alarm.audience).exclude(seen_at=None).exists()
        if seen or not _still_runs(alarm, now):
            return
        known = set(Alarm.objects.filter(**again).values_list("told", flat=True))
        for person in audience_of(held, audience, now):
            if person.pk not in known:
                Alarm.objects.create(
                    **again, audience=audience, what=alarm.what, ends_at=alarm.ends_at, given_at=now, told=person
                )


def _still_runs(alarm: Alarm, now: datetime) -> bool:
    """True while somebody has to look at the period: it runs, is late, or has just lapsed."""
    lines = watched(alarm.request, now=now).deadlines
    return any(
        line.kind == alarm.kind and period_of(line) == alarm.period and (line.is_live or line.state.value == "lapsed")
        for line in lines
    )


def see_alarm(actor: User, *, alarm_id: int) -> Alarm:
    """Say that one has seen an alarm: nobody else is told of it. It is the person's own, or of a case open to him."""
    with transaction.atomic():
        alarm = (
            Alarm.objects.select_for_update(of=("self",)).select_related("request__case").filter(pk=alarm_id).first()
        )
        if alarm is None or not (alarm.told_id == actor.pk or alarm.request.case.is_open_to(actor)):
            raise HiddenError
        if alarm.seen_at is None:
            same = {"request": alarm.request_id, "kind": alarm.kind, "level": alarm.level, "period": alarm.period}
            Alarm.objects.filter(**same, seen_at=None).update(seen_at=timezone.now(), seen_by=actor)
            enter(actor, "alarm.see", case=alarm.request.case, subject=str(alarm.pk))
    alarm.refresh_from_db()
    return alarm

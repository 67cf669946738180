"""Telling of alarms: on pages, by mail and web push, with the reference and a link, and nothing of the case.

Who is told without being allowed to see the case (a duty officer) learns that a date passes and whom to call, not
which case or request it is.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from comity.node.cases.models import Case
from comity.node.people.models import User
from comity.node.requests.models import Alarm, Subscription
from comity.node.requests.push import push
from comity.node.webhooks.post import NotSentError

BATCH = 500
ALARMS_MAX = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAlarm:
    """An alarm as the person who was told reads it."""

    alarm: Alarm
    may_see: bool
    """Whether its case is open to the person."""
    text: str


def send_waiting() -> int:
    """Send what was not sent yet; how many were taken."""
    rows = list(Alarm.objects.filter(sent_at=None).order_by("id").values_list("pk", flat=True)[:BATCH])
    return sum(send_one(pk) for pk in rows)


def send_one(alarm_id: int) -> bool:
    """Send one alarm, once: who takes it marks it first. False where the mail was not taken: it is tried again."""
    now = timezone.now()
    if not Alarm.objects.filter(pk=alarm_id, sent_at=None).update(sent_at=now):
        return False
    alarm = Alarm.objects.select_related("request__case", "request__assignee", "request__unit", "told").get(pk=alarm_id)
    if alarm.told is None:
        return True
    subject, text = words_for(alarm, alarm.told)
    link = settings.PUBLIC_URL + reverse("requests:alarms")
    try:
        send_mail(subject, f"{text}\n\n{link}\n", settings.CONFIG.mail_from, [alarm.told.email])
    except OSError:
        Alarm.objects.filter(pk=alarm_id).update(sent_at=None)
        return False
    finally:
        _push_all(alarm.told, subject, text, link)
    return True


def words_for(alarm: Alarm, person: User) -> tuple[str, str]:
    """Subject and text, in the person's language and as much as the person may know."""
    with translation.override(person.language or settings.LANGUAGE_CODE):
        ends = date_format(timezone.localtime(alarm.ends_at), "j M Y H:i e")
        passed = alarm.level == "passed"
        subject = _("A date has passed") if passed else _("A date comes near")
        if alarm.request.case.is_open_to(person):
            return f"{subject}: {alarm.request.reference}", f"{alarm.request.reference}: {alarm.what}. {ends}"
        handler = alarm.request.assignee
        who = f"{handler} ({handler.unit or _('no unit')})" if handler else str(alarm.request.unit or _("nobody"))
        return subject, _("A date of a request that %(who)s works on ends: %(ends)s. Call them.") % {
            "who": who,
            "ends": ends,
        }


def alarms_of(user: User, *, unseen_only: bool = False) -> list[ReadAlarm]:
    """A person's alarms with the words that he or she may read."""
    rows = Alarm.objects.filter(told=user).select_related("request__case", "request__assignee__unit", "request__unit")
    if unseen_only:
        rows = rows.filter(seen_at=None)
    found = list(rows.order_by("seen_at", "-given_at")[:ALARMS_MAX])
    found.sort(key=lambda row: row.seen_at is not None)
    cases = {row.request.case_id for row in found}
    seen = set(Case.objects.open_to(user).filter(pk__in=cases).values_list("pk", flat=True))
    for row in found:
        row.request.case.__dict__.setdefault("_open_to", {})[user.pk] = row.request.case_id in seen
    return [ReadAlarm(alarm=row, may_see=row.request.case_id in seen, text=words_for(row, user)[1]) for row in found]


def _push_all(person: User, title: str, text: str, link: str) -> None:
    for row in Subscription.objects.filter(user=person):
        try:
            push(row, title=title, text=text, url=link)
        except NotSentError as error:
            _note_problem(row, str(error))


def _note_problem(row: Subscription, problem: str) -> None:
    """One that the push service knows no more is dropped (RFC 8030 7.3); others are tried again next time."""
    with transaction.atomic():
        if problem.endswith(("404", "410")):
            row.delete()
        else:
            Subscription.objects.filter(pk=row.pk).update(problem=problem[:300])

"""Telling the persons concerned: by when, put off by whom and why, done."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.docket import Act, Direction
from comity.node.audit.actions import enter
from comity.node.errors import ChangedError, HiddenError, InvalidError
from comity.node.oversight.models import Delay, Notification
from comity.node.people.models import User
from comity.node.people.rights import require
from comity.node.people.roles import Right
from comity.node.requests.actions.enter import Told, act
from comity.node.requests.models import Request
from comity.node.requests.rights import right_for


def owe(actor: User, *, request: Request, person: str, rule: str, due_on: date, remedies: str = "") -> Notification:
    """A person must be told of this request by a day, under a rule."""
    require(actor, Right.REQUEST_DRAFT, request.case)
    told = {"person": person, "rule": rule}
    if missing := {name: _("cannot be empty") for name, text in told.items() if not text.strip()}:
        raise InvalidError(missing)
    with transaction.atomic():
        made = Notification.objects.create(
            request=request,
            person=person.strip()[:200],
            rule=rule.strip()[:300],
            remedies=remedies.strip()[:500],
            due_on=due_on,
            added_by=actor,
        )
        enter(actor, "notification.owe", case=request.case, subject=str(made.pk))
    return made


def delay(
    actor: User, *, notification: Notification, version: int, until: date, reason: str, authority: str
) -> Notification:
    """Put it off, lawfully: until a later day, for a reason, by an authority's decision."""
    require(actor, Right.REQUEST_APPROVE, notification.request.case)
    told = {"reason": reason, "authority": authority}
    problems = {name: _("a delay needs it") for name, text in told.items() if not text.strip()}
    with transaction.atomic():
        held = _held(notification, version)
        if until <= (held.delayed_until or held.due_on):
            problems["until"] = _("write a day after %(held)s") % {"held": held.delayed_until or held.due_on}
        if problems:
            raise InvalidError(problems)
        held.delayed_until = until
        held.save(update_fields=["delayed_until", "version"])
        Delay.objects.create(
            notification=held, until=until, reason=reason.strip()[:500], authority=authority.strip()[:300], by=actor
        )
        enter(actor, "notification.delay", case=held.request.case, subject=str(held.pk))
    return held


def give(actor: User, *, notification: Notification, version: int, means: str = "") -> Notification:
    """The person was told: it is entered into the request's history too."""
    request = notification.request
    require(actor, right_for(Act.INFORM, Direction(request.direction)), request.case)
    with transaction.atomic():
        held = _held(notification, version)
        held.given_at = timezone.now()
        held.save(update_fields=["given_at", "version"])
        now = Request.objects.select_for_update().get(pk=request.pk).version
        act(actor, request=request, act=Act.INFORM, version=now, told=Told(means=means, note=held.rule))
        enter(actor, "notification.give", case=request.case, subject=str(held.pk))
    return held


def _held(notification: Notification, version: int) -> Notification:
    held = Notification.objects.select_for_update(of=("self",)).select_related("request__case").get(pk=notification.pk)
    if held.version != version:
        raise ChangedError(expected=version, actual=held.version)
    if held.given_at:
        raise HiddenError
    held.version += 1
    return held

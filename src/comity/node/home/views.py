"""The first page."""

from datetime import datetime, timedelta
from pathlib import Path
from smtplib import SMTPException

from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from comity.node.access import Signed, public, signed_in, with_right
from comity.node.cases.models import Case
from comity.node.home.guide import can_do, tasks
from comity.node.people.roles import Right
from comity.node.requests.models import Arrival, Clash
from comity.node.requests.reads import lists_for
from comity.node.requests.tell import alarms_of
from comity.node.vault.models import Package

CASES_SHOWN = 10
_LOOKED = "looked_at"
_LOOKING = "looking_at"
A_LOOK = timedelta(minutes=30)
"""Pages opened within this time belong to one look."""


@signed_in
def start(request: Signed) -> HttpResponse:
    """What waits for this person."""
    now, user = timezone.now(), request.user
    shown: dict[str, object] = {"alarms": alarms_of(user, unseen_only=True), "back": "start"}
    if user.holds(Right.PEOPLE_MANAGE):
        shown["tasks"] = told = tasks(user)
        shown["todo"] = sum(not task.done for task in told)
    if user.holds(Right.CASE_READ):
        shown["lists"] = lists_for(user, now=now, since=_last_look(request, now))
        shown["cases"] = Case.objects.open_to(user)[:CASES_SHOWN]
    if user.holds(Right.REQUEST_RECEIVE):
        shown["arrived"] = Arrival.objects.filter(request=None, discarded_at=None).count()
    if user.holds(Right.VAULT_SEAL):
        due = Package.objects.due(timezone.localdate())
        shown["to_delete"] = due.filter(case__in=Case.objects.open_to(user)).count()
    if user.holds(Right.REQUEST_SEND):
        shown["twice"] = Clash.objects.filter(settled_at=None).count()
    if not shown.get("cases"):
        shown["can_do"] = can_do(user)
    return render(request, "home/start.html", shown)


@with_right(Right.PEOPLE_MANAGE)
@require_POST
def test_mail(request: Signed) -> HttpResponse:
    """Send a mail to the administrator who asks, and say what became of it."""
    person = request.user
    try:
        subject = f"[{settings.CONFIG.agency}] {_('A test')}"
        send_mail(subject, _("The node can send mail."), settings.CONFIG.mail_from, [person.email])
    except (OSError, SMTPException) as error:
        told = _("The mail server did not take it (%(kind)s): look at the setting mail.") % {
            "kind": type(error).__name__
        }
        messages.error(request, told)
    else:
        messages.success(request, _("Sent to %(address)s: look whether it arrives.") % {"address": person.email})
    return redirect("home:start")


def _last_look(request: Signed, now: datetime) -> datetime:
    """When this person looked before; pages that follow each other are one look."""
    session = request.session
    looking = _moment(session.get(_LOOKING), now)
    if now - looking > A_LOOK or _LOOKING not in session:
        session[_LOOKED] = (looking if _LOOKING in session else now - timedelta(days=1)).isoformat()
        session[_LOOKING] = now.isoformat()
    return _moment(session.get(_LOOKED), now - timedelta(days=1))


def _moment(text: object, otherwise: datetime) -> datetime:
    return datetime.fromisoformat(text) if isinstance(text, str) else otherwise


@public
@require_GET
def push_worker(request: HttpRequest) -> HttpResponse:
    """The script that shows alarms in a browser; from the root, so that its scope is the node."""
    script = Path(settings.STATICFILES_DIRS[0]) / "comity" / "push.js"
    response = HttpResponse(script.read_bytes(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response

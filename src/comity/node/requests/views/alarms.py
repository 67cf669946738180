"""Alarms: what a person was told, that it was seen, and browsers that take them."""

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from comity.node.access import Signed, signed_in
from comity.node.errors import InvalidError
from comity.node.requests.actions.alarms import see_alarm
from comity.node.requests.actions.own import subscribe, unsubscribe
from comity.node.requests.models import Subscription
from comity.node.requests.push import public_key
from comity.node.requests.tell import alarms_of

BODY_BYTES_MAX = 4096


class Browser(msgspec.Struct, frozen=True, kw_only=True):
    """What `PushSubscription.toJSON()` gives (Push API)."""

    endpoint: str
    keys: dict[str, str]


@signed_in
def alarms(request: Signed) -> HttpResponse:
    """What the person was told, what is not seen first."""
    shown = {
        "alarms": alarms_of(request.user),
        "browsers": Subscription.objects.filter(user=request.user),
        "push_key": public_key(),
    }
    return render(request, "requests/alarms.html", shown)


@signed_in
@require_POST
def seen(request: Signed, alarm_id: int) -> HttpResponse:
    """Say that one has seen it."""
    see_alarm(request.user, alarm_id=alarm_id)
    return redirect((request.POST.get("back") == "start" and "home:start") or "requests:alarms")


@signed_in
@require_POST
def browser(request: Signed) -> HttpResponse:
    """Take alarms in this browser: its script sends what the browser gave it."""
    told = _read(request)
    row = subscribe(
        request.user, endpoint=told.endpoint, p256dh=told.keys.get("p256dh", ""), auth=told.keys.get("auth", "")
    )
    return HttpResponse(str(row.pk), content_type="text/plain", status=201)


@signed_in
@require_POST
def end_browser(request: Signed, subscription_id: int) -> HttpResponse:
    """Take no more alarms there."""
    unsubscribe(request.user, subscription_id=subscription_id)
    return redirect("requests:alarms")


def _read(request: HttpRequest) -> Browser:
    if len(request.body) > BODY_BYTES_MAX:
        raise InvalidError({"": _("too long")})
    try:
        return msgspec.json.decode(request.body, type=Browser)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InvalidError({"": _("not a browser's subscription: %(error)s") % {"error": error}}) from None

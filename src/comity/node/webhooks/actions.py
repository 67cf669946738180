"""What people do with their webhooks."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.node.audit.actions import enter
from comity.node.errors import HiddenError, InvalidError
from comity.node.people.models import User
from comity.node.webhooks.models import Hook

HOOKS_MAX = 20
"""Hooks of one person."""


def add_hook(actor: User, *, url: str, acts: tuple[str, ...] = ()) -> Hook:
    """Tell `url` from now on of acts that begin with one of `acts`; the secret is shown once, by who calls this."""
    _check(actor, url)
    if bad := [act for act in acts if not act.replace(".", "").replace("_", "").isalpha()]:
        raise InvalidError(
            {"acts": _("%(bad)s is not the beginning of an act; write request. or case.open") % {"bad": repr(bad[0])}}
        )
    with transaction.atomic():
        hook = Hook.objects.create(owner=actor, url=url, acts=list(acts), told_up_to=0)
        hook.told_up_to = enter(actor, "webhook.add", subject=str(hook.pk)) + 1
        hook.save(update_fields=["told_up_to"])
    return hook


def end_hook(actor: User, *, hook_id: int) -> None:
    """Tell this address no more."""
    with transaction.atomic():
        hook = Hook.objects.select_for_update().filter(pk=hook_id, owner=actor, ended_at=None).first()
        if hook is None:
            raise HiddenError
        hook.ended_at, hook.ended_because = timezone.now(), "ended by its owner"
        hook.save(update_fields=["ended_at", "ended_because"])
        enter(actor, "webhook.end", subject=str(hook.pk))


def _check(actor: User, url: str) -> None:
    parts = urlsplit(url)
    schemes = {"https", "http"} if settings.CONFIG.webhooks_inside else {"https"}
    if parts.scheme not in schemes or not parts.hostname or parts.username or parts.password:
        raise InvalidError({"url": _("write an https address without a user name or password")})
    if Hook.objects.filter(owner=actor, ended_at=None).count() >= HOOKS_MAX:
        raise InvalidError({"url": _("you have %(most)s webhooks already: end one first") % {"most": HOOKS_MAX}})

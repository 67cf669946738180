"""What people set up for themselves: addresses for calendar programs, browsers that take alarms."""

import secrets
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.node.audit.actions import enter
from comity.node.errors import HiddenError, InvalidError
from comity.node.people.models import User
from comity.node.people.rights import require_role
from comity.node.people.roles import Right
from comity.node.requests.models import Feed, Subscription

FEEDS_MAX = 10
SUBSCRIPTIONS_MAX = 20
KEY_CHARS_MAX = 200
AUTH_CHARS_MAX = 100
ENDPOINT_CHARS_MAX = 500


def make_feed(actor: User, *, name: str, details: bool = False) -> tuple[Feed, str]:
    """An address for a calendar program, and its secret, which is shown once."""
    require_role(actor, Right.CASE_READ)
    if not name.strip():
        raise InvalidError({"name": _("say what it is for, such as: telephone")})
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        if Feed.objects.filter(user=actor, revoked_at=None).count() >= FEEDS_MAX:
            raise InvalidError({"name": _("you have %(most)s addresses: revoke one first") % {"most": FEEDS_MAX}})
        feed = Feed.objects.create(user=actor, name=name.strip()[:100], digest=digest_of(secret), details=details)
        enter(actor, "feed.make", subject=str(feed.pk), facts={"details": details})
    return feed, secret


def revoke_feed(actor: User, *, feed_id: int) -> None:
    """Close an address of one's own."""
    with transaction.atomic():
        if not Feed.objects.filter(pk=feed_id, user=actor, revoked_at=None).update(revoked_at=timezone.now()):
            raise HiddenError
        enter(actor, "feed.revoke", subject=str(feed_id))


def find_feed(secret: str) -> Feed | None:
    """The feed of an address that counts; None for everything else, alike."""
    feed = Feed.objects.filter(digest=digest_of(secret), revoked_at=None).select_related("user").first()
    return feed if feed and feed.user.is_active and feed.user.holds(Right.CASE_READ) else None


def digest_of(secret: str) -> str:
    """What is kept of a secret."""
    return sha256(secret.encode(errors="replace")).hexdigest()


def subscribe(actor: User, *, endpoint: str, p256dh: str, auth: str) -> Subscription:
    """Take alarms in this browser; one that is known already is this person's from now on."""
    schemes = {"https", "http"} if settings.CONFIG.webhooks_inside else {"https"}
    parts = urlsplit(endpoint)
    if parts.scheme not in schemes or not parts.hostname or len(endpoint) > ENDPOINT_CHARS_MAX:
        raise InvalidError({"endpoint": _("not the https address of a push service")})
    if not 0 < len(p256dh) <= KEY_CHARS_MAX or not 0 < len(auth) <= AUTH_CHARS_MAX:
        raise InvalidError({"p256dh": _("not a browser's key")})
    with transaction.atomic():
        if Subscription.objects.filter(user=actor).exclude(endpoint=endpoint).count() >= SUBSCRIPTIONS_MAX:
            raise InvalidError(
                {"endpoint": _("you have %(most)s browsers: end one first") % {"most": SUBSCRIPTIONS_MAX}}
            )
        row = Subscription.objects.update_or_create(
            endpoint=endpoint, defaults={"user": actor, "p256dh": p256dh, "auth": auth, "problem": ""}
        )[0]
        enter(actor, "push.subscribe", subject=str(row.pk))
    return row


def unsubscribe(actor: User, *, subscription_id: int) -> None:
    """Take no more alarms in a browser of one's own."""
    with transaction.atomic():
        if not Subscription.objects.filter(pk=subscription_id, user=actor).delete()[0]:
            raise HiddenError
        enter(actor, "push.unsubscribe", subject=str(subscription_id))

"""Telling people of dates: alarms, and by which ways each person is reached."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comity.node.people.models import User
from comity.node.requests.models.life import Request


class Audience(models.TextChoices):
    """Who is told of a deadline, in this order: the next where nobody has seen it in time."""

    HANDLER = "handler", _("who works on it")
    DUTY_OFFICER = "duty_officer", _("the duty officer")
    MEMBERS = "members", _("everybody who can act on it")


class Alarm(models.Model):
    """That a person was told of a deadline; given once."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="alarms")
    kind = models.CharField(max_length=60)
    level = models.CharField(max_length=10)
    period = models.CharField(max_length=16)
    """Which period of the kind: a digest of its sum, which stays the same while the period does."""
    audience = models.CharField(max_length=20, choices=Audience)
    what = models.CharField(max_length=300)
    ends_at = models.DateTimeField()
    given_at = models.DateTimeField()
    told = models.ForeignKey(User, models.PROTECT, null=True, related_name="alarms")
    """None: a stronger one was given at the same time, or nobody was there to be told."""
    sent_at = models.DateTimeField(null=True, blank=True)
    """When it went out by mail and push; None: not yet."""
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    passed_on_at = models.DateTimeField(null=True, blank=True)
    """When the next audience was told, since nobody had seen it."""

    class Meta:
        ordering = ["given_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "kind", "level", "period", "audience", "told"], name="alarm_once"
            ),
        ]
        indexes = [
            models.Index(fields=["told", "seen_at"], name="alarm_of"),
            models.Index(fields=["given_at"], condition=Q(seen_at=None, passed_on_at=None), name="alarm_unseen"),
            models.Index(fields=["id"], condition=Q(sent_at=None), name="alarm_unsent"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.kind} {self.level}"


class Feed(models.Model):
    """An address at which a calendar program reads a person's dates, without signing in."""

    user = models.ForeignKey(User, models.CASCADE, related_name="feeds")
    name = models.CharField(_("what it is for"), max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    """SHA-256 of the secret in the address, hexadecimal: 256 random bits, shown once."""
    details = models.BooleanField(_("with states, measure and source"), default=False)
    made_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "id"]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.name}"


class Subscription(models.Model):
    """A browser that takes alarms by web push (RFC 8030)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="subscriptions")
    endpoint = models.URLField(max_length=500, unique=True)
    p256dh = models.CharField(max_length=200)
    """The browser's public key (RFC 8291), base64url."""
    auth = models.CharField(max_length=100)
    made_at = models.DateTimeField(default=timezone.now)
    problem = models.CharField(max_length=300, blank=True)
    """Why the last message was not taken."""

    class Meta:
        ordering = ["-made_at", "id"]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.endpoint[:40]}"

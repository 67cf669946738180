"""Figures as they were counted, what was published of them, and who is still to be told that data were asked for."""

from datetime import date

import msgspec
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comity.node.cases.models import memberships_for
from comity.node.oversight.report import Report
from comity.node.people.models import User
from comity.node.requests.models import Request


class Figures(models.Model):
    """The newest report of a year; small numbers are hidden before it is kept, so that nobody reads them here."""

    year = models.PositiveIntegerField(unique=True)
    """Of opening, UTC; 0: all years."""
    made_at = models.DateTimeField()
    body = models.BinaryField()
    """JSON of a `Report`."""

    def __str__(self) -> str:
        return str(self.year)

    def report(self) -> Report:
        """The figures."""
        return msgspec.json.decode(bytes(self.body), type=Report)


class Publication(models.Model):
    """A report as it was published; it is kept as it is."""

    year = models.PositiveIntegerField()
    published_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    body = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    """Of the body, hexadecimal."""

    class Meta:
        ordering = ["-published_at", "-id"]

    def __str__(self) -> str:
        return f"{self.year}: {self.published_at:%Y-%m-%d}"

    def report(self) -> Report:
        """The figures."""
        return msgspec.json.decode(bytes(self.body), type=Report)


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Reads of notifications."""

    def open_to(self, user: User) -> "NotificationQuerySet":
        """Those of the cases that a person may see."""
        return self.filter(Exists(memberships_for(user).filter(case=OuterRef("request__case"))))

    def due(self, on: date) -> "NotificationQuerySet":
        """Those that must be given by a day."""
        return self.filter(given_at=None).filter(
            Q(delayed_until=None, due_on__lte=on) | Q(delayed_until__isnull=False, delayed_until__lte=on)
        )


class Notification(models.Model):
    """That a person concerned must be told of a request for data, and of the remedies against it."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="notifications")
    person = models.CharField(_("who is to be told"), max_length=200)
    """By role or number, as the case names the person."""
    rule = models.CharField(_("under which rule"), max_length=300)
    remedies = models.CharField(_("remedies that are told"), max_length=500, blank=True)
    due_on = models.DateField(_("by when"))
    delayed_until = models.DateField(null=True, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(delayed_until=None) | Q(delayed_until__gt=models.F("due_on")), name="notification_later"
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(given_at=None), name="notification_due"),
            models.Index(fields=["request", "due_on"], name="notification_of"),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.due_on}"


class Delay(models.Model):
    """That telling a person was put off, by whom and why; rows are only added."""

    notification = models.ForeignKey(Notification, models.PROTECT, related_name="delays")
    until = models.DateField()
    reason = models.CharField(max_length=500)
    authority = models.CharField(max_length=300)
    """Who decided it: a court, a prosecutor."""
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.notification_id}: {self.until}"

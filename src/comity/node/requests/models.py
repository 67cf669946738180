"""Requests, their events, papers and alarms. What stands in `record` and in events counts; columns are for lists."""

from datetime import datetime

import msgspec
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comity import docket
from comity.docket import Direction, State, Waits
from comity.law import Measure
from comity.node.cases.models import Case, new_id
from comity.node.people.models import Unit, User


class RequestQuerySet(models.QuerySet["Request"]):
    """Reads of requests."""

    def open_to(self, user: User) -> "RequestQuerySet":
        """Requests of the cases that a person may see."""
        return self.filter(case__in=Case.objects.open_to(user))

    def late(self, at: datetime) -> "RequestQuerySet":
        """Requests with an end that has passed and that somebody still has to look at."""
        return self.filter(next_ends_at__lte=at)


class Request(models.Model):
    """One request, as `comity.docket` knows it."""

    id = models.CharField(primary_key=True, max_length=20, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="requests")
    record = models.BinaryField()
    """JSON of a `docket.Request`."""
    reference = models.CharField(_("reference"), max_length=200)
    their_reference = models.CharField(max_length=200, blank=True)
    direction = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Direction])
    kind = models.CharField(max_length=60, blank=True)
    measure = models.CharField(max_length=40, choices=[(one.value, one.value) for one in Measure])
    requesting = models.CharField(max_length=10)
    requested = models.CharField(max_length=10)
    instrument = models.CharField(max_length=100, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="requests")
    assignee = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="assigned")
    state = models.CharField(max_length=20, choices=[(one.value, one.value) for one in State])
    waits = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Waits])
    is_over = models.BooleanField(default=False)
    next_ends_at = models.DateTimeField(null=True, blank=True)
    """When the nearest live deadline ends; None: none runs."""
    next_kind = models.CharField(max_length=60, blank=True)
    next_what = models.CharField(max_length=300, blank=True)
    letter_sha256 = models.CharField(max_length=64, blank=True)
    """Of the letter as it is now; what was approved stands in the event."""
    opened_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-id"]
        indexes = [
            models.Index(fields=["case", "-opened_at"], name="request_of_case"),
            models.Index(fields=["-opened_at", "-id"], name="request_newest"),
            models.Index(fields=["state", "-opened_at"], name="request_state"),
            models.Index(fields=["waits", "next_ends_at"], name="request_waits"),
            models.Index(fields=["next_ends_at"], condition=Q(next_ends_at__isnull=False), name="request_ends"),
            models.Index(fields=["requested", "measure"], name="request_asked"),
        ]

    def __str__(self) -> str:
        return self.reference

    def docketed(self) -> docket.Request:
        """The request as the docket knows it."""
        return msgspec.json.decode(bytes(self.record), type=docket.Request)

    def happened(self) -> tuple[docket.Event, ...]:
        """Its events, in order."""
        return tuple(row.docketed() for row in self.events.order_by("number"))


class Event(models.Model):
    """One entry of a request's history; the database lets nobody change it."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    record = models.BinaryField()
    """JSON of a `docket.Event`."""
    act = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "number"], name="event_number_once")]

    def __str__(self) -> str:
        return f"{self.request_id} {self.number}: {self.act}"

    def docketed(self) -> docket.Event:
        """The event as the docket knows it."""
        return msgspec.json.decode(bytes(self.record), type=docket.Event)


class Target(models.Model):
    """What a request asks about, to find who asked for the same."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="targets")
    kind = models.CharField(max_length=40)
    value = models.CharField(max_length=400)
    """In its canonical form, lower case."""

    class Meta:
        indexes = [models.Index(fields=["kind", "value"], name="target_value")]

    def __str__(self) -> str:
        return self.value


class Tie(models.Model):
    """That a request hangs on an earlier one."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="ties")
    to = models.ForeignKey(Request, models.PROTECT, related_name="followed_by")
    relation = models.CharField(max_length=30)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "to", "relation"], name="tie_once")]

    def __str__(self) -> str:
        return f"{self.request_id} -> {self.to_id}"


class Paper(models.Model):
    """A file that belongs to a request: a version of the letter, a reply, a receipt."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=20)
    """``letter``, ``received``, ``proof`` or ``reply``."""
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.BigIntegerField()
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["added_at", "id"]
        constraints = [models.UniqueConstraint(fields=["request", "sha256"], name="paper_once")]

    def __str__(self) -> str:
        return self.name


class Alarm(models.Model):
    """That somebody was told of a deadline; given once."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="alarms")
    kind = models.CharField(max_length=60)
    level = models.CharField(max_length=10)
    ends_at = models.DateTimeField()
    given_at = models.DateTimeField()
    told = models.ForeignKey(User, models.PROTECT, null=True, related_name="alarms")
    """None: nobody was there to be told."""
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "kind", "level", "ends_at"], name="alarm_once"),
        ]
        indexes = [models.Index(fields=["told", "seen_at"], name="alarm_of")]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.kind} {self.level}"

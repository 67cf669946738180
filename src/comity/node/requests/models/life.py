"""Requests, their events and papers. What stands in `record` and in events counts; columns are for lists."""

from datetime import datetime

import msgspec
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comity import docket
from comity.docket import Direction, State, Waits
from comity.law import Measure
from comity.node.cases.models import Case, memberships_for, new_id
from comity.node.people.models import Unit, User

NOT_BEGUN = "not_begun"
"""How a request stands whose first entry was struck, until it is entered anew: the docket has no state for it."""
FEW_CASES = 500
"""With so many cases their ids are written into a query."""


class RequestQuerySet(models.QuerySet["Request"]):
    """Reads of requests."""

    def open_to(self, user: User) -> "RequestQuerySet":
        """Requests of the cases that a person may see; which those are is read at once.

        Of somebody with few cases the requests of these are read; of somebody with many, requests are read in the order
        of the list and each is asked after, so that a page of fifty does not read them all.
        """
        few = list(Case.objects.open_to(user).order_by().values_list("pk", flat=True)[: FEW_CASES + 1])
        if len(few) <= FEW_CASES:
            return self.filter(case__in=few)
        return self.filter(Exists(memberships_for(user).filter(case=OuterRef("case"))))

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
    state = models.CharField(
        max_length=20, choices=[(NOT_BEGUN, NOT_BEGUN), *((one.value, one.value) for one in State)]
    )
    waits = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Waits])
    is_over = models.BooleanField(default=False)
    next_ends_at = models.DateTimeField(null=True, blank=True)
    """When the nearest live deadline ends; None: none runs."""
    next_kind = models.CharField(max_length=60, blank=True)
    next_what = models.CharField(max_length=300, blank=True)
    changes_at = models.DateTimeField(null=True, blank=True)
    """When its dates change by themselves: the clock must look at it then; None: never."""
    alarm_at = models.DateTimeField(null=True, blank=True)
    """When somebody must be told of a deadline next; None: never."""
    closed_at = models.DateTimeField(null=True, blank=True)
    """When it was over, by its last event; None: it is not."""
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
            models.Index(fields=["waits", "next_ends_at", "-opened_at"], name="request_waits"),
            models.Index(fields=["next_ends_at"], condition=Q(next_ends_at__isnull=False), name="request_ends"),
            models.Index(fields=["changes_at"], condition=Q(changes_at__isnull=False), name="request_changes"),
            models.Index(fields=["alarm_at"], condition=Q(alarm_at__isnull=False), name="request_alarm"),
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
    """``letter``, ``signed``, ``received``, ``proof`` or ``reply``."""
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


class Clash(models.Model):
    """That the agency asked for the same twice, knowingly; both sides are told, neither learns of the other's case."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="clashes")
    """The later one."""
    other = models.ForeignKey(Request, models.CASCADE, related_name="clashed")
    likeness = models.CharField(max_length=10)
    found_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "other"], name="clash_once")]
        indexes = [models.Index(fields=["settled_at", "-found_at"], name="clash_open")]

    def __str__(self) -> str:
        return f"{self.request_id} ~ {self.other_id}"


class Arrival(models.Model):
    """A letter that came and is not yet a request: what was read, and what the officer put right."""

    id = models.CharField(primary_key=True, max_length=20, default=new_id, editable=False)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    arrived_at = models.DateTimeField()
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    told = models.JSONField(default=dict)
    """What the officer put right, by field."""
    request = models.OneToOneField(Request, models.PROTECT, null=True, blank=True, related_name="arrival")
    discarded_at = models.DateTimeField(null=True, blank=True)
    discarded_because = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["arrived_at", "id"]
        indexes = [
            models.Index(fields=["arrived_at"], condition=Q(request=None, discarded_at=None), name="arrival_waiting"),
        ]

    def __str__(self) -> str:
        return self.name

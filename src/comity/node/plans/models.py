"""Versions of the facts of a case, and plans."""

import zlib

import msgspec
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comity.leads.model import Leads
from comity.node.cases.models import Case
from comity.node.people.models import User
from comity.plan import Plan


class Facts(models.Model):
    """What is known of a case beyond its evidence: a case file (TOML), version by version."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="facts")
    number = models.PositiveIntegerField()
    text = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="facts_number_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.number}"


class PlanState(models.TextChoices):
    """How far a plan is."""

    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("being made")
    DONE = "done", _("made")
    FAILED = "failed", _("not made")


class PlanVersion(models.Model):
    """One plan of a case, as of a day, made in the background."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="plans")
    number = models.PositiveIntegerField()
    facts = models.ForeignKey(Facts, models.PROTECT, related_name="plans")
    on = models.DateField()
    state = models.CharField(max_length=10, choices=PlanState, default=PlanState.WAITING)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    beat_at = models.DateTimeField(null=True, blank=True)
    """When the worker that makes it last gave a sign."""
    done_at = models.DateTimeField(null=True, blank=True)
    reading = models.CharField(max_length=300, blank=True)
    read_bytes = models.BigIntegerField(default=0)
    total_bytes = models.BigIntegerField(default=0)
    problem = models.TextField(blank=True)
    packed_plan = models.BinaryField(default=bytes)
    """JSON of a `comity.plan.Plan`, zlib."""
    packed_leads = models.BinaryField(default=bytes)
    """JSON of `comity.leads` Leads, zlib."""

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="plan_number_once")]
        indexes = [models.Index(fields=["state", "beat_at"], name="plan_unfinished")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.number}"

    def plan(self) -> Plan:
        """The plan; only of one that is done."""
        return msgspec.json.decode(zlib.decompress(bytes(self.packed_plan)), type=Plan)

    def leads(self) -> Leads:
        """The leads that it was made of."""
        return msgspec.json.decode(zlib.decompress(bytes(self.packed_leads)), type=Leads)


def pack(value: object) -> bytes:
    """JSON of a record, compressed."""
    return zlib.compress(msgspec.json.encode(value))

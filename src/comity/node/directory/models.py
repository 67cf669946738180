"""The agency's own entries of the directory, their history, who confirmed them, and test calls."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What an entry is of."""

    AUTHORITY = "authority", _("Authority")
    CONTACT = "contact", _("24/7 contact point")
    PROVIDER = "provider", _("Provider")
    PEER = "peer", _("Peer: another agency")


class Outcome(models.TextChoices):
    """How a test call ended."""

    REACHED = "reached", _("Reached")
    LATE = "late", _("Reached after several tries")
    NOT_REACHED = "not_reached", _("Not reached")


def new_id() -> str:
    """An id for an entry of our own."""
    return f"e-{secrets.token_hex(6)}"


class Entry(models.Model):
    """One line of the directory that is the agency's own, or corrects a line that ships; never deleted.

    A line that ships becomes an entry, under the line's own id, with the first correction, confirmation or call.
    """

    id = models.CharField(primary_key=True, max_length=40, default=new_id, editable=False)
    kind = models.CharField(max_length=12, choices=Kind)
    state = models.CharField(max_length=2)
    name = models.CharField(max_length=300)
    role = models.CharField(max_length=40, blank=True)
    measures = models.TextField(blank=True)
    """Ids joined by ``;``; empty: all."""
    instrument = models.CharField(max_length=80, blank=True)
    address = models.TextField(blank=True)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    url = models.CharField(max_length=500, blank=True)
    identity = models.TextField(blank=True)
    """Public identity of a peer: a fingerprint, or its keys."""
    hours = models.CharField(max_length=100, blank=True)
    """``24/7``, or ``09:00-17:30`` on working days; empty: not known."""
    zone = models.CharField(max_length=64, blank=True)
    """IANA name; empty: that of the state's capital."""
    languages = models.CharField(max_length=100, blank=True)
    note = models.TextField(blank=True)
    source = models.CharField(max_length=500)
    shipped = models.JSONField(default=dict)
    """What shipped when the entry was made over it: where it differs from what ships now, people are told."""
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["state", "kind", "name", "id"]
        indexes = [models.Index(fields=["state", "kind"], name="entry_state_kind")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="entry_kind_known"),
            models.CheckConstraint(condition=Q(version__gte=1), name="entry_version_counts"),
        ]

    def __str__(self) -> str:
        return self.name


class Version(models.Model):
    """What an entry said, and who had it say so; rows are never changed."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    act = models.CharField(max_length=12)
    values = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["entry", "number"], name="entry_version_once")]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.number}"


class Confirmation(models.Model):
    """That somebody checked an entry as it then stood, and how."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="confirmations")
    number = models.PositiveIntegerField()
    """The version that was confirmed."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["entry", "at"], name="confirmation_newest")]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.at:%Y-%m-%d}"


class Call(models.Model):
    """One call to see whether a 24/7 contact point answers."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="calls")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    called_at = models.DateTimeField()
    entered_at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=12, choices=Outcome)
    minutes = models.PositiveSmallIntegerField()
    """How long it took until somebody answered, or until the caller gave up."""
    note = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ["-called_at", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="call_outcome_known")]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.outcome}"


FIELDS = (
    "kind",
    "state",
    "name",
    "role",
    "measures",
    "instrument",
    "address",
    "email",
    "phone",
    "url",
    "identity",
    "hours",
    "zone",
    "languages",
    "note",
    "source",
)
"""What people write, in the order of a CSV file."""


def values_of(entry: Entry) -> dict[str, str]:
    """What an entry says."""
    return {name: str(getattr(entry, name)) for name in FIELDS}

"""Drafts that went to another side for pre-check, drafts that came for it, and what is said of those."""

import msgspec
from django.db import models
from django.utils import timezone

from comity.node.cases.models import new_id
from comity.node.composer.models import Letter
from comity.node.people.models import User
from comity.node.precheck.papers import Sheet


class Share(models.Model):
    """That a version of a letter was sealed for another side; never changed but when the answer comes."""

    id = models.CharField(primary_key=True, max_length=20, default=new_id, editable=False)
    letter = models.ForeignKey(Letter, models.PROTECT, related_name="shares")
    number = models.PositiveIntegerField()
    """Of the version."""
    to_name = models.CharField(max_length=300)
    to_key = models.TextField()
    to_identity = models.CharField(max_length=300, blank=True)
    """Name of the identity, where it is one that is trusted; empty: a key that was given."""
    package = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.BigIntegerField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    """When the last answer was taken in."""

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.package


class ForeignDraft(models.Model):
    """A draft of another side that came for pre-check."""

    id = models.CharField(primary_key=True, max_length=20, default=new_id, editable=False)
    package = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64, unique=True)
    """Of the package."""
    reference = models.CharField(max_length=200)
    sender = models.CharField(max_length=500)
    identity = models.CharField(max_length=300, blank=True)
    """Name of the identity that sealed it, where this node trusts it; empty: the sender is a claim."""
    letter = models.BinaryField()
    """JSON of a `comity.letters` letter, as it came."""
    sheet = models.BinaryField()
    """JSON of a `Sheet`, as it came."""
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.reference

    def told(self) -> Sheet:
        """What came with it."""
        return msgspec.json.decode(bytes(self.sheet), type=Sheet)


class Remark(models.Model):
    """What we say of a foreign draft, or of one text of it."""

    draft = models.ForeignKey(ForeignDraft, models.PROTECT, related_name="remarks")
    address = models.CharField(max_length=300, blank=True)
    """JSON Pointer of the text; empty: the whole letter."""
    text = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.text[:60]

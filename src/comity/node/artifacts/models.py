"""Uploads and the files that they become."""

from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from comity.node.cases.models import Case, new_id
from comity.node.people.models import User


class Upload(models.Model):
    """A file that is on its way (tus 1.0.0); `offset` bytes of it are on the disk."""

    id = models.CharField(primary_key=True, max_length=20, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="uploads")
    name = models.CharField(max_length=255)
    size_bytes = models.BigIntegerField()
    offset = models.BigIntegerField(default=0)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(offset__gte=0, offset__lte=models.F("size_bytes")), name="upload_offset")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where its bytes lie."""
        return Path(settings.DATA) / "incoming" / self.pk


class Artifact(models.Model):
    """A file of evidence of a case, as it was handed in; its bytes never change."""

    id = models.CharField(primary_key=True, max_length=20, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="artifacts")
    name = models.CharField(max_length=255)
    """As the sender called it; a path in the node is never made of it."""
    size_bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    left_out = models.BooleanField(default=False)
    """True: the next plan does not read it."""
    left_out_because = models.CharField(max_length=300, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    """Its bytes were deleted then; the record stays."""

    class Meta:
        ordering = ["added_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "sha256"], condition=Q(removed_at=None), name="artifact_once")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where its bytes lie."""
        return Path(settings.DATA) / "evidence" / self.case_id / self.pk

"""Packages of a case: sealed here for somebody, or received and checked."""

from datetime import date
from pathlib import Path

import msgspec
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comity.evidence.custody import Authorisation
from comity.evidence.limitation import Grant, Limitations, Purpose
from comity.evidence.package import FileRecord, PackageReport, Recipient
from comity.node.artifacts.models import Artifact
from comity.node.cases.models import Case, new_id
from comity.node.people.models import User
from comity.node.requests.models import Request


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What the person who seals said."""

    authorisation: Authorisation
    limitations: Limitations
    recipient: Recipient
    exhibits: tuple[str, ...]
    """Ids of the files of the case."""
    end_of_access_on: date | None = None
    purpose: Purpose | None = None
    """What it is given for; None: not told, as no file in it is limited."""


class PackageState(models.TextChoices):
    """How far a package is."""

    WAITING = "waiting", _("waits to be sealed or checked")
    RUNNING = "running", _("is being sealed or checked")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


class Opening(models.TextChoices):
    """How far a package that came is unpacked."""

    CLOSED = "closed", _("not unpacked")
    WAITING = "waiting", _("waits to be unpacked")
    RUNNING = "running", _("is being unpacked")
    DONE = "done", _("unpacked")
    FAILED = "failed", _("could not be unpacked")


class PackageQuerySet(models.QuerySet["Package"]):
    """Reads of packages."""

    def kept(self) -> "PackageQuerySet":
        """Those whose bytes are here."""
        return self.filter(removed_at=None)

    def due(self, on: date) -> "PackageQuerySet":
        """Those that are to be deleted by that day, and that nothing holds."""
        return self.kept().filter(Q(delete_by__lte=on) | Q(keep_until__lte=on), hold_reason="")


class Package(models.Model):
    """One package; its file never changes, and `report` says what the last check of it found."""

    id = models.CharField(primary_key=True, max_length=20, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="packages")
    name = models.CharField(max_length=120, blank=True)
    """The package's own id; of a received one, known when it was checked."""
    artifact = models.ForeignKey(Artifact, models.PROTECT, null=True, blank=True, related_name="packages")
    """The file in which it was received; empty: sealed here."""
    request = models.ForeignKey(Request, models.PROTECT, null=True, blank=True, related_name="packages")
    wanted = models.BinaryField(default=bytes)
    """JSON of a `Wanted`; empty: received."""
    report = models.BinaryField(default=bytes)
    """JSON of a `PackageReport`; empty: not checked yet."""
    files = models.BinaryField(default=bytes)
    """JSON of the `FileRecord` of the first files in it, as the check read them."""
    files_more = models.PositiveIntegerField(default=0)
    verdict = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=10, choices=PackageState, default=PackageState.WAITING)
    problem = models.TextField(blank=True)
    read_bytes = models.BigIntegerField(default=0)
    beat_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size_bytes = models.BigIntegerField(default=0)
    stamped = models.BooleanField(default=False)
    delete_by = models.DateField(null=True, blank=True, db_index=True)
    """The last day on which it may be kept, by its limitations."""
    released_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    opening = models.CharField(max_length=10, choices=Opening, default=Opening.CLOSED)
    opening_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    opening_anyway = models.BooleanField(default=False)
    """A person wants it unpacked though not everything about it is shown."""
    opening_problem = models.TextField(blank=True)
    known_as = models.CharField(max_length=200, blank=True)
    """How its owner calls the case that it was given for; empty: by our reference."""
    keep_until = models.DateField(null=True, blank=True, db_index=True)
    """The last day on which it is kept, by a decision here."""
    keep_reason = models.CharField(max_length=300, blank=True)
    hold_reason = models.CharField(max_length=300, blank=True)
    """Why it must not be deleted now; empty: nothing holds it."""
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = PackageQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(released_by=None) | (~Q(released_by=models.F("asked_by")) & Q(artifact=None)),
                name="package_four_eyes",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.pk

    @property
    def sealed_here(self) -> bool:
        """Whether this node sealed it."""
        return self.artifact_id is None

    @property
    def path(self) -> Path:
        """Where its bytes lie."""
        if self.artifact is not None:
            return self.artifact.path
        return Path(settings.DATA) / "vault" / self.case_id / f"{self.pk}.age"

    @property
    def paper(self) -> Path:
        """The report of the last check, for court, as PDF."""
        return Path(settings.DATA) / "vault" / self.case_id / f"{self.pk}.pdf"

    @property
    def due_on(self) -> date | None:
        """The last day on which it is kept; None: no day was laid down."""
        return min((day for day in (self.delete_by, self.keep_until) if day is not None), default=None)

    def contents(self) -> tuple[FileRecord, ...]:
        """The first files in it."""
        return msgspec.json.decode(bytes(self.files), type=tuple[FileRecord, ...]) if self.files else ()

    def said(self) -> Wanted | None:
        """What was ordered; None: it was received."""
        return msgspec.json.decode(bytes(self.wanted), type=Wanted) if self.wanted else None

    def found(self) -> PackageReport | None:
        """What the last check found; None: there was none."""
        return msgspec.json.decode(bytes(self.report), type=PackageReport) if self.report else None

    def limitations(self) -> Limitations | None:
        """What may be done with it; None: it cannot be read, or was not yet."""
        found, said = self.found(), self.said()
        return found.limitations if found is not None else said.limitations if said is not None else None


class Origin(models.Model):
    """That a file of evidence came in a package."""

    artifact = models.ForeignKey(Artifact, models.PROTECT, related_name="origins")
    package = models.ForeignKey(Package, models.PROTECT, related_name="unpacked")
    path = models.TextField()
    """Where it lay in the package."""
    ours = models.BooleanField(default=False)
    """The case had the file before, from elsewhere: the package's owner lays nothing on it."""

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["artifact", "package"], name="origin_once")]

    def __str__(self) -> str:
        return self.path


class Consent(models.Model):
    """What the owner of a package allows beyond its limitations, as it signed it."""

    package = models.ForeignKey(Package, models.PROTECT, related_name="consents")
    body = models.BinaryField()
    signature = models.BinaryField()
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.grant().reference

    def grant(self) -> Grant:
        """What it says; it was checked when it was taken in."""
        return msgspec.json.decode(bytes(self.body), type=Grant)


class Removal(models.Model):
    """That a package is to be deleted, with what came out of it: asked by one person, confirmed by another."""

    package = models.OneToOneField(Package, models.PROTECT, related_name="removal")
    reason = models.CharField(max_length=300)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    beat_at = models.DateTimeField(null=True, blank=True)
    """Last sign of who is at it; empty: nobody."""
    items = models.JSONField(default=list)
    """Ids of the files of evidence that go with it."""
    statement = models.BinaryField(default=bytes)
    """The statement: before the bytes are gone what was held, afterwards what is signed."""
    signature = models.BinaryField(default=bytes)
    stamp = models.BinaryField(default=bytes)
    """A time stamp over the signature; empty: none."""
    custody = models.BinaryField(default=bytes)
    """The extract that shows its entry."""
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=models.F("asked_by")), name="removal_four_eyes"
            )
        ]

    def __str__(self) -> str:
        return f"{self.package_id}: {self.reason}"

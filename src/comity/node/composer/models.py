"""Letters, their versions, and what people say of them."""

from django.db import models
from django.utils import timezone

from comity.letters import Drafted, from_json
from comity.node.cases.models import Case, new_id
from comity.node.people.models import User
from comity.node.plans.models import PlanVersion
from comity.node.requests.models import Request


class Letter(models.Model):
    """A letter that is being written."""

    id = models.CharField(primary_key=True, max_length=20, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="letters")
    plan = models.ForeignKey(PlanVersion, models.PROTECT, null=True, related_name="letters")
    step = models.CharField(max_length=20, blank=True)
    """Id of the plan's step."""
    request = models.OneToOneField(Request, models.PROTECT, null=True, blank=True, related_name="letter")
    """The request that it became."""
    reference = models.CharField(max_length=200)
    kind = models.CharField(max_length=60)
    requested = models.CharField(max_length=10)
    language = models.CharField(max_length=10)
    """In which it goes out; it is written in the case's."""
    ready = models.BooleanField(default=False)
    begun_at = models.DateTimeField(default=timezone.now)
    begun_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(default=0)
    """Of the newest version."""

    class Meta:
        ordering = ["-begun_at", "id"]
        indexes = [models.Index(fields=["case", "-begun_at"], name="letter_of_case")]

    def __str__(self) -> str:
        return self.reference

    def newest(self) -> "Version":
        """The letter as it is now."""
        return self.versions.get(number=self.number)


class Version(models.Model):
    """A letter as somebody saved it; never changed."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    body = models.BinaryField()
    """JSON as `comity.letters.to_json` gives it."""
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["letter", "number"], name="letter_version_once")]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.number}"

    def drafted(self) -> Drafted:
        """The letter with its check."""
        return from_json(bytes(self.body))


class Comment(models.Model):
    """What somebody says of a text of a letter."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="comments")
    address = models.CharField(max_length=300, blank=True)
    """JSON Pointer of the text; empty: the whole letter."""
    text = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    """Of what another side said: who took it in."""
    agency = models.CharField(max_length=500, blank=True)
    """Who of another side said it, in a pre-check; empty: `by` said it."""
    verified = models.BooleanField(default=False)
    """Whether it is shown to be that agency's; False of another side's: its name is a claim."""
    of_version = models.PositiveIntegerField(null=True, blank=True)
    """Of what another side said: the version that they saw."""
    at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.text[:60]

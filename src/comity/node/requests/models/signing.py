"""Letters of requests as they were signed, and what of them went out."""

import msgspec
from django.db import models
from django.db.models import Q
from django.utils import timezone

from comity.letters.sign import Verification
from comity.node.people.models import User
from comity.node.requests.models.life import Event, Paper, Request


class SignedLetter(models.Model):
    """The approved letter with signatures, as a paper of its request; never changed."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="signed_letters")
    paper = models.OneToOneField(Paper, models.PROTECT, related_name="signed")
    letter_sha256 = models.CharField(max_length=64)
    """Of the letter that it carries; the request's letter may be a newer one."""
    verification = models.BinaryField()
    """JSON of a `comity.letters.sign.Verification`, as of `at`."""
    here = models.BooleanField()
    """Whether the last signature was made in the node, and not elsewhere."""
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    """Who signed here, or gave the file that was signed elsewhere."""

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.paper.name

    def verified(self) -> Verification:
        """What the verification said."""
        return msgspec.json.decode(bytes(self.verification), type=Verification)


class Dispatch(models.Model):
    """What went out when a request was sent: the letter as it was signed, or unsigned, and why."""

    event = models.OneToOneField(Event, models.PROTECT, related_name="dispatch")
    signed = models.ForeignKey(SignedLetter, models.PROTECT, null=True, related_name="dispatches")
    unsigned_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(signed=None, unsigned_because__gt="") | Q(signed__isnull=False, unsigned_because=""),
                name="dispatch_signed_or_why",
            )
        ]

    def __str__(self) -> str:
        return str(self.signed or self.unsigned_because)

"""What the API remembers: answers to calls that carried an idempotency key."""

from django.db import models

from comity.node.people.models import User


class KeptAnswer(models.Model):
    """The answer to a call, given again when the same call comes again (draft-ietf-httpapi-idempotency-key-header)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    """SHA-256 of method, path and body: another call under the same key is refused."""
    status = models.PositiveSmallIntegerField(default=0)
    body = models.BinaryField(default=bytes)
    content_type = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="kept_answer_once")]

    def __str__(self) -> str:
        return self.key

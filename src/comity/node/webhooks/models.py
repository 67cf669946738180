"""Hooks, and what each was told."""

import base64
import secrets
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comity.node.people.models import User

SECRET_BYTES = 32


def new_secret() -> str:
    """A secret as Standard Webhooks writes it."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()}"


class Hook(models.Model):
    """An address that a person wants told of acts in the cases that he or she may see."""

    owner = models.ForeignKey(User, models.PROTECT, related_name="hooks")
    url = models.URLField(_("address"), max_length=500)
    secret = models.CharField(max_length=100, default=new_secret)
    acts = models.JSONField(default=list)
    """Beginnings of acts, such as ``request.``; empty: all but reading."""
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=200, blank=True)
    told_up_to = models.BigIntegerField()
    """Length of the audit trail up to which deliveries were laid down."""

    def __str__(self) -> str:
        return self.url


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Reads of deliveries."""

    def due(self, at: datetime) -> "DeliveryQuerySet":
        """What is to be sent now, oldest first."""
        return self.filter(delivered_at=None, next_try_at__lte=at, hook__ended_at=None).order_by("next_try_at", "pk")


class Delivery(models.Model):
    """That one entry of the audit trail is to be told to one hook."""

    hook = models.ForeignKey(Hook, models.CASCADE, related_name="deliveries")
    entry = models.BigIntegerField()
    """Number in the audit trail."""
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, default=timezone.now)
    """None: given up, or delivered."""
    delivered_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hook", "entry"], name="delivery_once")]
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(delivered_at=None), name="delivery_due"),
        ]

    def __str__(self) -> str:
        return f"{self.hook_id}: {self.entry}"

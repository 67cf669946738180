"""People, units, roles, delegations, turns of duty and tokens."""

import secrets
from datetime import datetime, timedelta
from functools import cached_property

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comity.node.people.roles import HOLDERS, Right, Role


class Unit(models.Model):
    """A part of the agency: a cyber cell, a central authority's desk."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    above = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="below")

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """One person. Roles come from grants; Django's own groups, permissions and staff flags give no right."""

    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail address"), unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="people")
    language = models.CharField(_("language"), max_length=10, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1)
    """Goes up with each change by an administrator: who saves an older one is told."""

    def __str__(self) -> str:
        return self.name or self.username

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles held now."""
        if not self.is_active:
            return frozenset()
        grants = self.grants.in_force(timezone.now()).values_list("role", flat=True)
        return frozenset(Role(role) for role in grants)

    def holds(self, right: Right) -> bool:
        """True where one of the roles holds the right; says nothing of membership."""
        return not HOLDERS[right].isdisjoint(self.roles)


class GrantQuerySet(models.QuerySet["RoleGrant"]):
    """Reads of grants."""

    def in_force(self, at: datetime) -> "GrantQuerySet":
        """Grants that count at a moment."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=at), starts_at__lte=at)


class RoleGrant(models.Model):
    """That a person has a role, from whom, and until when; rows are ended, never deleted."""

    user = models.ForeignKey(User, models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=Role)
    granted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    starts_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(null=True, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="grant_role_known"),
            models.UniqueConstraint(fields=["user", "role"], condition=Q(ends_at=None), name="grant_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.role}"


class DelegationQuerySet(models.QuerySet["Delegation"]):
    """Reads of delegations."""

    def in_force(self, at: datetime) -> "DelegationQuerySet":
        """Delegations that count at a moment."""
        return self.filter(revoked_at=None, starts_at__lte=at, ends_at__gt=at)


class Delegation(models.Model):
    """While it lasts, `to` may see and work on the cases of `by`, with `to`'s own roles; it gives no role."""

    by = models.ForeignKey(User, models.PROTECT, related_name="delegated")
    to = models.ForeignKey(User, models.PROTECT, related_name="stands_in")
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, blank=True, related_name="delegations")
    """None: all cases."""
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=500)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="delegation_ends_after_start"),
            models.CheckConstraint(condition=~Q(by=models.F("to")), name="delegation_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.by_id} -> {self.to_id}"


class ShiftQuerySet(models.QuerySet["Shift"]):
    """Reads of turns of duty."""

    def standing(self) -> "ShiftQuerySet":
        """Turns that were not called off."""
        return self.filter(called_off_at=None)


class Shift(models.Model):
    """A turn of duty: who answers the 24/7 line, from when until when, and what was handed over."""

    user = models.ForeignKey(User, models.PROTECT, related_name="shifts")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    handover = models.TextField(_("hand-over note"), blank=True)
    """What the person on this turn tells the next one."""
    taken_over_at = models.DateTimeField(null=True, blank=True)
    """When this person took over, having read the note of the one before."""
    called_off_at = models.DateTimeField(null=True, blank=True)

    objects = ShiftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="shift_ends_after_start"),
        ]
        indexes = [models.Index(fields=["ends_at"], name="shift_end")]
        ordering = ["starts_at"]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.starts_at:%Y-%m-%d %H:%M}"


def new_token_id() -> str:
    """The part of a token that names it: 64 random bits; it is no secret."""
    return secrets.token_hex(8)


class TokenQuerySet(models.QuerySet["Token"]):
    """Reads of tokens."""

    def in_force(self, at: datetime) -> "TokenQuerySet":
        """Tokens that open the API at a moment."""
        return self.filter(revoked_at=None, expires_at__gt=at, user__is_active=True)


class Token(models.Model):
    """A key to the HTTP API that stands for a person, with fewer rights than the person; rows are never deleted."""

    id = models.CharField(primary_key=True, max_length=16, default=new_token_id, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="tokens")
    name = models.CharField(_("what it is for"), max_length=100)
    digest = models.CharField(max_length=64)
    """SHA-256 of the secret, hexadecimal: the secret has 256 random bits and is shown once."""
    scopes = models.JSONField(default=list)
    """Values of the rights that it may use, where the person holds them."""
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    """To the minute."""
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=models.F("made_at")), name="token_expires_later"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.name}"

    @property
    def is_brief(self) -> bool:
        """True where it lasts a day at most: its owner proved to be there when it was made, which was within a day."""
        return self.expires_at - self.made_at <= timedelta(days=1)

    @property
    def rights(self) -> frozenset[Right]:
        """The rights that it may use; a right that is no longer known counts for nothing."""
        return frozenset(Right(scope) for scope in self.scopes if scope in Right.values)


class Invitation(models.Model):
    """A link by which one person chooses a password, once; rows are ended, never deleted."""

    user = models.ForeignKey(User, models.PROTECT, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    """SHA-256 of the link's secret, hexadecimal."""
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.made_at:%Y-%m-%d}"

    def is_open(self, at: datetime) -> bool:
        """True where the link still works."""
        return self.used_at is None and self.withdrawn_at is None and self.expires_at > at


class Swap(models.Model):
    """That the holder of a turn of duty asks a colleague to take it over."""

    shift = models.ForeignKey(Shift, models.PROTECT, related_name="swaps")
    to = models.ForeignKey(User, models.PROTECT, related_name="swaps_asked")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    accepted = models.BooleanField(default=False)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(fields=["shift"], condition=Q(answered_at=None), name="swap_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.shift_id} -> {self.to_id}"

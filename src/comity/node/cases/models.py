"""Cases and who may see them."""

import secrets
from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comity.node.people.models import Delegation, Unit, User


def new_id() -> str:
    """An address that cannot be guessed: 80 random bits."""
    return secrets.token_hex(10)


class CaseStatus(models.TextChoices):
    """Whether work goes on."""

    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class CaseKind(models.TextChoices):
    """Whose case it is."""

    OWN = "own", _("our investigation")
    FOREIGN = "foreign", _("another state's request")


def memberships_for(user: User, at: datetime | None = None) -> "models.QuerySet[Membership]":
    """The memberships by which a person sees cases: the person's own, and of those for whom he or she stands in.

    Read from the person's side: who sees two hundred of ten thousand cases reads two hundred rows.
    """
    stands_in = Delegation.objects.in_force(at or timezone.now()).filter(to=user)
    for_this = stands_in.filter(Q(case=None) | Q(case=OuterRef("case")), by=OuterRef("user"))
    for_others = Q(user__in=stands_in.values("by")) & Q(Exists(for_this))
    return Membership.objects.filter(Q(user=user) | for_others, ended_at=None)


class CaseQuerySet(models.QuerySet["Case"]):
    """Reads of cases."""

    def open_to(self, user: User, at: datetime | None = None) -> "CaseQuerySet":
        """The cases that a person may see: as a member, or standing in for one."""
        return self.filter(pk__in=memberships_for(user, at).values("case"))

    def matching(self, text: str) -> "CaseQuerySet":
        """Cases whose reference or title contains the text."""
        return self.filter(Q(reference__icontains=text) | Q(title__icontains=text))


class Case(models.Model):
    """One case; everything else that is secret hangs on one."""

    id = models.CharField(primary_key=True, max_length=20, default=new_id, editable=False)
    reference = models.CharField(_("reference"), max_length=100, unique=True)
    """The agency's own number."""
    title = models.CharField(_("title"), max_length=300)
    kind = models.CharField(max_length=10, choices=CaseKind, default=CaseKind.OWN)
    status = models.CharField(max_length=10, choices=CaseStatus, default=CaseStatus.OPEN)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="cases")
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    """Goes up with each change: who saves an older one is told."""
    members = models.ManyToManyField(
        User, through="Membership", through_fields=("case", "user"), related_name="member_of"
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status=CaseStatus.CLOSED, closed_at__isnull=False)
                | Q(status=CaseStatus.OPEN, closed_at__isnull=True),
                name="case_closed_has_day",
            ),
        ]
        indexes = [models.Index(fields=["status", "-opened_at"], name="case_newest")]

    def __str__(self) -> str:
        return self.reference

    def is_open_to(self, user: User) -> bool:
        """True where the person is a member, or stands in for one; asked once for each case in hand."""
        known: dict[int, bool] = self.__dict__.setdefault("_open_to", {})
        if user.pk not in known:
            known[user.pk] = Case.objects.open_to(user).filter(pk=self.pk).exists()
        return known[user.pk]

    def remember_open_to(self, user: User) -> None:
        """This case was just read out of those that are open to the person: there is no need to ask again."""
        self.__dict__.setdefault("_open_to", {})[user.pk] = True

    def seen_for(self, user: User) -> str:
        """User name of the member for whom the person stands in; empty: the person is a member, or no delegation."""
        known: dict[int, str] = self.__dict__.setdefault("_seen_for", {})
        if user.pk not in known:
            members = Membership.objects.filter(case=self, ended_at=None)
            own = members.filter(user=user).exists()
            stands_in = Delegation.objects.in_force(timezone.now()).filter(
                Q(case=None) | Q(case=self), to=user, by__in=members.values("user")
            )
            known[user.pk] = "" if own else stands_in.values_list("by__username", flat=True).first() or ""
        return known[user.pk]


class Membership(models.Model):
    """That a person may see a case; rows are ended, never deleted."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="memberships")
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(_("why this person needs to know"), max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "user"], condition=Q(ended_at=None), name="member_once"),
        ]
        indexes = [models.Index(fields=["user", "case"], name="member_of_case")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.user_id}"

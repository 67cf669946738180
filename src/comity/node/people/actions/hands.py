"""No administrator alone takes over the account of another person.

Whoever gives a person a link to a new password does not also take away the second factors, as long as there is another
administrator: with both, he or she could sign in as that person and read cases.
"""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from comity.node.audit.models import Entry
from comity.node.errors import InvalidError
from comity.node.people.models import RoleGrant, User
from comity.node.people.roles import Role

APART = timedelta(days=2)
"""How long the two acts are kept apart."""


def require_other_hand(actor: User, user: User, *, did: str) -> None:
    """InvalidError where `actor` has lately done the act `did` to this account and another administrator is there."""
    since = timezone.now() - APART
    lately = Entry.objects.filter(actor=actor.pk, about=user.pk, act=did, at__gt=since)
    others = RoleGrant.objects.in_force(timezone.now()).filter(role=Role.ADMINISTRATOR, user__is_active=True)
    if lately.exists() and others.exclude(user=actor).exists():
        raise InvalidError(
            {"": _("you gave a new link or reset the factors lately: another administrator does the other")}
        )

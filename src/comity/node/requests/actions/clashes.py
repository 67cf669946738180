"""Settling that the same was asked twice."""

from django.db import transaction
from django.utils import timezone

from comity.node.audit.actions import enter
from comity.node.errors import HiddenError
from comity.node.people.models import User
from comity.node.people.rights import require_role
from comity.node.people.roles import Right
from comity.node.requests.models import Clash


def settle_clash(actor: User, *, clash_id: int) -> None:
    """The units have talked to each other: the notice is taken down; doing it twice does nothing more."""
    require_role(actor, Right.REQUEST_SEND)
    with transaction.atomic():
        row = Clash.objects.select_for_update().filter(pk=clash_id).first()
        if row is None:
            raise HiddenError
        if row.settled_at is None:
            row.settled_at, row.settled_by = timezone.now(), actor
            row.save(update_fields=["settled_at", "settled_by"])
            enter(actor, "clash.settle", subject=str(clash_id))

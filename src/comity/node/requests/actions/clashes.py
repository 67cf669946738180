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
    """The units have talked to each other: the notice is taken down."""
    require_role(actor, Right.REQUEST_SEND)
    with transaction.atomic():
        rows = Clash.objects.filter(pk=clash_id, settled_at=None)
        if not rows.update(settled_at=timezone.now(), settled_by=actor):
            raise HiddenError
        enter(actor, "clash.settle", subject=str(clash_id))

"""For each part of an address a value that exists, so that the matrix of rights can call every address."""

from datetime import timedelta

from django.utils import timezone
from tests.samples.node import make_user

from comity.node.audit.actions import sign_head
from comity.node.audit.signing import signers
from comity.node.cases.models import Case
from comity.node.people.models import Delegation, Shift, Swap, Token, Unit, User
from comity.node.people.roles import Role
from comity.node.webhooks.models import Hook


def make_parts(owner: User, case: Case) -> dict[str, str]:
    """Values for ``<case_id>`` and the like: things of this case and of this person."""
    now = timezone.now()
    other = make_user(Role.DUTY)
    unit = Unit.objects.create(name=f"Unit of {owner.username}")
    shift = Shift.objects.create(user=owner, starts_at=now, ends_at=now + timedelta(hours=8))
    swap = Swap.objects.create(shift=shift, to=other, asked_by=owner)
    delegation = Delegation.objects.create(
        by=owner, to=other, starts_at=now, ends_at=now + timedelta(days=1), reason="leave"
    )
    token = Token.objects.create(user=owner, name="x", digest="0", scopes=[], expires_at=now + timedelta(days=1))
    size = sign_head(signers())
    hook = Hook.objects.create(owner=owner, url="https://example.org/", told_up_to=0)
    return {
        "case_id": case.pk,
        "username": owner.username,
        "hook_id": str(hook.pk),
        "key": "none",
        "uidb36": "0",
        "provider_id": "none",
        "secret": "none",
        "unit_id": str(unit.pk),
        "shift_id": str(shift.pk),
        "swap_id": str(swap.pk),
        "delegation_id": str(delegation.pk),
        "token_id": token.pk,
        "number": "0",
        "size": str(size),
        "old": str(size),
        "new": str(size),
        "pk": "0",
    }

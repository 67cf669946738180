"""For each part of an address a value that exists, so that the matrix of rights can call every address."""

from comity.node.cases.models import Case
from comity.node.people.models import User
from comity.node.webhooks.models import Hook


def make_parts(owner: User, case: Case) -> dict[str, str]:
    """Values for ``<case_id>`` and the like: things of this case and of this person."""
    hook = Hook.objects.create(owner=owner, url="https://example.org/", told_up_to=0)
    return {
        "case_id": case.pk,
        "username": owner.username,
        "hook_id": str(hook.pk),
        "key": "none",
        "uidb36": "0",
        "provider_id": "none",
        "secret": "none",
        "pk": "0",
    }

"""What is known of people: who this is, who is on duty, who stands in for whom."""

from collections.abc import Iterable

from django.db.models import Q

from comity.node.people.models import User


def find_by_login(text: str) -> User | None:
    """The person with this user name or e-mail address."""
    text = text.strip()
    if not text or "\0" in text:
        return None
    return User.objects.filter(Q(username__iexact=text) | Q(email__iexact=text)).first()


def find_invited(addresses: Iterable[str]) -> User | None:
    """The one person who was invited under one of these addresses; None where there is none, or more than one."""
    asked = Q(pk__in=[])
    for address in addresses:
        asked |= Q(email__iexact=address)
    found = list(User.objects.filter(asked, is_active=True)[:2])
    return found[0] if len(found) == 1 else None

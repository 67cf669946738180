"""Who answers the 24/7 line."""

from datetime import datetime

from comity.node.people.models import User


def on_duty(at: datetime) -> tuple[User, ...]:
    """Everybody on a turn of duty at a moment."""
    return tuple(User.objects.filter(shifts__starts_at__lte=at, shifts__ends_at__gt=at, is_active=True).distinct())

"""The clock's own turns: columns of requests whose dates change though nothing happens."""

from datetime import datetime

from django.db import transaction

from comity.node.requests.clock import COLUMNS, Experience, set_columns
from comity.node.requests.models import Request

BATCH = 500


def refresh_due(now: datetime) -> int:
    """Bring the dates of what is due up to `now`; how many requests that were. What changed meanwhile stays."""
    due = list(Request.objects.filter(changes_at__lte=now).order_by("changes_at").values_list("pk", flat=True)[:BATCH])
    experience = Experience()
    for pk in due:
        refresh_one(pk, now, experience)
    return len(due)


def refresh_one(pk: str, now: datetime, experience: Experience) -> None:
    """Bring one request's dates up to `now`; its version stays: nothing happened to it."""
    with transaction.atomic():
        held = Request.objects.select_for_update().get(pk=pk)
        set_columns(held, experience.watched(held, now=now), now)
        held.save(update_fields=COLUMNS)

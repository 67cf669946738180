"""Telling hooks what happened; each may run twice, and at the same time."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from comity.node.audit.models import Entry
from comity.node.cases.models import Case
from comity.node.people.models import User
from comity.node.webhooks.message import body_of, headers_for
from comity.node.webhooks.models import Delivery, Hook
from comity.node.webhooks.post import NotSentError, post

BATCH = 500
RETRY_MINUTES = (1, 5, 30, 120, 360, 720, 1440)
"""After how long a message is sent again; after the last it is given up."""
_READING = ("read", "list", "search", "download")


@task()
def tell_hooks() -> None:
    """Lay down what each hook is to be told, and send what is due."""
    for pk in Hook.objects.filter(ended_at=None).values_list("pk", flat=True):
        lay_down(pk)
    for pk in Delivery.objects.due(timezone.now()).values_list("pk", flat=True)[:BATCH]:
        send(pk)


def lay_down(hook_id: int) -> None:
    """Deliveries for the entries that came since; only of cases that the owner may see now."""
    with transaction.atomic():
        hook = Hook.objects.select_for_update().select_related("owner").get(pk=hook_id)
        entries = list(Entry.objects.filter(number__gte=hook.told_up_to).order_by("number")[:BATCH])
        if not entries:
            return
        seen = set(_seen(hook.owner, {entry.case for entry in entries if entry.case}))
        Delivery.objects.bulk_create(
            (
                Delivery(hook=hook, entry=entry.number)
                for entry in entries
                if wants(hook.acts, entry.act) and (entry.case in seen if entry.case else entry.actor == hook.owner_id)
            ),
            ignore_conflicts=True,
        )
        hook.told_up_to = entries[-1].number + 1
        hook.save(update_fields=["told_up_to"])


def wants(acts: list[str], act: str) -> bool:
    """True where a hook is told of the act: reading is never told."""
    verb = act.rpartition(".")[2]
    return not verb.startswith(_READING) and (not acts or any(act.startswith(one) for one in acts))


def send(delivery_id: int) -> None:
    """Send one message, and say when to try again where it was not taken."""
    now = timezone.now()
    # Who takes it moves its time first: another worker does not send it meanwhile.
    taken = Delivery.objects.filter(pk=delivery_id, delivered_at=None, next_try_at__lte=now).update(
        attempts=F("attempts") + 1, next_try_at=now + timedelta(minutes=RETRY_MINUTES[0])
    )
    if not taken:
        return
    delivery = Delivery.objects.select_related("hook").get(pk=delivery_id)
    body = body_of(Entry.objects.get(pk=delivery.entry))
    headers = headers_for(body, secret=delivery.hook.secret, message=f"{delivery.hook_id}-{delivery.entry}", at=now)
    try:
        post(delivery.hook.url, body, headers, inside=settings.CONFIG.webhooks_inside)
    except NotSentError as error:
        waits = RETRY_MINUTES[delivery.attempts - 1] if delivery.attempts <= len(RETRY_MINUTES) else None
        delivery.problem = str(error)[:300]
        delivery.next_try_at = now + timedelta(minutes=waits) if waits else None
    else:
        delivery.delivered_at, delivery.next_try_at, delivery.problem = timezone.now(), None, ""
    delivery.save(update_fields=["delivered_at", "next_try_at", "problem"])


def _seen(owner: User, cases: set[str]) -> list[str]:
    return (
        list(Case.objects.open_to(owner).filter(pk__in=cases).values_list("pk", flat=True)) if owner.is_active else []
    )

"""What the node does by itself for requests; each may run twice, and at the same time."""

from django.utils import timezone
from django_tasks import task

from comity.node.requests.actions.alarms import give_due, pass_on_unseen
from comity.node.requests.actions.refresh import refresh_due
from comity.node.requests.tell import send_waiting


@task()
def refresh_clock() -> int:
    """Bring dates up to now; only of requests whose next change is due. Every minute."""
    return refresh_due(timezone.now())


@task()
def escalate() -> int:
    """Give the alarms that are due, pass on what nobody has seen, and send all of it. Every minute."""
    now = timezone.now()
    given = give_due(now) + pass_on_unseen(now)
    send_waiting()
    return given

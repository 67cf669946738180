"""Recurring work: one table, and the giving of what is due."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.module_loading import import_string

from comity.node.running.models import Recurring


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A task that comes back."""

    task: str
    every: timedelta


TURNS: tuple[Turn, ...] = (
    Turn(task="comity.node.webhooks.tasks.tell_hooks", every=timedelta(seconds=10)),
    Turn(task="comity.node.requests.tasks.refresh_clock", every=timedelta(minutes=1)),
    Turn(task="comity.node.requests.tasks.escalate", every=timedelta(minutes=1)),
    Turn(task="comity.node.plans.tasks.begin_again", every=timedelta(minutes=5)),
    Turn(task="comity.node.vault.tasks.begin_again", every=timedelta(minutes=5)),
    Turn(task="comity.node.vault.removing.go_on", every=timedelta(minutes=1)),
    Turn(task="comity.node.running.tasks.take_back", every=timedelta(minutes=1)),
    Turn(task="comity.node.audit.tasks.sign_checkpoint", every=timedelta(hours=1)),
    Turn(task="comity.node.oversight.tasks.make_figures", every=timedelta(days=1)),
    Turn(task="comity.node.running.tasks.clear", every=timedelta(hours=1)),
)


def give_due(now: datetime) -> int:
    """Enqueue what is due; how many. Safe when several workers do it at once: who moves the time enqueues."""
    known = dict(Recurring.objects.values_list("name", "next_at"))
    given = 0
    for turn in TURNS:
        due = known.get(turn.task)
        if due is None:
            Recurring.objects.get_or_create(name=turn.task, defaults={"next_at": now})
            due = now
        if due > now:
            continue
        moved = Recurring.objects.filter(name=turn.task, next_at__lte=now).update(next_at=now + turn.every)
        if moved:
            import_string(turn.task).enqueue()
            given += 1
    return given

"""Upkeep: tasks of workers that are gone are given again, and what is old is cleared away."""

from datetime import timedelta

from django.core.management import call_command
from django.db.models import Q
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from comity.node.api.models import KeptAnswer
from comity.node.artifacts.actions import clear_expired
from comity.node.running.models import WorkerBeat

GONE_AFTER = timedelta(seconds=60)
"""A worker that gave no sign for so long is taken for dead; its tasks, which may run twice, are given again."""
KEEP_TASKS = timedelta(days=7)
KEEP_ANSWERS = timedelta(days=2)


@task()
def take_back() -> None:
    """Give again what a dead worker had begun."""
    alive = set(WorkerBeat.objects.filter(beat_at__gt=timezone.now() - GONE_AFTER).values_list("pk", flat=True))
    for row in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING):
        if not row.worker_ids or row.worker_ids[-1] not in alive:
            DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.RUNNING).update(
                status=TaskResultStatus.READY, started_at=None
            )


@task()
def clear() -> None:
    """Clear away finished tasks, old sessions, answers kept for repeated calls, uploads that nobody went on with."""
    now = timezone.now()
    done = Q(status__in=(TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED), finished_at__lt=now - KEEP_TASKS)
    DBTaskResult.objects.filter(done).delete()
    KeptAnswer.objects.filter(at__lt=now - KEEP_ANSWERS).delete()
    WorkerBeat.objects.filter(beat_at__lt=now - KEEP_TASKS).delete()
    clear_expired()
    call_command("clearsessions")

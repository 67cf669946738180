"""Upkeep: tasks of workers that are gone are given again, and what is old is cleared away."""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.core.management import call_command
from django.db.models import Q
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from comity.node.api.models import KeptAnswer
from comity.node.artifacts.actions import clear_expired, clear_stray
from comity.node.errors import NodeError
from comity.node.plans.tasks import make_version
from comity.node.plans.tasks import release as release_plan
from comity.node.running.models import WorkerBeat
from comity.node.vault.removing import release as release_removal
from comity.node.vault.removing import remove_package
from comity.node.vault.tasks import make_package
from comity.node.vault.tasks import release as release_package
from comity.node.vault.unpacking import release as release_opening
from comity.node.vault.unpacking import unpack_package

GONE_AFTER = timedelta(seconds=60)
"""A worker that gave no sign for so long is taken for dead; its tasks, which may run twice, are given again."""
ATTEMPTS_MAX = 5
"""A task during which so many workers died is not given to another."""
KEEP_TASKS = timedelta(days=7)
KEEP_ANSWERS = timedelta(days=2)
STRAY_AFTER = timedelta(days=1)
"""What nobody has touched for so long, and no row knows, a killed process has left."""

RELEASES: dict[str, Callable[..., None]] = {
    make_version.module_path: release_plan,
    make_package.module_path: release_package,
    unpack_package.module_path: release_opening,
    remove_package.module_path: release_removal,
}
"""By task: what a dead worker still holds, and must be let go before the task can be run again."""
_LOG = logging.getLogger(__name__)


class WorkersLostError(NodeError):
    """The reason that is kept with a task that was given up."""


@task()
def take_back() -> None:
    """Give again what a dead worker had begun."""
    give_again()


def give_again() -> None:
    """Put tasks of workers that are gone back into the queue; one that has outlived several workers is given up."""
    alive = set(WorkerBeat.objects.filter(beat_at__gt=timezone.now() - GONE_AFTER).values_list("pk", flat=True))
    for row in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING):
        if row.worker_ids and row.worker_ids[-1] in alive:
            continue
        stuck = DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.RUNNING, worker_ids=row.worker_ids)
        if len(row.worker_ids) < ATTEMPTS_MAX:
            if release := RELEASES.get(row.task_path):
                release(*row.args_kwargs["args"])
            stuck.update(status=TaskResultStatus.READY, started_at=None)
        else:
            told = {"exception_class_path": "comity.node.running.tasks.WorkersLostError", "traceback": ""}
            stuck.update(status=TaskResultStatus.FAILED, finished_at=timezone.now(), **told)
            _LOG.error("a task was given up: %s workers died of it", len(row.worker_ids))


@task()
def clear() -> None:
    """Clear away finished tasks, old sessions, answers kept for repeated calls, uploads that nobody went on with."""
    now = timezone.now()
    done = Q(status__in=(TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED), finished_at__lt=now - KEEP_TASKS)
    DBTaskResult.objects.filter(done).delete()
    KeptAnswer.objects.filter(at__lt=now - KEEP_ANSWERS).delete()
    WorkerBeat.objects.filter(beat_at__lt=now - KEEP_TASKS).delete()
    clear_expired()
    clear_stray((timezone.now() - STRAY_AFTER).timestamp())
    call_command("clearsessions")

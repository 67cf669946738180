"""The worker: runs what waits in the queue, gives what recurs, and shows that it lives."""

import logging
import threading
from datetime import timedelta

from django.db import DatabaseError, close_old_connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from comity.node.running.models import WorkerBeat
from comity.node.running.schedule import give_due

BEAT_EVERY = timedelta(seconds=5)
LOOK_EVERY_S = 0.5
_LOG = logging.getLogger(__name__)


class Pulse(threading.Thread):
    """Beside the worker: its sign of life, and the recurring tasks."""

    def __init__(self, worker_id: str) -> None:
        super().__init__(daemon=True, name="pulse")
        self._id = worker_id
        self._stop_now = threading.Event()

    def run(self) -> None:
        """Beat until told to stop; a database that does not answer is tried again at the next beat."""
        while not self._stop_now.is_set():
            try:
                close_old_connections()
                beat(self._id)
                give_due(timezone.now())
            except DatabaseError:
                _LOG.exception("no beat")
            self._stop_now.wait(BEAT_EVERY.total_seconds())

    def stop(self) -> None:
        """Beat no more."""
        self._stop_now.set()


def beat(worker_id: str) -> None:
    """Write down that a worker lives."""
    WorkerBeat.objects.update_or_create(pk=worker_id, defaults={"beat_at": timezone.now()})


def work(*, batch: bool = False) -> None:
    """Work until a signal comes; `batch`: until the queue is empty."""
    worker = Worker(
        queue_names=["*"],
        interval=LOOK_EVERY_S,
        batch=batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )
    pulse = Pulse(worker.worker_id)
    beat(worker.worker_id)
    pulse.start()
    worker.configure_signals()
    try:
        worker.run()
    finally:
        pulse.stop()
        WorkerBeat.objects.filter(pk=worker.worker_id).delete()

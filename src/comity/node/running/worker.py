"""The worker: runs what waits in the queue, gives what recurs, and shows that it lives."""

import logging
import os
import socket
import threading
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, close_old_connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from comity.node.running.models import WorkerBeat
from comity.node.running.schedule import give_due
from comity.node.running.tasks import give_again

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


def new_worker_id() -> str:
    """``HOME.PID.RANDOM``: HOME is the same for all workers of one folder on one machine."""
    home = sha256(f"{socket.gethostname()}\0{settings.DATA}".encode()).hexdigest()[:16]
    return f"{home}.{os.getpid()}.{get_random_string(16)}"


def forget_dead(worker_id: str) -> None:
    """Forget this folder's workers on this machine whose processes are gone: nobody waits for their silence."""
    home, own_pid, _ = worker_id.split(".")
    for beat_id in WorkerBeat.objects.filter(pk__startswith=f"{home}.").values_list("pk", flat=True):
        pid = beat_id.split(".")[1]
        if pid == own_pid or not Path(f"/proc/{pid}").exists():
            WorkerBeat.objects.filter(pk=beat_id).delete()


def work(*, batch: bool = False) -> None:
    """Work until a signal comes; `batch`: until the queue is empty."""
    worker = Worker(
        queue_names=["*"],
        interval=LOOK_EVERY_S,
        batch=batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=new_worker_id(),
        excluded_queue_names=[],
    )
    forget_dead(worker.worker_id)
    pulse = Pulse(worker.worker_id)
    beat(worker.worker_id)
    give_again()
    pulse.start()
    worker.configure_signals()
    try:
        worker.run()
    finally:
        pulse.stop()
        WorkerBeat.objects.filter(pk=worker.worker_id).delete()

"""Whether the node lives, is ready, and how it does: for load balancers and Prometheus."""

import ipaddress
import os
from collections.abc import Callable, Iterator
from hmac import compare_digest

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Subquery
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from comity.evidence.custody import stored_count
from comity.node.access import public
from comity.node.audit.models import Entry, Head, Node
from comity.node.running.models import WorkerBeat
from comity.node.running.tasks import GONE_AFTER

SPARE_BYTES = 1 << 30


@public
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@public
def ready(request: HttpRequest) -> HttpResponse:
    """Everything that an answer needs is there; 503 names what is not."""
    wrong = {name: problem for name, check in CHECKS.items() if (problem := check())}
    return JsonResponse({"ready": not wrong, "wrong": wrong}, status=503 if wrong else 200)


@public
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus: from this machine, or with the token of the settings."""
    if not _may_measure(request):
        return HttpResponse(status=404)
    registry = CollectorRegistry()
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    registry.register(_Counted())
    own = b"" if "PROMETHEUS_MULTIPROC_DIR" in os.environ else generate_latest()
    return HttpResponse(own + generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _database() -> str:
    try:
        Head.objects.filter(pk=1).exists()
        return ""
    except DatabaseError as error:
        return f"the database does not answer ({type(error).__name__})"


def _migrations() -> str:
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        return f"cannot be read ({type(error).__name__})"
    return f"{len(plan)} are still to be applied: restart comity serve" if plan else ""


def _disk() -> str:
    room = os.statvfs(settings.DATA)
    free = room.f_bavail * room.f_frsize
    return "" if free > SPARE_BYTES else f"{free >> 20} MiB are free: make room"


def _worker() -> str:
    try:
        lives = WorkerBeat.objects.filter(beat_at__gt=timezone.now() - GONE_AFTER).exists()
    except DatabaseError:
        return "not known"
    return "" if lives else "none gives a sign of life: see the log of comity serve"


def _audit() -> str:
    """The head against the last leaf and the last hash, in one query: at one moment, however long the trail is."""
    entry = Entry.objects.order_by("-number").values("number")[:1]
    node = Node.objects.order_by("-place").values("place")[:1]
    try:
        ends = Head.objects.filter(pk=1).values_list("size", Subquery(entry), Subquery(node)).first()
    except DatabaseError:
        return "not known"
    fits = ends is None or ends[1:] == ((ends[0] - 1, stored_count(ends[0]) - 1) if ends[0] else (None, None))
    return "" if fits else "the audit trail does not end where its head says: run comity doctor"


CHECKS: dict[str, Callable[[], str]] = {
    "database": _database,
    "migrations": _migrations,
    "disk": _disk,
    "audit": _audit,
    "worker": _worker,
}
"""By name: a check that says what is wrong, in words that reveal nothing; empty: nothing."""


def _may_measure(request: HttpRequest) -> bool:
    token = settings.CONFIG.metrics_token
    if token and compare_digest(request.headers.get("Authorization", ""), f"Bearer {token}"):
        return True
    if settings.CONFIG.proxied:
        return False  # whoever asks stands behind the proxy, whose address says nothing
    return ipaddress.ip_address(request.META["REMOTE_ADDR"]).is_loopback


class _Counted(Collector):
    """Figures that the database knows, counted when they are asked for."""

    def collect(self) -> Iterator[Metric]:
        """Each figure."""
        waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
        failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED)
        lives = WorkerBeat.objects.filter(beat_at__gt=timezone.now() - GONE_AFTER)
        size = Head.objects.filter(pk=1).values_list("size", flat=True).first() or 0
        yield GaugeMetricFamily("comity_tasks_waiting", "Tasks that wait for a worker", waiting.count())
        yield GaugeMetricFamily("comity_tasks_failed", "Tasks that failed within the last days", failed.count())
        yield GaugeMetricFamily("comity_workers", "Workers that give a sign of life", lives.count())
        yield CounterMetricFamily("comity_audit_entries", "Entries of the audit trail", size)

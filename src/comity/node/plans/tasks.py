"""Making plans in the background: it may be killed at any moment, and is then begun anew."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from comity.errors import ComityError
from comity.evidence.limitation import Purpose
from comity.node.artifacts.links import linked
from comity.node.artifacts.models import Artifact
from comity.node.audit.actions import enter
from comity.node.lawdata import registry
from comity.node.plans.models import PlanState, PlanVersion, pack
from comity.node.plans.reads import FACTS_NAME
from comity.node.vault.limits import usable
from comity.plan import Planned, plan_folder
from comity.plan.planned import Watching

SIGN_EVERY_S = 1.0
GIVEN_UP_AFTER = timedelta(minutes=10)
"""A plan whose worker has given no sign for so long is begun anew."""


@task()
def make_version(version_id: int) -> None:
    """Make one plan; of two that are given the same one, only one does."""
    version = _taken(version_id)
    if version is None:
        return
    try:
        with _folder(version) as folder:
            planned = plan_folder(
                folder, on=version.on, registry=registry(), watching=_watching(version), everything=True
            )
    except ComityError as error:
        _end(version, state=PlanState.FAILED, problem=str(error))
    except Exception as error:  # what breaks here is told to the person who waits, and to the log
        _end(version, state=PlanState.FAILED, problem=f"the node failed ({type(error).__name__}); it is in its log")
        raise
    else:
        _keep(version, planned)


@task()
def begin_again() -> None:
    """Begin anew what a worker that is gone has left."""
    old = timezone.now() - GIVEN_UP_AFTER
    left = PlanVersion.objects.filter(
        Q(state=PlanState.RUNNING, beat_at__lt=old) | Q(state=PlanState.WAITING, asked_at__lt=old)
    )
    for version_id in left.values_list("pk", flat=True):
        PlanVersion.objects.filter(pk=version_id, state=PlanState.RUNNING).update(state=PlanState.WAITING)
        make_version.enqueue(version_id)


def release(version_id: int) -> None:
    """Let a plan whose worker is gone be made by the next one."""
    PlanVersion.objects.filter(pk=version_id, state=PlanState.RUNNING).update(state=PlanState.WAITING)


def _taken(version_id: int) -> PlanVersion | None:
    waiting = PlanVersion.objects.filter(pk=version_id, state=PlanState.WAITING)
    if not waiting.update(state=PlanState.RUNNING, beat_at=timezone.now(), read_bytes=0, problem=""):
        return None
    return PlanVersion.objects.select_related("case", "facts", "asked_by").get(pk=version_id)


@contextmanager
def _folder(version: PlanVersion) -> Iterator[Path]:
    """A case folder made of the facts and of links to the evidence; it is gone afterwards."""
    artifacts = usable(Artifact.objects.filter(case=version.case_id, left_out=False), Purpose.INVESTIGATION)
    with linked(artifacts, beside=(FACTS_NAME,)) as folder:
        (folder / FACTS_NAME).write_text(version.facts.text, encoding="utf-8")
        yield folder


def _watching(version: PlanVersion) -> Watching:
    """Writes down how far the reading is, once in a while."""
    last = 0.0

    def progress(label: str, size_bytes: int) -> None:
        nonlocal last
        version.read_bytes += size_bytes
        if time.monotonic() - last > SIGN_EVERY_S:
            last = time.monotonic()
            PlanVersion.objects.filter(pk=version.pk).update(
                beat_at=timezone.now(), reading=label[-300:], read_bytes=version.read_bytes
            )

    return lambda _evidence: nullcontext(progress)


def _keep(version: PlanVersion, planned: Planned) -> None:
    with transaction.atomic():
        version.packed_plan, version.packed_leads = pack(planned.plan), pack(planned.leads)
        version.state, version.done_at, version.problem = PlanState.DONE, timezone.now(), ""
        version.save(update_fields=["packed_plan", "packed_leads", "state", "done_at", "problem"])
        facts: dict[str, str | int | bool] = {"steps": len(planned.plan.steps)}
        enter(version.asked_by, "plan.make", case=version.case, subject=str(version.number), facts=facts)


def _end(version: PlanVersion, *, state: PlanState, problem: str) -> None:
    PlanVersion.objects.filter(pk=version.pk).update(state=state, problem=problem, done_at=timezone.now())

"""Unpacking a package that came into the evidence of its case: stopped at any moment, it is begun anew."""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from comity.errors import ComityError
from comity.evidence.custody import Verdict
from comity.evidence.package import PackageReport, unseal
from comity.evidence.package.inventory import Inventory
from comity.node.artifacts.actions import SPARE_BYTES
from comity.node.artifacts.digests import digests_of
from comity.node.artifacts.models import Artifact
from comity.node.artifacts.names import plain_name
from comity.node.audit.actions import enter
from comity.node.errors import InvalidError
from comity.node.vault.entries import enter_unpacked
from comity.node.vault.models import Opening, Origin, Package
from comity.node.vault.store import custody, openers, trust
from comity.node.vault.telling import telling

FILES_MAX = 20_000
"""A package with more files is unpacked in the terminal: a page of so many helps nobody."""


@task()
def unpack_package(package_id: str) -> None:
    """Unpack one package; of two that are given the same one, only one does."""
    waiting = Package.objects.filter(pk=package_id, opening=Opening.WAITING)
    if not waiting.update(opening=Opening.RUNNING, beat_at=timezone.now(), opening_problem=""):
        return
    package = Package.objects.select_related("case", "artifact", "opening_by").get(pk=package_id)
    try:
        _unpack(package)
    except ComityError as error:
        _fail(package, str(error))
    except Exception as error:  # what breaks here is told to the person who waits, and to the log
        _fail(package, f"the node failed ({type(error).__name__}); it is in its log")
        raise


def release(package_id: str) -> None:
    """Let a package whose worker is gone be unpacked by the next one."""
    Package.objects.filter(pk=package_id, opening=Opening.RUNNING).update(opening=Opening.WAITING)


def _unpack(package: Package) -> None:
    _refuse_large(package)
    stage = Path(settings.DATA) / "vault" / package.case_id / f"{package.pk}.open"
    shutil.rmtree(stage, ignore_errors=True)  # left by a worker that was killed
    stage.mkdir(mode=0o700, parents=True)
    try:
        with package.path.open("rb") as source:
            done = unseal(
                source,
                stage,
                openers(),
                trust(),
                now=timezone.now(),
                subject=package.path.name,
                accept_indeterminate=package.opening_anyway,
                progress=telling(package),
                admit=lambda _inventory, report: _admit(package, _inventory, report),
            )
        artifacts = tuple(_take_in(package, done.folder, path) for path in _files(done.folder / "data"))
        with closing(custody()) as log:
            enter_unpacked(log, package, artifacts)
        _keep(package, len(artifacts))
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _refuse_large(package: Package) -> None:
    report = package.found()
    if report is None or report.verdict is Verdict.FAILED:
        raise InvalidError({"package": _("only what was checked, and did not fail, is unpacked")})
    if report.file_count > FILES_MAX:
        raise InvalidError({"package": _("%(count)s files: unpack it in a terminal") % {"count": report.file_count}})
    if shutil.disk_usage(settings.DATA).free < report.payload_bytes + SPARE_BYTES:
        raise InvalidError({"package": _("the disk of this node has no room for it: tell an administrator")})


def _admit(package: Package, _inventory: Inventory, report: PackageReport) -> None:
    """Refuse what changed since the check, and what its owner lets nobody read any more."""
    head = report.head
    if head is None or head.package != package.name or report.file_count > FILES_MAX:
        raise InvalidError({"package": _("it is not what was checked: have it checked again")})
    if head.end_of_access_on is not None and head.end_of_access_on <= timezone.localdate():
        raise InvalidError({"package": _("access ended on %(day)s: ask its owner") % {"day": head.end_of_access_on}})


def _files(folder: Path) -> Iterator[Path]:
    for base, folders, names in os.walk(folder):
        folders.sort()
        yield from (Path(base) / name for name in sorted(names))


def _take_in(package: Package, top: Path, path: Path) -> Artifact:
    """One file as evidence of the case; one that the case has already stays as it is."""
    inside = path.relative_to(top).as_posix()
    sha256, _sha512 = digests_of(path)
    with transaction.atomic():
        there = Artifact.objects.filter(case=package.case_id, sha256=sha256, removed_at=None).first()
        artifact = there or Artifact.objects.create(
            case=package.case,
            name=plain_name(inside),
            size_bytes=path.stat().st_size,
            sha256=sha256,
            added_by=package.opening_by or package.asked_by,
        )
        if there is None:
            artifact.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.rename(artifact.path)
        ours = there is not None and not there.origins.exists()
        Origin.objects.get_or_create(artifact=artifact, package=package, defaults={"path": inside, "ours": ours})
    return artifact


def _keep(package: Package, count: int) -> None:
    with transaction.atomic():
        Package.objects.filter(pk=package.pk).update(opening=Opening.DONE, opening_problem="")
        facts: dict[str, str | int | bool] = {"files": count, "verdict": package.verdict}
        enter(package.opening_by, "package.unpack", case=package.case, subject=package.pk, facts=facts)


def _fail(package: Package, problem: str) -> None:
    Package.objects.filter(pk=package.pk).update(opening=Opening.FAILED, opening_problem=problem)

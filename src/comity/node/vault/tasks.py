"""Sealing and checking in the background: it may be killed at any moment, and is then begun anew."""

import os
import re
import secrets
from contextlib import closing
from datetime import timedelta
from importlib.metadata import version as version_of
from pathlib import Path

import msgspec
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from comity.errors import ComityError
from comity.evidence.age import parse_recipient
from comity.evidence.custody import Verdict
from comity.evidence.keys import age_recipients
from comity.evidence.limitation import last_day
from comity.evidence.package import (
    PackageReport,
    Provenance,
    Recipient,
    Sealed,
    SealOrder,
    Signer,
    Trust,
    seal,
    verify_file,
)
from comity.evidence.package.contents import Contents, read_contents
from comity.evidence.package.inventory import Inventory
from comity.evidence.paper import Examination, write_paper
from comity.node.artifacts.digests import digests_of
from comity.node.artifacts.links import linked
from comity.node.artifacts.models import Artifact
from comity.node.audit.actions import enter
from comity.node.vault.entries import enter_collected, enter_received, enter_sealed, so_far
from comity.node.vault.models import Opening, Package, PackageState, Wanted
from comity.node.vault.stamping import authority
from comity.node.vault.store import custody, identity, openers, party, trust, unlocked
from comity.node.vault.telling import telling
from comity.node.vault.unpacking import release as release_opening
from comity.node.vault.unpacking import unpack_package

FILES_SHOWN = 500
"""Of the files in a package, so many are listed on its page; the report for court lists more."""
GIVEN_UP_AFTER = timedelta(minutes=10)
"""A package whose worker has given no sign for so long is begun anew."""
_SLUG = re.compile(r"[^A-Za-z0-9]+")
HYBRID = "age1pq1"
"""How recipients begin that a quantum computer does not break."""


@task()
def make_package(package_id: str) -> None:
    """Seal or check one package; of two that are given the same one, only one does."""
    package = _taken(package_id)
    if package is None:
        return
    try:
        if package.sealed_here:
            _seal(package)
        _check(package)
    except ComityError as error:
        _fail(package, str(error))
    except Exception as error:  # what breaks here is told to the person who waits, and to the log
        _fail(package, f"the node failed ({type(error).__name__}); it is in its log")
        raise


@task()
def begin_again() -> None:
    """Begin anew what a worker that is gone has left."""
    old = timezone.now() - GIVEN_UP_AFTER
    left = Package.objects.filter(
        Q(state=PackageState.RUNNING, beat_at__lt=old) | Q(state=PackageState.WAITING, asked_at__lt=old)
    )
    for package_id in left.values_list("pk", flat=True):
        release(package_id)
        make_package.enqueue(package_id)
    opening = Package.objects.filter(opening__in=(Opening.WAITING, Opening.RUNNING), beat_at__lt=old)
    for package_id in opening.values_list("pk", flat=True):
        release_opening(package_id)
        unpack_package.enqueue(package_id)


def release(package_id: str) -> None:
    """Let a package whose worker is gone be made by the next one."""
    Package.objects.filter(pk=package_id, state=PackageState.RUNNING).update(state=PackageState.WAITING)


def _taken(package_id: str) -> Package | None:
    waiting = Package.objects.filter(pk=package_id, state=PackageState.WAITING)
    if not waiting.update(state=PackageState.RUNNING, beat_at=timezone.now(), read_bytes=0, problem=""):
        return None
    return Package.objects.select_related("case", "asked_by", "artifact", "request").get(pk=package_id)


def _seal(package: Package) -> None:
    wanted = package.said()
    assert wanted is not None
    package.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    package.path.unlink(missing_ok=True)  # left by a worker that was killed: nobody was told of it
    package.name = _new_name(package)  # anew each time: custody may know the one that was left
    package.save(update_fields=["name"])
    artifacts = tuple(
        Artifact.objects.select_related("case", "added_by").filter(case=package.case_id, pk__in=wanted.exhibits)
    )
    with closing(custody()) as log:
        enter_collected(log, artifacts, wanted.authorisation)
        order = _order(package, wanted, so_far(log, wanted.exhibits))
        with linked(artifacts) as folder:
            sealed = _sealed(package, order, sorted(folder.iterdir()))
        package.sha256, _ = enter_sealed(log, package, wanted, package.path)
    package.size_bytes, package.stamped = sealed.size_bytes, sealed.stamped
    package.save(update_fields=["sha256", "size_bytes", "stamped"])


def _new_name(package: Package) -> str:
    slug = _SLUG.sub("-", package.case.reference).strip("-")[:60] or "case"
    return f"{slug}-{timezone.now():%Y%m%d}-{secrets.token_hex(4)}"


def _sealed(package: Package, order: SealOrder, paths: list[Path]) -> Sealed:
    keys = unlocked()
    signer = Signer(key=keys.certificate_key(), chain=keys.certificate_chain(), pq_key=keys.signature_pq_key())
    return seal(
        paths,
        package.path,
        order,
        signer,
        now=timezone.now(),
        random_bytes=os.urandom,
        progress=telling(package),
        authority=authority(),
    )


def _order(package: Package, wanted: Wanted, custody_so_far: bytes) -> SealOrder:
    own = identity()
    keys = [wanted.recipient.key, *age_recipients(own.public)]
    like = wanted.recipient.key.startswith(HYBRID)
    ours = next(key for key in keys[1:] if key.startswith(HYBRID) == like)  # age mixes no kinds of keys
    recipients = (wanted.recipient, Recipient(name=own.public.display_name, key=ours))
    return SealOrder(
        package=package.name,
        case=package.case.reference,
        request=package.request.reference if package.request else "",
        authorisation=wanted.authorisation,
        sender=party(package.asked_by),
        identity_bundle=own.bundle,
        recipients=tuple((one, parse_recipient(one.key)) for one in recipients),
        limitations=wanted.limitations,
        end_of_access_on=wanted.end_of_access_on,
        provenance=Provenance(exhibits=wanted.exhibits),
        custody=custody_so_far,
        tool=f"comity {version_of('comity')}",
    )


def _check(package: Package) -> None:
    seen: list[Contents] = []

    def see(inventory: Inventory, _report: PackageReport) -> None:
        seen.append(read_contents(inventory, files_max=FILES_SHOWN))

    believed = trust()
    with package.path.open("rb") as source:
        report = verify_file(
            source,
            openers(),
            believed,
            now=timezone.now(),
            subject=package.path.name,
            see=see,
            progress=telling(package),
        )
    package.report, package.verdict = msgspec.json.encode(report), report.verdict.value
    if seen:
        package.files, package.files_more = msgspec.json.encode(seen[0].files), seen[0].files_more
    _write_paper(package, report, seen[0] if seen else None, believed)
    if not package.sealed_here and report.head is not None:
        package.name, package.sha256 = report.head.package, package.artifact.sha256  # type: ignore[union-attr]
        package.size_bytes, package.stamped = package.artifact.size_bytes, report.stamped_at is not None  # type: ignore[union-attr]
        with closing(custody()) as log:
            enter_received(log, package, report.head.case, report.head.sender, report.head.authorisation)
    if report.limitations is not None:
        package.delete_by = last_day(report.limitations, [one.grant() for one in package.consents.all()])
    with transaction.atomic():
        package.state, package.done_at, package.problem = PackageState.DONE, timezone.now(), ""
        package.save()
        act = "package.seal" if package.sealed_here else "package.receive"
        facts: dict[str, str | int | bool] = {"sha256": package.sha256, "verdict": package.verdict}
        enter(package.asked_by, act, case=package.case, subject=package.pk, facts=facts)
        if not package.sealed_here and report.verdict is Verdict.PASSED and package.opening == Opening.CLOSED:
            waiting = {"opening": Opening.WAITING, "opening_by": package.asked_by, "beat_at": timezone.now()}
            Package.objects.filter(pk=package.pk).update(**waiting)
            transaction.on_commit(lambda: unpack_package.enqueue(package.pk))


def _write_paper(package: Package, report: PackageReport, seen: Contents | None, believed: Trust) -> None:
    sha256, sha512 = digests_of(package.path)
    examination = Examination(
        file=package.path.name if package.sealed_here else str(package.artifact),
        size_bytes=package.path.stat().st_size,
        sha256=sha256,
        sha512=sha512,
        program=", ".join(f"{name} {version_of(name)}" for name in ("comity", "cryptography", "typst")),
        examiner=f"{package.asked_by}, {settings.CONFIG.agency}",
        reference=package.case.reference,
    )
    package.paper.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    making = package.paper.with_suffix(".pdf.part")
    making.write_bytes(write_paper(report, seen, believed, examination))
    making.replace(package.paper)


def _fail(package: Package, problem: str) -> None:
    Package.objects.filter(pk=package.pk).update(state=PackageState.FAILED, problem=problem, done_at=timezone.now())

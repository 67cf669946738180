"""Deleting a package and what came out of it: each step only where it is not done yet, so that a run that was killed
is finished by the next.
"""

from contextlib import closing
from datetime import timedelta

import msgspec
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from comity.errors import ComityError
from comity.evidence.cms_sign import sign_detached
from comity.evidence.custody import Verdict, encode_extract, extract
from comity.evidence.keys import note_keys
from comity.evidence.package import PackageReport, verify_file
from comity.evidence.package.contents import read_contents
from comity.evidence.package.inventory import Inventory
from comity.evidence.recall import METHOD, CustodyPlace, Held, Outcome, Statement, encode_statement, remove
from comity.node.artifacts.digests import digests_of
from comity.node.artifacts.models import Artifact
from comity.node.audit.actions import enter
from comity.node.audit.record import Fact
from comity.node.errors import NodeError
from comity.node.vault.entries import enter_destroyed
from comity.node.vault.links import is_shared
from comity.node.vault.models import Origin, Package, Removal
from comity.node.vault.stamping import stamp
from comity.node.vault.store import custody, openers, party, trust, unlocked

GIVEN_UP_AFTER = timedelta(minutes=10)
"""A deletion whose worker has given no sign for so long is gone on with."""


class BusyError(NodeError):
    """A file is being read under another name, and is not deleted under the reader's hands."""


@task()
def remove_package(removal_id: int) -> None:
    """Delete what was confirmed; of two that are given the same one, only one does."""
    now = timezone.now()
    nobody = Q(beat_at=None) | Q(beat_at__lt=now - GIVEN_UP_AFTER)
    confirmed = Removal.objects.filter(nobody, pk=removal_id, done_at=None, package__hold_reason="")
    if not confirmed.exclude(confirmed_by=None).update(beat_at=now):
        return
    everything = ("package__case", "package__artifact", "package__asked_by", "confirmed_by", "asked_by")
    removal = Removal.objects.select_related(*everything).get(pk=removal_id)
    try:
        _remove(removal)
    except BusyError:
        release(removal_id)


@task()
def go_on() -> None:
    """Go on with deletions that were confirmed and are not done."""
    old = timezone.now() - GIVEN_UP_AFTER
    left = Removal.objects.filter(Q(beat_at=None) | Q(beat_at__lt=old), done_at=None).exclude(confirmed_by=None)
    for removal_id in left.values_list("pk", flat=True):
        remove_package.enqueue(removal_id)


def release(removal_id: int) -> None:
    """Let a deletion whose worker is gone be gone on with by the next one."""
    Removal.objects.filter(pk=removal_id).update(beat_at=None)


def _remove(removal: Removal) -> None:
    if not removal.statement:
        removal.statement = msgspec.json.encode(_state(removal))
        removal.items = list(_items(removal.package))
        removal.save(update_fields=["statement", "items"])
    package, items = removal.package, tuple(Artifact.objects.filter(pk__in=removal.items))
    files = [one.path for one in items] + [package.path]
    if any(is_shared(path) for path in files):
        raise BusyError(f"{package}: is being read")
    for path in files:
        remove(path)
    gone = [one.pk for one in items] + ([package.artifact_id] if package.artifact_id else [])
    Artifact.objects.filter(pk__in=gone, removed_at=None).update(removed_at=timezone.now())
    _prove(removal, items)


def _items(package: Package) -> tuple[str, ...]:
    """Files that came in this package alone: what the case had from elsewhere, or has from another one, stays."""
    shared = Origin.objects.filter(package__removed_at=None).exclude(package=package).values("artifact")
    owned = Origin.objects.filter(ours=True).values("artifact")
    own = Origin.objects.filter(package=package).exclude(artifact__in=shared).exclude(artifact__in=owned)
    also_packages = Package.objects.kept().exclude(artifact=None).values("artifact")
    return tuple(own.exclude(artifact__in=also_packages).values_list("artifact", flat=True))


def _state(removal: Removal) -> Statement:
    """What was held, as it is found before it is gone."""
    package, found = removal.package, removal.package.found()
    head = found.head if found else None
    return Statement(
        outcome=Outcome.DESTROYED,
        package=package.name or package.pk,
        case=head.case if head else package.case.reference,
        recall=removal.reason,
        by=party(removal.confirmed_by),  # type: ignore[arg-type]  # it was confirmed
        done_at=timezone.now().replace(microsecond=0),
        held=(_found(package),),
    )


def _found(package: Package) -> Held:
    sha256, sha512 = digests_of(package.path)
    seen: list[str] = []

    def see(inventory: Inventory, _report: PackageReport) -> None:
        lists = dict(read_contents(inventory, files_max=0).lists)
        seen.append(lists.get("signatures/tagmanifests.sha512", ""))

    count, verdict = 0, Verdict.FAILED
    try:
        with package.path.open("rb") as source:
            report = verify_file(source, openers(), trust(), now=timezone.now(), subject=str(package), see=see)
        count, verdict = report.file_count, report.verdict
    except ComityError:  # what cannot be opened any more is deleted all the same, and the statement says so
        pass
    return Held(
        name=package.artifact.name if package.artifact else package.path.name,
        kind="package",
        size_bytes=package.path.stat().st_size,
        file_count=count,
        sha256=sha256,
        sha512=sha512,
        signed_list_sha512=seen[0] if seen else "",
        verdict=verdict,
    )


def _prove(removal: Removal, items: tuple[Artifact, ...]) -> None:
    """Enter it into custody, state it, sign that, and enter it into the trail."""
    package, keys, now = removal.package, unlocked(), timezone.now()
    statement = msgspec.json.decode(bytes(removal.statement), type=Statement)
    statement = msgspec.structs.replace(statement, method=METHOD, done_at=now.replace(microsecond=0))
    with closing(custody()) as log:
        entry = enter_destroyed(log, package, items, by=statement.by, reason=removal.reason)
        if entry is not None:
            place = CustodyPlace(log=log.origin, number=entry.number, leaf_hash=log.leaf(entry.number).hex())
            statement = msgspec.structs.replace(statement, custody=place, done_at=entry.at)
            removal.custody = encode_extract(extract(log, [package.name], keys=note_keys(keys.public, log.origin)))
    removal.statement = encode_statement(statement)
    chain = keys.certificate_chain()
    removal.signature = sign_detached(bytes(removal.statement), keys.certificate_key(), chain, signed_at=now)
    removal.stamp = stamp(removal.signature)
    with transaction.atomic():
        removal.done_at, removal.beat_at = now, None
        removal.save()
        Package.objects.filter(pk=package.pk).update(removed_at=now)
        facts: dict[str, Fact] = {"sha256": package.sha256, "files": len(items), "by": settings.CONFIG.origin}
        enter(removal.confirmed_by, "package.remove", case=package.case, subject=package.pk, facts=facts)

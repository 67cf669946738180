"""What happens to evidence and packages, as entries of the node's custody log."""

import os
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

import msgspec
from django.utils import timezone

from comity.evidence.custody import (
    Act,
    Authorisation,
    Condition,
    CustodyLog,
    Draft,
    Entry,
    Item,
    Party,
    Status,
    encode_extract,
    extract,
)
from comity.evidence.keys import note_keys
from comity.node.artifacts.digests import digests_of
from comity.node.artifacts.models import Artifact
from comity.node.vault.models import Package, Wanted
from comity.node.vault.store import custody, party, unlocked

ELECTRONIC = "by electronic means"
ENTERED_BY_HAND = (Act.EXAMINED, Act.COPIED, Act.RETURNED, Act.TRANSFERRED, Act.RELEASED)
"""What a person enters of a package that is here; the other acts are entered by what is done in the node."""
ITEMS_AT_ONCE = 200
"""So many files are named in one entry."""


def exhibit_of(artifact: Artifact) -> Item:
    """A file of a case as an item of custody."""
    sha256, sha512 = digests_of(artifact.path)
    return Item(
        id=artifact.pk,
        description=artifact.name,
        sha256=sha256,
        sha512=sha512,
        size_bytes=artifact.size_bytes,
        condition=Condition.INTACT,
    )


def enter_collected(log: CustodyLog, artifacts: Sequence[Artifact], authorisation: Authorisation) -> None:
    """Enter the files that custody does not know yet, as they were handed in."""
    known = log.holdings([artifact.pk for artifact in artifacts])
    drafts = [
        Draft(
            act=Act.COLLECTED,
            at=artifact.added_at,
            by=party(artifact.added_by),
            items=(exhibit_of(artifact),),
            place=ELECTRONIC,
            reason=f"case {artifact.case.reference}",
            authorisation=authorisation,
        )
        for artifact in artifacts
        if artifact.pk not in known
    ]
    if drafts:
        log.append(drafts, recorded_at=timezone.now(), random_bytes=os.urandom)


def so_far(log: CustodyLog, items: Iterable[str]) -> bytes:
    """The custody of items up to now, under a checkpoint signed for this."""
    keys = unlocked()
    log.sign(keys.note_signers(log.origin), at=timezone.now())
    return encode_extract(extract(log, list(items), keys=note_keys(keys.public, log.origin)))


def enter_sealed(log: CustodyLog, package: Package, wanted: Wanted, path: Path) -> tuple[str, str]:
    """Enter that the files were copied into a package; its SHA-256 and SHA-512."""
    sha256, sha512 = digests_of(path)
    item = Item(
        id=package.name,
        description="sealed package",
        sha256=sha256,
        sha512=sha512,
        size_bytes=path.stat().st_size,
        condition=Condition.SEALED,
        source=wanted.exhibits[0],
    )
    draft = Draft(
        act=Act.COPIED,
        at=timezone.now(),
        by=party(package.asked_by),
        items=(item,),
        place=ELECTRONIC,
        reason=f"sealed for {wanted.recipient.name or wanted.recipient.key[:24]}",
        authorisation=wanted.authorisation,
    )
    _append(log, draft)
    return sha256, sha512


def enter_received(log: CustodyLog, package: Package, case: str, given_by: Party, authorisation: Authorisation) -> None:
    """Enter that a package came, unless it was entered before."""
    if log.holdings([package.name]):
        return
    sha256, sha512 = digests_of(package.path)
    item = Item(
        id=package.name,
        description="sealed package",
        sha256=sha256,
        sha512=sha512,
        size_bytes=package.path.stat().st_size,
        condition=Condition.SEALED,
    )
    draft = Draft(
        act=Act.RECEIVED,
        at=timezone.now(),
        by=party(package.asked_by),
        items=(item,),
        place=ELECTRONIC,
        reason=f"case {case}",
        authorisation=authorisation,
        given_by=given_by,
        remarks=f"verified: {package.verdict}; not tied to the sender's custody",
    )
    _append(log, draft)


def enter_unpacked(log: CustodyLog, package: Package, artifacts: Sequence[Artifact]) -> None:
    """Enter the files that were unpacked, as copied from the package; those that custody knows stay as they are."""
    known = log.holdings([artifact.pk for artifact in artifacts])
    fresh = [artifact for artifact in dict.fromkeys(artifacts) if artifact.pk not in known]
    for first in range(0, len(fresh), ITEMS_AT_ONCE):
        items = (msgspec.structs.replace(exhibit_of(one), source=package.name) for one in fresh[first:][:ITEMS_AT_ONCE])
        draft = Draft(
            act=Act.COPIED,
            at=timezone.now(),
            by=party(package.opening_by or package.asked_by),
            items=tuple(items),
            place=ELECTRONIC,
            reason=f"unpacked into case {package.case.reference}",
            authorisation=authorisation_of(package),
        )
        _append(log, draft)


def enter_destroyed(
    log: CustodyLog, package: Package, artifacts: Sequence[Artifact], *, by: Party, reason: str
) -> Entry | None:
    """Enter that a package and files out of it are deleted, each where custody has it here; the package's own entry.

    None: custody does not have the package here, or another case of this node has it too.
    """
    ids = [artifact.pk for artifact in artifacts]
    if not Package.objects.kept().filter(name=package.name).exclude(pk=package.pk).exists():
        ids.insert(0, package.name)
    holdings = log.holdings([one for one in ids if one])
    here = [one for one, held in holdings.items() if held.status is Status.HELD and held.holder == by.key]
    for first in range(0, len(here), ITEMS_AT_ONCE):
        draft = Draft(
            act=Act.DESTROYED,
            at=timezone.now(),
            by=by,
            items=tuple(Item(id=one) for one in here[first:][:ITEMS_AT_ONCE]),
            place=ELECTRONIC,
            reason=reason,
            authorisation=authorisation_of(package),
        )
        _append(log, draft)
    log.sign(unlocked().note_signers(log.origin), at=timezone.now())  # a run that was killed may have left it unsigned
    known = (log.entry(number) for number in log.history(package.name)) if package.name else ()
    return next((entry for entry in known if entry.act is Act.DESTROYED), None)


def enter_act(
    package: Package, act: Act, *, by: Party, at: datetime, reason: str, place: str, given_to: Party | None
) -> Entry:
    """Enter what a person did with a package; ActRefusedError where the log does not allow it."""
    draft = Draft(
        act=act,
        at=at,
        by=by,
        items=(Item(id=package.name, condition=Condition.SEALED),),
        place=place or ELECTRONIC,
        reason=reason,
        given_to=given_to,
        authorisation=authorisation_of(package),
    )
    with closing(custody()) as log:
        return _append(log, draft)


def _append(log: CustodyLog, draft: Draft) -> Entry:
    """Enter one act, and sign the log as it then stands."""
    now = timezone.now()
    (entry,) = log.append([draft], recorded_at=now, random_bytes=os.urandom)
    log.sign(unlocked().note_signers(log.origin), at=now)
    return entry


def authorisation_of(package: Package) -> Authorisation:
    """The order under which a package was sealed, as was said here or as it says itself."""
    wanted, found = package.said(), package.found()
    if wanted is not None:
        return wanted.authorisation
    head = found.head if found is not None else None
    return head.authorisation if head is not None else Authorisation(reference=package.case.reference)


def history(package: Package) -> tuple[Entry, ...]:
    """The custody of a package and of the files in it, in order."""
    wanted = package.said()
    items = (package.name, *(wanted.exhibits if wanted else ()))
    with closing(custody()) as log:
        numbers = {number for item in items if item for number in log.history(item)}
        return tuple(log.entry(number) for number in sorted(numbers))

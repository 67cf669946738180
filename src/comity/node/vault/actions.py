"""What people do with packages."""

from datetime import datetime

import msgspec
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.errors import ComityError
from comity.evidence.age import parse_recipient
from comity.evidence.custody import Act, Party
from comity.evidence.keys import PublicIdentity, remember
from comity.node.artifacts.models import Artifact
from comity.node.audit.actions import enter
from comity.node.audit.record import Fact
from comity.node.cases.actions import require_open
from comity.node.cases.models import Case
from comity.node.errors import ChangedError, InvalidError, NotAllowedError
from comity.node.people.models import User
from comity.node.people.rights import require, require_role, same_person_or_stand_in
from comity.node.people.roles import Right
from comity.node.requests.models import Request
from comity.node.vault.entries import ENTERED_BY_HAND, enter_act
from comity.node.vault.limits import onward
from comity.node.vault.models import Package, PackageState, Wanted
from comity.node.vault.store import identity, party
from comity.node.vault.tasks import make_package

BUNDLE_BYTES_MAX = 1 << 20


def ask_seal(actor: User, *, case: Case, wanted: Wanted, request: Request | None = None) -> Package:
    """Have files of the case sealed into a package; InvalidError names what is wrong."""
    require(actor, Right.VAULT_SEAL, case)
    require_open(case)
    wanted = onward(_refuse_unsound(case, wanted, request), wanted)
    with transaction.atomic():
        package = Package.objects.create(
            case=case,
            request=request,
            wanted=msgspec.json.encode(wanted),
            delete_by=wanted.limitations.delete_by,
            asked_by=actor,
        )
        facts: dict[str, Fact] = {"files": len(wanted.exhibits), "purpose": wanted.purpose or ""}
        enter(actor, "package.ask", case=case, subject=package.pk, facts=facts)
        transaction.on_commit(lambda: make_package.enqueue(package.pk))
    return package


def _refuse_unsound(case: Case, wanted: Wanted, request: Request | None) -> tuple[Artifact, ...]:
    """The files that are wanted."""
    problems = {}
    there = tuple(Artifact.objects.filter(case=case, pk__in=wanted.exhibits, removed_at=None))
    if not wanted.exhibits or {one.pk for one in there} != set(wanted.exhibits):
        problems["exhibits"] = _("choose files of this case")
    if not wanted.authorisation.reference.strip():
        problems["authorised_by"] = _("name the order that allows it")
    try:
        parse_recipient(wanted.recipient.key)
    except ComityError as error:
        problems["recipient"] = str(error)
    if request is not None and request.case_id != case.pk:
        problems["request"] = _("choose a request of this case")
    today = timezone.now().date()
    for name, day in (("delete_by", wanted.limitations.delete_by), ("end_of_access", wanted.end_of_access_on)):
        if day is not None and day <= today:
            problems[name] = _("choose a day to come")
    if problems:
        raise InvalidError(problems)
    return there


def ask_check(actor: User, *, case: Case, artifact: Artifact) -> Package:
    """Have a file of the case checked as a package that was received; checked again where it was before."""
    require(actor, Right.VAULT_SEAL, case)
    require_open(case)
    if artifact.case_id != case.pk or artifact.removed_at is not None:
        raise InvalidError({"artifact": _("choose a file of this case")})
    with transaction.atomic():
        package, made = Package.objects.get_or_create(case=case, artifact=artifact, defaults={"asked_by": actor})
        if not made:
            _again(package)
        enter(actor, "package.ask_check", case=case, subject=package.pk)
        transaction.on_commit(lambda: make_package.enqueue(package.pk))
    return package


def _again(package: Package) -> None:
    if package.state in (PackageState.WAITING, PackageState.RUNNING):
        raise InvalidError({"artifact": _("it is being checked already")})
    Package.objects.filter(pk=package.pk).update(state=PackageState.WAITING, asked_at=timezone.now(), problem="")


def release(actor: User, *, package: Package, version: int) -> Package:
    """Let a sealed package be handed over: never by who sealed it, or stands in for whom did."""
    require(actor, Right.VAULT_RELEASE, package.case)
    require_open(package.case)
    with transaction.atomic():
        held = Package.objects.select_for_update(of=("self",)).select_related("asked_by").get(pk=package.pk)
        if held.version != version:
            raise ChangedError(expected=version, actual=held.version)
        if not held.sealed_here or held.state != PackageState.DONE or held.verdict == "failed":
            raise InvalidError({"package": _("only a package that was sealed here, and is whole, can be released")})
        if held.released_by_id is not None:
            raise InvalidError({"package": _("it is released already")})
        if is_own(actor, held.asked_by, since=held.asked_at):
            raise NotAllowedError(
                _("release: %(sealer)s sealed it; let another person do it, who does not stand in either")
                % {"sealer": held.asked_by}
            )
        held.released_by, held.released_at, held.version = actor, timezone.now(), version + 1
        held.save(update_fields=["released_by", "released_at", "version"])
        enter(actor, "package.release", case=held.case, subject=held.pk, facts={"sha256": held.sha256})
    return held


def is_own(actor: User, first: User, *, since: datetime) -> bool:
    """True where `actor` is no second pair of eyes on what `first` did."""
    return same_person_or_stand_in(actor, first, since=since) or same_person_or_stand_in(first, actor, since=since)


def take_out(actor: User, *, package: Package) -> None:
    """Note that the file of a released package leaves; NotAllowedError before its release."""
    require(actor, Right.CASE_READ, package.case)
    if package.released_at is None:
        raise NotAllowedError(_("take out: a package leaves only when a second person has released it"))
    if package.removed_at is not None:
        raise NotAllowedError(_("take out: it was deleted, and only its record is left"))
    if wanted := package.said():  # what an owner allowed when it was sealed may have ended since
        onward(Artifact.objects.filter(pk__in=wanted.exhibits), wanted)
    facts: dict[str, Fact] = {"sha256": package.sha256}
    enter(actor, "package.take_out", case=package.case, subject=package.pk, facts=facts)


def enter_custody(
    actor: User,
    *,
    package: Package,
    act: Act,
    at: datetime,
    reason: str,
    place: str = "",
    given_to: Party | None = None,
) -> None:
    """Enter what was done with a package; InvalidError where the log does not allow it."""
    require(actor, Right.VAULT_SEAL, package.case)
    require_open(package.case)
    if act not in ENTERED_BY_HAND:
        raise InvalidError({"act": _("this is entered by what is done in the node")})
    if not package.name:
        raise InvalidError({"act": _("custody knows a package once it was sealed or checked")})
    if act in {Act.TRANSFERRED, Act.RELEASED, Act.RETURNED} and package.sealed_here and package.released_at is None:
        raise NotAllowedError(_("hand over: a package leaves only when a second person has released it"))
    try:
        entry = enter_act(package, act, by=party(actor), at=at, reason=reason, place=place, given_to=given_to)
    except ComityError as error:
        raise InvalidError({"act": str(error)}) from None
    enter(actor, f"custody.{act.value}", case=package.case, subject=package.pk, facts={"entry": entry.number})


def take_in_identity(actor: User, *, bundle: bytes, number: str) -> PublicIdentity:
    """Trust another agency's identity, after comparing the number that its owner read out."""
    require_role(actor, Right.IDENTITY_TRUST)
    if len(bundle) > BUNDLE_BYTES_MAX:
        raise InvalidError({"bundle": _("is larger than any identity: give identity.json")})
    try:
        taken = remember(identity().folder, bundle, number=number)
    except ComityError as error:
        raise InvalidError({"bundle": str(error)}) from None
    enter(actor, "identity.trust", subject=taken.name)
    return taken

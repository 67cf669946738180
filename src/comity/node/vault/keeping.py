"""How long packages are kept, what is unpacked of them, and their deletion with four eyes."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.node.artifacts.actions import Readable, add_file
from comity.node.audit.actions import enter
from comity.node.audit.record import Fact
from comity.node.cases.actions import require_open
from comity.node.cases.models import Case
from comity.node.errors import InvalidError, NotAllowedError
from comity.node.people.models import User
from comity.node.people.rights import require
from comity.node.people.roles import Right
from comity.node.vault.actions import ask_check, is_own
from comity.node.vault.models import Opening, Package, PackageState, Removal
from comity.node.vault.removing import remove_package
from comity.node.vault.unpacking import unpack_package

UNDER_WAY = (Opening.WAITING, Opening.RUNNING)


def take_package(actor: User, *, case: Case, name: str, stream: Readable, size_bytes: int) -> Package:
    """Add a file as evidence of the case, and have it checked as a package that came."""
    require(actor, Right.VAULT_SEAL, case)
    right = Right.VAULT_SEAL
    artifact = add_file(actor, case=case, name=name, stream=stream, size_bytes=size_bytes, right=right)
    return ask_check(actor, case=case, artifact=artifact)


def ask_unpack(actor: User, *, package: Package, known_as: str = "") -> Package:
    """Have a package that came unpacked, though not everything about it be shown; `known_as`: the owner's name of
    the case.
    """
    require(actor, Right.VAULT_SEAL, package.case)
    require_open(package.case)
    with transaction.atomic():
        held = _held(package)
        if held.sealed_here or held.state != PackageState.DONE or held.verdict == "failed":
            raise InvalidError({"package": _("only a package that came, and did not fail its checks, is unpacked")})
        if held.opening in UNDER_WAY:
            raise InvalidError({"package": _("it is being unpacked already")})
        held.opening, held.opening_by, held.opening_anyway = Opening.WAITING, actor, True
        held.beat_at = timezone.now()
        held.known_as = known_as.strip()[:200] or held.known_as
        held.save(update_fields=["opening", "opening_by", "opening_anyway", "beat_at", "known_as"])
        facts: dict[str, Fact] = {"verdict": held.verdict, "named": bool(held.known_as)}
        enter(actor, "package.ask_unpack", case=held.case, subject=held.pk, facts=facts)
        transaction.on_commit(lambda: unpack_package.enqueue(held.pk))
    return held


def keep_until(actor: User, *, package: Package, day: date | None, reason: str) -> Package:
    """Lay down how long a package is kept; None: nothing but its owner's word counts again."""
    require(actor, Right.VAULT_SEAL, package.case)
    with transaction.atomic():
        held = _held(package)
        if not reason.strip():
            raise InvalidError({"reason": _("say why")})
        if day is not None and held.delete_by is not None and day > held.delete_by:
            raise InvalidError({"day": _("its owner lets it be kept until %(day)s only") % {"day": held.delete_by}})
        held.keep_until, held.keep_reason = day, reason.strip()[:300]
        held.save(update_fields=["keep_until", "keep_reason"])
        facts: dict[str, Fact] = {"day": day.isoformat() if day else ""}
        enter(actor, "package.keep_until", case=held.case, subject=held.pk, facts=facts)
    return held


def hold(actor: User, *, package: Package, reason: str) -> Package:
    """Let nobody delete a package while a reason holds it; an empty reason lets it go."""
    require(actor, Right.VAULT_RELEASE, package.case)
    with transaction.atomic():
        held = _held(package)
        if Removal.objects.filter(package=held).exclude(confirmed_by=None).exists():
            raise InvalidError({"reason": _("its deletion is confirmed already")})
        held.hold_reason = reason.strip()[:300]
        held.save(update_fields=["hold_reason"])
        enter(actor, "package.hold" if held.hold_reason else "package.let_go", case=held.case, subject=held.pk)
    return held


def ask_removal(actor: User, *, package: Package, reason: str) -> Removal:
    """Ask that a package be deleted, with what came out of it."""
    require(actor, Right.VAULT_SEAL, package.case)
    with transaction.atomic():
        held = _held(package)
        _refuse_held(held)
        if not reason.strip():
            raise InvalidError({"reason": _("name the recall, or the rule that asks for it")})
        if Removal.objects.filter(package=held).exists():
            raise InvalidError({"package": _("its deletion was asked for already")})
        made = Removal.objects.create(package=held, reason=reason.strip()[:300], asked_by=actor)
        enter(actor, "package.ask_removal", case=held.case, subject=held.pk)
    return made


def call_off_removal(actor: User, *, package: Package) -> None:
    """Take back what was asked and is not confirmed."""
    require(actor, Right.VAULT_SEAL, package.case)
    with transaction.atomic():
        held = _held(package)
        if not Removal.objects.filter(package=held, confirmed_by=None).delete()[0]:
            raise InvalidError({"package": _("no deletion of it waits to be confirmed")})
        enter(actor, "package.call_off_removal", case=held.case, subject=held.pk)


def confirm_removal(actor: User, *, package: Package) -> Removal:
    """Confirm the deletion that another person asked for; it goes on in the background, and cannot be undone."""
    require(actor, Right.VAULT_RELEASE, package.case)
    with transaction.atomic():
        held = _held(package)
        _refuse_held(held)
        removal = Removal.objects.select_related("asked_by").filter(package=held, confirmed_by=None).first()
        if removal is None:
            raise InvalidError({"package": _("no deletion of it waits to be confirmed")})
        if is_own(actor, removal.asked_by, since=removal.asked_at):
            raise NotAllowedError(
                _("delete: %(first)s asked for it; let another person confirm it, who does not stand in either")
                % {"first": removal.asked_by}
            )
        removal.confirmed_by, removal.confirmed_at = actor, timezone.now()
        removal.save(update_fields=["confirmed_by", "confirmed_at"])
        enter(actor, "package.confirm_removal", case=held.case, subject=held.pk, facts={"sha256": held.sha256})
        transaction.on_commit(lambda: remove_package.enqueue(removal.pk))
    return removal


def _held(package: Package) -> Package:
    """The package as it stands, locked; InvalidError where its bytes are gone."""
    held = Package.objects.select_for_update(of=("self",)).select_related("case").get(pk=package.pk)
    if held.removed_at is not None:
        raise InvalidError({"package": _("it was deleted, and only its record is left")})
    return held


def _refuse_held(package: Package) -> None:
    if package.hold_reason:
        raise InvalidError({"package": _("it is held: %(reason)s") % {"reason": package.hold_reason}})
    if package.state in (PackageState.WAITING, PackageState.RUNNING) or package.opening in UNDER_WAY:
        raise InvalidError({"package": _("it is being worked on: wait until that is done")})

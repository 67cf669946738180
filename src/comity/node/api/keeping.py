"""Operations on keeping packages: unpacking, consents, days, holds, deletion and its proof."""

from base64 import b64encode
from datetime import date, datetime
from typing import Annotated, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, File, Query, Router, Schema, Status
from ninja.files import UploadedFile

from comity.evidence.grant import GRANT_BYTES_MAX
from comity.node.api.fields import Day
from comity.node.api.packages import PackageOut, PackagePage
from comity.node.api.pages import Cursor, cut
from comity.node.api.rules import Call, holding, within_case
from comity.node.cases.models import Case
from comity.node.errors import InvalidError
from comity.node.people.roles import Right
from comity.node.vault import keeping
from comity.node.vault.consents import take_consent
from comity.node.vault.models import Package, Removal
from comity.node.vault.proof import proof_files
from comity.node.vault.reads import find_package

router = Router(tags=["vault"])
every = Router(tags=["vault"])
Reason = Annotated[str, Field(min_length=1, max_length=300)]


class Unpacking(Schema):
    """How the owner calls the case, where it bound the package to one."""

    known_as: Annotated[str, Field(max_length=200)] = ""


class Keeping(Schema):
    """The last day on which a package is kept; null: as its owner says."""

    day: Day | None = None
    reason: Reason


class Holding(Schema):
    """Why a package must not be deleted; empty: it is let go."""

    reason: Annotated[str, Field(max_length=300)] = ""


class Removing(Schema):
    """The recall, or the rule that asks for the deletion."""

    reason: Reason


class RemovalOut(Schema):
    """A deletion, and how far it is."""

    reason: str
    asked_at: datetime
    confirmed_at: datetime | None
    done_at: datetime | None


class ConsentOut(Schema):
    """What an owner allows beyond its limitations."""

    reference: str
    granted_on: date
    ends_on: date | None


@every.get("/due", response=PackagePage, operation_id="list_packages_due")
@holding(Right.VAULT_SEAL)
def list_packages_due(request: Call, cursor: Query[Cursor]) -> dict[str, Any]:
    """Packages that are to be deleted, in all cases that are open to the caller."""
    rows = Package.objects.due(timezone.localdate()).filter(case__in=Case.objects.open_to(request.user))
    return cut(rows.defer("report", "files", "wanted"), cursor, by="asked_at", shown=lambda row: row)


@router.post("/{case_id}/received-packages", response={202: PackageOut}, operation_id="take_package")
@within_case(Right.VAULT_SEAL)
def take_package(request: Call, case_id: str, file: File[UploadedFile]) -> Status[Package]:
    """Add a file as evidence of the case, and have it checked as a package that came, in the background."""
    name, size_bytes = file.name or "", file.size or 0
    return Status(
        202, keeping.take_package(request.user, case=request.case, name=name, stream=file, size_bytes=size_bytes)
    )


@router.post("/{case_id}/packages/{package_id}/unpack", response={202: PackageOut}, operation_id="unpack_package")
@within_case(Right.VAULT_SEAL)
def unpack_package(request: Call, case_id: str, package_id: str, told: Unpacking) -> Status[Package]:
    """Have a package that came unpacked into the evidence of the case, in the background."""
    package = find_package(request.case, package_id)
    return Status(202, keeping.ask_unpack(request.user, package=package, known_as=told.known_as))


@router.post("/{case_id}/packages/{package_id}/consents", response={201: ConsentOut}, operation_id="take_consent")
@within_case(Right.VAULT_SEAL)
def take_in_consent(
    request: Call, case_id: str, package_id: str, grant: File[UploadedFile], signature: File[UploadedFile]
) -> Status[Any]:
    """Take in what the owner of a package allows beyond its limitations, as it signed it."""
    taken = take_consent(
        request.user,
        package=find_package(request.case, package_id),
        grant=grant.read(GRANT_BYTES_MAX + 1),
        signature=signature.read(GRANT_BYTES_MAX + 1),
    )
    return Status(201, taken.grant())


@router.put("/{case_id}/packages/{package_id}/keep", response=PackageOut, operation_id="keep_package")
@within_case(Right.VAULT_SEAL)
def keep_package(request: Call, case_id: str, package_id: str, told: Keeping) -> Package:
    """Lay down how long a package is kept; never longer than its owner lets it be."""
    package = find_package(request.case, package_id)
    return keeping.keep_until(request.user, package=package, day=told.day, reason=told.reason)


@router.put("/{case_id}/packages/{package_id}/hold", response=PackageOut, operation_id="hold_package")
@within_case(Right.VAULT_RELEASE)
def hold_package(request: Call, case_id: str, package_id: str, told: Holding) -> Package:
    """Let nobody delete a package, or let it go again."""
    return keeping.hold(request.user, package=find_package(request.case, package_id), reason=told.reason)


@router.post("/{case_id}/packages/{package_id}/removal", response={201: RemovalOut}, operation_id="ask_removal")
@within_case(Right.VAULT_SEAL)
def ask_removal(request: Call, case_id: str, package_id: str, told: Removing) -> Status[Removal]:
    """Ask that a package be deleted, with what came out of it."""
    package = find_package(request.case, package_id)
    return Status(201, keeping.ask_removal(request.user, package=package, reason=told.reason))


@router.delete("/{case_id}/packages/{package_id}/removal", response={204: None}, operation_id="call_off_removal")
@within_case(Right.VAULT_SEAL)
def call_off_removal(request: Call, case_id: str, package_id: str) -> Status[None]:
    """Take back a deletion that is not confirmed."""
    keeping.call_off_removal(request.user, package=find_package(request.case, package_id))
    return Status(204, None)


@router.post(
    "/{case_id}/packages/{package_id}/removal/confirm", response={202: RemovalOut}, operation_id="confirm_removal"
)
@within_case(Right.VAULT_RELEASE, presence=True)
def confirm_removal(request: Call, case_id: str, package_id: str) -> Status[Removal]:
    """Confirm a deletion that another person asked for; it cannot be undone."""
    return Status(202, keeping.confirm_removal(request.user, package=find_package(request.case, package_id)))


@router.get(
    "/{case_id}/packages/{package_id}/removal/proof", response=dict[str, str], operation_id="read_removal_proof"
)
@within_case(Right.CASE_READ)
def read_removal_proof(request: Call, case_id: str, package_id: str) -> dict[str, str]:
    """The signed proof of a deletion: files by name, in base64, that `comity evidence proof` checks."""
    removal = Removal.objects.filter(package=find_package(request.case, package_id)).exclude(done_at=None).first()
    if removal is None:
        raise InvalidError({"package": _("it was not deleted")})
    return {name: b64encode(data).decode() for name, data in proof_files(removal)}

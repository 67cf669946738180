"""Operations on the vault: packages, their custody and release, and the identities that are trusted."""

from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import msgspec
from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from ninja import Field, File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile

from comity.evidence.custody import Act, Party
from comity.evidence.keys import number_to_compare
from comity.evidence.limitation import Purpose
from comity.evidence.limitation_words import in_words
from comity.node.api.evidence import in_chunks
from comity.node.api.fields import Day, Moment, Version
from comity.node.api.pages import Cursor, cut
from comity.node.api.rules import Call, holding, within_case
from comity.node.artifacts.models import Artifact
from comity.node.errors import HiddenError, InvalidError
from comity.node.people.roles import Right
from comity.node.vault import actions
from comity.node.vault.entries import ENTERED_BY_HAND, so_far
from comity.node.vault.forms import SealForm
from comity.node.vault.models import Opening, Package, PackageState
from comity.node.vault.reads import find_package
from comity.node.vault.store import custody, identity, known

router = Router(tags=["vault"])
identities = Router(tags=["vault"])
Text = Annotated[str, Field(max_length=300)]
Id = Annotated[str, Field(max_length=20)]


class PackageOut(Schema):
    """A package, and how far it is."""

    id: str
    name: str
    """Its own id; of a received one, known once it was checked."""
    sealed_here: bool
    state: PackageState
    problem: str
    verdict: str
    sha256: str
    size_bytes: int
    stamped: bool
    delete_by: date | None
    keep_until: date | None
    """The last day on which it is kept, by a decision here."""
    hold_reason: str
    """Why it must not be deleted now; empty: nothing holds it."""
    opening: Opening
    """How far its files are unpacked into the evidence of the case."""
    opening_problem: str
    removed_at: datetime | None
    """Its bytes were deleted then."""
    asked_at: datetime
    released_at: datetime | None
    version: int


class PackagePage(Schema):
    """A page of packages, newest first."""

    items: list[PackageOut]
    next: str


class WholePackage(PackageOut):
    """A package with what the last check found."""

    report: dict[str, Any] | None
    """What `comity verify --json` says; null: it was not checked yet."""
    limits: list[str]
    """What may be done with it, in sentences."""


class SealIn(Schema):
    """What is sealed, for whom, under which order, and what may be done with it."""

    exhibits: Annotated[list[Id], Field(min_length=1, max_length=10_000)]
    """Ids of files of the case."""
    known_recipient: Annotated[str, Field(max_length=200)] = ""
    """Name of a trusted identity; or a key and whose it is."""
    recipient: Annotated[str, Field(max_length=3000)] = ""
    recipient_name: Annotated[str, Field(max_length=200)] = ""
    authorised_by: Annotated[str, Field(min_length=1, max_length=200)]
    issued_by: Annotated[str, Field(max_length=200)] = ""
    issued_on: Day | None = None
    legal_basis: Annotated[str, Field(max_length=200)] = ""
    request: Id = ""
    """Id of the request of the case that it answers."""
    purpose: Purpose | None = None
    """What it is given for; needed where an owner limits one of the files."""
    only_case: Annotated[str, Field(max_length=200)] = ""
    purposes: Annotated[list[Purpose], Field(max_length=20)] = []  # noqa: RUF012  # pydantic copies it
    not_in_court: bool = False
    no_onward_transfer: bool = False
    share_with: Annotated[str, Field(max_length=500)] = ""
    delete_by: Day | None = None
    notify: Annotated[str, Field(max_length=200)] = ""
    limits_reason: Text = ""
    end_of_access: Day | None = None


class Checking(Schema):
    """A file of the case that came as a package."""

    artifact_id: Id


class PackageTurn(Schema):
    """The version that the caller has seen."""

    version: Version


class CustodyIn(Schema):
    """What was done with a package outside the node."""

    act: Act
    at: Moment
    reason: Annotated[str, Field(min_length=1, max_length=300)]
    place: Text = ""
    given_to: Annotated[str, Field(max_length=200)] = ""
    """Name of who has it now, where it was given away."""
    given_to_agency: Annotated[str, Field(max_length=200)] = ""


class IdentityOut(Schema):
    """An agency's identity."""

    name: str
    display_name: str
    agency: str
    number: str
    """To be read to each other by telephone."""


class IdentityIn(Schema):
    """The number that the owner of the identity read out."""

    number: Annotated[str, Field(min_length=1, max_length=200)]


@router.get("/{case_id}/packages", response=PackagePage, operation_id="list_packages")
@within_case(Right.CASE_READ)
def list_packages(request: Call, case_id: str, cursor: Query[Cursor]) -> dict[str, Any]:
    """The packages of a case, newest first."""
    rows = Package.objects.filter(case=request.case).defer("report", "files", "wanted")
    return cut(rows, cursor, by="asked_at", shown=lambda row: row)


@router.post("/{case_id}/packages", response={202: PackageOut}, operation_id="seal_package")
@within_case(Right.VAULT_SEAL)
def seal_package(request: Call, case_id: str, new: SealIn) -> Status[Package]:
    """Have files of the case sealed, in the background."""
    form = SealForm(new.dict(exclude_none=True), case=request.case, owner=settings.CONFIG.origin)
    if not form.is_valid():
        raise InvalidError({name: str(errors[0]) for name, errors in form.errors.items()})
    made = actions.ask_seal(request.user, case=request.case, wanted=form.wanted(), request=form.request_chosen())
    return Status(202, made)


@router.post("/{case_id}/packages/check", response={202: PackageOut}, operation_id="check_package")
@within_case(Right.VAULT_SEAL)
def check_package(request: Call, case_id: str, told: Checking) -> Status[Package]:
    """Have a file that was received opened and checked as a package, in the background."""
    artifact = Artifact.objects.filter(case=request.case, pk=told.artifact_id).first()
    if artifact is None:
        raise InvalidError({"artifact_id": "choose a file of this case"})
    return Status(202, actions.ask_check(request.user, case=request.case, artifact=artifact))


@router.get("/{case_id}/packages/{package_id}", response=WholePackage, operation_id="read_package")
@within_case(Right.CASE_READ)
def read_package(request: Call, case_id: str, package_id: str) -> dict[str, Any]:
    """One package: what the checks found, and what may be done with it."""
    package = find_package(request.case, package_id)
    found, limits = package.found(), package.limitations()
    return {
        **{name: getattr(package, name) for name in PackageOut.model_fields},
        "report": msgspec.to_builtins(found) if found is not None else None,
        "limits": [says for _rule, says in in_words(limits)] if limits else [],
    }


@router.post("/{case_id}/packages/{package_id}/release", response=PackageOut, operation_id="release_package")
@within_case(Right.VAULT_RELEASE, presence=True)
def release_package(request: Call, case_id: str, package_id: str, told: PackageTurn) -> Package:
    """Let a package leave; not by who sealed it."""
    return actions.release(request.user, package=find_package(request.case, package_id), version=told.version)


@router.get("/{case_id}/packages/{package_id}/file", response={200: bytes}, operation_id="read_package_file")
@within_case(Right.CASE_READ, presence=True)
def read_package_file(request: Call, case_id: str, package_id: str) -> StreamingHttpResponse:
    """The file of a released package, to be handed over."""
    package = find_package(request.case, package_id)
    if not package.sealed_here:
        raise HiddenError
    actions.take_out(request.user, package=package)
    return _streamed(package.path)


@router.get("/{case_id}/packages/{package_id}/report", response={200: bytes}, operation_id="read_package_report")
@within_case(Right.CASE_READ)
def read_package_report(request: Call, case_id: str, package_id: str) -> StreamingHttpResponse:
    """The report of the last check, for court, as PDF."""
    package = find_package(request.case, package_id)
    if not package.paper.exists():
        raise HiddenError
    return _streamed(package.paper)


@router.get("/{case_id}/packages/{package_id}/custody", response={200: dict[str, Any]}, operation_id="read_custody")
@within_case(Right.CASE_READ)
def read_custody(request: Call, case_id: str, package_id: str) -> HttpResponse:
    """Its custody under a signed checkpoint, as `comity custody check` reads it."""
    package = find_package(request.case, package_id)
    if not package.name:
        raise HiddenError
    with closing(custody()) as log:
        return HttpResponse(so_far(log, [package.name]), content_type="application/json")


@router.post("/{case_id}/packages/{package_id}/custody", response={204: None}, operation_id="enter_custody")
@within_case(Right.VAULT_SEAL)
def enter_custody(request: Call, case_id: str, package_id: str, told: CustodyIn) -> Status[None]:
    """Enter what was done with it outside the node; what the log does not allow is refused."""
    if told.act not in ENTERED_BY_HAND:
        raise InvalidError({"act": "this is entered by what is done in the node"})
    to = Party(name=told.given_to, agency=told.given_to_agency) if told.given_to else None
    actions.enter_custody(
        request.user,
        package=find_package(request.case, package_id),
        act=told.act,
        at=told.at,
        reason=told.reason,
        place=told.place,
        given_to=to,
    )
    return Status(204, None)


@identities.get("", response=list[IdentityOut], operation_id="list_identities")
@holding(Right.IDENTITY_TRUST)
def list_identities(request: Call) -> list[dict[str, str]]:
    """The node's own identity, and then those that it trusts."""
    return [
        {
            "name": one.name,
            "display_name": one.display_name,
            "agency": one.agency,
            "number": number_to_compare(one),
        }
        for one in (identity().public, *known())
    ]


@identities.post("", response={201: IdentityOut}, operation_id="trust_identity")
@holding(Right.IDENTITY_TRUST)
def trust_identity(request: Call, file: File[UploadedFile], told: Form[IdentityIn]) -> Status[dict[str, str]]:
    """Trust another agency's identity, after comparing the number that its owner read out."""
    bundle = file.read(actions.BUNDLE_BYTES_MAX + 1)
    taken = actions.take_in_identity(request.user, bundle=bundle, number=told.number)
    named = {"name": taken.name, "display_name": taken.display_name, "agency": taken.agency}
    return Status(201, {**named, "number": number_to_compare(taken)})


@identities.get("/own", response={200: dict[str, Any]}, operation_id="read_own_identity")
@holding(Right.IDENTITY_TRUST)
def read_own_identity(request: Call) -> HttpResponse:
    """The file that others need to seal for this node, and to verify what it sealed."""
    return HttpResponse(identity().bundle, content_type="application/json")


def _streamed(path: Path) -> StreamingHttpResponse:
    return StreamingHttpResponse(in_chunks(path), content_type="application/octet-stream")

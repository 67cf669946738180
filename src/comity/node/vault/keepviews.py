"""Pages on keeping packages: unpacking, days, holds, deletion and its proof."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from comity.evidence.grant import GRANT_BYTES_MAX
from comity.node.access import Signed, on_case, with_right
from comity.node.cases.models import Case
from comity.node.download import to_save
from comity.node.errors import InvalidError
from comity.node.forms import ActForm
from comity.node.people.roles import Right
from comity.node.slices import slice_of
from comity.node.vault import keeping
from comity.node.vault.consents import take_consent
from comity.node.vault.forms import ConsentForm, KeepForm, RemovalForm, UnpackForm
from comity.node.vault.models import Package, Removal
from comity.node.vault.proof import proof_files
from comity.node.vault.reads import find_package
from comity.node.vault.views import package_page


@with_right(Right.VAULT_SEAL)
def due(request: Signed) -> HttpResponse:
    """What is to be deleted, in all cases that are open to the person."""
    rows = Package.objects.due(timezone.localdate()).filter(case__in=Case.objects.open_to(request.user))
    page = slice_of(rows.select_related("case", "artifact"), request.GET.get("page"))
    return render(request, "vault/due.html", {"page": page})


@on_case(Right.VAULT_SEAL)
@require_POST
def unpack(request: Signed, case: Case, package_id: str) -> HttpResponse:
    """Have a package unpacked into the evidence of the case."""
    form = UnpackForm(request.POST)

    def act(package: Package) -> None:
        keeping.ask_unpack(request.user, package=package, known_as=form.cleaned_data["known_as"])

    return _done(request, case, package_id, form, act)


@on_case(Right.VAULT_SEAL)
@require_POST
def consent(request: Signed, case: Case, package_id: str) -> HttpResponse:
    """Take in what the owner allows beyond its limits."""
    form = ConsentForm(request.POST, request.FILES)

    def act(package: Package) -> None:
        grant, signature = (form.cleaned_data[name].read(GRANT_BYTES_MAX + 1) for name in ("grant", "signature"))
        take_consent(request.user, package=package, grant=grant, signature=signature)

    return _done(request, case, package_id, form, act)


@on_case(Right.VAULT_SEAL)
@require_POST
def drop(request: Signed, case: Case) -> HttpResponse:
    """Add a package to the evidence of the case and have it checked, in one act."""
    given = request.FILES.get("package")
    if given is None:
        raise InvalidError({"package": _("choose a file first")})
    package = keeping.take_package(
        request.user, case=case, name=given.name or "", stream=given, size_bytes=given.size or 0
    )
    return redirect("vault:show", case.pk, package.pk)


@on_case(Right.VAULT_SEAL)
@require_POST
def keep(request: Signed, case: Case, package_id: str) -> HttpResponse:
    """Lay down how long a package is kept."""
    form = KeepForm(request.POST)

    def act(package: Package) -> None:
        given = form.cleaned_data
        keeping.keep_until(request.user, package=package, day=given["day"], reason=given["reason"])

    return _done(request, case, package_id, form, act)


@on_case(Right.VAULT_RELEASE)
@require_POST
def hold(request: Signed, case: Case, package_id: str) -> HttpResponse:
    """Let nobody delete a package, or let it go again."""
    keeping.hold(request.user, package=find_package(case, package_id), reason=request.POST.get("reason", ""))
    return redirect("vault:show", case.pk, package_id)


@on_case(Right.VAULT_SEAL)
@require_POST
def ask_removal(request: Signed, case: Case, package_id: str) -> HttpResponse:
    """Ask that a package be deleted."""
    form = RemovalForm(request.POST)

    def act(package: Package) -> None:
        keeping.ask_removal(request.user, package=package, reason=form.cleaned_data["reason"])

    return _done(request, case, package_id, form, act)


@on_case(Right.VAULT_SEAL)
@require_POST
def call_off(request: Signed, case: Case, package_id: str) -> HttpResponse:
    """Take back a deletion that is not confirmed."""
    keeping.call_off_removal(request.user, package=find_package(case, package_id))
    return redirect("vault:show", case.pk, package_id)


@on_case(Right.VAULT_RELEASE, presence=True)
@require_POST
def confirm_removal(request: Signed, case: Case, package_id: str) -> HttpResponse:
    """The second pair of eyes on a deletion."""
    keeping.confirm_removal(request.user, package=find_package(case, package_id))
    return redirect("vault:show", case.pk, package_id)


@on_case(Right.CASE_READ)
def save_proof(request: Signed, case: Case, package_id: str) -> HttpResponse:
    """The signed proof of a deletion, with what is checked beside it."""
    removal = Removal.objects.filter(package=find_package(case, package_id)).exclude(done_at=None).first()
    if removal is None:
        raise InvalidError({"package": _("it was not deleted")})
    packed = BytesIO()
    with ZipFile(packed, "w") as file:
        for name, data in proof_files(removal):
            file.writestr(name, data)
    return to_save(packed.getvalue(), name=f"{removal.package_id}.deleted.zip", media_type="application/zip")


def _done(request: Signed, case: Case, package_id: str, form: ActForm, act: Callable[[Package], None]) -> HttpResponse:
    """Do what the form says, or show what is wrong with it."""
    package = find_package(case, package_id)
    if form.is_valid():
        try:
            act(package)
            return redirect("vault:show", case.pk, package.pk)
        except InvalidError as error:
            form.take(error)
    return package_page(request, package, wrong=form, status=422)

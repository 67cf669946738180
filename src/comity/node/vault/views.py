"""Pages of the vault."""

from contextlib import closing
from datetime import date
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from comity.evidence.custody import Act
from comity.evidence.keys import number_to_compare
from comity.evidence.limitation import Purpose, Use
from comity.evidence.limitation_words import in_words
from comity.node.access import Signed, on_case, with_right
from comity.node.artifacts.models import Artifact
from comity.node.cases.models import Case
from comity.node.download import SANDBOX, to_save
from comity.node.errors import HiddenError, InvalidError
from comity.node.forms import ActForm
from comity.node.people.rights import may as may_do
from comity.node.people.roles import Right
from comity.node.slices import slice_of
from comity.node.vault import actions
from comity.node.vault.entries import history, so_far
from comity.node.vault.forms import (
    ConsentForm,
    CustodyForm,
    IdentityForm,
    KeepForm,
    RemovalForm,
    SealForm,
    UnpackForm,
    UseForm,
)
from comity.node.vault.limits import decide_use
from comity.node.vault.models import Origin, Package, PackageState, Removal
from comity.node.vault.reads import find_package
from comity.node.vault.store import custody as custody_log
from comity.node.vault.store import identity, known


@on_case(Right.CASE_READ)
def packages(request: Signed, case: Case) -> HttpResponse:
    """The packages of a case."""
    rows = Package.objects.filter(case=case).select_related("asked_by", "artifact", "released_by")
    shown = {
        "case": case,
        "page": slice_of(rows, request.GET.get("page")),
        "today": timezone.localdate(),
        "may_seal": _may_work(request, case),
        "artifacts": Artifact.objects.filter(case=case, packages=None, removed_at=None),
    }
    return render(request, "vault/list.html", shown)


@on_case(Right.VAULT_SEAL)
def seal(request: Signed, case: Case) -> HttpResponse:
    """A form for a package; sealing goes on in the background."""
    owner = settings.CONFIG.origin
    form = SealForm(request.POST or None, case=case, owner=owner, initial={"only_case": case.reference})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.ask_seal(request.user, case=case, wanted=form.wanted(), request=form.request_chosen())
            return redirect("vault:show", case.pk, made.pk)
        except InvalidError as error:
            form.take(error)
    status = 422 if form.errors else 200
    return render(request, "vault/seal.html", {"case": case, "form": form}, status=status)


@on_case(Right.VAULT_SEAL)
@require_POST
def check(request: Signed, case: Case) -> HttpResponse:
    """Have a file that was received checked as a package."""
    artifact = Artifact.objects.filter(case=case, pk=request.POST.get("artifact", "")).first()
    if artifact is None:
        raise InvalidError({"artifact": _("choose a file of this case")})
    made = actions.ask_check(request.user, case=case, artifact=artifact)
    return redirect("vault:show", case.pk, made.pk)


@on_case(Right.CASE_READ)
def show(request: Signed, case: Case, package_id: str) -> HttpResponse:
    """One package: what the checks found, what is in it, its custody, and what may be done with it."""
    package = find_package(case, package_id)
    return package_page(request, package, use=UseForm(request.GET if "purpose" in request.GET else None))


@on_case(Right.CASE_READ, content=False)
def progress(request: Signed, case: Case, package_id: str) -> HttpResponse:
    """How far a package is, as a part of its page."""
    return render(request, "vault/progress.html", {"case": case, "package": find_package(case, package_id)})


@on_case(Right.VAULT_RELEASE, presence=True)
@require_POST
def release(request: Signed, case: Case, package_id: str) -> HttpResponse:
    """The second pair of eyes."""
    package = find_package(case, package_id)
    version = request.POST.get("version", "")
    if not version.isdigit() or len(version) > 9:
        raise InvalidError({"version": _("reload the page")})
    actions.release(request.user, package=package, version=int(version))
    return redirect("vault:show", case.pk, package.pk)


@on_case(Right.VAULT_SEAL)
@require_POST
def custody(request: Signed, case: Case, package_id: str) -> HttpResponse:
    """Enter what was done with a package."""
    package, form = find_package(case, package_id), CustodyForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.enter_custody(
                request.user,
                package=package,
                act=Act(given["act"]),
                at=given["at"],
                reason=given["reason"],
                place=given["place"],
                given_to=form.given_to(),
            )
            return redirect("vault:show", case.pk, package.pk)
        except InvalidError as error:
            form.take(error)
    return package_page(request, package, form=form, status=422)


@on_case(Right.CASE_READ, presence=True)
def save(request: Signed, case: Case, package_id: str) -> HttpResponseBase:
    """The file of a released package, to be handed over."""
    package = find_package(case, package_id)
    if not package.sealed_here:
        raise HiddenError
    actions.take_out(request.user, package=package)
    return _file(package.path, f"{package.name}.age", "application/octet-stream")


@on_case(Right.CASE_READ)
def save_custody(request: Signed, case: Case, package_id: str) -> HttpResponse:
    """The custody of a package under a signed checkpoint, which a stranger checks."""
    package = find_package(case, package_id)
    if not package.name:
        raise HiddenError
    with closing(custody_log()) as log:
        body = so_far(log, [package.name])
    return to_save(body, name=f"{package.name}.custody.json", media_type="application/json")


@on_case(Right.CASE_READ)
def save_report(request: Signed, case: Case, package_id: str) -> HttpResponseBase:
    """The report of the last check, for court."""
    package = find_package(case, package_id)
    if not package.paper.exists():
        raise HiddenError
    return _file(package.paper, f"{package.name or package.pk}.report.pdf", "application/pdf")


@with_right(Right.IDENTITY_TRUST)
def identities(request: Signed) -> HttpResponse:
    """The node's own identity, and those that it trusts."""
    form = IdentityForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            bundle = form.cleaned_data["bundle"].read(actions.BUNDLE_BYTES_MAX + 1)
            actions.take_in_identity(request.user, bundle=bundle, number=form.cleaned_data["number"])
            return redirect("vault:identities")
        except InvalidError as error:
            form.take(error)
    own = identity().public
    others = [(one, number_to_compare(one)) for one in known()]
    shown = {"own": own, "number": number_to_compare(own), "form": form, "known": others}
    return render(request, "vault/identities.html", shown, status=422 if form.errors else 200)


@with_right(Right.IDENTITY_TRUST)
def own_identity(request: Signed) -> HttpResponse:
    """The file that others need to seal for this node, and to verify what it sealed."""
    return to_save(identity().bundle, name="identity.json", media_type="application/json")


def package_page(
    request: Signed,
    package: Package,
    *,
    use: UseForm | None = None,
    form: CustodyForm | None = None,
    wrong: ActForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a package; `wrong`: a form on keeping it that could not be taken."""
    case, found, limits = package.case, package.found(), package.limitations()
    under_way = package.state in (PackageState.WAITING, PackageState.RUNNING)
    shown = {
        "case": case,
        "package": package,
        "found": found,
        "wanted": package.said(),
        "files": package.contents(),
        "limits": tuple(in_words(limits)) if limits else (),
        "entries": () if under_way or not package.name else history(package),
        "use": use or UseForm(),
        "decision": _decision(package, use) if use is not None and use.is_bound else None,
        "form": form or CustodyForm(),
        "may_seal": _may_work(request, case),
        "may_release": case.status == "open" and may_do(request.user, Right.VAULT_RELEASE, case),
        "has_paper": package.paper.exists(),
        "due": package.due_on is not None and package.due_on <= timezone.localdate() and not package.removed_at,
        "removal": Removal.objects.select_related("asked_by", "confirmed_by").filter(package=package).first(),
        "unpacked": Origin.objects.filter(package=package).count(),
        "unpack_form": _form(wrong, UnpackForm),
        "consent_form": _form(wrong, ConsentForm),
        "consents": [one.grant() for one in package.consents.all()],
        "keep_form": _form(wrong, KeepForm),
        "removal_form": _form(wrong, RemovalForm),
        "may_keep": may_do(request.user, Right.VAULT_SEAL, case),
        "may_confirm": may_do(request.user, Right.VAULT_RELEASE, case),
    }
    return render(request, "vault/show.html", shown, status=status)


def _form(wrong: ActForm | None, kind: type[ActForm]) -> ActForm:
    return wrong if isinstance(wrong, kind) else kind(auto_id=f"id_{kind.__name__.lower()}_%s")


def _decision(package: Package, use: UseForm) -> object:
    """Whether a use is allowed, with every rule's word; None: the form is not filled in, or nothing is known."""
    if package.limitations() is None or not use.is_valid():
        return None
    given = use.cleaned_data
    meant = Use(purpose=Purpose(given["purpose"]), on=_today(), case=given["for_case"], share_with=given["share_with"])
    return decide_use(package, meant)


def _today() -> date:
    return timezone.localdate()


def _may_work(request: Signed, case: Case) -> bool:
    return case.status == "open" and may_do(request.user, Right.VAULT_SEAL, case)


def _file(path: Path, name: str, media_type: str) -> HttpResponseBase:
    response = FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=media_type)
    response["Content-Security-Policy"] = SANDBOX
    return response

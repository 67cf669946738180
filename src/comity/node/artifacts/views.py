"""Pages of the evidence of a case."""

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from comity.node.access import Signed, on_case
from comity.node.artifacts.actions import add_file, add_note, leave_out
from comity.node.artifacts.models import Artifact
from comity.node.cases.models import Case
from comity.node.download import SANDBOX
from comity.node.errors import HiddenError, InvalidError
from comity.node.people.rights import may
from comity.node.people.roles import Right
from comity.node.vault.forms import PurposeForm
from comity.node.vault.limits import limiting, words
from comity.node.vault.taking import take_bytes


@on_case(Right.CASE_READ)
def files(request: Signed, case: Case) -> HttpResponse:
    """The files of the case, and a place to add more."""
    return _page(request, case)


@on_case(Right.CASE_WORK)
@require_POST
def add(request: Signed, case: Case) -> HttpResponse:
    """Add files in one go, for browsers without script."""
    given = request.FILES.getlist("files")
    problems = [] if given else [_("choose a file first")]
    for file in given:
        try:
            add_file(request.user, case=case, name=file.name or "", stream=file, size_bytes=file.size or 0)
        except InvalidError as error:
            problems.append(f"{file.name}: {error}")
    return _page(request, case, problems) if problems else redirect("artifacts:list", case.pk)


@on_case(Right.CASE_WORK)
@require_POST
def note(request: Signed, case: Case) -> HttpResponse:
    """Add a note: text that is read for leads like any other file."""
    try:
        add_note(request.user, case=case, text=request.POST.get("text", ""))
    except InvalidError as error:
        return _page(request, case, [str(error)])
    return redirect("artifacts:list", case.pk)


@on_case(Right.CASE_READ)
def save(request: Signed, case: Case, artifact_id: str) -> HttpResponseBase:
    """The bytes of a file, to be saved and never shown here; what its owner limits is given for a purpose."""
    artifact = _of(case, artifact_id)
    bound = limiting([artifact]).get(artifact.pk, ())
    form = PurposeForm(request.GET if "purpose" in request.GET else None)
    if bound and artifact.removed_at is None and not form.is_valid():
        shown = {"case": case, "artifact": artifact, "limits": words(bound), "form": form}
        return render(request, "artifacts/purpose.html", shown, status=422 if form.errors else 200)
    path = take_bytes(request.user, artifact=artifact, purpose=form.purpose_told() if bound else None)
    response = FileResponse(
        path.open("rb"), as_attachment=True, filename=artifact.name, content_type="application/octet-stream"
    )
    response["Content-Security-Policy"] = SANDBOX
    return response


@on_case(Right.CASE_WORK)
@require_POST
def out(request: Signed, case: Case, artifact_id: str) -> HttpResponse:
    """Leave a file out of the next plan, or take it in again."""
    leave_out(request.user, artifact=_of(case, artifact_id), because=request.POST.get("because", ""))
    return redirect("artifacts:list", case.pk)


def _of(case: Case, artifact_id: str) -> Artifact:
    found = Artifact.objects.filter(case=case, pk=artifact_id).select_related("case").first()
    if found is None:
        raise HiddenError
    return found


def _page(request: Signed, case: Case, problems: list[str] | None = None) -> HttpResponse:
    artifacts = list(Artifact.objects.filter(case=case).select_related("added_by").prefetch_related("origins__package"))
    bound = limiting(artifacts)
    shown = {
        "case": case,
        "rows": [(one, words(bound.get(one.pk, ()))) for one in artifacts],
        "may_work": case.status == "open" and may(request.user, Right.CASE_WORK, case),
        "problems": problems,
    }
    return render(request, "artifacts/list.html", shown, status=422 if problems else 200)

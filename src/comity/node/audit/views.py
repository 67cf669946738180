"""Pages of the audit trail."""

from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from comity.evidence.custody import encode_growth
from comity.node.access import Signed, on_case, signed_in, with_right
from comity.node.audit import reads
from comity.node.audit.actions import enter, sign_head
from comity.node.audit.forms import SearchForm
from comity.node.audit.models import Checkpoint
from comity.node.audit.proof import encode_proof
from comity.node.audit.record import parse_record
from comity.node.audit.signing import signers
from comity.node.audit.whole import export_trail
from comity.node.cases.models import Case
from comity.node.download import to_save
from comity.node.errors import HiddenError
from comity.node.people.roles import Right


@with_right(Right.AUDIT_READ)
def trail(request: Signed) -> HttpResponse:
    """The trail, searched."""
    form = SearchForm(request.GET)
    valid = form.is_valid()
    page = reads.page_of(request.user, reads.search(form.asked())) if valid else reads.Rows(rows=(), before=None)
    kept = {
        name: value for name, value in request.GET.dict().items() if name in form.fields and name != "before" and value
    }
    values = {"form": form, "page": page, "more": _more(kept, page.before)}
    return render(request, "audit/trail.html", values, status=200 if valid else 422)


def _more(kept: dict[str, str], before: int | None) -> str:
    return "" if before is None else "?" + urlencode({**kept, "before": before})


def _before(request: Signed) -> int | None:
    text = request.GET.get("before", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


@signed_in
def mine(request: Signed) -> HttpResponse:
    """What was done with my account."""
    page = reads.own_page(request.user, _before(request))
    return render(request, "audit/mine.html", {"page": page, "more": _more({}, page.before)})


@on_case(Right.CASE_MEMBERS, reads="case.read_trail")
def case_trail(request: Signed, case: Case) -> HttpResponse:
    """Who has seen this case, and what was done in it."""
    page = reads.page_of(request.user, reads.search(reads.Asked(case=case.pk, before=_before(request))))
    values = {"case": case, "page": page, "more": _more({}, page.before), "seen": reads.who_saw(case)}
    return render(request, "audit/case.html", values)


@with_right(Right.AUDIT_READ)
def entry(request: Signed, number: int) -> HttpResponse:
    """One entry, whole."""
    record = parse_record(bytes(reads.find_entry(number).body))
    covered = Checkpoint.objects.filter(size__gt=number).order_by("size").first()
    return render(request, "audit/entry.html", {"record": record, "covered": covered})


@with_right(Right.AUDIT_READ)
def proof(request: Signed, number: int) -> HttpResponse:
    """The proof that one entry is in the trail, as a file."""
    return to_save(
        encode_proof(reads.prove_entry(number)), name=f"audit-entry-{number}.json", media_type="application/json"
    )


@with_right(Right.AUDIT_READ)
def checkpoints(request: Signed) -> HttpResponse:
    """The signed heads."""
    found = Checkpoint.objects.order_by("-size")
    before = _before(request)
    rows = list((found.filter(size__lt=before) if before is not None else found)[: reads.ROWS + 1])
    more = rows[reads.ROWS - 1].size if len(rows) > reads.ROWS else None
    keys = [signer.key.vkey for signer in signers()]
    values = {"rows": rows[: reads.ROWS], "more": _more({}, more), "keys": keys}
    return render(request, "audit/checkpoints.html", values)


@with_right(Right.AUDIT_READ)
def checkpoint(request: Signed, size: int) -> HttpResponse:
    """One signed head, as a file to keep elsewhere."""
    found = Checkpoint.objects.filter(pk=size).first()
    if found is None:
        raise HiddenError
    return to_save(bytes(found.note), name=f"audit-checkpoint-{size}.txt", media_type="text/plain; charset=utf-8")


@with_right(Right.AUDIT_READ)
def growth(request: Signed, old_size: int, new_size: int) -> HttpResponse:
    """The proof that the trail only grew between two signed heads, as a file."""
    return to_save(
        encode_growth(reads.prove_growth(old_size, new_size)),
        name=f"audit-growth-{old_size}-{new_size}.json",
        media_type="application/json",
    )


@with_right(Right.AUDIT_READ)
@require_POST
def sign(request: Signed) -> HttpResponse:
    """Sign the trail as it stands."""
    enter(request.user, "audit.sign")
    sign_head(signers())
    return redirect("audit:checkpoints")


@with_right(Right.AUDIT_READ, presence=True)
def export(request: Signed) -> HttpResponseBase:
    """The whole trail as a file that proves itself."""
    if request.method != "POST":
        return render(request, "audit/export.html")
    name, pieces = export_trail(request.user)
    response = StreamingHttpResponse(pieces, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

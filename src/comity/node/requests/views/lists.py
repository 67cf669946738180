"""Lists of requests."""

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from comity.node.access import Signed, on_case, with_right
from comity.node.cases.models import Case
from comity.node.people.models import User
from comity.node.people.roles import Right
from comity.node.requests.forms import FilterForm
from comity.node.requests.models import Request, RequestQuerySet
from comity.node.slices import slice_of


@with_right(Right.CASE_READ)
def all_requests(request: Signed) -> HttpResponse:
    """The requests of the cases that the person may see."""
    form = FilterForm(request.GET)
    rows = Request.objects.open_to(request.user).select_related("case", "assignee")
    if form.is_valid():
        rows = _filtered(rows, form.cleaned_data, request.user)
    page = slice_of(rows, request.GET.get("page"))
    may_receive = request.user.holds(Right.REQUEST_RECEIVE)
    return render(request, "requests/list.html", {"page": page, "form": form, "may_receive": may_receive})


@on_case(Right.CASE_READ)
def of_case(request: Signed, case: Case) -> HttpResponse:
    """The requests of one case."""
    rows = Request.objects.filter(case=case).select_related("case", "assignee")
    page = slice_of(rows, request.GET.get("page"))
    return render(request, "requests/of_case.html", {"page": page, "case": case})


def _filtered(rows: RequestQuerySet, wanted: dict[str, Any], user: User) -> RequestQuerySet:
    exact = {name: wanted[name] for name in ("direction", "state", "waits", "measure", "unit") if wanted.get(name)}
    rows = rows.filter(**exact)
    for side in ("requesting", "requested"):
        if wanted.get(side):
            rows = rows.filter(**{side: wanted[side].strip().upper()})
    if wanted.get("mine"):
        rows = rows.filter(assignee=user)
    if wanted.get("late"):
        rows = rows.late(timezone.now())
    if wanted.get("text"):
        rows = rows.filter(
            Q(reference__icontains=wanted["text"].strip()) | Q(their_reference__icontains=wanted["text"].strip())
        )
    return rows

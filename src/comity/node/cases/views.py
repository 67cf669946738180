"""Pages of cases."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render

from comity.node.access import Signed, on_case, with_right
from comity.node.cases.actions import open_case
from comity.node.cases.forms import CaseForm
from comity.node.cases.models import Case
from comity.node.errors import InvalidError
from comity.node.people.roles import Right


@with_right(Right.CASE_READ)
def case_list(request: Signed) -> HttpResponse:
    """The cases that the person may see."""
    page = Paginator(Case.objects.open_to(request.user), 50).get_page(request.GET.get("page"))
    return render(request, "cases/list.html", {"page": page, "may_open": request.user.holds(Right.CASE_OPEN)})


@with_right(Right.CASE_OPEN)
def new(request: Signed) -> HttpResponse:
    """Open a case."""
    form = CaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("cases:show", open_case(request.user, **form.cleaned_data).pk)
        except InvalidError as error:
            form.take(error)
    return render(request, "cases/new.html", {"form": form}, status=422 if form.errors else 200)


@on_case(Right.CASE_READ)
def show(request: Signed, case: Case) -> HttpResponse:
    """One case."""
    return render(request, "cases/show.html", {"case": case})

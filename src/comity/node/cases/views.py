"""Pages of cases."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from comity.node.access import Signed, on_case, with_right
from comity.node.cases.actions import add_member, close_case, end_membership, open_case, rename_case, reopen_case
from comity.node.cases.forms import CaseFilter, CaseForm, MemberForm, TitleForm, TurnForm
from comity.node.cases.models import Case, CaseStatus
from comity.node.errors import ChangedError, HiddenError, InvalidError
from comity.node.people.models import User
from comity.node.people.reads import find_by_login
from comity.node.people.rights import may
from comity.node.people.roles import Right
from comity.node.slices import slice_of


@with_right(Right.CASE_READ)
def case_list(request: Signed) -> HttpResponse:
    """The cases that the person may see, newest first."""
    form = CaseFilter(request.GET)
    rows = Case.objects.open_to(request.user).select_related("unit")
    if form.is_valid():
        rows = rows.filter(status=form.cleaned_data["status"]) if form.cleaned_data["status"] else rows
        rows = rows.matching(text) if (text := form.cleaned_data["text"].strip()) else rows
    page = slice_of(rows, request.GET.get("page"))
    shown = {"page": page, "form": form, "may_open": request.user.holds(Right.CASE_OPEN)}
    return render(request, "cases/list.html", shown)


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
    """One case: whose it is, and how it stands."""
    shown = {
        "case": case,
        "may_rename": case.status == CaseStatus.OPEN and may(request.user, Right.CASE_WORK, case),
        "may_close": may(request.user, Right.CASE_CLOSE, case),
        "may_see_readers": may(request.user, Right.CASE_MEMBERS, case),
    }
    return render(request, "cases/show.html", shown)


@on_case(Right.CASE_WORK)
def rename(request: Signed, case: Case) -> HttpResponse:
    """Give the case another title."""
    form = TitleForm(request.POST or None, initial={"version": case.version, "title": case.title})
    if request.method == "POST" and form.is_valid():
        try:
            rename_case(request.user, case=case, **form.cleaned_data)
            return redirect("cases:show", case.pk)
        except InvalidError as error:
            form.take(error)
        except ChangedError as error:
            form.add_error(None, str(error))
    return render(request, "cases/rename.html", {"case": case, "form": form}, status=422 if form.errors else 200)


@on_case(Right.CASE_CLOSE)
@require_POST
def turn(request: Signed, case: Case) -> HttpResponse:
    """Close an open case, open a closed one again."""
    form = TurnForm(request.POST)
    if not form.is_valid():
        raise InvalidError({"version": _("say which version you saw, by its number")})
    act = close_case if case.status == CaseStatus.OPEN else reopen_case
    act(request.user, case=case, version=form.cleaned_data["version"])
    return redirect("cases:show", case.pk)


@on_case(Right.CASE_READ)
def members(request: Signed, case: Case) -> HttpResponse:
    """Who may see the case, and why; let another person in."""
    form = MemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = _person(form.cleaned_data["person"])
            add_member(request.user, case=case, user=person, reason=form.cleaned_data["reason"])
            messages.success(request, _("%(person)s can see the case now.") % {"person": person})
            return redirect("cases:members", case.pk)
        except InvalidError as error:
            form.take(error)
    rows = case.memberships.filter(ended_at=None).select_related("user__unit", "added_by").order_by("added_at")
    shown = {"case": case, "rows": rows, "form": form, "may_change": may(request.user, Right.CASE_MEMBERS, case)}
    return render(request, "cases/members.html", shown, status=422 if form.errors else 200)


@on_case(Right.CASE_MEMBERS)
@require_POST
def end_member(request: Signed, case: Case, username: str) -> HttpResponse:
    """Let a person see the case no longer."""
    row = case.memberships.filter(user__username=username, ended_at=None).select_related("user").first()
    if row is None:
        raise HiddenError
    try:
        end_membership(request.user, case=case, user=row.user)
    except InvalidError as error:
        messages.error(request, str(error))
    # Who has just left the case is shown nothing of it any more.
    return redirect("cases:list") if row.user == request.user else redirect("cases:members", case.pk)


def _person(text: str) -> User:
    found = find_by_login(text)
    if found is None or not found.is_active:
        raise InvalidError({"person": _("nobody here has this name or address")})
    return found

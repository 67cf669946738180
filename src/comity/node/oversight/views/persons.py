"""Persons concerned: who must be told of a request, by when, and what was put off."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from comity.node.access import Signed, on_case, with_right
from comity.node.cases.models import Case
from comity.node.errors import ChangedError, HiddenError, InvalidError
from comity.node.forms import ActForm
from comity.node.oversight.actions.persons import delay, give, owe
from comity.node.oversight.forms import DelayForm, GiveForm, OweForm
from comity.node.oversight.models import Notification
from comity.node.people.roles import Right
from comity.node.requests.reads import find_request

SHOWN_MAX = 100


@with_right(Right.CASE_READ)
def due(request: Signed) -> HttpResponse:
    """Who must be told, of the cases that the person may see; what is due first stands first."""
    open_rows = Notification.objects.open_to(request.user).filter(given_at=None)
    rows = open_rows.select_related("request__case").order_by("due_on")[:SHOWN_MAX]
    return render(request, "oversight/due.html", {"rows": rows, "today": timezone.localdate()})


@on_case(Right.CASE_READ)
def of_request(request: Signed, case: Case, request_id: str) -> HttpResponse:
    """Persons concerned by one request; add one."""
    found = find_request(case, request_id)
    form = OweForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            owe(request.user, request=found, **form.cleaned_data)
            return redirect("oversight:persons", case.pk, found.pk)
        except InvalidError as error:
            form.take(error)
    rows = (
        Notification.objects.filter(request=found).prefetch_related("delays__by").select_related("added_by")[:SHOWN_MAX]
    )
    shown = {"case": case, "found": found, "rows": rows, "form": form, "today": timezone.localdate()}
    return render(request, "oversight/persons.html", shown, status=422 if form.errors else 200)


@on_case(Right.CASE_READ)
def put_off(request: Signed, case: Case, notification_id: int) -> HttpResponse:
    """Put off telling a person."""
    return _change(request, case, notification_id, DelayForm)


@on_case(Right.CASE_READ)
def given(request: Signed, case: Case, notification_id: int) -> HttpResponse:
    """The person was told."""
    return _change(request, case, notification_id, GiveForm)


def _change(request: Signed, case: Case, notification_id: int, kind: type[ActForm]) -> HttpResponse:
    row = Notification.objects.select_related("request__case").filter(pk=notification_id, request__case=case).first()
    if row is None or row.given_at:
        raise HiddenError
    form = kind(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        try:
            change: Any = delay if kind is DelayForm else give
            change(request.user, notification=row, **form.cleaned_data)
            return redirect("oversight:persons", case.pk, row.request_id)
        except InvalidError as error:
            form.take(error)
        except ChangedError as error:
            form.add_error(None, str(error))
    shown = {"case": case, "row": row, "form": form, "is_delay": kind is DelayForm}
    return render(request, "oversight/change.html", shown, status=422 if form.errors else 200)

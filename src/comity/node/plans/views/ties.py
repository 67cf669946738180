"""Pages of what ties a case together: relations, map and moments as pictures, each tie with its reasons."""

from collections.abc import Callable
from typing import Any

import msgspec
from django.http import HttpResponse
from django.shortcuts import redirect, render

from comity.leads import Leads
from comity.node.access import Signed, on_case
from comity.node.cases.models import Case
from comity.node.errors import ChangedError, HiddenError, InvalidError
from comity.node.people.rights import may
from comity.node.people.roles import Right
from comity.node.plans.actions import add_lead, ask_plan, tell_tie
from comity.node.plans.forms import LeadForm, TieForm
from comity.node.plans.picture import draw
from comity.node.plans.reads import find_done_plan, newest_facts
from comity.node.plans.relations import find, rows
from comity.node.slices import slice_of
from comity.plan import Plan


@on_case(Right.CASE_READ)
def relations(request: Signed, case: Case, number: int) -> HttpResponse:
    """The pictures and the list of all ties; with ``of`` one of them, as a part of the page where it asks for that."""
    version = find_done_plan(case, number)
    of = request.GET.get("of", "")
    shown: dict[str, Any] = {
        "case": case,
        "version": version,
        "may_work": case.status == "open" and may(request.user, Right.CASE_WORK, case),
    }
    plan, leads = version.plan(), version.leads()
    if of:
        shown |= {"of": of, "found": find(plan, leads, of)}
        if shown["found"] is None:
            raise HiddenError
        shown["what"] = type(shown["found"]).__name__.lower()
        if request.headers.get("HX-Request"):
            return render(request, "plans/relation.html", shown)
    return render(request, "plans/relations.html", shown | _whole(request, plan, leads))


def _whole(request: Signed, plan: Plan, leads: Leads) -> dict[str, Any]:
    picture = draw(plan, leads)
    text = request.GET.get("text", "").strip()
    every = rows(plan)
    wanted = [row for row in every if text.casefold() in f"{row.shown} {row.holder}".casefold()] if text else every
    return {
        "picture": msgspec.to_builtins(picture),
        "drawn": picture,
        "text": text,
        "page": slice_of(wanted, request.GET.get("page")),
        "events": plan.events,
    }


@on_case(Right.CASE_WORK)
def tell(request: Signed, case: Case) -> HttpResponse:
    """Say who has a thing, where what was found is wrong."""
    given = {name: request.GET.get(name, "") for name in ("value", "state", "holder")}
    form = TieForm(request.POST or None, initial=given)
    return _tell(request, case, form, act=tell_tie, page="plans/tie.html")


@on_case(Right.CASE_WORK)
def lead(request: Signed, case: Case) -> HttpResponse:
    """Add a thing that no file shows."""
    return _tell(request, case, LeadForm(request.POST or None), act=add_lead, page="plans/lead.html")


def _tell(request: Signed, case: Case, form: TieForm, *, act: Callable[..., object], page: str) -> HttpResponse:
    """The form; once it is filled in, `act` is done with what it says and a new plan is made."""
    if request.method == "POST" and form.is_valid():
        try:
            act(request.user, case=case, **form.cleaned_data)
            ask_plan(request.user, case=case)
            return redirect("plans:newest", case.pk)
        except InvalidError as error:
            form.take(error)
        except ChangedError as error:
            form.add_error(None, str(error))
    shown = {"case": case, "form": form, "value": form["value"].value(), "facts": newest_facts(case)}
    return render(request, page, shown, status=422 if form.errors else 200)

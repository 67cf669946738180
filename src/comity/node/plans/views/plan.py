"""Pages of facts and plans."""

from typing import Any

import msgspec
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from comity.letters import steps_with_letters
from comity.node.access import Signed, on_case
from comity.node.cases.models import Case
from comity.node.download import to_save
from comity.node.errors import ChangedError, InvalidError
from comity.node.people.rights import may
from comity.node.people.roles import Right
from comity.node.plans.actions import ask_plan, save_facts, set_uninvolved
from comity.node.plans.changes import Changes, compare
from comity.node.plans.forms import FactsForm, UninvolvedForm
from comity.node.plans.models import Facts, PlanState, PlanVersion
from comity.node.plans.reads import find_done_plan, find_plan, first_facts, newest_facts, plan_before
from comity.plan.report.summary import summarise

# The report is a page that stands alone: its style is inside it, it may do nothing else, and it has no origin.
REPORT_POLICY = "sandbox allow-popups; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"


@on_case(Right.CASE_READ)
def facts(request: Signed, case: Case) -> HttpResponse:
    """The facts as they are now, to be changed by whoever works on the case."""
    stands = newest_facts(case)
    may_work = may(request.user, Right.CASE_WORK, case)
    initial = {"version": stands.number if stands else 0, "text": stands.text if stands else first_facts(case)}
    form = FactsForm(request.POST or None, initial=initial)
    shown: dict[str, Any] = {"case": case, "form": form, "stands": stands, "may_work": may_work}
    if request.method == "POST" and form.is_valid():
        try:
            save_facts(request.user, case=case, **form.cleaned_data)
            return redirect("plans:facts", case.pk)
        except InvalidError as error:
            form.take(error)
        except ChangedError as error:
            form.add_error(None, str(error))
            shown["theirs"] = stands
    shown["versions"] = Facts.objects.filter(case=case).select_related("by").order_by("-number")[:50]
    return render(request, "plans/facts.html", shown, status=422 if form.errors else 200)


@on_case(Right.CASE_READ)
def plan(request: Signed, case: Case) -> HttpResponse:
    """The newest plan, or how far it is."""
    newest = PlanVersion.objects.filter(case=case).first()
    return _page(request, case, newest)


@on_case(Right.CASE_READ)
def version(request: Signed, case: Case, number: int) -> HttpResponse:
    """One plan."""
    return _page(request, case, find_plan(case, number, "asked_by", "facts"))


@on_case(Right.CASE_WORK)
@require_POST
def ask(request: Signed, case: Case) -> HttpResponse:
    """Have a plan made."""
    ask_plan(request.user, case=case)
    return redirect("plans:newest", case.pk)


@on_case(Right.CASE_READ, content=False)
def progress(request: Signed, case: Case, number: int) -> HttpResponse:
    """How far a plan is, as a part of its page."""
    return render(request, "plans/progress.html", {"case": case, "version": find_plan(case, number)})


@on_case(Right.CASE_READ)
def report(request: Signed, case: Case, number: int) -> HttpResponse:
    """The whole plan as a page that stands alone: map, time line, routes, reasons and sources."""
    from comity.plan.report import render as render_report

    response = HttpResponse(render_report(find_done_plan(case, number).plan()))
    response["Content-Security-Policy"] = REPORT_POLICY
    return response


@on_case(Right.CASE_READ)
def data(request: Signed, case: Case, number: int) -> HttpResponse:
    """The plan as JSON, as the terminal prints it."""
    body = msgspec.json.format(msgspec.json.encode(find_done_plan(case, number).plan()), indent=2)
    return to_save(body, name=f"plan-{number}.json", media_type="application/json")


@on_case(Right.CASE_WORK)
def uninvolved(request: Signed, case: Case) -> HttpResponse:
    """Say that somebody in the evidence has nothing to do with the offence."""
    form = UninvolvedForm(request.POST or None, initial={"value": request.GET.get("value", "")})
    if request.method == "POST" and form.is_valid():
        try:
            set_uninvolved(request.user, case=case, **form.cleaned_data)
            ask_plan(request.user, case=case)
            return redirect("plans:newest", case.pk)
        except InvalidError as error:
            form.take(error)
    value = form["value"].value()
    shown = {"case": case, "form": form, "value": value}
    return render(request, "plans/uninvolved.html", shown, status=422 if form.errors else 200)


def _page(request: Signed, case: Case, found: PlanVersion | None) -> HttpResponse:
    shown: dict[str, Any] = {
        "case": case,
        "version": found,
        "facts": newest_facts(case),
        "may_work": case.status == "open" and may(request.user, Right.CASE_WORK, case),
        "may_draft": may(request.user, Right.REQUEST_DRAFT, case),
        "versions": PlanVersion.objects.filter(case=case)
        .select_related("asked_by")
        .defer("packed_plan", "packed_leads")[:50],
    }
    if found is not None and found.state == PlanState.DONE:
        made = found.plan()
        shown |= {"plan": made, "summary": summarise(made), "changes": _changes(case, found)}
        shown["with_letters"] = {step.id for step in steps_with_letters(made)}
    return render(request, "plans/plan.html", shown)


def _changes(case: Case, found: PlanVersion) -> Changes | None:
    before = plan_before(case, found.number)
    return compare(before.plan(), found.plan()) if before else None

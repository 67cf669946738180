"""What one state can obtain from another, and which states could claim a case."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from comity.law import (
    Ground,
    JurisdictionQuestion,
    Query,
    RouteList,
    Status,
    claim_bases,
    consultation_duties,
    find_routes,
    forum_criteria,
    timeline,
)
from comity.node.access import atlas
from comity.node.atlas.forms import LAST_DAY, JurisdictionForm, PairForm
from comity.node.atlas.tables import Table, as_file
from comity.node.atlas.views.asked import asked, files
from comity.node.lawdata import registry

YEARS_AHEAD = 50


@atlas
@require_GET
def pair(request: HttpRequest) -> HttpResponse:
    """Every route between two states for a measure, and how the answer changed and will change."""
    form = asked(request, PairForm)
    if not form.is_valid():
        return render(request, "atlas/pair.html", {"form": form}, status=422 if form.errors else 200)
    given = form.cleaned_data
    query = Query(
        requesting=given["requesting"],
        requested=given["requested"],
        measure=given["measure"],
        on=given["on"],
        offences=tuple(given["offence"]),
        urgent=given["urgent"],
    )
    answer = find_routes(query, registry()).record()
    file = as_file(request, _routes_table(answer))
    if file is not None:
        return file
    ahead = min(LAST_DAY, date(query.on.year + YEARS_AHEAD, 12, 31))
    shown = {
        "form": form,
        "answer": answer,
        "usable": [one for one in answer.routes if one.status is not Status.CLOSED],
        "closed": [one for one in answer.routes if one.status is Status.CLOSED],
        "timeline": timeline(query, registry(), to_on=ahead),
        "turned": _turned(request),
        "files": files(request),
    }
    return render(request, "atlas/pair.html", shown)


def _turned(request: HttpRequest) -> str:
    """The address of the same question asked by the other side."""
    given = request.GET.copy()
    given["requesting"], given["requested"] = given.get("requested", ""), given.get("requesting", "")
    return f"?{given.urlencode()}"


def _routes_table(answer: RouteList) -> Table:
    query = answer.query
    rows = tuple(
        (
            place,
            one.status.value,
            one.instrument,
            one.title,
            one.article,
            one.channel.value,
            one.addressee.name,
            "; ".join(one.why),
            "; ".join(f"{c.state.value}: {c.text}" for c in one.conditions),
            one.weakest_source.url if one.weakest_source else "",
            one.weakest_source.as_of if one.weakest_source else "",
            one.weakest_source.confidence.value if one.weakest_source else "",
        )
        for place, one in enumerate(answer.routes, start=1)
    )
    columns = ("place", "status", "instrument", "title", "article", "channel", "addressee", "why", "conditions")
    name = f"{query.requesting}-{query.requested}-{query.measure.value}-{query.on}"
    return Table(name=name, columns=(*columns, "source", "as_of", "confidence"), rows=rows)


@atlas
@require_GET
def jurisdiction(request: HttpRequest) -> HttpResponse:
    """Which articles give states a ground to judge, who must consult, and what speaks for which forum."""
    form = asked(request, JurisdictionForm)
    if not form.is_valid():
        return render(request, "atlas/jurisdiction.html", {"form": form}, status=422 if form.errors else 200)
    given = form.cleaned_data
    question = JurisdictionQuestion(on=given["on"], offences=tuple(given["offence"]))
    grounds = tuple(Ground(one) for one in given["ground"])
    law, states = registry(), given["states"]
    shown = {
        "form": form,
        "claims": [(one, ground, claim_bases(one, ground, question, law)) for one in states for ground in grounds],
        "duties": consultation_duties(states, question, law),
        "criteria": forum_criteria({one: frozenset(grounds) for one in states}, law),
    }
    return render(request, "atlas/jurisdiction.html", shown)

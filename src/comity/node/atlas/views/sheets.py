"""One state, one instrument, one offence on one page each."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from comity.law import NationalOffence
from comity.law.dates import span
from comity.law.reference import (
    BondState,
    InstrumentSheet,
    StateSheet,
    find_instrument,
    instrument_sheet,
    offence_sheet,
    state_sheet,
)
from comity.node.access import atlas
from comity.node.atlas.lookup import find_state
from comity.node.atlas.tables import Table, as_file
from comity.node.atlas.views.asked import day_asked, files
from comity.node.lawdata import registry

_SECTIONS = (
    (BondState.BOUND,),
    (BondState.COMING, BondState.CONSENTED),
    (BondState.SIGNED,),
    (BondState.UNKNOWN,),
    (BondState.ENDED,),
    (BondState.EXCLUDED,),
)


@atlas
@require_GET
def state(request: HttpRequest, state: str) -> HttpResponse:
    """By what a state is bound, whom to ask, what its law punishes, what stands in the way."""
    form, on = day_asked(request)
    code = find_state(state)
    sheet = state_sheet(code, registry(), on)
    answer = as_file(request, _bonds_table(sheet))
    if answer is not None:
        return answer
    law = registry().states.get(code)
    shown = {
        "form": form,
        "on": on,
        "sheet": sheet,
        "groups": [(kinds[0].value, found) for kinds in _SECTIONS if (found := sheet.of(*kinds))],
        "offences": [(one, in_force(one, on)) for one in (law.offences if law else ())],
        "files": files(request),
    }
    return render(request, "atlas/state.html", shown)


@atlas
@require_GET
def instrument(request: HttpRequest, instrument: str) -> HttpResponse:
    """What an instrument gives, who is bound, what was reserved."""
    form, on = day_asked(request)
    sheet = instrument_sheet(find_instrument(instrument, registry()), registry(), on)
    answer = as_file(request, _parties_table(sheet))
    if answer is not None:
        return answer
    shown = {"form": form, "on": on, "sheet": sheet, "files": files(request)}
    return render(request, "atlas/instrument.html", shown)


@atlas
@require_GET
def offence(request: HttpRequest, offence: str) -> HttpResponse:
    """An offence, its elements, and whose law is known to cover it."""
    form, on = day_asked(request)
    sheet = offence_sheet(registry().offence(offence), registry(), on)
    rows = tuple((one.state, one.name, "; ".join(one.sections), "; ".join(one.through)) for one in sheet.covered)
    table = Table(name=f"{offence}-{on}", columns=("state", "name", "sections", "through"), rows=rows)
    answer = as_file(request, table)
    if answer is not None:
        return answer
    return render(request, "atlas/offence.html", {"form": form, "on": on, "sheet": sheet, "files": files(request)})


def in_force(section: NationalOffence, on: date) -> str:
    """``yes``, ``no`` or ``unknown``: whether a section is law on a day, as far as its dates were sourced."""
    begins = span(section.in_force_from) if section.in_force_from else None
    ends = span(section.in_force_to) if section.in_force_to else None
    if (begins and on < begins[0]) or (ends and on > ends[1]):
        return "no"
    if begins is None or on < begins[1] or (ends and on > ends[0]):
        return "unknown"
    return "yes"


def _bonds_table(sheet: StateSheet) -> Table:
    rows = [
        (one.instrument, one.title, one.state.value, one.why, _day(one.opens_on), _day(one.closes_on), *_source(one))
        for one in sheet.bonds
    ]
    rows += [(one.instrument, one.title, one.bound, one.why, "", "", "", "", "") for one in sheet.treaties]
    columns = ("instrument", "title", "state", "why", "opens_on", "closes_on", "source", "as_of", "confidence")
    return Table(name=f"{sheet.state}-{sheet.as_of}", columns=columns, rows=tuple(rows))


def _source(bond: object) -> tuple[str, str, str]:
    found = getattr(bond, "sources", ())
    return (found[0].url, found[0].as_of, found[0].confidence.value) if found else ("", "", "")


def _parties_table(sheet: InstrumentSheet) -> Table:
    rows = tuple(
        (
            one.state,
            one.name,
            one.bound,
            one.why,
            _day(one.opens_on),
            _day(one.closes_on),
            one.source_url,
            one.confidence.value if one.confidence else "",
        )
        for one in sheet.parties
    )
    columns = ("state", "name", "bound", "why", "opens_on", "closes_on", "source", "confidence")
    return Table(name=f"{sheet.id}-{sheet.as_of}", columns=columns, rows=rows)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""

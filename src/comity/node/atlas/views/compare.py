"""Side by side: two instruments, two states, one state on two days."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from comity.law import Measure
from comity.law.reference import Comparison, StateSheet, compare, find_instrument, state_sheet
from comity.node.access import atlas
from comity.node.atlas.answers import DayDifference, atlas_on, between_days
from comity.node.atlas.forms import DaysForm, InstrumentsForm, StatesForm
from comity.node.atlas.tables import Table, as_file
from comity.node.atlas.views.asked import asked, files
from comity.node.lawdata import registry


@atlas
@require_GET
def instruments(request: HttpRequest) -> HttpResponse:
    """Two instruments."""
    form = asked(request, InstrumentsForm)
    if not form.is_valid():
        return render(request, "atlas/compare_instruments.html", {"form": form}, status=422 if form.errors else 200)
    law, given = registry(), form.cleaned_data
    first, second = (find_instrument(given[name], law) for name in ("first", "second"))
    found = compare(first, second, law, given["on"])
    file = as_file(request, _instruments_table(found))
    if file is not None:
        return file
    shown = {"form": form, "found": found, "files": files(request), "sources": (first, second)}
    return render(request, "atlas/compare_instruments.html", shown)


def _instruments_table(found: Comparison) -> Table:
    rows = [("", one.topic, one.first, one.second, one.differs, one.matters) for one in found.general]
    rows += [
        (part.measure.value, one.topic, one.first, one.second, one.differs, one.matters)
        for part in found.measures
        for one in part.rows
    ]
    columns = ("measure", "topic", found.first.id, found.second.id, "differs", "matters")
    if found.first.id == found.second.id:
        columns = ("measure", "topic", found.first.id, f"{found.second.id} again", "differs", "matters")
    return Table(name=f"{found.first.id}-{found.second.id}-{found.as_of}", columns=columns, rows=tuple(rows))


@atlas
@require_GET
def states(request: HttpRequest) -> HttpResponse:
    """Two states: how each stands to every shared instrument, and what they can obtain from each other."""
    form = asked(request, StatesForm)
    if not form.is_valid():
        return render(request, "atlas/compare_states.html", {"form": form}, status=422 if form.errors else 200)
    on, one, two = (form.cleaned_data[name] for name in ("on", "first", "second"))
    first, second = state_sheet(one, registry(), on), state_sheet(two, registry(), on)
    rows = _beside(first, second)
    table = Table(name=f"{one}-{two}-{on}", columns=("instrument", "title", "first", "second"), rows=rows)
    file = as_file(request, table)
    if file is not None:
        return file
    shown = {
        "form": form,
        "on": on,
        "first": first,
        "second": second,
        "rows": [(*row, row[2] != row[3]) for row in rows],
        "between": _between(one, two, form) if one != two else (),
        "files": files(request),
    }
    return render(request, "atlas/compare_states.html", shown)


def _between(one: str, two: str, form: StatesForm) -> list[tuple[Measure, str, str]]:
    """What each can obtain from the other."""
    found = atlas_on(form.cleaned_data["on"])
    return [(m, found.strength(one, two, m).words, found.strength(two, one, m).words) for m in Measure]


def _beside(first: StateSheet, second: StateSheet) -> tuple[tuple[str, str, str, str], ...]:
    other = {bond.instrument: bond for bond in second.bonds}
    rows = [(b.instrument, b.title, b.state.value, other[b.instrument].state.value) for b in first.bonds]
    return tuple(sorted(rows, key=lambda row: row[2] == row[3]))


@atlas
@require_GET
def days(request: HttpRequest) -> HttpResponse:
    """One state on two days: what it can obtain, and by what it is bound."""
    form = asked(request, DaysForm)
    if not form.is_valid():
        return render(request, "atlas/compare_days.html", {"form": form}, status=422 if form.errors else 200)
    state, before, on = (form.cleaned_data[name] for name in ("requesting", "before", "on"))
    found = between_days(state, before, on)
    file = as_file(request, _days_table(found, f"{state}-{before}-{on}"))
    if file is not None:
        return file
    rows = _beside(state_sheet(state, registry(), before), state_sheet(state, registry(), on))
    shown = {
        "form": form,
        "before": before,
        "on": on,
        "state": state,
        "found": [one for one in found if one.stronger or one.weaker],
        "bonds": [row for row in rows if row[2] != row[3]],
        "files": files(request),
    }
    return render(request, "atlas/compare_days.html", shown)


def _days_table(found: tuple[DayDifference, ...], name: str) -> Table:
    rows = tuple((one.measure.value, " ".join(one.stronger), " ".join(one.weaker)) for one in found)
    return Table(name=name, columns=("measure", "stronger", "weaker"), rows=rows)

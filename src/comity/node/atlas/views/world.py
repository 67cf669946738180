"""The map of the world by measure and day, and the table of coverage."""

from datetime import date
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from comity.law import Measure
from comity.law.atlas import load_world
from comity.node.access import atlas
from comity.node.atlas.answers import MapAnswer, coverage_on, map_on
from comity.node.atlas.forms import FIRST_DAY, LAST_DAY, CoverageForm, MapForm
from comity.node.atlas.tables import Table, as_file
from comity.node.atlas.views.asked import asked, files
from comity.node.errors import InvalidError

_FIRST_SHOWN = {"measure": Measure.PRESERVATION.value}
_SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""Of the map as a file of its own, which carries its own style."""


@atlas
@require_GET
def world_map(request: HttpRequest) -> HttpResponse:
    """The map and the same as a table; a part of the page while somebody moves the slider."""
    form = _map_form(request)
    if not form.is_valid():
        return render(request, "atlas/map.html", {"form": form}, status=422)
    on, measure, requesting = (form.cleaned_data[name] for name in ("on", "measure", "requesting"))
    answer = map_on(on, measure, requesting)
    file = as_file(request, _map_table(answer, f"{measure.value}-{requesting or 'world'}-{on}"))
    if file is not None:
        return file
    shown = {
        "form": form,
        "on": on,
        "measure": measure,
        "requesting": requesting,
        "answer": answer,
        "svg": mark_safe(answer.svg),  # law's own drawing, which escapes its words
        "address": _address(on, measure, requesting),
        "by_year": request.GET.get("by") == "year",
        "years": (FIRST_DAY.year, LAST_DAY.year),
        "files": {kind: f"{_address(on, measure, requesting)}&form={kind}" for kind in ("csv", "json")},
    }
    part = bool(request.headers.get("HX-Request"))
    response = render(request, "atlas/map_shown.html" if part else "atlas/map.html", shown | {"part": part})
    if part:
        response["HX-Push-Url"] = f"{request.path}{shown['address']}"
    return response


def _map_form(request: HttpRequest) -> MapForm:
    """The form; where the slider was moved (``by=year``) its year goes before that of the day."""
    form = asked(request, MapForm, defaults=_FIRST_SHOWN)
    year = request.GET.get("year", "") if request.GET.get("by") == "year" else ""
    if year.isascii() and year.isdecimal() and "0001" <= year <= "9999" and len(year) == 4 and form.is_valid():
        given = form.data.copy()  # type: ignore[attr-defined]  # always a QueryDict
        given["on"] = _in_year(form.cleaned_data["on"], int(year)).isoformat()
        given.pop("year", None)
        return MapForm(given)
    return form


def _in_year(day: date, year: int) -> date:
    return date(year, day.month, min(day.day, 28) if day.month == 2 else day.day)


def _address(on: date, measure: Measure, requesting: str) -> str:
    return f"?measure={measure.value}&requesting={requesting}&on={on}"


@atlas
@require_GET
def world_file(request: HttpRequest) -> HttpResponse:
    """The map as a file."""
    form = _map_form(request)
    if not form.is_valid():
        raise InvalidError({name: str(errors[0]) for name, errors in form.errors.items()})
    on, measure, requesting = (form.cleaned_data[name] for name in ("on", "measure", "requesting"))
    response = HttpResponse(map_on(on, measure, requesting).document, content_type="image/svg+xml")
    response["Content-Security-Policy"] = _SVG_POLICY
    response["Content-Disposition"] = f'inline; filename="{measure.value}-{requesting or "world"}-{on}.svg"'
    return response


@atlas
@require_GET
@cache_control(max_age=86_400, private=True)
def outline(_request: HttpRequest) -> HttpResponse:
    """The outlines of all states, each named by its code, for pictures that are drawn upon them."""
    return HttpResponse(_outline(), content_type="image/svg+xml")


@lru_cache(maxsize=1)
def _outline() -> str:
    world = load_world()
    states = "".join(f'<path name="{code}" d="{shape.path}"/>' for code, shape in world.states.items())
    view = f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {world.width} {world.height}"'
    return f'<svg {view}><path name="-" d="{world.other}"/>{states}</svg>'


def _map_table(answer: MapAnswer, name: str) -> Table:
    rows = tuple((one.state, one.status, one.words, one.instrument, one.title, one.others) for one in answer.cells)
    columns = ("state", "status", "strength", "instrument", "title", "from_others")
    return Table(name=name, columns=columns, rows=rows)


@atlas
@require_GET
def coverage(request: HttpRequest) -> HttpResponse:
    """How much of each measure a state can obtain; for one measure from whom, and by what."""
    form = asked(request, CoverageForm)
    if not form.is_valid():
        return render(request, "atlas/coverage.html", {"form": form}, status=422 if form.errors else 200)
    on, measure, requesting = (form.cleaned_data[name] for name in ("on", "measure", "requesting"))
    found = coverage_on(on, (measure,) if measure else tuple(Measure), requesting)
    rows: tuple[tuple[str | int | None, ...], ...]
    if measure:
        columns = ("requested", "strength", "instrument", "title", "channel", "due_hours", "routes")
        rows = tuple(
            (c.requested, c.strength, c.instrument, c.title, c.channel and c.channel.value, c.due_hours, c.routes)
            for c in found.cells
        )
    else:
        columns = ("measure", *(grade.id for grade in found.scale))  # type: ignore[assignment]  # of another length
        rows = tuple((c.measure.value, *(c.pairs[grade.id] for grade in found.scale)) for c in found.counts)
    file = as_file(request, Table(name=f"coverage-{requesting}-{on}", columns=columns, rows=rows))
    if file is not None:
        return file
    shown = {
        "form": form,
        "found": found,
        "words": [grade.words for grade in found.scale],
        "rows": [(c.measure, [c.pairs[grade.id] for grade in found.scale]) for c in found.counts],
        "named": {grade.id: grade.words for grade in found.scale},
        "files": files(request),
    }
    return render(request, "atlas/coverage.html", shown)

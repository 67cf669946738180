"""Figures of all cases, without their content."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_POST

from comity.node.access import Signed, with_right
from comity.node.download import to_save
from comity.node.errors import HiddenError, InvalidError
from comity.node.oversight.actions.figures import publish
from comity.node.oversight.forms import PublishForm
from comity.node.oversight.labels import COLUMNS, TABLES, words_of
from comity.node.oversight.models import Figures, Publication
from comity.node.oversight.report import Report, to_csv, to_json
from comity.node.oversight.tasks import make_figures
from comity.node.people.roles import Right

ROWS_SHOWN = 500
PUBLICATIONS_SHOWN = 50
_FORMS = {"json": ("application/json", to_json), "csv": ("text/csv; charset=utf-8", to_csv)}


@with_right(Right.OVERSIGHT_READ)
def figures(request: Signed, year: int = 0) -> HttpResponse:
    """The newest figures of a year."""
    found = Figures.objects.filter(year=year).first()
    if found is None and year:
        raise HiddenError
    shown = {
        "year": year,
        "years": Figures.objects.order_by("-year").values_list("year", flat=True),
        "report": found.report() if found else None,
        "tables": _tables(found.report()) if found else [],
        "form": PublishForm(),
        "publications": Publication.objects.select_related("by").defer("body")[:PUBLICATIONS_SHOWN],
        "may_publish": request.user.holds(Right.OVERSIGHT_PUBLISH),
    }
    return render(request, "oversight/figures.html", shown)


@with_right(Right.OVERSIGHT_READ)
def save(request: Signed, year: int, form: str) -> HttpResponse:
    """The newest figures as a file."""
    found = Figures.objects.filter(year=year).first()
    if found is None:
        raise HiddenError
    return _file(found.report(), form)


@with_right(Right.OVERSIGHT_PUBLISH)
@require_POST
def count_now(request: Signed) -> HttpResponse:
    """Count anew without waiting for the night."""
    make_figures.enqueue()
    return redirect("oversight:figures")


@with_right(Right.OVERSIGHT_PUBLISH, presence=True)
def publish_year(request: Signed, year: int) -> HttpResponse:
    """Publish the figures of a year as they stand."""
    form = PublishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("oversight:published", publish(request.user, year=year, **form.cleaned_data).pk)
        except InvalidError as error:
            form.take(error)
    found = Figures.objects.filter(year=year).first()
    if found is None:
        raise HiddenError
    shown = {"form": form, "year": year, "figures": found}
    return render(request, "oversight/publish.html", shown, status=422 if form.errors else 200)


@with_right(Right.OVERSIGHT_READ)
def published(request: Signed, publication_id: int) -> HttpResponse:
    """A report as it was published."""
    row = _publication(publication_id)
    shown = {"publication": row, "report": row.report(), "tables": _tables(row.report())}
    return render(request, "oversight/published.html", shown)


@with_right(Right.OVERSIGHT_READ)
def save_published(request: Signed, publication_id: int, form: str) -> HttpResponse:
    """A report as it was published, as a file."""
    return _file(_publication(publication_id).report(), form)


def _publication(publication_id: int) -> Publication:
    row = Publication.objects.select_related("by").filter(pk=publication_id).first()
    if row is None:
        raise HiddenError
    return row


def _file(report: Report, form: str) -> HttpResponse:
    if form not in _FORMS:
        raise HiddenError
    media_type, write = _FORMS[form]
    name = f"{slugify(report.agency) or 'agency'}-{report.year or 'all'}-{report.as_of:%Y-%m-%d}.{form}"
    return to_save(write(report), name=name, media_type=media_type)


def _tables(report: Report) -> list[dict[str, object]]:
    """Tables with words for people; long ones are cut, the files have all rows."""
    return [
        {
            "id": table.id,
            "title": TABLES.get(table.id, table.id),
            "columns": [COLUMNS.get(column, column) for column in table.columns],
            "rows": [[words_of(cell) for cell in row] for row in table.rows[:ROWS_SHOWN]],
            "more": max(len(table.rows) - ROWS_SHOWN, 0),
        }
        for table in report.tables
    ]

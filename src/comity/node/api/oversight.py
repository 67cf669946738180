"""Operations on figures."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Field, Query, Router, Schema, Status

from comity.node.api.fields import Number
from comity.node.api.pages import Cursor, cut
from comity.node.api.rules import Call, holding
from comity.node.errors import HiddenError
from comity.node.oversight.actions.figures import publish
from comity.node.oversight.models import Figures, Publication
from comity.node.oversight.report import Report, to_csv, to_json
from comity.node.oversight.tasks import make_figures
from comity.node.people.roles import Right

router = Router(tags=["oversight"])
Year = Annotated[int, Field(ge=0, le=9999, description="0: all years.")]
_FORMS: dict[str, Callable[[Report], bytes]] = {"json": to_json, "csv": to_csv}


class FiguresOut(Schema):
    """That figures of a year were counted."""

    year: int
    made_at: datetime


class TableOut(Schema):
    """One table; null stands for what is hidden."""

    id: str
    columns: list[str]
    rows: list[list[str | float | int | None]]


class ReportOut(Schema):
    """The tables of a year."""

    agency: str
    year: int
    as_of: datetime
    least: int
    """Numbers from one to below this are hidden."""
    tables: list[TableOut]


class PublicationOut(Schema):
    """That figures were published."""

    id: int
    year: int
    published_at: datetime
    by: str
    note: str
    sha256: str

    @staticmethod
    def resolve_by(row: Publication) -> str:
        """The user name."""
        return row.by.username


class PublicationPage(Schema):
    """A page of publications, newest first."""

    items: list[PublicationOut]
    next: str


class Note(Schema):
    """What is said of a publication."""

    note: Annotated[str, Field(max_length=500)] = ""


@router.get("/years", response=list[FiguresOut], operation_id="list_figures")
@holding(Right.OVERSIGHT_READ)
def list_figures(request: Call) -> list[Figures]:
    """Of which years there are figures, and when they were counted."""
    return list(Figures.objects.order_by("-year").defer("body"))


@router.get("/years/{year}", response=ReportOut, operation_id="read_figures")
@holding(Right.OVERSIGHT_READ)
def read_figures(request: Call, year: Year) -> Report:
    """The newest figures of a year: what is late, how long it took, and the rest."""
    return _figures(year).report()


@router.get("/years/{year}/files/{form}", response={200: bytes}, operation_id="read_figures_file")
@holding(Right.OVERSIGHT_READ)
def read_figures_file(request: Call, year: Year, form: str) -> HttpResponse:
    """The newest figures of a year as ``json`` or ``csv``."""
    return _file(_figures(year).report(), form)


@router.post("/count", response={202: None}, operation_id="count_figures")
@holding(Right.OVERSIGHT_PUBLISH)
def count_figures(request: Call) -> Status[None]:
    """Count all years anew in the background, without waiting for the night."""
    make_figures.enqueue()
    return Status(202, None)


@router.post("/years/{year}/publish", response={201: PublicationOut}, operation_id="publish_figures")
@holding(Right.OVERSIGHT_PUBLISH, presence=True)
def publish_figures(request: Call, year: Year, told: Note) -> Status[Publication]:
    """Publish the figures of a year as they stand."""
    return Status(201, publish(request.user, year=year, note=told.note))


@router.get("/published", response=PublicationPage, operation_id="list_publications")
@holding(Right.OVERSIGHT_READ)
def list_publications(request: Call, cursor: Query[Cursor]) -> dict[str, Any]:
    """What was published."""
    rows = Publication.objects.select_related("by").defer("body")
    return cut(rows, cursor, by="published_at", shown=lambda row: row)


@router.get("/published/{publication_id}", response=ReportOut, operation_id="read_publication")
@holding(Right.OVERSIGHT_READ)
def read_publication(request: Call, publication_id: Number) -> Report:
    """A report as it was published."""
    return _publication(publication_id).report()


@router.get("/published/{publication_id}/files/{form}", response={200: bytes}, operation_id="read_publication_file")
@holding(Right.OVERSIGHT_READ)
def read_publication_file(request: Call, publication_id: Number, form: str) -> HttpResponse:
    """A report as it was published, as ``json`` or ``csv``."""
    return _file(_publication(publication_id).report(), form)


def _figures(year: int) -> Figures:
    found = Figures.objects.filter(year=year).first()
    if found is None:
        raise HiddenError
    return found


def _publication(publication_id: int) -> Publication:
    found = Publication.objects.filter(pk=publication_id).first()
    if found is None:
        raise HiddenError
    return found


def _file(report: Report, form: str) -> HttpResponse:
    if form not in _FORMS:
        raise HiddenError
    return HttpResponse(_FORMS[form](report), content_type="application/octet-stream")

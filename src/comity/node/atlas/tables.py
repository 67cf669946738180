"""A table of a page as a file: CSV for spreadsheets, JSON for programs."""

import csv
import io
from dataclasses import dataclass

import msgspec
from django.http import HttpRequest, HttpResponse

from comity.node.cells import Cell, quiet
from comity.node.download import to_save


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under named columns."""

    name: str
    """Of the file, without its ending."""
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def as_file(request: HttpRequest, table: Table) -> HttpResponse | None:
    """The table as the file that ``form=csv`` or ``form=json`` asks for; None: a page is asked for."""
    form = request.GET.get("form", "")
    if form == "csv":
        return to_save(to_csv(table), name=f"{table.name}.csv", media_type="text/csv; charset=utf-8")
    if form == "json":
        rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
        body = msgspec.json.format(msgspec.json.encode(rows))
        return to_save(body, name=f"{table.name}.json", media_type="application/json")
    return None


def to_csv(table: Table) -> bytes:
    """The table as CSV (RFC 4180); no cell is one that a spreadsheet would compute."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(table.columns)
    writer.writerows([quiet(cell) for cell in row] for row in table.rows)
    return out.getvalue().encode()

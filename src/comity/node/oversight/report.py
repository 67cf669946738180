"""A report: tables of figures fit to be shown and published, and how they are written as CSV and JSON."""

import csv
import io
from datetime import datetime

import msgspec

from comity.node.cells import Cell, quiet

SUPPRESSED = "suppressed"


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """One table."""

    id: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    """None: hidden, since it is small or would give a small one away."""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """All tables of a year."""

    format: str = "comity-figures/1"
    agency: str
    year: int
    """0: all years."""
    as_of: datetime
    least: int
    """Counts from one to below this are hidden."""
    tables: tuple[Table, ...]

    def table(self, name: str) -> Table | None:
        """The table with an id."""
        return next((one for one in self.tables if one.id == name), None)


def to_json(report: Report) -> bytes:
    """The report as JSON, indented; None stands for what is hidden."""
    return msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n"


def to_csv(report: Report) -> bytes:
    """The report as one CSV file (RFC 4180), the table's id in the first column."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for table in report.tables:
        writer.writerow(["table", *table.columns])
        writer.writerows(
            [table.id, *(SUPPRESSED if cell is None else quiet(cell) for cell in row)] for row in table.rows
        )
    return out.getvalue().encode()

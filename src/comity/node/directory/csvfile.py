"""The directory as a CSV file, out and in; a file with an error changes nothing."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from comity.node.atlas.tables import Table, to_csv
from comity.node.cells import Cell, loud
from comity.node.directory.actions import add_entry, change_entry
from comity.node.directory.checks import checked
from comity.node.directory.models import FIELDS, Entry, values_of
from comity.node.directory.reads import Line
from comity.node.directory.shipped import fields_of, shipped_lines
from comity.node.errors import InvalidError
from comity.node.people.models import User
from comity.node.people.rights import require
from comity.node.people.roles import Right

COLUMNS = ("id", "version", *FIELDS)
SIZE_BYTES_MAX = 2 * 2**20
ROWS_MAX = 2_000
PROBLEMS_MAX = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class RowProblem:
    """What is wrong in a row."""

    row: int
    """As a spreadsheet counts: the first line holds the names of the columns."""
    field: str
    problem: str

    def __str__(self) -> str:
        return f"row {self.row}, {self.field}: {self.problem}" if self.field else f"row {self.row}: {self.problem}"


class FileError(InvalidError):
    """A file that cannot be taken, with every problem by row."""

    def __init__(self, rows: tuple[RowProblem, ...]) -> None:
        super().__init__({"file": "; ".join(map(str, rows))})
        self.rows = rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a file did."""

    added: int
    changed: int
    same: int


def write_csv(lines: Iterable[Line]) -> bytes:
    """Every line, in columns that `read_csv` takes back."""
    return to_csv(Table(name="directory", columns=COLUMNS, rows=tuple(_row(one) for one in lines)))


def _row(line: Line) -> tuple[Cell, ...]:
    return (line.id, line.version, *(line.values[name] for name in FIELDS))


def import_csv(actor: User, *, data: bytes) -> Taken:
    """Take a file in: rows without an id are added, others changed; all or nothing. FileError names rows and fields."""
    require(actor, Right.DIRECTORY_EDIT)
    rows = read_csv(data)
    now = _standing(rows)
    problems = [*_twice(rows), *(problem for number, row in rows for problem in _problems(number, row, now))]
    if problems:
        raise FileError(tuple(problems[:PROBLEMS_MAX]))
    added = changed = 0
    with transaction.atomic():
        for _, row in rows:
            if not row["id"]:
                add_entry(actor, values=row)
                added += 1
            elif now[row["id"]][1] != checked(row):
                change_entry(actor, entry_id=row["id"], values=row, version=int(row["version"]))
                changed += 1
    return Taken(added=added, changed=changed, same=len(rows) - added - changed)


def read_csv(data: bytes) -> list[tuple[int, dict[str, str]]]:
    """The rows with their numbers; FileError where it is no such table."""
    if len(data) > SIZE_BYTES_MAX:
        raise _whole(_("the file is larger than %(most)s MiB") % {"most": SIZE_BYTES_MAX // 2**20})
    try:
        found = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    except UnicodeDecodeError:
        raise _whole(_("the file is not UTF-8; save it as CSV UTF-8")) from None
    except csv.Error as error:
        raise _whole(_("this is not CSV: %(error)s") % {"error": error}) from None
    if not found or tuple(found[0]) != COLUMNS:
        raise _whole(_("the first line names the columns: %(names)s") % {"names": ",".join(COLUMNS)})
    rows = [(number, row) for number, row in enumerate(found[1:], start=2) if any(row)]
    if len(rows) > ROWS_MAX:
        raise _whole(_("use %(most)s rows at most") % {"most": f"{ROWS_MAX:,}"})
    short = [number for number, row in rows if len(row) != len(COLUMNS)]
    if short:
        problem = _("needs %(number)s columns") % {"number": len(COLUMNS)}
        raise FileError(tuple(RowProblem(row=n, field="", problem=problem) for n in short[:9]))
    return [(number, dict(zip(COLUMNS, map(loud, row), strict=True))) for number, row in rows]


def _twice(rows: list[tuple[int, dict[str, str]]]) -> Iterable[RowProblem]:
    first: dict[str, int] = {}
    for number, row in rows:
        if row["id"] and first.setdefault(row["id"], number) != number:
            problem = _("it stands in row %(number)s too") % {"number": first[row["id"]]}
            yield RowProblem(row=number, field="id", problem=problem)


def _whole(problem: str) -> FileError:
    return FileError((RowProblem(row=1, field="", problem=problem),))


def _standing(rows: list[tuple[int, dict[str, str]]]) -> dict[str, tuple[int, dict[str, str]]]:
    """For each id that the file names the version and values that stand now."""
    named = {row["id"] for _, row in rows if row["id"]}
    found = {key: (0, fields_of(line)) for key, line in shipped_lines().items() if key in named}
    return found | {one.pk: (one.version, values_of(one)) for one in Entry.objects.filter(pk__in=named)}


def _problems(number: int, row: dict[str, str], now: dict[str, tuple[int, dict[str, str]]]) -> Iterable[RowProblem]:
    if row["id"]:
        standing = now.get(row["id"])
        if standing is None:
            yield RowProblem(row=number, field="id", problem=_("no line has this id; leave it empty for a new one"))
        elif row["version"] != str(standing[0]):
            problem = _("it was changed: version %(number)s stands now") % {"number": standing[0]}
            yield RowProblem(row=number, field="version", problem=problem)
    try:
        checked(row)
    except InvalidError as error:
        for field, problem in error.problems.items():
            yield RowProblem(row=number, field=field, problem=problem)

"""What a node answers with about figures and persons concerned."""

from datetime import date, datetime

from comity.client.records import Record


class Figures(Record, frozen=True, kw_only=True):
    """That figures of a year were counted; 0: of all years."""

    year: int
    made_at: datetime


class Table(Record, frozen=True, kw_only=True):
    """One table; None stands for what is hidden."""

    id: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | float | int | None, ...], ...]


class Report(Record, frozen=True, kw_only=True):
    """The tables of a year."""

    agency: str
    year: int
    as_of: datetime
    least: int
    """Numbers from one to below this are hidden."""
    tables: tuple[Table, ...]

    def table(self, name: str) -> Table | None:
        """The table with an id."""
        return next((one for one in self.tables if one.id == name), None)


class Publication(Record, frozen=True, kw_only=True):
    """That figures were published."""

    id: int
    year: int
    published_at: datetime
    by: str
    note: str = ""
    sha256: str


class Delay(Record, frozen=True, kw_only=True):
    """That telling a person was put off."""

    until: date
    reason: str
    authority: str
    at: datetime
    by: str


class PersonTold(Record, frozen=True, kw_only=True):
    """A person who must be told of a request, and of the remedies against it."""

    id: int
    case_id: str
    request_id: str
    person: str
    rule: str
    remedies: str = ""
    due_on: date
    delayed_until: date | None = None
    given_at: datetime | None = None
    delays: tuple[Delay, ...] = ()
    version: int

"""Logs that are tables: sign-in lists, audit exports, IIS or proxy logs as spreadsheets save them."""

from collections.abc import Sequence
from dataclasses import dataclass

from comity.leads.artifacts.amounts import is_month_first, read_moment
from comity.leads.artifacts.cells import Record
from comity.leads.artifacts.table import Table
from comity.leads.logs.entry import LogEntry
from comity.leads.logs.fields import entry_of, is_client, is_deed, is_time
from comity.leads.logs.moment import any_moment

_SHARE = 0.6
"""Share of the rows sampled that must tell a client and a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogColumns:
    """The names of a table's columns, as `entry_of` takes them."""

    names: tuple[str, ...]
    times: frozenset[int]
    """Columns of times."""
    month_first: bool = False

    def entry(self, row: Record) -> LogEntry | None:
        """The entry that a row is; None: it is none."""
        cells = [self._moment(cell.strip()) if at in self.times else cell.strip() for at, cell in enumerate(row.cells)]
        return entry_of(dict(zip(self.names, cells, strict=False)))

    def _moment(self, cell: str) -> str:
        """Times as spreadsheets write them, as RFC 3339."""
        return cell if any_moment(cell) else read_moment(cell, month_first=self.month_first) or cell


def find_log_columns(table: Table, sample: Sequence[Record]) -> LogColumns | None:
    """How to read a table as a log; None: no columns name a client, a time and a deed, or few rows hold them."""
    names = tuple(" ".join(column.title.casefold().split()) for column in table.columns)
    times = frozenset(at for at, name in enumerate(names) if is_time(name))
    if not (times and any(map(is_client, names)) and any(map(is_deed, names))):
        return None
    month_first = is_month_first(row.cells[at].split(" ")[0] for row in sample for at in times if at < len(row.cells))
    found = LogColumns(names=names, times=times, month_first=month_first)
    entries = [found.entry(row) for row in sample]
    told = sum(1 for entry in entries if entry and entry.at and entry.client)
    return found if told and told >= _SHARE * len(sample) else None

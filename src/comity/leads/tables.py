"""Reads a table into a collector: what its rows name and when, what they pay, what the clients of a log did.

Each row is read once, in batches: the payments of a batch come first, for they tell what happened in its rows.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from msgspec import structs

from comity.leads.artifacts.cells import Record
from comity.leads.artifacts.columns import Column, ColumnKind
from comity.leads.artifacts.decode import ByteOffsets, DecodedText
from comity.leads.artifacts.event import NO_EVENT, Event
from comity.leads.artifacts.headings import Heading
from comity.leads.artifacts.ledger import Ledger, read_ledger
from comity.leads.artifacts.rows import BATCH_ROWS, CellSighting, find_in_heading, find_in_rows
from comity.leads.artifacts.table import Table
from comity.leads.artifacts.transfers import own_account, read_transfers
from comity.leads.collect import Collector
from comity.leads.extract.explorer import label_in, label_told_in
from comity.leads.extract.sighting import Sighting
from comity.leads.limits import Limits
from comity.leads.logs.passage import event_of
from comity.leads.logs.reading import close_log
from comity.leads.logs.rows import LogColumns, find_log_columns
from comity.leads.logs.signs import signs_of
from comity.leads.logs.visitors import Visitors
from comity.leads.model import ArtifactKind, ObservableKind, Place, Severity, Transfer

_SAMPLE_ROWS = 300
_LABEL_COLUMN = re.compile(
    r"tag\b|labels?\b|exchange\b|entity\b|owner\b|platform\b|custodian\b|attribution\b|cluster\b|vasp\b"
    r"|bezeichnung\b|börse\b|étiquette\b|etiqueta\b|метка\b|биржа\b|标签|交易所",
    re.IGNORECASE,
)
_NOTE_COLUMN = re.compile(
    r"notes?\b|remarks?\b|comments?\b|memo\b|description\b|details?\b|purpose\b|notiz|bemerkung|anmerkung|beschreibung"
    r"|commentaire|remarque|observaci|comentario|комментарий|примечание|назначение|टिप्पणी|विवरण|备注",
    re.IGNORECASE,
)
_PAID_IN = re.compile(r"\b(?:deposit(?:s|ed)?|einzahlung|dépôt|depósito|депозит|cash[ -]?out)\b", re.IGNORECASE)
_PAID_OUT = re.compile(r"\b(?:withdraw(?:al|als|n)?|payout|auszahlung|retrait|retiro|вывод)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableReader:
    """Reads one table."""

    table: Table
    artifact: str
    collector: Collector
    regions: tuple[str, ...]
    confirms: bool
    """Whether a log is evidence by itself, and not what somebody attached to a mail."""

    def read(self, decoded: DecodedText, limits: Limits) -> None:
        """All rows up to the limit; what is beyond is a finding."""
        sample = list(islice(self.table.rows(), _SAMPLE_ROWS))
        log = find_log_columns(self.table, sample)
        ledger = read_ledger(self.table, sample, is_log=log is not None)
        visitors = Visitors(artifact=self.artifact)
        rows = self.table.rows()
        offsets = ByteOffsets(decoded)
        self._add([], list(find_in_heading(self.table, regions=self.regions)), {}, offsets)
        for batch in _batches(islice(rows, limits.table_rows)):
            found = list(find_in_rows(self.table, batch, regions=self.regions))
            events = _visits(log, batch, visitors) if log else {}
            if ledger:
                self._pay(ledger, batch, found, events)
            self._add(batch, found, events, offsets)
        self._tell_beyond(next(rows, None), limits)
        if log:
            if ledger is None:
                self.collector.set_kind(self.artifact, kind=ArtifactKind.LOG, media_type="text/csv")
            close_log(visitors, "log in columns", collector=self.collector, confirms=self.confirms)

    def _pay(self, ledger: Ledger, batch: list[Record], found: list[CellSighting], events: dict[int, Event]) -> None:
        """The payments of some rows; what happens in a row is its payment, by whom its log tells."""
        narrated: dict[int, list[Sighting]] = {}
        for one in found:
            if one.column is ledger.narration:
                narrated.setdefault(one.row, []).append(one.seen)
        own = {row.number: own_account(ledger, row) for row in batch}
        for number, transfer in read_transfers(ledger, batch, narrated, artifact=self.artifact):
            self.collector.add_transfer(transfer)
            events[number] = structs.replace(_paid(transfer, own[number]), by=events.get(number, NO_EVENT).by)

    def _add(
        self, batch: list[Record], found: list[CellSighting], events: dict[int, Event], offsets: ByteOffsets
    ) -> None:
        labels = _labels(self.table, batch) if any(one.seen.kind is ObservableKind.CRYPTO for one in found) else {}
        for one in sorted(found, key=lambda one: one.char):
            seen = one.seen
            where = f"row {one.row}, column {one.column.title}"
            place = Place(artifact=self.artifact, where=where, offset=offsets.at(one.char), text=one.written)
            event = events.get(one.row, NO_EVENT)
            tags = (*seen.tags, *labels.get((one.row, one.column.index), ()))
            self.collector.add(seen.kind, seen.value, place, shown=seen.shown, tags=tags, event=event)

    def _tell_beyond(self, beyond: Record | None, limits: Limits) -> None:
        if beyond:
            message = f"Only the first {limits.table_rows:,} rows were read. Split the table or raise the limit."
            self.collector.add_finding(
                "table-rows-not-read", Severity.WARNING, self.artifact, f"row {beyond.number}", message
            )


def _batches(rows: Iterator[Record]) -> Iterator[list[Record]]:
    while batch := list(islice(rows, BATCH_ROWS)):
        yield batch


def _labels(table: Table, batch: list[Record]) -> dict[tuple[int, int], tuple[str, ...]]:
    """The labels of the addresses in a block explorer's table, by row and column of the address.

    Such a column is headed ``From_Nametag``, ``toAddressTag``, ``Label``; it is of the crypto column whose heading
    begins as its own, or of the only one there is. Where one pays another, a label that speaks of a deposit is of the
    one that is paid, and of a withdrawal of the one that pays.
    """
    crypto = [column for column in table.columns if column.kind is ColumnKind.CRYPTO]
    found: dict[tuple[int, int], tuple[str, ...]] = {}
    for column in table.columns:
        labelling = _LABEL_COLUMN.search(column.title) is not None
        if not labelling and not _NOTE_COLUMN.search(column.title):
            continue
        near = [one for one in crypto if one.title[:2].casefold() == column.title[:2].casefold()]
        for row in batch:
            cell = row.cells[column.index] if column.index < len(row.cells) else ""
            label = (label_in if labelling else label_told_in)(cell) if cell else ()
            for one in _labelled(near, crypto, cell) if label else ():
                found.setdefault((row.number, one.index), label)
    return found


def _labelled(near: list[Column], crypto: list[Column], cell: str) -> list[Column]:
    """The column of the address that a label is of; empty: it could be of several."""
    if near or len(crypto) == 1:
        return near or crypto
    side = Heading.TARGET if _PAID_IN.search(cell) else Heading.SOURCE if _PAID_OUT.search(cell) else None
    headed = [one for one in crypto if side in one.heading]
    return headed if len(headed) == 1 else []


def _paid(transfer: Transfer, own: str) -> Event:
    """``debit 48730.50 EUR``, seen from the account whose statement it is; else ``payment``."""
    word = "payment"
    if own and own in (transfer.source, transfer.target):
        word = "debit" if transfer.source == own else "credit"
    return Event(at=transfer.at, act=f"{word} {transfer.amount} {transfer.currency}".strip())


def _visits(log: LogColumns, batch: list[Record], visitors: Visitors) -> dict[int, Event]:
    events: dict[int, Event] = {}
    for row in batch:
        entry = log.entry(row)
        if entry:
            signs = signs_of(entry)
            visitors.add(entry, f"row {row.number}", signs)
            events[row.number] = event_of(entry, signs)
    return events

"""Payments out of a table of transactions."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice, pairwise

from comity.leads.artifacts.amounts import (
    Amount,
    currency_codes,
    is_month_first,
    read_amount,
    read_epoch,
    read_moment,
    uses_decimal_comma,
)
from comity.leads.artifacts.cells import Record
from comity.leads.artifacts.columns import Column, ColumnKind
from comity.leads.artifacts.headings import Heading
from comity.leads.artifacts.rows import BATCH_ROWS, find_in_column, party_value
from comity.leads.artifacts.table import Table
from comity.leads.extract import find_in_text
from comity.leads.extract.sighting import Sighting
from comity.leads.model import ObservableKind, Transfer

_PARTIES = (
    ColumnKind.IBAN,
    ColumnKind.ACCOUNT,
    ColumnKind.UPI,
    ColumnKind.CRYPTO,
    ColumnKind.CARD,
    ColumnKind.PHONE,
    ColumnKind.NAME,
)
"""Kinds of columns that can name who pays or is paid, the most telling first."""
_PARTY_OBSERVABLES = (
    ObservableKind.IBAN,
    ObservableKind.UPI,
    ObservableKind.CRYPTO,
    ObservableKind.BANK_ACCOUNT,
    ObservableKind.CARD,
)
_REFERENCE_OBSERVABLES = (ObservableKind.TRANSACTION,)
_TITLE_CURRENCY = re.compile(r"[(\[]\s*([A-Za-z]{3,5})\.?\s*[)\]]|\b(?:in|IN)\s+([A-Z]{3})\b")
_NARRATED_REFERENCE = re.compile(r"(?<![\w])(\d{12}|[A-Z]{1,5}\d{9,18})(?![\w])")
_OUT = frozenset("dr d db debit debet s soll out sent withdrawal дебет -".split())
_IN = frozenset("cr c credit h haben in received deposit кредит +".split())
_SAMPLE_ROWS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Which column of a table tells what about a payment."""

    date: Column
    time: Column | None
    amount: Column | None
    debit: Column | None
    credit: Column | None
    sign: Column | None
    currency: Column | None
    source: Column | None
    target: Column | None
    other: Column | None
    """The other side of the account whose statement this is."""
    reference: Column | None
    narration: Column | None
    own: str
    """The account whose statement this is; empty: not told."""
    default_currency: str
    month_first: bool
    decimal_comma: bool
    signed: bool
    """Whether amounts bear the sign of the account's side; if not, a single amount is paid from source to target."""


def read_ledger(table: Table, sample: Sequence[Record]) -> Ledger | None:
    """How to read payments out of a table; None: it lists none."""
    columns = table.columns
    dates = [column for column in columns if column.kind in (ColumnKind.DATE, ColumnKind.EPOCH)]
    amounts = [column for column in columns if column.kind is ColumnKind.AMOUNT]
    debit, credit, amount = _money(amounts, sample)
    if not dates or not (amount or debit or credit):
        return None
    source, target = _party(columns, Heading.SOURCE), _party(columns, Heading.TARGET)
    money = [column for column in (amount, debit, credit) if column]
    cells = [_cell(row, column) for row in sample for column in money]
    return Ledger(
        date=next((column for column in dates if column.kind is ColumnKind.DATE), dates[0]),
        time=_first(columns, ColumnKind.TIME),
        amount=amount,
        debit=debit,
        credit=credit,
        sign=_first(columns, ColumnKind.SIGN),
        currency=_first(columns, ColumnKind.CURRENCY),
        source=source,
        target=target,
        other=_other(columns, source, target),
        reference=_first(columns, ColumnKind.REFERENCE) or _headed(columns, Heading.REFERENCE),
        narration=_headed(columns, Heading.NARRATION) or _longest(columns, sample),
        own=_own_account(table.preamble),
        default_currency=_title_currency(money, table.preamble),
        month_first=is_month_first(_cell(row, dates[0]) for row in sample),
        decimal_comma=uses_decimal_comma(cells),
        signed=amount is None
        or _first(columns, ColumnKind.SIGN) is not None
        or any(_is_negative(cell) for cell in cells),
    )


def read_transfers(table: Table, ledger: Ledger, rows: Iterator[Record], *, artifact: str) -> Iterator[Transfer]:
    """One transfer for each row that has an amount."""
    while batch := list(islice(rows, BATCH_ROWS)):
        narrated = _read_narrations(table, ledger, batch)
        for row in batch:
            moved = _moved(ledger, row)
            if moved is None or not moved.value:
                continue
            seen = narrated.get(row.number, ())
            source, target = _sides(ledger, row, seen, outgoing=moved.value < 0)
            yield Transfer(
                artifact=artifact,
                where=f"row {row.number}",
                at=_at(ledger, row),
                amount=format(abs(moved.value), "f"),
                currency=_currency_of(ledger, row, moved),
                source=source,
                target=target,
                reference=_reference(ledger, row, seen),
            )


def _read_narrations(table: Table, ledger: Ledger, batch: Sequence[Record]) -> dict[int, list[Sighting]]:
    """What the narrations of some rows name, by the number of the row."""
    found: dict[int, list[Sighting]] = {}
    if ledger.narration:
        for one in find_in_column(table, batch, ledger.narration, ()):
            found.setdefault(one.row, []).append(one.seen)
    return found


def _moved(ledger: Ledger, row: Record) -> Amount | None:
    """The amount, negative where it leaves the account."""
    for column, factor in ((ledger.debit, -1), (ledger.credit, 1)):
        paid = read_amount(_cell(row, column), decimal_comma=ledger.decimal_comma) if column else None
        if paid and paid.value:
            return Amount(value=factor * abs(paid.value), currency=paid.currency, marked=paid.marked)
    if ledger.amount is None:
        return None
    amount = read_amount(_cell(row, ledger.amount), decimal_comma=ledger.decimal_comma)
    if amount is None:
        return None
    sign = _cell(row, ledger.sign).lower().rstrip(".") if ledger.sign else ""
    value = -abs(amount.value) if sign in _OUT else abs(amount.value) if sign in _IN else amount.value
    return Amount(
        value=value,
        currency=amount.currency,
        marked=amount.marked or ("C" if sign in _IN else "D" if sign in _OUT else ""),
    )


def _sides(ledger: Ledger, row: Record, seen: Sequence[Sighting], *, outgoing: bool) -> tuple[str, str]:
    source, target = _named(ledger.source, row), _named(ledger.target, row)
    if source and target:
        return source, target
    other = _named(ledger.other, row) or _narrated(ledger, seen)
    if source or target:
        return source or ledger.own, target or ledger.own
    return (ledger.own, other) if outgoing or not ledger.signed else (other, ledger.own)


def _named(column: Column | None, row: Record) -> str:
    return party_value(column.kind, _cell(row, column)) if column else ""


def _narrated(ledger: Ledger, seen: Sequence[Sighting]) -> str:
    """Who is named in the narration: an account, an address, a UPI handle."""
    for kind in _PARTY_OBSERVABLES:
        for sighting in seen:
            if sighting.kind is kind and sighting.value != ledger.own:
                return sighting.value
    return ""


def _reference(ledger: Ledger, row: Record, seen: Sequence[Sighting]) -> str:
    told = _cell(row, ledger.reference).strip("'") if ledger.reference else ""
    if ledger.narration is None or (told and " " not in told):
        return told
    for sighting in seen:
        if sighting.kind in _REFERENCE_OBSERVABLES:
            return sighting.value
    match = _NARRATED_REFERENCE.search(_cell(row, ledger.narration))
    return match.group(1) if match else told


def _at(ledger: Ledger, row: Record) -> str:
    cell = _cell(row, ledger.date)
    if ledger.date.kind is ColumnKind.EPOCH:
        return read_epoch(cell)
    on = read_moment(cell, month_first=ledger.month_first)
    if on and "T" not in on and ledger.time:
        return read_moment(f"{on} {_cell(row, ledger.time)}") or on
    return on


def _currency_of(ledger: Ledger, row: Record, amount: Amount) -> str:
    told = _cell(row, ledger.currency).upper() if ledger.currency else ""
    return told or amount.currency or ledger.default_currency


def _money(amounts: Sequence[Column], sample: Sequence[Record]) -> tuple[Column | None, Column | None, Column | None]:
    """Debit, credit and single amount, by heading, else by which are never filled together."""
    debit = _headed(amounts, Heading.DEBIT)
    credit = _headed(amounts, Heading.CREDIT)
    if debit or credit:
        amount = (
            None
            if debit and credit
            else next((c for c in amounts if Heading.AMOUNT in c.heading and c not in (debit, credit)), None)
        )
        return debit, credit, amount
    rest = [column for column in amounts if Heading.BALANCE not in column.heading]
    named = _headed(rest, Heading.AMOUNT)
    if named:
        return None, None, named
    for first, second in pairwise(rest):
        if _exclude_each_other(first, second, sample):
            balances = [column for column in amounts if column not in (first, second)]
            return *_by_balance(first, second, balances, sample), None
    return None, None, rest[0] if rest else None


def _exclude_each_other(first: Column, second: Column, sample: Sequence[Record]) -> bool:
    filled = [(_has_amount(row, first), _has_amount(row, second)) for row in sample]
    both = sum(1 for one, other in filled if one and other)
    return both == 0 and any(one for one, _ in filled) and any(other for _, other in filled)


def _has_amount(row: Record, column: Column) -> bool:
    amount = read_amount(_cell(row, column))
    return amount is not None and amount.value != 0


def _by_balance(
    first: Column, second: Column, balances: Sequence[Column], sample: Sequence[Record]
) -> tuple[Column, Column]:
    """Debit and credit: the way round in which a running balance comes out; without one, debit stands first."""
    as_is = max((_fits(first, second, balance, sample) for balance in balances), default=0)
    swapped = max((_fits(second, first, balance, sample) for balance in balances), default=0)
    return (second, first) if swapped > as_is else (first, second)


def _fits(debit: Column, credit: Column, balance: Column, sample: Sequence[Record]) -> int:
    fitting = 0
    for before, after in pairwise(sample):
        start, end = read_amount(_cell(before, balance)), read_amount(_cell(after, balance))
        if start is None or end is None:
            continue
        change = _value(after, credit) - _value(after, debit)
        undone = _value(before, debit) - _value(before, credit)  # newest first
        fitting += end.value - start.value in (change, undone)
    return fitting


def _value(row: Record, column: Column) -> Decimal:
    amount = read_amount(_cell(row, column))
    return abs(amount.value) if amount else Decimal(0)


def _party(columns: Sequence[Column], heading: Heading) -> Column | None:
    headed = [column for column in columns if heading in column.heading and column.kind in (*_PARTIES, ColumnKind.TEXT)]
    ranked = sorted(
        headed, key=lambda column: _PARTIES.index(column.kind) if column.kind in _PARTIES else len(_PARTIES)
    )
    return ranked[0] if ranked else None


def _other(columns: Sequence[Column], source: Column | None, target: Column | None) -> Column | None:
    """The column that tells most of the other side: headed so, or with no side of its own."""
    sides = {Heading.SOURCE, Heading.TARGET}
    free = [column for column in columns if column not in (source, target) and not column.heading & sides]
    headed = [column for column in free if Heading.COUNTERPARTY in column.heading]
    ranked = [column for kind in _PARTIES for column in free if column.kind is kind]
    return ranked[0] if ranked else headed[0] if headed else None


def _is_negative(cell: str) -> bool:
    amount = read_amount(cell)
    return amount is not None and (amount.value < 0 or bool(amount.marked))


def _first(columns: Sequence[Column], kind: ColumnKind) -> Column | None:
    return next((column for column in columns if column.kind is kind), None)


def _headed(columns: Sequence[Column], heading: Heading) -> Column | None:
    return next((column for column in columns if heading in column.heading), None)


def _longest(columns: Sequence[Column], sample: Sequence[Record]) -> Column | None:
    texts = [column for column in columns if column.kind is ColumnKind.TEXT]
    return max(texts, key=lambda column: sum(len(_cell(row, column)) for row in sample), default=None)


def _own_account(preamble: str) -> str:
    seen = list(find_in_text(preamble[-4_000:]))
    for kind in (ObservableKind.IBAN, ObservableKind.BANK_ACCOUNT, ObservableKind.UPI, ObservableKind.CARD):
        for sighting in seen:
            if sighting.kind is kind:
                return sighting.value
    return ""


def _title_currency(money: Sequence[Column], preamble: str) -> str:
    for column in money:
        match = _TITLE_CURRENCY.search(column.title)
        if match:
            return (match.group(1) or match.group(2)).upper().replace("RS", "INR")
    told = re.search(r"(?:currency|währung|devise|moneda|valuta|валюта)\W{1,5}([A-Z]{3})\b", preamble, re.IGNORECASE)
    return told.group(1).upper() if told and told.group(1).upper() in currency_codes() else ""


def _cell(row: Record, column: Column | None) -> str:
    return row.cells[column.index].strip() if column and column.index < len(row.cells) else ""

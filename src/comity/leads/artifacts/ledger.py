"""Which column of a table of transactions tells what about a payment."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from comity.leads.artifacts.amounts import currency_codes, is_month_first, read_amount, uses_decimal_comma
from comity.leads.artifacts.cells import Record
from comity.leads.artifacts.columns import Column, ColumnKind
from comity.leads.artifacts.headings import Heading
from comity.leads.artifacts.holder import find_holder, is_holders
from comity.leads.artifacts.table import Table
from comity.leads.extract import find_in_text
from comity.leads.model import ObservableKind

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
_ACCOUNTS = frozenset(
    {ColumnKind.IBAN, ColumnKind.ACCOUNT, ColumnKind.UPI, ColumnKind.CRYPTO, ColumnKind.CARD, ColumnKind.SIGN}
)
_NAMING = frozenset({Heading.NAME, Heading.SOURCE, Heading.TARGET, Heading.COUNTERPARTY})
_PAID = frozenset({Heading.AMOUNT, Heading.DEBIT, Heading.CREDIT})
_WEAK_TITLE = re.compile(r"\W*(?:value|valor|sum|total|wert|значение|值)\W*", re.IGNORECASE)
"""Headings of amounts that head any other number as well."""
_UNHEADED = re.compile(r"column \d+")
_MONEY_LIKE = re.compile(r"[-−]?\d{1,3}(?:[.,'’\u00a0\u202f ]\d{2,3})+[.,]\d{2}|[-−(]\s?\d+[.,]\d{2}\)?|\d+[.,]\d{2}-")
_TITLE_CURRENCY = re.compile(
    r"[(\[]\s*([A-Za-z]{2,5})\.?\s*[)\]]|\b(?:in|IN)\s+([A-Z]{3})\b|^([A-Z]{3})\b|\b([A-Z]{3})$"
)
_SYMBOL = re.compile("[₹€£₽₦₩₺₴₫₱฿₪]")
_NO_CURRENCIES = frozenset({"ALL", "TOP", "TRY", "CUP", "MOP"})
"""Codes that are words, too: in a heading these are none."""
_OFFSET = re.compile(
    r"\b(?:UTC|GMT)\s?(?:(?P<sign>[+−-])\s?(?P<hour>\d{1,2})(?::?(?P<minute>\d{2}))?)?(?![\w])|(?P<z>\bZulu\b)"
)


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
    holder: Column | None
    """The account whose statement this is, where each row tells it."""
    reference: Column | None
    narration: Column | None
    own: str
    """The account whose statement this is; empty: not told."""
    default_currency: str
    offset: str
    """Of the times, where a heading or the preamble tells it, as RFC 3339 writes it; empty: not told."""
    month_first: bool
    decimal_comma: bool
    points_group: bool
    signed: bool
    """Whether amounts bear the sign of the account's side; if not, a single amount is paid from source to target."""
    statement: bool
    """Whether it shows what one account paid and received: its amounts have a sign or a side, or a balance runs."""
    names: tuple[Column, ...]
    """What tells in words whom a payment is to or from, beside the narration."""


def read_ledger(table: Table, sample: Sequence[Record], *, is_log: bool = False) -> Ledger | None:
    """How to read payments out of a table; None: it lists none.

    `is_log`: its rows tell what clients of a server did.
    """
    columns = table.columns
    dates = [column for column in columns if column.kind in (ColumnKind.DATE, ColumnKind.EPOCH)]
    amounts = [column for column in columns if column.kind is ColumnKind.AMOUNT]
    debit, credit, amount = _money(amounts, sample)
    if not dates or not (amount or debit or credit):
        return None
    source, target = _party(columns, Heading.SOURCE), _party(columns, Heading.TARGET)
    money = [column for column in (amount, debit, credit) if column]
    cells = [cell_of(row, column) for row in sample for column in money]
    if not _is_paid(table, money, cells, is_log=is_log):
        return None
    signed = amount is None or _first(columns, ColumnKind.SIGN) is not None or any(_is_negative(cell) for cell in cells)
    balanced = any(Heading.BALANCE in column.heading for column in columns)
    holder = find_holder(
        columns, sample, signed=signed or balanced, both_ways=_both_ways(sample, amount, debit, credit)
    )
    free = [column for column in columns if holder is None or not is_holders(column)]
    other = _other([column for column in free if column is not holder], source, target)
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
        other=other,
        holder=holder,
        reference=_first(columns, ColumnKind.REFERENCE) or _headed(columns, Heading.REFERENCE),
        narration=_headed(columns, Heading.NARRATION) or _longest(columns, sample),
        own=_own_account(table.preamble),
        default_currency=_title_currency(money, table.preamble),
        offset=_offset([*dates, _first(columns, ColumnKind.TIME)], table.preamble),
        month_first=is_month_first(cell_of(row, dates[0]) for row in sample),
        decimal_comma=uses_decimal_comma(cells),
        points_group=any(column.points_group for column in money),
        signed=signed,
        statement=(signed or balanced) and not (source and target),
        names=tuple(c for c in free if c.kind in (ColumnKind.NAME, ColumnKind.TEXT) and c.heading & _NAMING),
    )


def _is_paid(table: Table, money: Sequence[Column], cells: Sequence[str], *, is_log: bool) -> bool:
    """Whether the numbers are payments: a heading says so, a currency stands by, or accounts do."""
    columns = table.columns
    if any(column.heading & _PAID and not _WEAK_TITLE.fullmatch(column.title) for column in money):
        return True
    if _has_currency(columns, money, cells):
        return True
    if is_log:
        return False
    accounts = any(column.kind in _ACCOUNTS or Heading.BALANCE in column.heading for column in columns)
    return accounts or _is_like_statement(columns, money, cells)


def _has_currency(columns: Sequence[Column], money: Sequence[Column], cells: Sequence[str]) -> bool:
    filled = [amount for cell in cells if (amount := read_amount(cell, decimal_comma=True))]
    marked = sum(1 for amount in filled if amount.currency or amount.marked)
    beside = _title_currency(money, "") or _first(columns, ColumnKind.CURRENCY)
    return bool(beside) or (marked > 0 and marked * 2 >= len(filled))


def _is_like_statement(columns: Sequence[Column], money: Sequence[Column], cells: Sequence[str]) -> bool:
    """Whether numbers under no heading, or under one in a language that is not known, look like payments."""
    if any(column.heading or _WEAK_TITLE.fullmatch(column.title) for column in money):
        return False
    unheaded = all(_UNHEADED.fullmatch(column.title) for column in columns)
    return _first(columns, ColumnKind.ADDRESS) is None and (unheaded or any(map(_is_like_money, cells)))


def _is_like_money(cell: str) -> bool:
    """Whether a number is grouped and has two decimals, or leaves an account: few but amounts do."""
    return _MONEY_LIKE.fullmatch(cell) is not None


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
    amount = read_amount(cell_of(row, column))
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
        start, end = read_amount(cell_of(before, balance)), read_amount(cell_of(after, balance))
        if start is None or end is None:
            continue
        change = _value(after, credit) - _value(after, debit)
        undone = _value(before, debit) - _value(before, credit)  # newest first
        fitting += end.value - start.value in (change, undone)
    return fitting


def _value(row: Record, column: Column) -> Decimal:
    amount = read_amount(cell_of(row, column))
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


def _both_ways(sample: Sequence[Record], amount: Column | None, debit: Column | None, credit: Column | None) -> bool:
    """Whether something was paid and something received."""
    cells = [cell_of(row, amount) for row in sample] if amount else []
    signs = {_is_negative(cell) for cell in cells if cell}
    sides = [any(_has_amount(row, column) for row in sample) for column in (debit, credit) if column]
    return len(signs) == 2 or (len(sides) == 2 and all(sides))


def _is_negative(cell: str) -> bool:
    amount = read_amount(cell)
    return amount is not None and (amount.value < 0 or bool(amount.marked))


def _first(columns: Sequence[Column], kind: ColumnKind) -> Column | None:
    return next((column for column in columns if column.kind is kind), None)


def _headed(columns: Sequence[Column], heading: Heading) -> Column | None:
    return next((column for column in columns if heading in column.heading), None)


def _longest(columns: Sequence[Column], sample: Sequence[Record]) -> Column | None:
    texts = [column for column in columns if column.kind is ColumnKind.TEXT]
    return max(texts, key=lambda column: sum(len(cell_of(row, column)) for row in sample), default=None)


def _own_account(preamble: str) -> str:
    seen = list(find_in_text(preamble[-4_000:]))
    for kind in (ObservableKind.IBAN, ObservableKind.BANK_ACCOUNT, ObservableKind.UPI, ObservableKind.CARD):
        for sighting in seen:
            if sighting.kind is kind:
                return sighting.value
    return ""


def _title_currency(money: Sequence[Column], preamble: str) -> str:
    for column in money:
        symbol = _SYMBOL.search(column.title)
        amount = read_amount(f"{symbol[0]}1") if symbol else None
        if amount:
            return amount.currency
        for match in _TITLE_CURRENCY.finditer(column.title):
            word = next(group for group in match.groups() if group).upper()
            code = "INR" if word == "RS" else word
            bare = match.group(3) or match.group(4)
            if not bare or (code in currency_codes() and code not in _NO_CURRENCIES):
                return code
    told = re.search(r"(?:currency|währung|devise|moneda|valuta|валюта)\W{1,5}([A-Z]{3})\b", preamble, re.IGNORECASE)
    return told.group(1).upper() if told and told.group(1).upper() in currency_codes() else ""


def _offset(columns: Sequence[Column | None], preamble: str) -> str:
    """``Time (UTC+05:30)`` in a heading, or ``All times in UTC`` above the table."""
    for text in (*(column.title for column in columns if column), preamble[-4_000:]):
        match = _OFFSET.search(text)
        if match and match["sign"]:
            sign = "-" if match["sign"] != "+" else "+"
            return f"{sign}{int(match['hour']):02}:{match['minute'] or '00'}"
        if match:
            return "Z"
    return ""


def cell_of(row: Record, column: Column | None) -> str:
    """The row's cell in a column, trimmed; empty where there is none."""
    return row.cells[column.index].strip() if column and column.index < len(row.cells) else ""

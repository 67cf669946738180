"""Payments out of a table of transactions."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from comity.leads.artifacts.amounts import Amount, read_amount, read_epoch, read_moment
from comity.leads.artifacts.cells import Record
from comity.leads.artifacts.columns import Column, ColumnKind
from comity.leads.artifacts.ledger import Ledger, cell_of
from comity.leads.artifacts.rows import party_value
from comity.leads.extract.cards import mask_cards_in
from comity.leads.extract.mobilemoney import MOBILE_MONEY
from comity.leads.extract.sighting import Sighting
from comity.leads.model import ObservableKind, Transfer

_PARTY_OBSERVABLES = (
    ObservableKind.IBAN,
    ObservableKind.UPI,
    ObservableKind.CRYPTO,
    ObservableKind.BANK_ACCOUNT,
    ObservableKind.CARD,
    ObservableKind.PHONE,
)
"""What in a narration can name who pays or is paid, the most telling first."""
_MOST_ABOUT_CHARS = 200
_NARRATED_REFERENCE = re.compile(r"(?<![\w])(\d{12}|[A-Z]{1,5}\d{9,18})(?![\w])")
_COINS = {"bitcoin": "BTC", "bitcoin-cash": "BCH", "litecoin": "LTC", "dogecoin": "DOGE", "monero": "XMR"}
_OUT = frozenset("dr d db debit debet s soll out sent withdrawal дебет -".split())
_IN = frozenset("cr c credit h haben in received deposit кредит +".split())


def read_transfers(
    ledger: Ledger, rows: Iterable[Record], narrated: Mapping[int, Sequence[Sighting]], *, artifact: str
) -> Iterator[tuple[int, Transfer]]:
    """One transfer, with its row's number, for each row that has an amount.

    `narrated`: what the narrations of the rows name, by the number of the row.
    """
    for row in rows:
        moved = _moved(ledger, row)
        if moved is None or not moved.value:
            continue
        seen = narrated.get(row.number, ())
        own = own_account(ledger, row)
        source, target = _sides(ledger, row, seen, own=own, outgoing=moved.value < 0)
        yield (
            row.number,
            Transfer(
                artifact=artifact,
                where=f"row {row.number}",
                at=_at(ledger, row),
                amount=format(abs(moved.value), "f"),
                currency=_currency_of(ledger, row, moved) or _coin(target) or _coin(source),
                source=source,
                target=target,
                reference=_reference(ledger, row, seen),
                statement=ledger.statement,
                holder=_named(ledger.holder, row),
                about=_about(ledger, row),
            ),
        )


def own_account(ledger: Ledger, row: Record) -> str:
    """The account whose statement a row is of; empty: not told."""
    return _named(ledger.holder, row) or ledger.own


def _about(ledger: Ledger, row: Record) -> str:
    """The names and the narration of a row, for whoever compares payments."""
    columns = (*ledger.names, *((ledger.narration,) if ledger.narration else ()))
    cells = dict.fromkeys(" ".join(cell_of(row, column).split()) for column in columns)
    return mask_cards_in(" | ".join(cell for cell in cells if cell))[:_MOST_ABOUT_CHARS]


def _moved(ledger: Ledger, row: Record) -> Amount | None:
    """The amount, negative where it leaves the account."""
    for column, factor in ((ledger.debit, -1), (ledger.credit, 1)):
        paid = _read(ledger, row, column) if column else None
        if paid and paid.value:
            return Amount(value=factor * abs(paid.value), currency=paid.currency, marked=paid.marked)
    if ledger.amount is None:
        return None
    amount = _read(ledger, row, ledger.amount)
    if amount is None:
        return None
    sign = cell_of(row, ledger.sign).lower().rstrip(".") if ledger.sign else ""
    value = -abs(amount.value) if sign in _OUT else abs(amount.value) if sign in _IN else amount.value
    return Amount(
        value=value,
        currency=amount.currency,
        marked=amount.marked or ("C" if sign in _IN else "D" if sign in _OUT else ""),
    )


def _read(ledger: Ledger, row: Record, column: Column) -> Amount | None:
    return read_amount(
        cell_of(row, column),
        decimal_comma=ledger.decimal_comma,
        points_group=ledger.points_group and column.points_group,
    )


def _sides(ledger: Ledger, row: Record, seen: Sequence[Sighting], *, own: str, outgoing: bool) -> tuple[str, str]:
    source, target = _named(ledger.source, row), _named(ledger.target, row)
    if source and target:
        return source, target
    other = _named(ledger.other, row) or _narrated(own, seen)
    if source or target:
        return source or own, target or own
    return (own, other) if outgoing or not ledger.signed else (other, own)


def _named(column: Column | None, row: Record) -> str:
    return party_value(column.kind, cell_of(row, column)) if column else ""


def _narrated(own: str, seen: Sequence[Sighting]) -> str:
    """Who is named in the narration: an account, an address, a UPI handle, a number that keeps money."""
    for kind in _PARTY_OBSERVABLES:
        for sighting in seen:
            keeps = kind is not ObservableKind.PHONE or MOBILE_MONEY in sighting.tags
            if sighting.kind is kind and sighting.value != own and keeps:
                return sighting.value
    return ""


def _reference(ledger: Ledger, row: Record, seen: Sequence[Sighting]) -> str:
    told = cell_of(row, ledger.reference).strip("'") if ledger.reference else ""
    if ledger.narration is None or (told and " " not in told):
        return told
    for sighting in seen:
        if sighting.kind is ObservableKind.TRANSACTION:
            return sighting.value
    match = _NARRATED_REFERENCE.search(cell_of(row, ledger.narration))
    # the number of a payee is no reference of the payment
    return match.group(1) if match and not any(match.group(1) in sighting.value for sighting in seen) else told


def _at(ledger: Ledger, row: Record) -> str:
    cell = cell_of(row, ledger.date)
    if ledger.date.kind is ColumnKind.EPOCH:
        return read_epoch(cell)
    on = read_moment(cell, month_first=ledger.month_first)
    if on and "T" not in on and ledger.time:
        on = read_moment(f"{on} {cell_of(row, ledger.time)}") or on
    bare = "T" in on and on[-1] != "Z" and on[-6] not in "+-"
    return on + ledger.offset if bare else on


def _coin(account: str) -> str:
    """The coin of a chain that carries one kind alone; empty: it carries tokens too, or is no chain."""
    return _COINS.get(account.partition(":")[0], "")


def _currency_of(ledger: Ledger, row: Record, amount: Amount) -> str:
    told = cell_of(row, ledger.currency).upper() if ledger.currency else ""
    return told or amount.currency or ledger.default_currency

"""The account that a statement is of, where a bank's export repeats it in every row.

Some layouts have the holder's own account in a column (``Account Name, Account Number``; ``Auftragskonto``): it names
neither who pays nor who is paid, and the other side stands in the description or in columns of its own.
"""

import re
from collections.abc import Sequence

from comity.leads.artifacts.cells import Record
from comity.leads.artifacts.columns import Column, ColumnKind
from comity.leads.artifacts.headings import Heading

_ACCOUNTS = frozenset({ColumnKind.IBAN, ColumnKind.ACCOUNT})
_SIDES = frozenset({Heading.SOURCE, Heading.TARGET, Heading.COUNTERPARTY, Heading.DEBIT, Heading.CREDIT})
_HOLDERS_NAME = frozenset({Heading.ACCOUNT, Heading.NAME})
_OWN = re.compile(
    r"auftragskonto|kontoinhaber|eigene?s? konto|\b(?:own|my|your|statement) (?:account|acct|iban)|account holder"
    r"|titulaire|titular|cuenta propia|eigen rekening|rachunek w[łl]asny|свой сч[её]т",
    re.IGNORECASE,
)
_IBAN = re.compile(r"\biban\b", re.IGNORECASE)


def find_holder(columns: Sequence[Column], sample: Sequence[Record], *, signed: bool, both_ways: bool) -> Column | None:
    """The column of the account that the rows are of; None: there is none.

    `signed`: the amounts bear the sign of an account's side, so that the table is somebody's statement; `both_ways`:
    something was paid and something received.
    """
    named = [column for column in columns if column.kind in _ACCOUNTS and not column.heading & _SIDES]
    told = next((column for column in named if _OWN.search(column.title)), None)
    if told or not signed:
        return told
    others = [column for column in columns if column.kind in _ACCOUNTS]
    steady = [column for column in named if Heading.ACCOUNT in column.heading and _is_steady(column, sample)]
    if len(others) > 1:
        free = [column for column in others if column not in steady]
        return steady[0] if len(steady) == 1 and free else None
    if not steady or any(_names_other_side(column) for column in columns):
        return None
    balanced = any(Heading.BALANCE in column.heading for column in columns)
    # a list of what was paid to one account calls it the payee's; a bank calls its customer's just "Account"
    plain = both_ways or _IBAN.search(steady[0].title) is None
    several = len(sample) > 1 and (balanced or plain)
    return steady[0] if several or any(_is_holders_name(column) for column in columns) else None


def is_holders(column: Column) -> bool:
    """Whether a column is of the holder of the account, beside the account itself: ``Account Name``."""
    return _is_holders_name(column) or (_OWN.search(column.title) is not None)


def _is_holders_name(column: Column) -> bool:
    return column.heading >= _HOLDERS_NAME and not column.heading & _SIDES


def _names_other_side(column: Column) -> bool:
    """Whether a column is about who pays or is paid."""
    return bool(column.heading & _SIDES and column.kind is not ColumnKind.AMOUNT) or (
        Heading.NAME in column.heading and Heading.ACCOUNT not in column.heading
    )


def _is_steady(column: Column, sample: Sequence[Record]) -> bool:
    """Whether the rows say the same again and again: few accounts in many rows."""
    cells = [row.cells[column.index].strip() for row in sample if column.index < len(row.cells)]
    filled = [cell for cell in cells if cell]
    return len(filled) == len(cells) > 0 and (len(set(filled)) == 1 or len(set(filled)) * 2 <= len(filled))

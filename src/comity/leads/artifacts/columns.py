"""What each column of a table holds: told by its content, and by its heading where content leaves a choice."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from comity.leads.artifacts.amounts import currency_codes, read_amount, read_epoch, read_moment
from comity.leads.artifacts.headings import Heading, read_heading
from comity.leads.extract.banking import is_bic, is_iban
from comity.leads.extract.crypto import read_crypto
from comity.leads.extract.mailaddress import upi_handles

_SHARE = 0.7
"""Share of the cells that are filled which must be of a kind."""


class ColumnKind(Enum):
    """What the cells of a column are."""

    EMPTY = auto()
    DATE = auto()
    TIME = auto()
    EPOCH = auto()
    AMOUNT = auto()
    CURRENCY = auto()
    SIGN = auto()
    """Debit or credit."""
    IBAN = auto()
    ACCOUNT = auto()
    UPI = auto()
    CRYPTO = auto()
    CARD = auto()
    PHONE = auto()
    BANK_CODE = auto()
    REFERENCE = auto()
    IMEI = auto()
    NAME = auto()
    TEXT = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column, read."""

    index: int
    title: str
    """Its heading, or ``column 3``."""
    kind: ColumnKind
    heading: frozenset[Heading]
    """What the heading says."""


_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s?[AaPp][Mm])?")
_SIGN = re.compile(
    r"(?:dr|cr|d|c|db|debit|credit|debet|s|h|soll|haben|in|out|sent|received|withdrawal|deposit|дебет|кредит|[+-])\.?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"'?\d[\d -]{4,24}")
_UPI = re.compile(r"[A-Za-z0-9._-]{2,}@([A-Za-z][A-Za-z0-9]+)")
_BANK_CODE = re.compile(r"[A-Z]{4}0[A-Z0-9]{6}|[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
_REFERENCE = re.compile(r"(?=.*\d)[A-Za-z0-9/_-]{6,40}")
_TOKEN = re.compile(r"[A-Z][A-Za-z0-9]{2,7}")
"""The symbol of a coin or token, which ISO 4217 does not know: ``USDT``."""
_NAME = re.compile(r"[^\W\d_][^\d@/:;=]{2,60}")


def _is_iban(cell: str) -> bool:
    return is_iban(re.sub(r"[\s-]", "", cell).upper())


def _is_upi(cell: str) -> bool:
    match = _UPI.fullmatch(cell)
    return match is not None and match.group(1).lower() in upi_handles()


def _is_bank_code(cell: str) -> bool:
    return _BANK_CODE.fullmatch(cell) is not None and (cell[4] == "0" or is_bic(cell))


def _is_money(cell: str) -> bool:
    return read_amount(cell) is not None and not (cell.isdigit() and len(cell) > 9)


_BY_CONTENT: tuple[tuple[ColumnKind, Callable[[str], bool]], ...] = (
    (ColumnKind.IBAN, _is_iban),
    (ColumnKind.UPI, _is_upi),
    (ColumnKind.CRYPTO, lambda cell: bool(read_crypto(cell))),
    (ColumnKind.DATE, lambda cell: bool(read_moment(cell))),
    (ColumnKind.TIME, lambda cell: _CLOCK.fullmatch(cell) is not None),
    (ColumnKind.CURRENCY, lambda cell: len(cell) == 3 and cell.upper() in currency_codes()),
    (ColumnKind.SIGN, lambda cell: _SIGN.fullmatch(cell) is not None),
    (ColumnKind.BANK_CODE, _is_bank_code),
)
"""Kinds that nothing else looks like, in the order in which they are tried."""

_BY_HEADING: tuple[tuple[Heading, ColumnKind], ...] = (
    (Heading.IMEI, ColumnKind.IMEI),
    (Heading.PHONE, ColumnKind.PHONE),
    (Heading.CARD, ColumnKind.CARD),
    (Heading.REFERENCE, ColumnKind.REFERENCE),
    (Heading.ACCOUNT, ColumnKind.ACCOUNT),
    (Heading.OTHER_NUMBER, ColumnKind.TEXT),
    (Heading.SOURCE, ColumnKind.ACCOUNT),
    (Heading.TARGET, ColumnKind.ACCOUNT),
    (Heading.COUNTERPARTY, ColumnKind.ACCOUNT),
)
"""What long numbers are, by the heading above them, the most telling first."""
_MONEY_HEADINGS = frozenset({Heading.AMOUNT, Heading.DEBIT, Heading.CREDIT, Heading.BALANCE})


def read_columns(titles: Sequence[str], rows: Sequence[tuple[str, ...]], *, width: int) -> tuple[Column, ...]:
    """The columns of a table, from its headings (empty where it has none) and some of its rows."""
    return tuple(_column(index, titles[index] if index < len(titles) else "", rows) for index in range(width))


def _column(index: int, title: str, rows: Sequence[tuple[str, ...]]) -> Column:
    cells = [row[index].strip() for row in rows if index < len(row) and row[index].strip()]
    heading = read_heading(title)
    kind = column_kind(cells, heading)
    return Column(index=index, title=title.strip() or f"column {index + 1}", kind=kind, heading=heading)


def column_kind(cells: Sequence[str], heading: frozenset[Heading]) -> ColumnKind:
    """What the filled cells of a column are, under a heading."""
    if not cells:
        return ColumnKind.EMPTY
    plain = next((kind for kind, test in _BY_CONTENT if _share(cells, test) >= _SHARE), None)
    return plain or _other_kind(cells, heading)


def _other_kind(cells: Sequence[str], heading: frozenset[Heading]) -> ColumnKind:
    """Numbers, amounts and words, which heading and content tell apart together."""
    if Heading.DATE in heading and _share(cells, lambda cell: bool(read_epoch(cell))) >= _SHARE:
        return ColumnKind.EPOCH
    if heading & _MONEY_HEADINGS and _share(cells, lambda cell: read_amount(cell) is not None) >= _SHARE:
        return ColumnKind.AMOUNT
    if _share(cells, lambda cell: _DIGITS.fullmatch(cell) is not None) >= _SHARE:
        return _number_kind(cells, heading)
    if _share(cells, _is_money) >= _SHARE:
        return ColumnKind.AMOUNT if _looks_like_money(cells) else ColumnKind.TEXT
    return _word_kind(cells, heading)


def _share(cells: Sequence[str], test: Callable[[str], bool]) -> float:
    return sum(1 for cell in cells if test(cell)) / len(cells)


def _number_kind(cells: Sequence[str], heading: frozenset[Heading]) -> ColumnKind:
    for said, kind in _BY_HEADING:
        if said in heading:
            return kind
    return ColumnKind.TEXT if heading or not _repeats(cells) else ColumnKind.ACCOUNT


def _repeats(cells: Sequence[str]) -> bool:
    """Long numbers of one length of which the same ones come again: accounts, rather than references."""
    lengths = {len(cell) for cell in cells}
    return len(cells) >= 4 and len(set(cells)) <= len(cells) * 0.7 and min(lengths) >= 9 and len(lengths) <= 4


def _looks_like_money(cells: Sequence[str]) -> bool:
    return _share(cells, lambda cell: re.search(r"[.,]\d{2}\b|[₹€£$]|\b[CD]r\b", cell) is not None) >= 0.5


def _word_kind(cells: Sequence[str], heading: frozenset[Heading]) -> ColumnKind:
    if Heading.REFERENCE in heading and _share(cells, lambda cell: _REFERENCE.fullmatch(cell) is not None) >= _SHARE:
        return ColumnKind.REFERENCE
    if Heading.CURRENCY in heading and _share(cells, lambda cell: _TOKEN.fullmatch(cell) is not None) >= _SHARE:
        return ColumnKind.CURRENCY
    if Heading.NARRATION in heading:
        return ColumnKind.TEXT
    names = Heading.NAME in heading or heading & {Heading.SOURCE, Heading.TARGET, Heading.COUNTERPARTY}
    if names and _share(cells, lambda cell: _NAME.fullmatch(cell) is not None) >= _SHARE:
        return ColumnKind.NAME
    return ColumnKind.TEXT

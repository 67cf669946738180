"""What each column of a table holds: told by its content, and by its heading where content leaves a choice."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from comity.leads.artifacts.amounts import (
    currency_codes,
    groups_by_points,
    is_quad,
    read_amount,
    read_epoch,
    read_moment,
)
from comity.leads.artifacts.headings import Heading, read_heading
from comity.leads.extract.banking import failing_iban, is_bic, is_iban
from comity.leads.extract.crypto import read_crypto
from comity.leads.extract.hosts import read_ipv4, read_ipv6
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
    ADDRESS = auto()
    """IP addresses."""
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
    points_group: bool = False
    """Whether its numbers are grouped by points, so that four groups are no address."""


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
_ADDRESS = re.compile(r"\[?(?P<host>\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]+)\]?(?::\d{1,5}|/\d{1,3})?")
_VERSIONED = re.compile(
    r"\b(?:v|vers?|versions?|build|release|rel|firmware|fw|revision|rev|patch|kernel|driver|sdk|engine"
    r"|browser|os|software|agent|app|client app)\b",
    re.IGNORECASE,
)
_DOTTED_TIME = re.compile(r"(?:[01]\d|2[0-3])\.[0-5]\d\.[0-5]\d\.\d{3}")
_CLOCK_HEADING = re.compile(
    r"\b(?:time|start|end|begin|stop|clock|uhrzeit|zeit|beginn|ende|heure|début|fin|hora|inicio|ora|inizio|время|начало"
    r"|конец)\b|समय|时间|الوقت",
    re.IGNORECASE,
)
_LONG_WITH_PLUS = re.compile(r"\+\d{10,}")
"""A telephone: nobody writes an amount so."""


def _is_iban(cell: str) -> bool:
    return is_iban(re.sub(r"[\s-]", "", cell).upper())


def _is_upi(cell: str) -> bool:
    match = _UPI.fullmatch(cell)
    return match is not None and match.group(1).lower() in upi_handles()


def _is_bank_code(cell: str) -> bool:
    return _BANK_CODE.fullmatch(cell) is not None and (cell[4] == "0" or is_bic(cell))


def _is_amount(cell: str, *, points_group: bool = False) -> bool:
    return read_amount(cell, points_group=points_group) is not None and _LONG_WITH_PLUS.fullmatch(cell) is None


def _is_money(cell: str) -> bool:
    return _is_amount(cell) and not (cell.isdigit() and len(cell) > 9)


def _is_address(cell: str) -> bool:
    match = _ADDRESS.fullmatch(cell)
    host = match["host"] if match else ""
    return bool(host) and (read_ipv6(host) if ":" in host else read_ipv4(host)) is not None


def _is_dotted_time(cell: str) -> bool:
    return _DOTTED_TIME.fullmatch(cell) is not None


def is_version_heading(title: str) -> bool:
    """Whether a heading is one under which four numbers with dots are rather a version."""
    return _VERSIONED.search(title.replace("_", " ")) is not None


def is_surely_address(cell: str) -> bool:
    """Whether four numbers are too large for a version: ``193.142.6.35``, ``45.95.147.236``."""
    if not is_quad(cell):
        return False
    first, *others = (int(part) for part in cell.split("."))
    return first >= 150 or sum(other >= 100 for other in others) > 1


_BY_CONTENT: tuple[tuple[ColumnKind, Callable[[str], bool]], ...] = (
    (ColumnKind.ADDRESS, _is_address),
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
_BESIDE_MONEY = frozenset({Heading.SIGN, Heading.CURRENCY, *_MONEY_HEADINGS})
_ACCOUNT_HEADINGS = frozenset({Heading.ACCOUNT, Heading.SOURCE, Heading.TARGET, Heading.COUNTERPARTY})
_MARK = re.compile(r"[₹€£$]|\b[CD]r\b")
_TWO_DECIMALS = re.compile(r"[.,]\d{2}\b")


def read_columns(titles: Sequence[str], rows: Sequence[tuple[str, ...]], *, width: int) -> tuple[Column, ...]:
    """The columns of a table, from its headings (empty where it has none) and some of its rows."""
    return tuple(_column(index, titles[index] if index < len(titles) else "", rows) for index in range(width))


def _column(index: int, title: str, rows: Sequence[tuple[str, ...]]) -> Column:
    cells = [row[index].strip() for row in rows if index < len(row) and row[index].strip()]
    heading = read_heading(title)
    kind = column_kind(cells, heading)
    if kind is ColumnKind.ADDRESS:
        kind = _address_kind(cells, title)
    return Column(
        index=index,
        title=title.strip() or f"column {index + 1}",
        kind=kind,
        heading=heading,
        points_group=kind in (ColumnKind.AMOUNT, ColumnKind.TEXT) and groups_by_points(cells),
    )


def _address_kind(cells: Sequence[str], title: str) -> ColumnKind:
    """Addresses, unless the heading says that four numbers are versions or times, and they look like such."""
    if is_version_heading(title) and _share(cells, lambda cell: ":" in cell or is_surely_address(cell)) < 0.5:
        return ColumnKind.TEXT
    if _CLOCK_HEADING.search(title.replace("_", " ")) and all(map(_is_dotted_time, cells)):
        return ColumnKind.TIME
    return ColumnKind.ADDRESS


def column_kind(cells: Sequence[str], heading: frozenset[Heading]) -> ColumnKind:
    """What the filled cells of a column are, under a heading."""
    if not cells:
        return ColumnKind.EMPTY
    grouped = groups_by_points(cells)
    plain = next((kind for kind, test in _BY_CONTENT if _share(cells, test) >= _SHARE), None)
    return plain or _other_kind(cells, heading, grouped=grouped)


def _other_kind(cells: Sequence[str], heading: frozenset[Heading], *, grouped: bool) -> ColumnKind:
    """Numbers, amounts and words, which heading and content tell apart together."""
    if heading & _ACCOUNT_HEADINGS and _holds_accounts(cells):
        return ColumnKind.IBAN
    if Heading.DATE in heading and _share(cells, lambda cell: bool(read_epoch(cell))) >= _SHARE:
        return ColumnKind.EPOCH
    if heading & _MONEY_HEADINGS and _share(cells, lambda cell: _is_amount(cell, points_group=grouped)) >= _SHARE:
        return ColumnKind.AMOUNT
    if _share(cells, lambda cell: _DIGITS.fullmatch(cell) is not None) >= _SHARE:
        return _number_kind(cells, heading)
    if _share(cells, _is_money) >= _SHARE:
        return ColumnKind.AMOUNT if _may_be_paid(cells, heading) else ColumnKind.TEXT
    return _word_kind(cells, heading)


def _holds_accounts(cells: Sequence[str]) -> bool:
    """Whether cells are IBANs, some mistyped, among account numbers of states that have none."""
    ibans = [cell for cell in cells if _is_iban(cell) or failing_iban(cell)]
    numbers = [cell for cell in cells if _DIGITS.fullmatch(cell)]
    return bool(ibans) and len(ibans) + len(numbers) >= _SHARE * len(cells)


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


def _may_be_paid(cells: Sequence[str], heading: frozenset[Heading]) -> bool:
    """Whether numbers look like money: by their marks, or by two decimals where the heading says nothing else."""
    marked = _share(cells, lambda cell: _MARK.search(cell) is not None) >= 0.5
    if heading and not heading & _BESIDE_MONEY:
        return marked and Heading.MEASURE not in heading
    decimals = _share(cells, lambda cell: _MARK.search(cell) is not None or _TWO_DECIMALS.search(cell) is not None)
    return marked or decimals >= 0.5


def is_bare(column: Column, cell: str) -> bool:
    """Whether a cell is, as a whole, a value of a kind in which nothing else can be: a date, an amount, a sign."""
    if column.kind is ColumnKind.AMOUNT or column.points_group:
        return _is_amount(cell, points_group=column.points_group)
    test = _BARE_TESTS.get(column.kind)
    return test is not None and test(cell)


_BARE_TESTS: dict[ColumnKind, Callable[[str], bool]] = {
    kind: test for kind, test in _BY_CONTENT if kind in (ColumnKind.DATE, ColumnKind.CURRENCY, ColumnKind.SIGN)
} | {
    ColumnKind.EPOCH: lambda cell: bool(read_epoch(cell)),
    ColumnKind.TIME: lambda cell: _CLOCK.fullmatch(cell) is not None or _is_dotted_time(cell),
}


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

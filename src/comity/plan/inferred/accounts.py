"""The bank of an account number that is no IBAN: the code of a bank that stands beside it.

An account number says nothing of its state. Where a bank's code (IFSC, BIC) stands in the same row, line or sentence
and is nearer to this account than to any other, it names the bank. A code that belongs to an IBAN beside it, or to the
other side of a payment, is left alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from comity.law import Confidence
from comity.leads.model import Leads, Nexus, Observable, ObservableKind, Place, Reason, Role

REACH_CHARS = 200
"""As far as a code may stand from an account in running text: a sentence or two."""
CODES = (ObservableKind.IFSC, ObservableKind.BIC)
_ROW = re.compile(r"^row \d+")
_COLUMN = re.compile(r", column (.*)$")
_LINE = re.compile(r"^line \d+$")
_SIDES = (
    ("payer", re.compile(r"\b(order|remit|payer|sender|from|debit|debtor|originat|source)", re.IGNORECASE)),
    ("payee", re.compile(r"\b(benef|payee|receiv|recip|to\b|credit|destin|target)", re.IGNORECASE)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spot:
    """One occurrence of an observable."""

    observable: Observable
    place: Place

    @property
    def text(self) -> str:
        """The unit of running text or the table in which it stands."""
        where = self.place.where
        return "" if _LINE.match(where) or _ROW.match(where) else where

    @property
    def row(self) -> str:
        found = _ROW.match(self.place.where)
        return found.group() if found else ""

    @property
    def side(self) -> str:
        """Whose side of a payment the column is of; empty: not told."""
        column = _COLUMN.search(self.place.where)
        return next((side for side, words in _SIDES if column and words.search(column[1])), "")


def with_banks(leads: Leads) -> Leads:
    """The same leads, with the ties of account numbers to the banks whose codes stand beside them."""
    lost = [o for o in leads.observables if _lacks_bank(o)]
    codes = [spot for o in leads.observables if o.kind in CODES and _tie_of(o) for spot in _spots(o)]
    if not lost or not codes:
        return leads
    accounts = [spot for o in leads.observables if o.kind is ObservableKind.BANK_ACCOUNT for spot in _spots(o)]
    ibans = [spot for o in leads.observables if o.kind is ObservableKind.IBAN for spot in _spots(o)]
    free = [code for code in codes if not _of_iban(code, ibans)]
    found: dict[str, tuple[_Spot, _Spot]] = {}
    for observable in lost:
        pairs = [(spot, code) for spot in _spots(observable) for code in free if _belongs(spot, code, accounts)]
        if pairs:
            found[observable.value] = min(pairs, key=_preference)
    tied = tuple(_tied(o, *found[o.value]) if _lacks_bank(o) and o.value in found else o for o in leads.observables)
    return msgspec.structs.replace(leads, observables=tied)


def _preference(pair: tuple[_Spot, _Spot]) -> tuple[int, int]:
    """The nearest first, a branch's code before a bank's."""
    return _distance(*pair), CODES.index(pair[1].observable.kind)


def _lacks_bank(observable: Observable) -> bool:
    return observable.kind is ObservableKind.BANK_ACCOUNT and not any(nexus.state for nexus in observable.nexus)


def _tie_of(observable: Observable) -> Nexus | None:
    return next((nexus for nexus in observable.nexus if nexus.state), None)


def _spots(observable: Observable) -> Iterator[_Spot]:
    for place in observable.places:
        yield _Spot(observable=observable, place=place)


def _distance(first: _Spot, second: _Spot) -> int:
    """Characters between two spots of one artifact; in one row of a table none."""
    if first.row and first.row == second.row:
        return 0
    return abs(first.place.offset - second.place.offset)


def _beside(first: _Spot, second: _Spot) -> bool:
    """Whether two spots are in the same row, or within reach in the same running text."""
    if first.place.artifact != second.place.artifact or first.text != second.text:
        return False
    if first.row or second.row:
        return first.row == second.row
    told = first.place.offset >= 0 and second.place.offset >= 0
    return told and _distance(first, second) <= REACH_CHARS


def _of_iban(code: _Spot, ibans: list[_Spot]) -> bool:
    """Whether a BIC is that of an IBAN beside it: of the same country (ISO 9362, ISO 13616)."""
    country = code.observable.value[4:6]
    return code.observable.kind is ObservableKind.BIC and any(
        iban.observable.value[:2] == country and _beside(code, iban) for iban in ibans
    )


def _belongs(account: _Spot, code: _Spot, accounts: list[_Spot]) -> bool:
    """Whether a code is beside an account, on its side of the payment, and nearer to no other account."""
    if not _beside(account, code) or (account.side and code.side and account.side != code.side):
        return False
    distance = _distance(account, code)
    others = (a for a in accounts if a.observable.value != account.observable.value and _beside(a, code))
    return all(_distance(other, code) > distance for other in others)


def _tied(observable: Observable, account: _Spot, code: _Spot) -> Observable:
    tie = _tie_of(code.observable)
    assert tie is not None  # codes without a state were left out
    kind = code.observable.kind.value.upper()
    reason = Reason(
        text=f"{kind} {code.observable.value} stands beside the account number",
        source=f"artifact {code.place.artifact}, {account.place.where}",
    )
    nexus = Nexus(
        state=tie.state,
        provider=tie.provider,
        provider_name=tie.provider_name or f"the bank of {kind} {code.observable.value}",
        role=Role.FINANCIAL_INSTITUTION,
        confidence=Confidence.MEDIUM,
        reasons=(reason, *tie.reasons),
    )
    return msgspec.structs.replace(observable, nexus=(nexus, *observable.nexus))

"""The account that was paid where a statement names only its holder: the one that stands in the same row."""

import msgspec

from comity.leads.model import Leads, ObservableKind, Transfer
from comity.plan.inferred.spot import Spot, spots

_ACCOUNTS = frozenset({ObservableKind.IBAN, ObservableKind.BANK_ACCOUNT, ObservableKind.UPI})


def with_payees(leads: Leads) -> Leads:
    """The same leads, with payments to a name tied to the only account that their row has for it."""
    known = {observable.value.casefold() for observable in leads.observables}
    named = [t for t in leads.transfers if t.target and t.target.casefold() not in known]
    if not named:
        return leads
    rows: dict[tuple[str, str], list[Spot]] = {}
    for observable in leads.observables:
        if observable.kind in _ACCOUNTS:
            for spot in spots(observable):
                rows.setdefault((spot.place.artifact, spot.row), []).append(spot)
    found = {id(t): account for t in named if (account := _account(t, rows.get((t.artifact, t.where), [])))}
    transfers = tuple(msgspec.structs.replace(t, target=found[id(t)]) if id(t) in found else t for t in leads.transfers)
    return msgspec.structs.replace(leads, transfers=transfers)


def _account(transfer: Transfer, row: list[Spot]) -> str:
    """The payee's account in a row; empty: none, or several, or one that may be the payer's."""
    other = [s for s in row if s.observable.value.casefold() != transfer.source.casefold() and s.side != "payer"]
    told = [spot for spot in other if spot.side == "payee"] or ([] if transfer.source else other)
    values = {spot.observable.value for spot in told}
    return values.pop() if len(values) == 1 else ""

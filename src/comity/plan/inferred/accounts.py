"""The bank of an account number that is no IBAN: the code of a bank that stands beside it.

An account number says nothing of its state. Where a bank's code (IFSC, BIC) stands in the same row, line or sentence
and is nearer to this account than to any other, it names the bank. A code that belongs to an IBAN beside it, or to the
other side of a payment, is left alone.
"""

import msgspec

from comity.law import Confidence
from comity.leads.model import Leads, Nexus, Observable, ObservableKind, Reason, Role
from comity.plan.inferred.spot import Spot, beside, distance, spots

CODES = (ObservableKind.IFSC, ObservableKind.BIC)


def with_banks(leads: Leads) -> Leads:
    """The same leads, with the ties of account numbers to the banks whose codes stand beside them."""
    # the code in a row of a statement is of the other side's bank: its holder's bank made the statement
    holders = {transfer.holder for transfer in leads.transfers if transfer.holder}
    lost = [o for o in leads.observables if _lacks_bank(o) and o.value not in holders]
    codes = [spot for o in leads.observables if o.kind in CODES and _tie_of(o) for spot in spots(o)]
    if not lost or not codes:
        return leads
    sides = (o for o in leads.observables if o.kind is ObservableKind.BANK_ACCOUNT and o.value not in holders)
    accounts = [spot for o in sides for spot in spots(o)]
    ibans = [spot for o in leads.observables if o.kind is ObservableKind.IBAN for spot in spots(o)]
    free = [code for code in codes if not _of_iban(code, ibans)]
    found: dict[str, tuple[Spot, Spot]] = {}
    for observable in lost:
        pairs = [(spot, code) for spot in spots(observable) for code in free if _belongs(spot, code, accounts)]
        if pairs:
            found[observable.value] = min(pairs, key=_preference)
    tied = tuple(_tied(o, *found[o.value]) if _lacks_bank(o) and o.value in found else o for o in leads.observables)
    return msgspec.structs.replace(leads, observables=tied)


def _preference(pair: tuple[Spot, Spot]) -> tuple[int, int]:
    """The nearest first, a branch's code before a bank's."""
    return distance(*pair), CODES.index(pair[1].observable.kind)


def _lacks_bank(observable: Observable) -> bool:
    return observable.kind is ObservableKind.BANK_ACCOUNT and not any(nexus.state for nexus in observable.nexus)


def _tie_of(observable: Observable) -> Nexus | None:
    return next((nexus for nexus in observable.nexus if nexus.state), None)


def _of_iban(code: Spot, ibans: list[Spot]) -> bool:
    """Whether a BIC is that of an IBAN beside it: of the same country (ISO 9362, ISO 13616)."""
    country = code.observable.value[4:6]
    return code.observable.kind is ObservableKind.BIC and any(
        iban.observable.value[:2] == country and beside(code, iban) for iban in ibans
    )


def _belongs(account: Spot, code: Spot, accounts: list[Spot]) -> bool:
    """Whether a code is beside an account, on its side of the payment, and nearer to no other account."""
    if not beside(account, code) or (account.side and code.side and account.side != code.side):
        return False
    gap = distance(account, code)
    others = (a for a in accounts if a.observable.value != account.observable.value and beside(a, code))
    return all(distance(other, code) > gap for other in others)


def _tied(observable: Observable, account: Spot, code: Spot) -> Observable:
    tie = _tie_of(code.observable)
    assert tie is not None  # codes without a state were left out
    kind = code.observable.kind.value.upper()
    reason = Reason(
        text=f"{kind} {code.observable.value} stands beside the account number",
        source=f"artifact {code.place.artifact}, {account.place.where}",
        said="code_beside",
        about={"kind": kind, "code": code.observable.value},
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

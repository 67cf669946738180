"""The bank of an IBAN that no registry at hand names: by the BIC beside it, else by the bank code that it holds.

Two accounts at banks that nobody names are not at one bank: each is told apart by the code of its own.
"""

import re

import msgspec

from comity.leads.model import Leads, Nexus, Observable, ObservableKind, Reason, Role
from comity.plan.inferred.spot import Spot, beside, distance, spots

_CODE = re.compile(r"^bank code (\w+) is not in the registry")


def with_iban_banks(leads: Leads) -> Leads:
    """The same leads, with a name for each bank that had none."""
    lost = [o for o in leads.observables if o.kind is ObservableKind.IBAN and _unnamed(o)]
    if not lost:
        return leads
    codes = [spot for o in leads.observables if o.kind is ObservableKind.BIC for spot in spots(o)]
    ibans = [spot for o in leads.observables if o.kind is ObservableKind.IBAN for spot in spots(o)]
    found = {o.value: _bic_of(o, codes, ibans) for o in lost}
    named = (_named(o, found[o.value]) if o.value in found and _unnamed(o) else o for o in leads.observables)
    return msgspec.structs.replace(leads, observables=tuple(named))


def _unnamed(observable: Observable) -> Nexus | None:
    """The tie to a bank without a name; None: there is none."""
    ties = (n for n in observable.nexus if n.role is Role.FINANCIAL_INSTITUTION and n.state)
    return next((nexus for nexus in ties if not nexus.provider_name and not nexus.provider), None)


def _bic_of(observable: Observable, codes: list[Spot], ibans: list[Spot]) -> Spot | None:
    """The BIC of the same country beside an IBAN and nearer to no other one (ISO 9362, ISO 13616)."""
    country = observable.value[:2]
    pairs = [
        (distance(spot, code), code)
        for spot in spots(observable)
        for code in codes
        if code.observable.value[4:6] == country and beside(spot, code) and _nearest(spot, code, ibans)
    ]
    return min(pairs, key=lambda pair: pair[0])[1] if pairs else None


def _nearest(spot: Spot, code: Spot, ibans: list[Spot]) -> bool:
    others = (
        other
        for other in ibans
        if other.observable.value != spot.observable.value
        and other.observable.value[:2] == spot.observable.value[:2]
        and beside(other, code)
    )
    return all(distance(other, code) > distance(spot, code) for other in others)


def _named(observable: Observable, code: Spot | None) -> Observable:
    tie = _unnamed(observable)
    assert tie is not None  # only such are named
    found = [match[1] for reason in tie.reasons if (match := _CODE.match(reason.text))]
    if code is not None:
        bic = code.observable.value
        reason = Reason(
            text=f"BIC {bic} stands beside it",
            source=f"artifact {code.place.artifact}, {code.place.where}",
            said="code_beside",
            about={"kind": "BIC", "code": str(bic)},
        )
        changed = msgspec.structs.replace(tie, provider_name=f"the bank of BIC {bic}", reasons=(*tie.reasons, reason))
    elif found:
        changed = msgspec.structs.replace(tie, provider_name=f"the bank with code {found[0]}")
    else:
        return observable
    return msgspec.structs.replace(observable, nexus=tuple(changed if n is tie else n for n in observable.nexus))

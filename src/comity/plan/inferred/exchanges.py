"""Addresses that the case file gives to an exchange: tracing found it, and its customer records name a person."""

import msgspec

from comity.law import Confidence, Provider, Registry
from comity.leads.model import Leads, Nexus, Observable, ObservableKind, Reason, Role
from comity.plan.case import Case, Exchange

_KINDS = frozenset({ObservableKind.CRYPTO, ObservableKind.TRANSACTION})


def provider_of(exchange: Exchange, registry: Registry) -> Provider | None:
    """The provider table's row of an exchange; None: it has none."""
    return provider_named(exchange.name, registry)


def provider_named(given: str, registry: Registry) -> Provider | None:
    """The provider table's row by id, name or domain; None: it has none."""
    name = given.strip().casefold()
    rows = registry.providers.values()
    return next((row for row in rows if name in (row.id.casefold(), row.name.casefold(), *row.web_domains)), None)


def with_exchanges(leads: Leads, case: Case, registry: Registry) -> Leads:
    """The same leads, with the ties of addresses to the exchanges that the case file names for them."""
    told = {address.casefold(): exchange for exchange in case.exchanges for address in exchange.addresses}
    if not told:
        return leads
    tied = tuple(_tied(o, _told(o, told), registry) for o in leads.observables)
    return msgspec.structs.replace(leads, observables=tied)


def _told(observable: Observable, told: dict[str, Exchange]) -> Exchange | None:
    value = observable.value.casefold()
    found = (told.get(form) for form in (value, value.partition(":")[2]))
    return next((exchange for exchange in found if exchange), None) if observable.kind in _KINDS else None


def _tied(observable: Observable, exchange: Exchange | None, registry: Registry) -> Observable:
    if exchange is None:
        return observable
    row = provider_of(exchange, registry)
    reason = Reason(
        text=f"the case file gives it to {exchange.name}",
        source=exchange.note or "case file, exchanges",
        said="wallet_kept",
        about={"operator": exchange.name},
    )
    nexus = Nexus(
        state=exchange.state or (row.jurisdiction if row else ""),
        provider=row.id if row else "",
        provider_name=row.name if row else exchange.name,
        role=Role.EXCHANGE,
        confidence=Confidence.HIGH,
        reasons=(reason,),
    )
    # what a label made likely is told better by whoever traced it
    others = tuple(tie for tie in observable.nexus if tie.role is not Role.EXCHANGE)
    return msgspec.structs.replace(observable, nexus=(nexus, *others))

"""Registrars that a registration record in the evidence names: the tie of a domain to who sold it.

A record (RDAP or WHOIS, saved as text) names the registrar's own server, ``whois.`` or ``rdap.`` under the registrar's
domain. Where an artifact has such a server of a provider that sells domains, and is about few names, it is a record on
the names in it.
"""

import msgspec

from comity.law import Confidence, Provider, Registry
from comity.leads.model import Leads, Nexus, Observable, ObservableKind, Reason, Role
from comity.plan.hosts import under

MAX_NAMES = 12
SERVERS = ("whois.", "rdap.")
SELLS = "domains"


def with_registrars(leads: Leads, registry: Registry) -> Leads:
    """The same leads, with the ties to registrars that registration records give."""
    records = _records(leads, registry)
    if not records:
        return leads
    tied = tuple(_tied(observable, records) for observable in leads.observables)
    return msgspec.structs.replace(leads, observables=tied)


def _records(leads: Leads, registry: Registry) -> dict[str, Provider]:
    """The registrar of each artifact that is a registration record."""
    sellers = [row for row in registry.providers.values() if SELLS in row.services]
    found: dict[str, Provider] = {}
    for observable in leads.observables:
        if observable.kind is ObservableKind.DOMAIN and observable.value.startswith(SERVERS):
            seller = next((row for row in sellers if under(observable.value, row.web_domains)), None)
            for place in observable.places if seller else ():
                found[place.artifact] = seller  # type: ignore[assignment]  # checked in the line above
    names = {artifact: 0 for artifact in found}
    for observable in leads.observables:
        if observable.kind is ObservableKind.DOMAIN:
            for artifact in {place.artifact for place in observable.places} & set(names):
                names[artifact] += 1
    return {artifact: seller for artifact, seller in found.items() if names[artifact] <= MAX_NAMES}


def _tied(observable: Observable, records: dict[str, Provider]) -> Observable:
    if observable.kind is not ObservableKind.DOMAIN:
        return observable
    place = next((place for place in observable.places if place.artifact in records), None)
    known = any(nexus.role is Role.REGISTRAR and nexus.state for nexus in observable.nexus)
    if place is None or known or under(observable.value, _all_domains(records)):
        return observable
    seller = records[place.artifact]
    nexus = Nexus(
        state=seller.jurisdiction,
        provider=seller.id,
        provider_name=seller.name,
        role=Role.REGISTRAR,
        confidence=Confidence.MEDIUM,
        reasons=(
            Reason(
                text=f"a registration record names a server of {seller.name}",
                source=f"artifact {place.artifact}",
                said="registration_server",
                about={"seller": seller.name},
            ),
            Reason(
                text=f"{seller.legal_entity or seller.name} ({seller.jurisdiction})",
                source=f"providers {seller.id}, {seller.as_of}",
                said="established",
                about={"who": seller.legal_entity or seller.name, "state": seller.jurisdiction},
            ),
        ),
    )
    return msgspec.structs.replace(observable, nexus=(nexus, *observable.nexus))


def _all_domains(records: dict[str, Provider]) -> tuple[str, ...]:
    return tuple(domain for seller in records.values() for domain in (*seller.web_domains, *seller.email_domains))

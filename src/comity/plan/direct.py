"""Whom a step may ask without any legal basis: a holder's own desk, or a provider that answers foreign authorities.

What is so asked is a favour. It stands beside the routes with an addressee of its own, and never in their place.
"""

from collections.abc import Iterator

from comity.law import Channel, Confidence, InstrumentKind, Measure, Registry, Route
from comity.plan.draft import Draft
from comity.plan.model import DirectRequest, Holder

#: What a provider that answers foreign authorities of its own will gives, by what the provider table says of it.
GIVES = {
    "yes": (Measure.PRESERVATION, Measure.SUBSCRIBER_INFORMATION, Measure.TRAFFIC_DATA, Measure.EMERGENCY_DISCLOSURE),
    "subscriber_only": (Measure.PRESERVATION, Measure.SUBSCRIBER_INFORMATION, Measure.EMERGENCY_DISCLOSURE),
}
_ABUSE = "abuse"


def direct_requests(draft: Draft, routes: tuple[Route, ...], registry: Registry) -> tuple[DirectRequest, ...]:
    """Everybody who may be asked so; ``routes``: those taken already, among which a provider's own policy may be."""
    return (*draft.direct, *_desk(draft, registry), *_policy(draft, routes, registry))


def _desk(draft: Draft, registry: Registry) -> Iterator[DirectRequest]:
    holder = draft.holder
    if holder is None or not draft.desk:
        return
    abuse = draft.desk.startswith(_ABUSE)
    row = registry.providers.get(holder.provider)
    yield DirectRequest(
        to=f"{holder.name}, {draft.desk}",
        how="its address stands in the public record of the name or network (RDAP, the contact with the role abuse); "
        "send the exact address, the time with zone, and a picture of what is there"
        if abuse
        else "through its page or mailbox for authorities, from a mailbox of the authority",
        basis=draft.informal,
        url="" if abuse or row is None else row.law_enforcement_url or row.guidelines_url,
        source="RFC 9083 10.2.4" if abuse or row is None else f"provider table, {row.id}",
        as_of="" if abuse or row is None else row.as_of,
        confidence=Confidence.HIGH if abuse or row is None else row.confidence,
    )


def _policy(draft: Draft, routes: tuple[Route, ...], registry: Registry) -> Iterator[DirectRequest]:
    holder = draft.holder
    row = registry.providers.get(holder.provider) if holder else None
    if holder is None or row is None or _asked_already(draft, holder, routes):
        return
    if draft.measure in GIVES.get(row.accepts_foreign_direct_requests, ()):
        some = (
            "data on the subscriber only" if row.accepts_foreign_direct_requests == "subscriber_only" else "some data"
        )
        yield DirectRequest(
            to=f"{row.legal_entity or row.name}, desk for authorities",
            how="through its portal or page for authorities, with the order or letter that the law at home requires",
            basis=f"its own policy: it answers foreign authorities of its own will, with {some}; it owes nothing",
            url=row.law_enforcement_url or row.guidelines_url,
            source=f"provider table, {row.id}",
            as_of=row.as_of,
            confidence=row.confidence,
        )


def _asked_already(draft: Draft, holder: Holder, routes: tuple[Route, ...]) -> bool:
    """At home it is ordered; and a route that is a direct request tells the same with its law."""
    own = (InstrumentKind.VOLUNTARY_DISCLOSURE, Channel.DIRECT_TO_PROVIDER)
    return holder.domestic or bool(draft.desk) or any(route.kind in own or route.channel in own for route in routes)

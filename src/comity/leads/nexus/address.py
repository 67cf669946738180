"""An address to its state, network and provider, offline.

The order is that of certainty: special ranges, then lists of anonymisers and fronts, then who announces and holds
the network, and where the registries and the holder say it is. Geolocation says where a network is registered or
said to be used; it never says where a person was, so such a tie is at most *medium*.
"""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address

from comity.law import Confidence
from comity.leads.model import Nexus, Reason, ReasonKind, Role
from comity.leads.nexus.anonymiser import ANONYMISERS, MEANINGS, Listed
from comity.leads.nexus.context import Sighting
from comity.leads.nexus.network import network_ties
from comity.leads.nexus.place import NetworkReading
from comity.leads.nexus.provider import Found
from comity.leads.nexus.sources import TieSources
from comity.leads.nexus.special import SpecialRange, Wrapping, unwrap
from comity.leads.nexus.tied import Tied, no_state, preceded


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """The address in question, unwrapped."""

    text: str
    number: int
    version: int
    wrapping: Wrapping | None


def tie_address(value: str, *, sources: TieSources, sighting: Sighting) -> Tied:
    """Ties and tags of an IPv4 or IPv6 address; a value that is none gives a tie that says so."""
    asked = _read(value)
    if asked is None:
        return Tied(nexus=(no_state(Reason(kind=ReasonKind.CAVEAT, text=f"{value} is not an address")),))
    tied = _tie_unwrapped(asked, sources=sources, sighting=sighting)
    if asked.wrapping is None:
        return tied
    wrapped = Reason(
        text=f"{value} carries {asked.text}: {asked.wrapping.text}",
        source=asked.wrapping.standard,
        said="wrapped",
        about={"value": value, "address": asked.text, "form": asked.wrapping.tag},
    )
    return Tied(nexus=preceded(tied.nexus, wrapped), tags=(asked.wrapping.tag, *tied.tags))


def _read(value: str) -> _Asked | None:
    try:
        address: IPv4Address | IPv6Address = ip_address(value.partition("%")[0].strip("[] "))
    except ValueError:
        return None
    wrapping = unwrap(int(address)) if address.version == 6 else None
    if wrapping is not None:
        address = IPv4Address(wrapping.address)
    return _Asked(text=str(address), number=int(address), version=address.version, wrapping=wrapping)


def _tie_unwrapped(asked: _Asked, *, sources: TieSources, sighting: Sighting) -> Tied:
    special = sources.special.find(asked.number, version=asked.version)
    if special is not None:
        return Tied(nexus=(_of_special(asked, special, sighting),), tags=(special.tag,))
    listed = sources.listed(asked.number, version=asked.version)
    anycast = sources.anycast.find(asked.number, version=asked.version)
    reading = NetworkReading.of(asked.text, number=asked.number, version=asked.version, sources=sources)
    if listed is not None and listed.kind in ANONYMISERS:
        return _of_anonymiser(listed, reading, sources=sources, sighting=sighting)
    tied = network_ties(reading, sources=sources, role=_role(sighting), listed=listed, anycast=anycast)
    return Tied(nexus=preceded(tied.nexus, *sighting.origin), tags=tied.tags)


def _role(sighting: Sighting) -> Role:
    return Role.ORIGIN if sighting.origin else Role.INFRASTRUCTURE


def _of_special(asked: _Asked, special: SpecialRange, sighting: Sighting) -> Nexus:
    reason = Reason(
        kind=ReasonKind.CAVEAT,
        text=f"{asked.text} lies in {special.range}: {special.name}; it belongs to no network that a state could name",
        source=special.standard,
    )
    return no_state(*sighting.origin, reason)


def _of_anonymiser(listed: Listed, reading: NetworkReading, *, sources: TieSources, sighting: Sighting) -> Tied:
    """The operator of the service, and the network where its exit stands; neither is where the user is."""
    reasons = (
        *sighting.origin,
        Reason(
            text=f"this address is {MEANINGS[listed.kind]} ({listed.operator})",
            source=listed.cite,
            said=f"exit_{listed.kind.replace('-', '_')}",
            about={"operator": listed.operator},
        ),
        Reason(
            kind=ReasonKind.CAVEAT,
            text="an exit is not the user's place: it stands for anybody, anywhere; the list tells of its day, so "
            "check whether the address was an exit at the time of the event",
        ),
    )
    ties = list(_of_operator(listed, reasons, sources=sources))
    place = reading.place
    if not (listed.kind == "relay" and ties):
        where = Reason(
            kind=ReasonKind.CAVEAT, text="where the exit is hosted; its host or operator may keep no record of the user"
        )
        exit_tie = Nexus(
            state=place.state,
            provider_name=reading.facts.holder,
            role=Role.ANONYMISER,
            confidence=Confidence.LOW,
            reasons=(*reasons, *reading.reasons, *place.reasons, where),
        )
        ties.append(exit_tie)
    return Tied(nexus=tuple(ties), tags=("anonymiser", listed.kind))


def _of_operator(listed: Listed, reasons: tuple[Reason, ...], *, sources: TieSources) -> tuple[Nexus, ...]:
    operator = sources.names.operator(listed.operator)
    if operator is None:
        return ()
    provider = sources.providers.get(operator.provider)
    if provider is not None:
        found = Found(providers=(provider,), reason=reasons[-1], confidence=operator.confidence)
        ties = sources.providers.nexus(found, role=Role.ANONYMISER)
        return preceded(ties, *reasons[:-1])
    said = Reason(
        text=f"{listed.operator} is run from {operator.state}",
        source=operator.cite,
        said="established",
        about={"who": listed.operator, "state": operator.state},
    )
    tie = Nexus(
        state=operator.state,
        provider_name=listed.operator,
        role=Role.ANONYMISER,
        confidence=operator.confidence,
        reasons=(*reasons, said),
    )
    return (tie,)

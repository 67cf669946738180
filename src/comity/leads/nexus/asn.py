"""A network number (AS) to its holder and the state where that holder is registered."""

import re

from comity.law import Confidence
from comity.leads.model import Nexus, Reason, ReasonKind, Role
from comity.leads.nexus.provider import Found, either
from comity.leads.nexus.sources import TieSources
from comity.leads.nexus.tied import Tied, no_state, preceded

#: First, last, tag, what it is, standard: the IANA special-purpose AS numbers.
_SPECIAL = (
    (0, 0, "reserved", "reserved, and never announced", "RFC 7607"),
    (112, 112, "anycast-service", "the AS112 service, run by many", "RFC 7534"),
    (23456, 23456, "reserved", "a stand-in for numbers of four bytes", "RFC 6793"),
    (64496, 64511, "documentation", "for documentation", "RFC 5398"),
    (64512, 65534, "private", "for private use", "RFC 6996"),
    (65535, 65535, "reserved", "reserved", "RFC 7300"),
    (65536, 65551, "documentation", "for documentation", "RFC 5398"),
    (65552, 131071, "reserved", "not given out", "IANA AS numbers"),
    (4200000000, 4294967294, "private", "for private use", "RFC 6996"),
    (4294967295, 4294967295, "reserved", "reserved", "RFC 7300"),
)

_TELLING_SHARE_PERCENT = 60
"""From which share of the addresses on, one state is taken for the holder's own."""


def tie_asn(value: str, *, sources: TieSources) -> Tied:
    """``value`` is ``AS64500``, ``as 64500`` or the bare number."""
    digits = re.fullmatch(r"(?:AS)?\s*(\d{1,10})", value.strip(), re.IGNORECASE | re.ASCII)
    asn = int(digits.group(1)) if digits else 1 << 32
    if asn >= 1 << 32:
        return Tied(nexus=(no_state(_caveat(f"{value} is no network number", "RFC 6793")),))
    for first, last, tag, what, standard in _SPECIAL:
        if first <= asn <= last:
            return Tied(nexus=(no_state(_caveat(f"AS{asn} is {what}", standard)),), tags=(tag,))
    registered = _registered(asn, sources=sources)
    providers = sources.providers.of_asn(asn)
    if not providers:
        return Tied(nexus=(registered,))
    reason = Reason(
        text=f"AS{asn} is a network of {' or '.join(provider.name for provider in providers)}",
        source=f"providers.csv, {providers[0].as_of}",
        said="asn_provider",
        about={"asn": f"AS{asn}", "who": either(providers)},
    )
    found = Found(providers=providers, reason=reason, confidence=Confidence.MEDIUM)
    ties = preceded(sources.providers.nexus(found, role=Role.INFRASTRUCTURE), *registered.reasons)
    elsewhere = (registered,) if registered.state and registered.state not in {tie.state for tie in ties} else ()
    return Tied(nexus=(*ties, *elsewhere))


def _caveat(text: str, standard: str) -> Reason:
    return Reason(kind=ReasonKind.CAVEAT, text=text, source=standard)


def _registered(asn: int, *, sources: TieSources) -> Nexus:
    """What the routing data say of the holder: its seat is only inferred from what it announces."""
    holder = sources.networks.holder_of(asn)
    state, reasons = "", []
    if sources.delegations is not None:
        state = sources.delegations.registered_network(asn)
        if state:
            reasons.append(
                Reason(
                    text=f"delegated to a holder registered in {state}",
                    source=sources.delegations.cite,
                    said="delegated",
                    about={"state": state},
                )
            )
    confidence = Confidence.MEDIUM if state else Confidence.LOW
    announced = sources.networks.source("announced").cite
    if holder.name:
        reasons.insert(
            0,
            Reason(
                text=f"AS{asn} is held by {holder.name}",
                source=announced,
                said="asn_held",
                about={"asn": f"AS{asn}", "holder": holder.name},
            ),
        )
    else:
        reasons.insert(
            0, Reason(kind=ReasonKind.CAVEAT, text=f"AS{asn} announces nothing in the data", source=announced)
        )
    if not state and holder.state and holder.share_percent >= _TELLING_SHARE_PERCENT:
        state = holder.state
        reasons.append(
            Reason(
                text=f"{holder.share_percent} % of the addresses that it announces are registered in {state}, which "
                "makes it likely, not certain, that the holder is established there",
                source=sources.networks.source("registered").cite,
                said="asn_share",
                about={"percent": str(holder.share_percent), "state": state},
            )
        )
    if not state:
        reasons.append(
            Reason(kind=ReasonKind.CAVEAT, text="in which state the holder is established the data do not tell")
        )
        return no_state(*reasons, role=Role.INFRASTRUCTURE, confidence=Confidence.LOW)
    return Nexus(
        state=state,
        provider_name=holder.name,
        role=Role.INFRASTRUCTURE,
        confidence=confidence,
        reasons=tuple(reasons),
    )

"""What all sources together say of an ordinary address: its network, and where it is registered and used."""

from dataclasses import dataclass

import pycountry
from msgspec import structs

from comity.law import Confidence
from comity.leads.model import Reason, ReasonKind
from comity.leads.nexus.holders import Holder
from comity.leads.nexus.networks import AddressFacts
from comity.leads.nexus.sources import TieSources

_USER_ASSIGNED = frozenset({"XK"})
"""Codes in use that ISO 3166 does not list: Kosovo."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the data put an address."""

    state: str
    confidence: Confidence
    reasons: tuple[Reason, ...]
    other_state: str = ""
    """Where sources disagree, what the other says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkReading:
    """What all sources together say of one address."""

    facts: AddressFacts
    reasons: tuple[Reason, ...]
    """Who announces and holds it."""
    place: Place

    @classmethod
    def of(cls, text: str, *, number: int, version: int, sources: TieSources) -> "NetworkReading":
        """``number``: the same address as an integer."""
        shipped = sources.networks.look_up(number, version=version)
        own = sources.user_database.look_up(text) if sources.user_database else None
        own_cite = sources.user_database.cite if sources.user_database else ""
        statements = _statements(number, version=version, shipped=shipped, own=own, sources=sources)
        reasons = []
        facts = shipped
        if own is not None and own.asn:
            facts = AddressFacts(asn=own.asn, holder=own.holder, server=shipped.server)
            reasons.append(_announced(facts, own_cite))
        elif shipped.asn:
            reasons.append(_announced(shipped, sources.networks.source("announced").cite))
        else:
            cite = sources.networks.source("announced").cite
            reasons.append(
                Reason(
                    kind=ReasonKind.CAVEAT, text="no network that announces this address is in the data", source=cite
                )
            )
            held = sources.holders.find(number, version=version)
            if held is not None:
                facts = structs.replace(shipped, asn=int(held.asn), holder=held.holder)
                reasons.append(_held(held))
        if shipped.server:
            reasons.append(
                Reason(
                    kind=ReasonKind.CAVEAT,
                    text="the network is listed as run for servers or VPNs, so this is hardly an access line: behind "
                    "it stands a customer whom the host knows",
                    source=sources.networks.source("server").cite,
                )
            )
        return cls(facts=facts, reasons=tuple(reasons), place=_place(statements))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Statement:
    state: str
    text: str
    cite: str
    said: str

    @property
    def reason(self) -> Reason:
        return Reason(text=self.text, source=self.cite, said=self.said, about={"state": self.state})


def _announced(facts: AddressFacts, cite: str) -> Reason:
    holder = facts.holder or "a holder whose name the data do not give"
    return Reason(
        text=f"announced by AS{facts.asn}, {holder}",
        source=cite,
        said="announced" if facts.holder else "announced_unnamed",
        about={"asn": f"AS{facts.asn}", "holder": facts.holder},
    )


def _held(held: Holder) -> Reason:
    text = f"it lies in {held.range}, which is {held.holder}'s (AS{held.asn}): {held.note}"
    about = {"range": str(held.range), "holder": held.holder, "asn": f"AS{held.asn}"}
    return Reason(text=text, source=held.cite, said="held_range", about=about)


def _statements(
    number: int, *, version: int, shipped: AddressFacts, own: AddressFacts | None, sources: TieSources
) -> list[_Statement]:
    """What each source says of the state, the one to be followed first."""
    said = []
    if own is not None and sources.user_database is not None:
        state = own.used or own.registered
        cite = sources.user_database.cite
        said.append(_Statement(state=state, text=f"said to be in {state}", cite=cite, said="said_in"))
    cite = sources.networks.source("used").cite
    said.append(_Statement(state=shipped.used, text=f"said to be used in {shipped.used}", cite=cite, said="said_in"))
    registered, cite = shipped.registered, sources.networks.source("registered").cite
    if sources.delegations is not None:
        registered, cite = sources.delegations.registered(number, version=version), sources.delegations.cite
    text = f"delegated to a holder registered in {registered}"
    said.append(_Statement(state=registered, text=text, cite=cite, said="delegated"))
    return [one for one in said if one.state]


def _place(statements: list[_Statement]) -> Place:
    reasons = [one.reason for one in statements]
    known = [one.state for one in statements if _is_state(one.state)]
    if not known:
        said = Reason(kind=ReasonKind.CAVEAT, text="no source names a present state for this address: unknown")
        return Place(state="", confidence=Confidence.LOW, reasons=(*reasons, said))
    others = sorted({state for state in known if state != known[0]})
    if others:
        reasons.append(
            Reason(
                kind=ReasonKind.CAVEAT,
                text=f"the sources disagree ({known[0]} against {', '.join(others)}): held for less sure",
            )
        )
    return Place(
        state=known[0],
        confidence=Confidence.LOW if others or len(known) == 1 else Confidence.MEDIUM,
        reasons=tuple(reasons),
        other_state=others[0] if others else "",
    )


def _is_state(code: str) -> bool:
    return code in _USER_ASSIGNED or pycountry.countries.get(alpha_2=code) is not None

"""An ordinary address to the provider who runs its network, and to the state where it is."""

from msgspec import structs

from comity.law import Confidence, Provider
from comity.leads.model import Nexus, Reason, ReasonKind, Role
from comity.leads.nexus.anonymiser import MEANINGS, Listed
from comity.leads.nexus.anycast import Anycast
from comity.leads.nexus.place import NetworkReading
from comity.leads.nexus.provider import Found, either
from comity.leads.nexus.sources import TieSources
from comity.leads.nexus.tied import Tied, no_state, preceded, weakest

CAUTION = Reason(
    kind=ReasonKind.CAVEAT,
    text="registries and geofeeds say where a network is registered or used, not where a person was, and they change: "
    "never rest jurisdiction on this alone; ask the holder who used the address at the time of the event",
)


def network_ties(
    reading: NetworkReading, *, sources: TieSources, role: Role, listed: Listed | None, anycast: Anycast | None
) -> Tied:
    """The ties of an ordinary address: to the provider who runs the network, and to the place."""
    providers = sources.providers.of_asn(reading.facts.asn) if reading.facts.asn else ()
    front = _front(providers, listed=listed, anycast=anycast)
    tags = _tags(reading, providers=providers, listed=listed, anycast=anycast)
    ties = _provider_ties(reading, providers, sources=sources, role=role)
    if front is not None:
        ties = preceded(ties or (_registered_only(reading, role),), front)
        return Tied(nexus=ties, tags=tags)
    return Tied(nexus=_with_place(ties, reading, role), tags=tags)


def _front(providers: tuple[Provider, ...], *, listed: Listed | None, anycast: Anycast | None) -> Reason | None:
    """Why the place of this address means nothing; None: it is an ordinary one."""
    if listed is not None:
        return Reason(
            kind=ReasonKind.CAVEAT,
            text=f"this address is {MEANINGS[listed.kind]} ({listed.operator}): the site itself is hosted behind it, "
            "elsewhere, and the operator of the front knows where",
            source=listed.cite,
        )
    if anycast is not None:
        return Reason(
            kind=ReasonKind.CAVEAT,
            text=f"anycast ({anycast.operator}, {anycast.note}): machines in many states answer for this address",
            source=anycast.cite,
        )
    fronts = [provider for provider in providers if "cdn" in provider.services]
    if fronts:
        return Reason(
            kind=ReasonKind.CAVEAT,
            text=f"{fronts[0].name} runs a content delivery network: the site itself may be hosted behind it, "
            "elsewhere, and the operator of the front knows where",
        )
    return None


def _tags(
    reading: NetworkReading, *, providers: tuple[Provider, ...], listed: Listed | None, anycast: Anycast | None
) -> tuple[str, ...]:
    services = {service for provider in providers for service in provider.services}
    told = {
        "cdn": listed is not None or "cdn" in services,
        "anycast": anycast is not None,
        "vpn-carrier": any("vpn" in service for service in services),
        "server-network": reading.facts.server,
        "sources-disagree": bool(reading.place.other_state),
    }
    return tuple(tag for tag, holds in told.items() if holds)


def _provider_ties(
    reading: NetworkReading, providers: tuple[Provider, ...], *, sources: TieSources, role: Role
) -> tuple[Nexus, ...]:
    if not providers:
        return ()
    named = any(_shares_a_word(provider, reading.facts.holder) for provider in providers)
    found = Found(
        providers=providers,
        reason=_network_of(reading, providers, named=named),
        confidence=Confidence.MEDIUM if named else Confidence.LOW,
    )
    ties = sources.providers.nexus(found, role=_network_role(providers[0], role))
    if any("vpn" in service for provider in providers for service in provider.services):
        ties = tuple(structs.replace(tie, reasons=(*tie.reasons, _CARRIER)) for tie in ties)
    if role is Role.ORIGIN and any(provider.email_domains for provider in providers):
        ties = tuple(structs.replace(tie, reasons=(*tie.reasons, _WEBMAIL)) for tie in ties)
    if named and len(providers) == 1:
        ties = tuple(_corroborated(tie, reading) for tie in ties)
    return preceded(ties, *reading.reasons)


def _network_of(reading: NetworkReading, providers: tuple[Provider, ...], *, named: bool) -> Reason:
    text = f"AS{reading.facts.asn} is a network of {' or '.join(provider.name for provider in providers)}"
    if not named:
        text += f", though the routing data name its holder {reading.facts.holder or 'not at all'}: check"
    return Reason(
        kind=ReasonKind.OBSERVATION if named else ReasonKind.CAVEAT,
        text=text,
        source=f"providers.csv, {providers[0].as_of}",
        said="asn_provider",
        about={"asn": f"AS{reading.facts.asn}", "who": either(providers)},
    )


_WEBMAIL = Reason(
    kind=ReasonKind.CAVEAT,
    text="the holder keeps mailboxes for others, so this may be its own sending server: the person wrote from "
    "elsewhere, and its records of log-ins tell from which address",
)
_CARRIER = Reason(
    kind=ReasonKind.CAVEAT,
    text="this network carries VPN services: the address may be an exit, which stands for anybody, anywhere; ask which "
    "customer had it",
)


def _corroborated(tie: Nexus, reading: NetworkReading) -> Nexus:
    """A row from memory whose network and state the registries confirm is no longer only recalled."""
    if tie.state not in {reading.place.state, reading.place.other_state}:
        return tie
    said = Reason(
        kind=ReasonKind.METHOD, text="the routing data's holder and the registries' state agree with the provider's row"
    )
    return structs.replace(tie, confidence=Confidence.MEDIUM, reasons=(*tie.reasons, said))


def _network_role(provider: Provider, role: Role) -> Role:
    """An access network is a telecom's, unless the address is the origin of a mail."""
    is_access = {"mobile", "broadband"} & set(provider.services)
    return Role.TELECOM if is_access and role is not Role.ORIGIN else role


def _shares_a_word(provider: Provider, holder: str) -> bool:
    """Whether the routing data's name of the holder confirms the provider: one telling word in common."""
    words = {word for word in _words(f"{provider.name} {provider.legal_entity}") if len(word) > 2}
    return bool(words & set(_words(holder)) - _EMPTY_WORDS)


_EMPTY_WORDS = frozenset(
    (
        *("inc", "llc", "ltd", "limited", "corporation", "corp", "company", "gmbh", "the", "and", "group", "cloud"),
        *("online", "international", "services", "network", "networks", "telecom", "telecommunications", "hosting"),
    )
)


def _words(text: str) -> list[str]:
    return "".join(letter if letter.isalnum() else " " for letter in text.casefold()).split()


def _registered_only(reading: NetworkReading, role: Role) -> Nexus:
    """A front or anycast address of an unlisted operator: only the registration says something."""
    place = reading.place
    state = place.other_state or place.state
    if not state:
        return no_state(*reading.reasons, *place.reasons, role=role, confidence=Confidence.LOW)
    return Nexus(
        state=state,
        provider_name=reading.facts.holder,
        role=role,
        confidence=Confidence.LOW,
        reasons=(*reading.reasons, *place.reasons, CAUTION),
    )


def _with_place(ties: tuple[Nexus, ...], reading: NetworkReading, role: Role) -> tuple[Nexus, ...]:
    """The provider's ties, and the place: joined where provider and place are in one state."""
    place = reading.place
    joined = [
        Nexus(
            state=tie.state,
            provider=tie.provider,
            provider_name=tie.provider_name,
            role=tie.role,
            confidence=weakest(tie.confidence, Confidence.MEDIUM),
            reasons=(*tie.reasons, *(place.reasons if tie.state == place.state else ()), CAUTION),
        )
        for tie in ties
    ]
    for state, confidence in ((place.state, place.confidence), (place.other_state, Confidence.LOW)):
        if state and state not in {tie.state for tie in joined}:
            joined.append(_place_tie(state, confidence, reading, role))
    if not joined:
        joined.append(no_state(*reading.reasons, *place.reasons, role=role, confidence=Confidence.LOW))
    return tuple(joined)


def _place_tie(state: str, confidence: Confidence, reading: NetworkReading, role: Role) -> Nexus:
    return Nexus(
        state=state,
        provider_name=reading.facts.holder,
        role=role,
        confidence=confidence,
        reasons=(*reading.reasons, *reading.place.reasons, CAUTION),
    )

"""A domain to the registry above it, and to the platform or provider under whose name it stands.

The letters of a country's domain tell which state's registry holds the name, not where its holder or its machine is.
"""

from comity.law import Confidence
from comity.leads.model import Nexus, Reason, ReasonKind, Role
from comity.leads.nexus.names import Platform, Registry, parents
from comity.leads.nexus.provider import Found, either
from comity.leads.nexus.sources import TieSources
from comity.leads.nexus.tables import list_sources
from comity.leads.nexus.tied import Tied, no_state

_ROLE_OF_SORT = {
    "mail": Role.MAIL_PROVIDER,
    "mail-sender": Role.MAIL_PROVIDER,
    "hosting": Role.INFRASTRUCTURE,
}
_DOCUMENTATION = frozenset({"example.com", "example.net", "example.org"})
"""RFC 2606 3."""


def tie_domain(domain: str, *, sources: TieSources) -> Tied:
    """Ties and tags of a domain in lower-case A-label form."""
    domain = domain.strip(".").lower()
    labels = domain.split(".")
    registry = sources.names.registry(labels[-1])
    if ".".join(labels[-2:]) in _DOCUMENTATION:
        said = Reason(kind=ReasonKind.CAVEAT, text="a name kept for documentation", source="RFC 2606 3")
        return Tied(nexus=(no_state(said),), tags=("documentation",))
    if registry is not None and registry.use in {"no-registry", "infrastructure"}:
        return Tied(nexus=(_outside(registry),), tags=(f"tld-{registry.tld}",))
    held = _holder_ties(domain, sources=sources)
    ties = [*held, _registry_tie(labels[-1], registry)]
    if not held:
        ties.append(_REGISTRAR)
    return Tied(nexus=tuple(ties), tags=_tags(domain, registry, sources=sources))


_REGISTRAR = no_state(
    Reason(
        kind=ReasonKind.CAVEAT,
        text="who registered the name, through which registrar, and where it is hosted is not in the evidence: the "
        "registry's RDAP service and the DNS tell",
        source="RFC 9083",
    ),
    role=Role.REGISTRAR,
    confidence=Confidence.LOW,
)


def _outside(registry: Registry) -> Nexus:
    reason = Reason(
        kind=ReasonKind.CAVEAT,
        text=f".{registry.tld}: {registry.note}; no registry and no state stands behind it",
        source=registry.cite,
    )
    role = Role.ANONYMISER if registry.tld in {"onion", "i2p"} else Role.UNKNOWN
    return no_state(reason, role=role, confidence=registry.confidence)


def _tags(domain: str, registry: Registry | None, *, sources: TieSources) -> tuple[str, ...]:
    names = sources.names
    platform = names.platform(domain)
    told = {
        platform.sort if platform else "": platform is not None,
        "shortener": names.is_shortener(domain),
        "dynamic-dns": bool(names.dynamic_suffix(domain)),
        "disposable-mail": names.is_disposable(domain),
        "generic-use": registry is not None and registry.use == "generic" and len(registry.tld) == 2,
        "unknown-tld": registry is None,
    }
    return tuple(tag for tag, holds in told.items() if holds)


def _holder_ties(domain: str, *, sources: TieSources) -> tuple[Nexus, ...]:
    """The provider or platform whose name it is, or under whose name it was given."""
    platform = sources.names.platform(domain)
    for suffix in parents(domain):
        if platform is not None and platform.domain == suffix:
            return _platform_ties(domain, platform, sources=sources)
        providers = sources.providers.of_web_domain(suffix) or sources.providers.of_mail_domain(suffix)
        if providers:
            what = "is a domain of" if suffix == domain else f"stands under {suffix}, a domain of"
            reason = Reason(
                text=f"{domain} {what} {' or '.join(provider.name for provider in providers)}",
                source=f"providers.csv, {providers[0].as_of}",
                said="domain_of" if suffix == domain else "domain_under",
                about={"domain": domain, "suffix": suffix, "who": either(providers)},
            )
            found = Found(providers=providers, reason=reason, confidence=Confidence.HIGH)
            return sources.providers.nexus(found, role=Role.PLATFORM)
    return _suffix_ties(domain, sources=sources) or _dynamic_ties(domain, sources=sources)


def _platform_ties(domain: str, platform: Platform, *, sources: TieSources) -> tuple[Nexus, ...]:
    under = "is a name of" if domain == platform.domain else f"was given under {platform.domain} by"
    note = f"; {platform.note}" if platform.note else ""
    reason = Reason(
        text=f"{domain} {under} {platform.operator} ({platform.sort}){note}",
        source=platform.cite,
        said="domain_of" if domain == platform.domain else "domain_given",
        about={"domain": domain, "suffix": platform.domain, "who": platform.operator},
    )
    role = _ROLE_OF_SORT.get(platform.sort, Role.PLATFORM)
    providers = sources.providers.some([platform.provider])
    if providers:
        return sources.providers.nexus(
            Found(providers=providers, reason=reason, confidence=Confidence.MEDIUM), role=role
        )
    return (
        Nexus(
            state=platform.state,
            provider_name=platform.operator,
            role=role,
            confidence=platform.confidence,
            reasons=(reason, *_unknown_seat(platform.state)),
        ),
    )


def _suffix_ties(domain: str, *, sources: TieSources) -> tuple[Nexus, ...]:
    """The operator who entered the suffix in the Public Suffix List."""
    known = sources.names.suffix_operator(domain)
    if known is None:
        return ()
    suffix, name = known
    reason = Reason(
        text=f"{domain} was given under {suffix}, which {name} offers to others",
        source=list_sources()["suffixes"].cite,
        said="domain_given",
        about={"domain": domain, "suffix": suffix, "who": name},
    )
    operator = sources.names.operator(name)
    providers = sources.providers.some([operator.provider]) if operator else ()
    if providers:
        found = Found(providers=providers, reason=reason, confidence=Confidence.MEDIUM)
        return sources.providers.nexus(found, role=Role.PLATFORM)
    state = operator.state if operator else ""
    seat = (_established(name, state, operator.cite),) if operator and state else ()
    return (
        Nexus(
            state=state,
            provider_name=name,
            role=Role.PLATFORM,
            confidence=Confidence.LOW,
            reasons=(reason, *seat, *_unknown_seat(state)),
        ),
    )


def _established(name: str, state: str, cite: str) -> Reason:
    text = f"{name} is established in {state}"
    return Reason(text=text, source=cite, said="established", about={"who": name, "state": state})


def _dynamic_ties(domain: str, *, sources: TieSources) -> tuple[Nexus, ...]:
    suffix = sources.names.dynamic_suffix(domain)
    if not suffix:
        return ()
    reason = Reason(
        text=f"{domain} stands under {suffix}, a dynamic DNS domain: its operator knows from which addresses the name "
        "was set",
        source=list_sources()["dynamic-dns"].cite,
        said="dynamic_dns",
        about={"domain": domain, "suffix": suffix},
    )
    return (no_state(reason, *_unknown_seat(""), role=Role.PLATFORM, confidence=Confidence.LOW),)


def _unknown_seat(state: str) -> tuple[Reason, ...]:
    return (
        () if state else (Reason(kind=ReasonKind.CAVEAT, text="where the operator is established is not in the data"),)
    )


def _registry_tie(tld: str, registry: Registry | None) -> Nexus:
    if registry is None:
        said = Reason(
            kind=ReasonKind.CAVEAT, text=f".{tld} is no top-level domain that the data know: the name may not exist"
        )
        return no_state(said, role=Role.REGISTRY, confidence=Confidence.MEDIUM)
    reasons = [_registry_reason(registry)]
    if registry.note:
        reasons.append(Reason(kind=ReasonKind.CAVEAT, text=registry.note, source=registry.cite))
    if registry.use == "generic":
        reasons.append(
            Reason(
                kind=ReasonKind.CAVEAT,
                text="names here are sold to anybody anywhere: only the registry is in that state, not the holder",
            )
        )
    if not registry.state:
        reasons.append(
            Reason(kind=ReasonKind.CAVEAT, text="in which state the registry is established is not in the data")
        )
    return Nexus(
        state=registry.state,
        provider=registry.provider,
        provider_name=registry.operator,
        role=Role.REGISTRY,
        confidence=registry.confidence,
        reasons=tuple(reasons),
    )


def _registry_reason(registry: Registry) -> Reason:
    by = f" by {registry.operator}" if registry.operator else ""
    if registry.use == "country" or (len(registry.tld) == 2 and registry.state):
        return Reason(
            text=f".{registry.tld} is run for {registry.state}{by}",
            source=registry.cite,
            said="registry_state_by" if by else "registry_state",
            about={"tld": f".{registry.tld}", "state": registry.state, "operator": registry.operator},
        )
    if not by:
        text = f".{registry.tld} is run by a registry not in the data"
        return Reason(kind=ReasonKind.CAVEAT, text=text, source=registry.cite)
    return Reason(
        text=f".{registry.tld} is run{by}",
        source=registry.cite,
        said="registry_by",
        about={"tld": f".{registry.tld}", "operator": registry.operator},
    )

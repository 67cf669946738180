"""A mail address to whoever keeps its mailbox."""

from ipaddress import ip_address

from msgspec import structs

from comity.law import Confidence, Provider
from comity.leads.model import Nexus, Reason, ReasonKind, Role
from comity.leads.nexus.address import tie_address
from comity.leads.nexus.context import NOTHING_SEEN, Sighting
from comity.leads.nexus.domain import tie_domain
from comity.leads.nexus.names import parents
from comity.leads.nexus.provider import Found, either
from comity.leads.nexus.sources import TieSources
from comity.leads.nexus.tables import list_sources
from comity.leads.nexus.tied import Tied, no_state, preceded

_RECALLED_DOMAINS = "domain list"
"""Words of a provider's note that say its domains were recalled and not read."""


def tie_mailbox(value: str, *, sources: TieSources, sighting: Sighting) -> Tied:
    """``local@domain``, the domain in A-label form. A recipient's mailbox is tied as the victim's."""
    domain = value.rpartition("@")[2].strip(".").lower()
    kept = _at_address(domain, sources=sources) or _kept_by(domain, sources=sources)
    tags = ("disposable-mail",) if sources.names.is_disposable(domain) else ()
    if sighting.recipient is not None:
        victim = tuple(structs.replace(tie, role=Role.VICTIM) for tie in kept[:1])
        return Tied(nexus=preceded(victim, sighting.recipient), tags=(*tags, "recipient"))
    if sighting.authenticated is not None:
        kept = tuple(structs.replace(tie, reasons=(*tie.reasons, sighting.authenticated)) for tie in kept)
        tags = (*tags, "authenticated")
    if sighting.sender is not None:
        kept = preceded(kept, sighting.sender)
    return Tied(nexus=kept, tags=tags)


def _at_address(domain: str, *, sources: TieSources) -> tuple[Nexus, ...]:
    """The network of the machine, where the mailbox is written as one on an address (``root@203.0.113.9``)."""
    host = domain.strip("[]").removeprefix("ipv6:")
    try:
        ip_address(host)
    except ValueError:
        return ()
    said = Reason(
        text=f"the mailbox, or log-in, is one on the machine with the address {host} itself, which no mail provider "
        "keeps: who runs the machine does",
        source="RFC 5321 4.1.3",
        said="on_machine",
        about={"host": host},
    )
    tied = tie_address(host, sources=sources, sighting=NOTHING_SEEN)
    return preceded(tied.nexus, said)


def _kept_by(domain: str, *, sources: TieSources) -> tuple[Nexus, ...]:
    """The mail provider of the domain; where none is known, what is known of the domain, and that it must be asked."""
    for suffix in parents(domain):
        providers = sources.providers.of_mail_domain(suffix)
        platform = sources.names.platform(suffix) if not providers else None
        if platform is not None and platform.domain == suffix and platform.sort == "mail":
            return _as_mail(tie_domain(domain, sources=sources).nexus)
        if providers:
            return _of_providers(domain, providers, sources=sources)
    if sources.names.is_disposable(domain):
        said = Reason(
            text=f"{domain} is listed as giving throw-away mailboxes; who runs it is not in the data",
            source=list_sources()["disposable-mail"].cite,
            said="throw_away",
            about={"domain": domain},
        )
        return (no_state(said, role=Role.MAIL_PROVIDER, confidence=Confidence.LOW), *_around(domain, sources=sources))
    asked = Reason(
        kind=ReasonKind.CAVEAT,
        text=f"who keeps the mailboxes of {domain} is not in the evidence: its MX records name the host",
        source="RFC 5321 5.1",
    )
    return (no_state(asked, role=Role.MAIL_PROVIDER, confidence=Confidence.LOW), *_around(domain, sources=sources))


def _of_providers(domain: str, providers: tuple[Provider, ...], *, sources: TieSources) -> tuple[Nexus, ...]:
    recalled = any(_RECALLED_DOMAINS in provider.notes for provider in providers)
    reason = Reason(
        text=f"mailboxes of {domain} are kept by {' or '.join(provider.name for provider in providers)}",
        source=f"providers.csv, {providers[0].as_of}" + (" (domains recalled)" if recalled else ""),
        said="mailboxes_kept",
        about={"domain": domain, "who": either(providers)},
    )
    found = Found(providers=providers, reason=reason, confidence=Confidence.HIGH)
    return sources.providers.nexus(found, role=Role.MAIL_PROVIDER)


def _as_mail(ties: tuple[Nexus, ...]) -> tuple[Nexus, ...]:
    return tuple(tie for tie in ties if tie.role is Role.MAIL_PROVIDER)


def _around(domain: str, *, sources: TieSources) -> tuple[Nexus, ...]:
    """The registry and registrar of a domain that keeps its own mail."""
    return tie_domain(domain, sources=sources).nexus

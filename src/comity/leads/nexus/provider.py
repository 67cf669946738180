"""Providers found by domain or network number, and which of their companies controls a user's data."""

from collections.abc import Iterable
from dataclasses import dataclass

from comity.law import Confidence, Provider
from comity.leads.model import Nexus, Reason, ReasonKind, Role
from comity.leads.nexus.tables import Fact, read_rows
from comity.leads.nexus.tied import weakest


class EntityRule(Fact, frozen=True, kw_only=True):
    """A row of ``entities.csv``: whose data one company of a group controls."""

    provider: str
    users_in: str
    """``EEA;CH`` and the like; ``rest``: everybody whom no other company of the group has."""
    rule: str


class RegionRow(Fact, frozen=True, kw_only=True):
    """A row of ``regions.csv``: a state of a region."""

    region: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """Where a user seems to live, and why we think so."""

    state: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Providers that a thing leads to, and the observation that leads there."""

    providers: tuple[Provider, ...]
    reason: Reason
    confidence: Confidence
    """Of the observation."""
    home: Home | None = None
    """Of the user whose data are sought; None: nothing tells."""


class Providers:
    """The providers, indexed; those that share a domain are one group split by the user's region."""

    def __init__(self, providers: Iterable[Provider]) -> None:
        self._by_id = {provider.id: provider for provider in providers}
        self._rules = {rule.provider: rule for rule in read_rows("entities.csv", EntityRule)}
        self._regions: dict[str, set[str]] = {}
        for row in read_rows("regions.csv", RegionRow):
            self._regions.setdefault(row.region, set()).add(row.state)
        self._by_mail = self._index("email_domains")
        self._by_web = self._index("web_domains")
        self._by_asn: dict[int, list[Provider]] = {}
        for provider in self._by_id.values():
            for asn in provider.asn:
                self._by_asn.setdefault(asn, []).append(provider)

    def get(self, provider_id: str) -> Provider | None:
        return self._by_id.get(provider_id)

    def some(self, ids: Iterable[str]) -> tuple[Provider, ...]:
        """Those of the ids that are known."""
        return tuple(self._by_id[one] for one in ids if one in self._by_id)

    def of_mail_domain(self, domain: str) -> tuple[Provider, ...]:
        return tuple(self._by_mail.get(domain, ()))

    def of_web_domain(self, domain: str) -> tuple[Provider, ...]:
        return tuple(self._by_web.get(domain, ()))

    def of_asn(self, asn: int) -> tuple[Provider, ...]:
        return tuple(self._by_asn.get(asn, ()))

    def telecom(self, operator: str, *, state: str) -> Provider | None:
        """The operator of that name in that state; None: it is not listed."""
        for provider in self._by_id.values():
            if provider.jurisdiction == state and "mobile" in provider.services:
                names = f"{provider.name} {provider.legal_entity}".casefold()
                if operator.casefold() in names:
                    return provider
        return None

    def nexus(self, found: Found, *, role: Role) -> tuple[Nexus, ...]:
        """One tie for each company that may control the data, the one for most of the world first.

        Where the user's home is told, the company that has the users there comes first, and the others are less sure.
        """
        several = len(found.providers) > 1
        own = self._of_home(found) if several and found.home else None
        ties = []
        for provider in sorted(found.providers, key=lambda one: (one is not own, *self._place(one))):
            reasons = [found.reason, controls(provider)]
            if several:
                reasons.append(self._split(provider, self._rules.get(provider.id)))
            if own is not None and found.home:
                reasons.append(found.home.reason)
            ties.append(
                Nexus(
                    state=provider.jurisdiction,
                    provider=provider.id,
                    provider_name=provider.name,
                    role=role,
                    confidence=weakest(found.confidence, provider.confidence, _surest(provider, own, several=several)),
                    reasons=tuple(reasons),
                )
            )
        return tuple(ties)

    def _of_home(self, found: Found) -> Provider | None:
        """The company that has the users of the state in which this one seems to live; None: no rule says."""
        state = found.home.state if found.home else ""
        rest = None
        for provider in found.providers:
            rule = self._rules.get(provider.id)
            if rule is None:
                return None
            if rule.users_in == "rest":
                rest = provider
            elif any(state == part or state in self._regions.get(part, ()) for part in rule.users_in.split(";")):
                return provider
        return rest

    def _split(self, provider: Provider, rule: EntityRule | None) -> Reason:
        if rule is None:
            return Reason(
                kind=ReasonKind.CAVEAT,
                text="several companies of this group hold data; which one has this user's is to be asked",
                source=cite(provider),
            )
        return Reason(
            kind=ReasonKind.CAVEAT,
            text=f"which company controls the data depends on where the user lives: {provider.name} has {rule.rule}",
            source=rule.cite,
        )

    def _place(self, provider: Provider) -> tuple[bool, str]:
        rule = self._rules.get(provider.id)
        return (rule is not None and rule.users_in != "rest", provider.id)

    def _index(self, field: str) -> dict[str, list[Provider]]:
        index: dict[str, list[Provider]] = {}
        for provider in self._by_id.values():
            for domain in getattr(provider, field):
                index.setdefault(domain.lower(), []).append(provider)
        return index


def _surest(provider: Provider, own: Provider | None, *, several: bool) -> Confidence:
    if not several:
        return Confidence.HIGH
    return Confidence.MEDIUM if own is None or provider is own else Confidence.LOW


def cite(provider: Provider) -> str:
    """How a reason names a provider's row."""
    recalled = ", from memory" if provider.source_url == "memory" else ""
    return f"providers.csv {provider.id}, {provider.as_of}{recalled}"


def controls(provider: Provider) -> Reason:
    """That this company, in this state, controls the data."""
    entity = provider.legal_entity or provider.name
    return Reason(
        text=f"{provider.name}: the data are controlled by {entity} ({provider.jurisdiction})",
        source=cite(provider),
        said="controlled",
        about={"provider": provider.name, "entity": entity, "state": provider.jurisdiction},
    )


def either(providers: Iterable[Provider]) -> str:
    """The names of providers of which it is one, as reasons take them: joined by ``;``."""
    return ";".join(provider.name for provider in providers)

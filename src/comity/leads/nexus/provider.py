"""Providers found by domain or network number, and which of their companies controls a user's data."""

from collections.abc import Iterable
from dataclasses import dataclass

from comity.law import Confidence, Provider
from comity.leads.model import Nexus, Reason, Role
from comity.leads.nexus.tables import Fact, read_rows
from comity.leads.nexus.tied import weakest


class EntityRule(Fact, frozen=True, kw_only=True):
    """A row of ``entities.csv``: whose data one company of a group controls."""

    provider: str
    users_in: str
    """``EEA;CH`` and the like; ``rest``: everybody whom no other company of the group has."""
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Providers that a thing leads to, and the observation that leads there."""

    providers: tuple[Provider, ...]
    reason: Reason
    confidence: Confidence
    """Of the observation."""


class Providers:
    """The providers, indexed; those that share a domain are one group split by the user's region."""

    def __init__(self, providers: Iterable[Provider]) -> None:
        self._by_id = {provider.id: provider for provider in providers}
        self._rules = {rule.provider: rule for rule in read_rows("entities.csv", EntityRule)}
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
        """One tie for each company that may control the data, the one for most of the world first."""
        several = len(found.providers) > 1
        ties = []
        for provider in sorted(found.providers, key=self._place):
            reasons = [found.reason, controls(provider)]
            rule = self._rules.get(provider.id)
            if several:
                reasons.append(self._split(provider, rule))
            ties.append(
                Nexus(
                    state=provider.jurisdiction,
                    provider=provider.id,
                    provider_name=provider.name,
                    role=role,
                    confidence=weakest(
                        found.confidence, provider.confidence, Confidence.MEDIUM if several else Confidence.HIGH
                    ),
                    reasons=tuple(reasons),
                )
            )
        return tuple(ties)

    def _split(self, provider: Provider, rule: EntityRule | None) -> Reason:
        if rule is None:
            return Reason(
                text="several companies of this group hold data; which one has this user's is to be asked",
                source=cite(provider),
            )
        return Reason(
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


def cite(provider: Provider) -> str:
    """How a reason names a provider's row."""
    recalled = ", from memory" if provider.source_url == "memory" else ""
    return f"providers.csv {provider.id}, {provider.as_of}{recalled}"


def controls(provider: Provider) -> Reason:
    """That this company, in this state, controls the data."""
    return Reason(
        text=f"{provider.name}: the data are controlled by {provider.legal_entity} ({provider.jurisdiction})",
        source=cite(provider),
    )

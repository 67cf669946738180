"""What is known of names: registries of top-level domains, platforms under which others get names, lists.

Sought from the whole name up to its top-level domain; the longest known suffix wins.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import pycountry

from comity.law import Confidence
from comity.leads.nexus.tables import Fact, Row, list_sources, read_lines, read_rows


class TopLevel(Row, frozen=True, kw_only=True):
    """A row of ``tlds.csv``, derived from the Public Suffix List."""

    tld: str
    state: str
    operator: str


class TopLevelRule(Fact, frozen=True, kw_only=True):
    """A row of ``tld_rules.csv``: what the general rules get wrong or do not know."""

    tld: str
    state: str
    operator: str
    provider: str
    use: str
    """``country``, ``generic`` (sold to anybody), ``region``, ``restricted``, ``infrastructure``, ``retired`` or
    ``no-registry``."""
    note: str


class Operator(Fact, frozen=True, kw_only=True):
    """A row of ``operators.csv``: who an operator is; ``operator`` is how its name begins."""

    operator: str
    provider: str
    state: str


class Platform(Fact, frozen=True, kw_only=True, rename={"sort": "class"}):
    """A row of ``platforms.csv``: a domain under which a company gives names, mailboxes or links to others."""

    domain: str
    sort: str
    """``mail``, ``hosting``, ``shortener`` and so on."""
    operator: str
    provider: str
    state: str
    note: str


class _Suffix(Row, frozen=True, kw_only=True):
    suffix: str
    operator: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """Who runs a top-level domain."""

    tld: str
    state: str
    """Empty: not known, or none."""
    operator: str
    provider: str
    use: str
    note: str
    cite: str
    confidence: Confidence


class Names:
    """The tables, each read when first needed."""

    def registry(self, tld: str) -> Registry | None:
        """Who runs a top-level domain; None: no such domain is known."""
        rule = self._rules.get(tld)
        if rule is not None:
            return Registry(
                tld=tld,
                state=rule.state,
                operator=rule.operator,
                provider=rule.provider,
                use=rule.use,
                note=rule.note,
                cite=rule.cite,
                confidence=rule.confidence,
            )
        listed = self._top_level.get(tld)
        if listed is None:
            return _country_registry(tld)
        operator = self.operator(listed.operator)
        return Registry(
            tld=tld,
            state=listed.state or (operator.state if operator else ""),
            operator=listed.operator,
            provider=operator.provider if operator else "",
            use="country" if listed.state else "generic",
            note="",
            cite=list_sources()["suffixes"].cite,
            confidence=Confidence.HIGH if listed.state else operator.confidence if operator else Confidence.LOW,
        )

    def platform(self, domain: str) -> Platform | None:
        """The platform that gave this name, or that the name is of."""
        for suffix in parents(domain):
            if suffix in self._platforms:
                return self._platforms[suffix]
        return None

    def suffix_operator(self, domain: str) -> tuple[str, str] | None:
        """The suffix under which this name was given, and the operator who entered it in the Public Suffix List."""
        for suffix in parents(domain):
            if suffix in self._suffixes:
                return suffix, self._suffixes[suffix]
        return None

    def operator(self, name: str) -> Operator | None:
        """What is known of an operator by its name as lists write it; None: nothing."""
        for operator in self._operators:
            if name == operator.operator or name.startswith((operator.operator + " ", operator.operator + ",")):
                return operator
        return None

    def is_shortener(self, domain: str) -> bool:
        return any(suffix in self._shorteners for suffix in parents(domain))

    def is_disposable(self, domain: str) -> bool:
        return any(suffix in self._disposable for suffix in parents(domain))

    def dynamic_suffix(self, domain: str) -> str:
        """The dynamic-DNS domain under which a name stands; empty: none is known."""
        return next((suffix for suffix in parents(domain) if suffix in self._dynamic), "")

    @cached_property
    def _rules(self) -> dict[str, TopLevelRule]:
        return {rule.tld: rule for rule in read_rows("tld_rules.csv", TopLevelRule)}

    @cached_property
    def _top_level(self) -> dict[str, TopLevel]:
        return {row.tld: row for row in read_rows("tlds.csv", TopLevel)}

    @cached_property
    def _operators(self) -> tuple[Operator, ...]:
        return tuple(sorted(read_rows("operators.csv", Operator), key=lambda row: -len(row.operator)))

    @cached_property
    def _platforms(self) -> dict[str, Platform]:
        return {row.domain: row for row in read_rows("platforms.csv", Platform)}

    @cached_property
    def _suffixes(self) -> dict[str, str]:
        return {row.suffix: row.operator for row in read_rows("suffixes.csv", _Suffix)}

    @cached_property
    def _shorteners(self) -> frozenset[str]:
        return read_lines("shorteners.txt")

    @cached_property
    def _disposable(self) -> frozenset[str]:
        return read_lines("disposable-mail.txt")

    @cached_property
    def _dynamic(self) -> frozenset[str]:
        return read_lines("dynamic-dns.txt")


def _country_registry(tld: str) -> Registry | None:
    """Two letters are the ISO 3166 code of the state or territory whose registry it is (RFC 1591 2)."""
    if len(tld) != 2 or pycountry.countries.get(alpha_2=tld.upper()) is None:
        return None
    return Registry(
        tld=tld,
        state=tld.upper(),
        operator="",
        provider="",
        use="country",
        note="",
        cite="RFC 1591 2, ISO 3166-1",
        confidence=Confidence.HIGH,
    )


@lru_cache(maxsize=1024)
def parents(domain: str) -> tuple[str, ...]:
    """The name itself, then each name above it, down to the top-level domain; at most 127 labels (RFC 1035 2.3.4)."""
    labels = domain.split(".")[-127:]
    return tuple(".".join(labels[at:]) for at in range(len(labels)))

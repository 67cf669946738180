"""Lines of the directory that ship with the law data: authorities, contact points, providers."""

from functools import lru_cache
from hashlib import sha256

from comity.law import Authority, AuthorityRole, Provider
from comity.node.directory.models import FIELDS, Kind
from comity.node.lawdata import registry


@lru_cache(maxsize=1)
def shipped_lines() -> dict[str, dict[str, str]]:
    """What ships, by a line's id: the fields of an entry, and ``as_of`` and ``confidence``."""
    law = registry()
    authorities = {
        _id("a", code, one.role.value, one.instrument, one.measures, one.name): _authority(code, one)
        for code, state in law.states.items()
        for one in state.authorities
    }
    return authorities | {_id("p", one.id): _provider(one) for one in law.providers.values()}


def fields_of(line: dict[str, str]) -> dict[str, str]:
    """Of a line that ships what an entry has too."""
    return {name: line[name] for name in FIELDS}


def _id(letter: str, *parts: str) -> str:
    return f"{letter}-{sha256(chr(31).join(parts).encode()).hexdigest()[:16]}"


def _authority(state: str, one: Authority) -> dict[str, str]:
    always = one.role is AuthorityRole.CONTACT_24_7
    return _line(
        kind=(Kind.CONTACT if always else Kind.AUTHORITY).value,
        state=state,
        name=one.name,
        role=one.role.value,
        measures=one.measures,
        instrument=one.instrument,
        address=one.city,
        url=one.public_url,
        hours="24/7" if always else "",
        languages=one.languages,
        source=one.source_url,
        as_of=one.as_of,
        confidence=one.confidence.value,
    )


def _provider(one: Provider) -> dict[str, str]:
    return _line(
        kind=Kind.PROVIDER.value,
        state=one.jurisdiction,
        name=f"{one.name} ({one.legal_entity})" if one.legal_entity else one.name,
        url=one.law_enforcement_url or one.guidelines_url,
        note=one.notes,
        source=one.source_url,
        as_of=one.as_of,
        confidence=one.confidence.value,
    )


def _line(**given: str) -> dict[str, str]:
    return dict.fromkeys((*FIELDS, "as_of", "confidence"), "") | given

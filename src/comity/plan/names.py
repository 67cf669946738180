"""Names as registrars and registries know them: the registered domain, once, and one holder for it.

A registrar sells ``example.com`` and knows nothing of ``mx1.example.com``. Who knows the registrar need not ask the
registry, which for a generic domain knows little more than the registrar's name.
"""

from dataclasses import dataclass

import msgspec

from comity.leads.extract.suffixes import registrable
from comity.leads.model import Nexus, Observable, ObservableKind, Place, Role
from comity.plan.evidence import NAME_HOLDERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Observables with their names reduced."""

    observables: tuple[Observable, ...]
    """Of names below a registered one the ties to registrar and registry are gone; a registered name that stands
    nowhere by itself is added."""
    covered: frozenset[str]
    """Names whose ties went to the registered name above them."""


def reduce_names(observables: tuple[Observable, ...]) -> Names:
    """Each tie to a registrar or registry at the registered name only, and at one of the two."""
    groups: dict[str, list[Observable]] = {}
    for observable in observables:
        if observable.kind is ObservableKind.DOMAIN and _named(observable):
            groups.setdefault(registrable(observable.value) or observable.value, []).append(observable)
    reduced: dict[str, Observable] = {}
    for name, group in groups.items():
        for observable in group:
            reduced[observable.value] = _without_names(observable)
        reduced[name] = _registered(name, group)
    covered = {o.value for name, group in groups.items() for o in group if o.value != name}
    kept = [reduced.pop(o.value) if _in(o, reduced) else o for o in observables]
    added = [observable for value, observable in reduced.items() if value not in covered]
    return Names(observables=(*kept, *added), covered=frozenset(covered))


def _named(observable: Observable) -> list[Nexus]:
    return [nexus for nexus in observable.nexus if nexus.role in NAME_HOLDERS and nexus.state]


def _in(observable: Observable, reduced: dict[str, Observable]) -> bool:
    return observable.kind is ObservableKind.DOMAIN and observable.value in reduced


def _without_names(observable: Observable) -> Observable:
    rest = tuple(nexus for nexus in observable.nexus if nexus.role not in NAME_HOLDERS)
    return msgspec.structs.replace(observable, nexus=rest)


def _registered(name: str, group: list[Observable]) -> Observable:
    """The registered name with one tie to who sold it, and with the places of the names below it where it has none."""
    own = next((o for o in group if o.value == name), None)
    ties = [nexus for o in ([own] if own else []) + group for nexus in _named(o)]
    best = next((t for t in ties if t.role is Role.REGISTRAR), None) or ties[0]
    if own is not None:
        rest = tuple(nexus for nexus in own.nexus if nexus.role not in NAME_HOLDERS)
        return msgspec.structs.replace(own, nexus=(*rest, best))
    places: tuple[Place, ...] = tuple(place for o in group for place in o.places)
    tags = tuple(dict.fromkeys(tag for o in group for tag in o.tags))
    return Observable(kind=ObservableKind.DOMAIN, value=name, places=places, nexus=(best,), tags=tags)

"""The terms on which an instrument gives a measure, read once: its ways, whom it names, what else it looks at."""

from dataclasses import dataclass

from comity.law.atlas.kind import named_asked, named_asking
from comity.law.atlas.strength import Strength, strength_of
from comity.law.instrument import Instrument, Provision, StateCode
from comity.law.ranking import is_evidence
from comity.law.registry import Registry
from comity.law.standing import Bound
from comity.law.vocabulary import Measure, ReservationEffect, Status
from comity.law.way import Way, ways_of

LookedAt = tuple[str, str]
"""Another instrument by its id; or all treaties of one sort (`ASSISTANCE`, `EXTRADITION`) but the one named second."""
ASSISTANCE = ""
EXTRADITION = "*"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Terms:
    """All that a verdict takes from an instrument and not from the pair."""

    ways: tuple[Way, ...]
    named_asking: frozenset[StateCode]
    """States that it treats in their own way when they ask."""
    named_asked: frozenset[StateCode]
    """And when they are asked."""
    looked_at: tuple[LookedAt, ...]
    penal: bool
    """Whether the penalties in the requested state matter: for extradition, and where a reservation asks for one."""
    best: dict[Bound, Strength]
    """No route by it is stronger between two states to whom it stands so."""


class TermsBook:
    """The terms of every instrument of a registry; treaties that share a model's provisions share them."""

    def __init__(self, registry: Registry) -> None:
        self.shared: dict[Measure, tuple[tuple[int, Terms], ...]] = {
            measure: _strongest_first(registry, measure) for measure in Measure
        }
        self._registry = registry
        self._shapes: dict[tuple[object, ...], dict[Measure, Terms]] = {}
        self._treaties: dict[str, dict[Measure, Terms]] = {}

    def of_treaty(self, treaty: Instrument) -> dict[Measure, Terms]:
        """The terms of a bilateral treaty, by measure."""
        found = self._treaties.get(treaty.id)
        if found is None:
            shape = _shape(treaty)
            found = self._shapes.get(shape)
            if found is None:
                measures = dict.fromkeys(provision.measure for provision in treaty.provisions)
                found = self._shapes[shape] = {m: _terms(ways_of(treaty, m), self._registry) for m in measures}
            self._treaties[treaty.id] = found
        return found


def _strongest_first(registry: Registry, measure: Measure) -> tuple[tuple[int, Terms], ...]:
    """The shared instruments' terms, so that what is asked first leaves little to ask of the others."""
    found = [(bit.bit_length() - 1, _terms(ways, registry)) for bit, _, ways in registry.shared_ways(measure)]
    return tuple(sorted(found, key=lambda one: -one[1].best[Bound.YES]))


def _terms(ways: tuple[Way, ...], registry: Registry) -> Terms:
    measure = ways[0].measure
    own = tuple(provision for way in ways for provision in way.provisions)
    needed = _needed(own, measure, registry)
    provisions = (*own, *(p for other in needed for p in other.provisions if p.measure is measure))
    sort = EXTRADITION if measure is Measure.EXTRADITION else ASSISTANCE
    subsidiary = {(sort, ways[0].instrument.id) for p in provisions if p.subsidiary or p.yields}
    instruments = (ways[0].instrument, *needed)
    reserved = any(r.effect is ReservationEffect.LEAST_PENALTY for i in instruments for r in i.reservations)
    return Terms(
        ways=ways,
        named_asking=frozenset[StateCode]().union(*map(named_asking, instruments)),
        named_asked=frozenset[StateCode]().union(*map(named_asked, instruments)),
        looked_at=tuple(sorted({(other.id, "") for other in needed} | subsidiary)),
        penal=reserved or measure is Measure.EXTRADITION,
        best={
            Bound.YES: max(_best(way, _open_at_best(way)) for way in ways),
            Bound.UNKNOWN: max(_best(way, Status.CONDITIONAL) for way in ways),
        },
    )


def _open_at_best(way: Way) -> Status:
    return Status.OPEN if way.usual is None or way.named else way.usual.status


def _best(way: Way, status: Status) -> Strength:
    return strength_of(status, binding=way.binding, evidence=is_evidence(way.channel, way.measure))


def _needed(provisions: tuple[Provision, ...], measure: Measure, registry: Registry) -> tuple[Instrument, ...]:
    """What provisions need, and what that needs for the same measure."""
    found: dict[str, Instrument] = {}
    ahead = [provision.needs for provision in provisions]
    while ahead:
        name = ahead.pop()
        if name and name not in found:
            found[name] = registry.instrument(name)
            ahead += [p.needs for p in found[name].provisions if p.measure is measure]
    return tuple(found.values())


def _shape(treaty: Instrument) -> tuple[object, ...]:
    """Treaties whose text was not read share the provisions of a model; with these equal, they give the same."""
    if treaty.reservations or any(p.subsidiary or p.yields for p in treaty.provisions):
        return (treaty.id,)
    parts = (treaty.provisions, treaty.scope, treaty.general)
    return (*map(id, parts), treaty.kind, treaty.binding, treaty.assistance, treaty.provisions_of)

"""A way: one instrument, one measure, one channel and addressee: what a route rests on before anybody asks.

Everything that does not depend on the question is worked out here once, so that a question costs little.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from comity.law.assumed import may_ask_assurance
from comity.law.doubt import is_doubtful
from comity.law.electronic import any_electronic
from comity.law.fact import FACTS
from comity.law.instrument import Content, General, Instrument, Provision, StateCode, TimeLimit
from comity.law.query import Query
from comity.law.raised import facts_that_raise
from comity.law.ranking import ASSUMED, GENERAL, SUBSIDIARY, is_evidence, rank
from comity.law.route import Rank
from comity.law.vocabulary import (
    Addressee,
    Basis,
    Channel,
    DualCriminality,
    Fact,
    InstrumentKind,
    Measure,
    ReservationEffect,
    ScopeOffences,
    Status,
)

_NOT_REQUIRED = DualCriminality.NOT_REQUIRED
NO_RULES = General(dual_criminality=DualCriminality.DEPENDS, channel=Channel.CENTRAL_AUTHORITIES)


_ORDER = {Status.OPEN: 0, Status.CONDITIONAL: 1, Status.CLOSED: 2}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Option:
    """A way with a status: one route, not yet explained."""

    way: "Way"
    status: Status
    binding: bool
    """Whether the requested state owes the measure."""
    rank: Rank
    place: tuple[int, int, str]
    """Sorts options, the best first."""

    @property
    def instrument(self) -> Instrument:
        """What the route rests on."""
        return self.way.instrument


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Way:
    """The provisions of one instrument that give a measure through one channel."""

    instrument: Instrument
    measure: Measure
    channel: Channel
    addressee: Addressee
    provisions: tuple[Provision, ...]
    contents: tuple[Content, ...]
    facts: frozenset[str]
    """Facts that its conditions name."""
    plain: bool
    """True: where the pair is bound it is open, whatever the offence, unless a known fact or a reservation says
    otherwise."""
    free: bool
    """True: plain even where the conduct is no offence in the requested state."""
    reserving: frozenset[StateCode]
    """States whose reservations touch it."""
    binding: bool
    """Whether the requested state owes the measure, where all provisions stand."""
    timely: frozenset[str]
    """Facts without which some of its time limits do not run."""
    _options: dict[tuple[object, ...], Option] = field(default_factory=dict)

    def option(self, status: Status, query: Query, *, binding: bool | None = None) -> Option:
        """The way with a status; `binding` where the provisions that stand differ from the usual."""
        owed = self.binding if binding is None else binding
        key: tuple[object, ...] = (status, query.urgent, owed)
        if self.timely and query.facts:
            key = (*key, frozenset(f for f in self.timely if query.facts.get(f)))
        option = self._options.get(key)
        if option is None:
            option = self._options[key] = _option(self, status, query, binding=owed)
        return option

    def time_limits(self, facts: Mapping[str, bool]) -> tuple[TimeLimit, ...]:
        """The time limits that run by the facts that are known."""
        return tuple(limit for p in self.provisions for limit in p.time_limits if limit.holds(facts))


def _option(way: Way, status: Status, query: Query, *, binding: bool) -> Option:
    ranked = rank(
        status=status,
        kind=way.instrument.kind,
        channel=way.channel,
        binding=binding,
        evidence=is_evidence(way.channel),
        lessened=_lessened(way, status),
        time_limits=way.time_limits(query.facts),
        urgent=query.urgent,
    )
    place = (_ORDER[status], -ranked.score, way.instrument.id)
    return Option(way=way, status=status, binding=binding, rank=ranked, place=place)


def _lessened(way: Way, status: Status) -> tuple[tuple[int, str], ...]:
    waiting = status is Status.CONDITIONAL and all(provision.subsidiary for provision in way.provisions)
    reasons = (
        (bool(way.instrument.provisions_of), ASSUMED),
        (waiting, SUBSIDIARY),
        (all(provision.general for provision in way.provisions), GENERAL),
    )
    return tuple(reason for holds, reason in reasons if holds)


def ways_of(instrument: Instrument, measure: Measure) -> tuple[Way, ...]:
    """An instrument's ways to a measure, in the order of its articles."""
    general = instrument.general or NO_RULES
    grouped: dict[tuple[Channel, Addressee], list[Provision]] = {}
    for provision in instrument.provisions:
        if provision.measure is measure:
            channel = general.channel if provision.channel is Channel.INHERITED else provision.channel
            grouped.setdefault((channel, provision.addressee), []).append(provision)
    contents = tuple(c for c in instrument.contents if not c.measures or measure in c.measures)
    return tuple(
        _way(instrument, measure, channel, addressee, tuple(provisions), contents)
        for (channel, addressee), provisions in grouped.items()
    )


def _way(
    instrument: Instrument,
    measure: Measure,
    channel: Channel,
    addressee: Addressee,
    provisions: tuple[Provision, ...],
    contents: tuple[Content, ...],
) -> Way:
    return Way(
        instrument=instrument,
        measure=measure,
        channel=channel,
        addressee=addressee,
        provisions=provisions,
        contents=contents,
        facts=_facts(instrument, provisions),
        plain=any(_is_plain(instrument, provision) for provision in provisions),
        free=any(_is_plain(instrument, p) and _rule(instrument, p) is _NOT_REQUIRED for p in provisions),
        reserving=frozenset(r.state for r in instrument.reservations if r.effect is not ReservationEffect.NONE),
        binding=instrument.binding and any(provision.duty for provision in provisions),
        timely=frozenset(limit.only_if.value for p in provisions for limit in p.time_limits if limit.only_if),
    )


def _facts(instrument: Instrument, provisions: tuple[Provision, ...]) -> frozenset[str]:
    """Facts that change it: those that its conditions name, reciprocity, the assurance against death, grounds."""
    named = {c.fact for p in provisions for c in p.conditions if c.fact}
    if instrument.basis is Basis.UNIVERSAL:
        named.add(Fact.RECIPROCITY_ASSURED)
    if instrument.kind is InstrumentKind.SCHEME:
        named.add(Fact.OTHER_LEGAL_BASIS)
    if any(may_ask_assurance(instrument, provision) for provision in provisions):
        named.add(Fact.DEATH_PENALTY_ASSURED)
    named |= {fact for provision in provisions for fact in facts_that_raise(instrument, provision)}
    return frozenset(fact.value for fact in named)


def _rule(instrument: Instrument, provision: Provision) -> DualCriminality:
    if provision.dual_criminality is not DualCriminality.INHERITED:
        return provision.dual_criminality
    return (instrument.general or NO_RULES).dual_criminality


def _is_plain(instrument: Instrument, provision: Provision) -> bool:
    """Whether nothing but the pair's standing decides if the provision is open."""
    classes = provision.offences or (instrument.scope.offences if instrument.scope else ())
    any_offence = not classes or ScopeOffences.ALL_OFFENCES in classes or any_electronic(classes, provision.measure)
    return (
        any_offence
        and ScopeOffences.ORGANISED_CRIME not in classes
        and _rule(instrument, provision) is not DualCriminality.REQUIRED
        and not (provision.needs or provision.only_requested or provision.subsidiary or provision.min_years)
        and not is_doubtful(instrument, provision)
        and instrument.basis is not Basis.UNIVERSAL
        and instrument.kind is not InstrumentKind.SCHEME
        and not any(FACTS[c.fact.value].gate for c in provision.conditions if c.fact)
    )

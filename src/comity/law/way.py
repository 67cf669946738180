"""A way: one instrument, one measure, one channel and addressee: what a route rests on before anybody asks.

Everything that does not depend on the question is worked out here once, so that a question costs little.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from comity.law.assumed import may_ask_assurance
from comity.law.doubt import is_doubtful
from comity.law.electronic import any_electronic
from comity.law.fact import FACTS
from comity.law.instrument import Content, General, Instrument, Provision, StateCode, TimeLimit
from comity.law.raising import facts_that_raise
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """What a way comes to, whatever the offence."""

    status: Status
    binding: bool
    """Whether the requested state owes the measure."""
    anyhow: bool
    """Even where the conduct is no offence in the requested state."""


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
    usual: Usual | None
    """What it comes to between two states that are bound, unless one of `facts` is known or one of them is `named`;
    None: it varies with the question."""
    named: frozenset[StateCode]
    """States that it treats in their own way: by a reservation, a provision or a condition."""
    by_offence: bool
    """Whether, where neither state is named and no fact is known, only the offences decide and the law on them."""
    binding: bool
    """Whether the requested state owes the measure, where all provisions stand."""
    timely: frozenset[str]
    """Facts without which some of its time limits do not run."""
    _options: dict[tuple[object, ...], Option] = field(default_factory=dict)

    def option(self, status: Status, *, binding: bool, urgent: bool, facts: Mapping[str, bool]) -> Option:
        """The way with a status; `binding` by the provisions that stand."""
        key: tuple[object, ...] = (status, urgent, binding)
        if facts and self.timely:
            key = (*key, frozenset(f for f in self.timely if facts.get(f)))
        option = self._options.get(key)
        if option is None:
            option = self._options[key] = _option(self, status, binding=binding, urgent=urgent, facts=facts)
        return option

    def closed(self, *, urgent: bool, facts: Mapping[str, bool]) -> Option:
        """The way where the instrument does not bind the pair."""
        return self.option(Status.CLOSED, binding=self.binding, urgent=urgent, facts=facts)

    def time_limits(self, facts: Mapping[str, bool]) -> tuple[TimeLimit, ...]:
        """The time limits that run by the facts that are known."""
        return tuple(limit for p in self.provisions for limit in p.time_limits if limit.holds(facts))


def _option(way: Way, status: Status, *, binding: bool, urgent: bool, facts: Mapping[str, bool]) -> Option:
    ranked = rank(
        status=status,
        kind=way.instrument.kind,
        channel=way.channel,
        binding=binding,
        evidence=is_evidence(way.channel, way.measure),
        lessened=_lessened(way, status),
        time_limits=way.time_limits(facts),
        urgent=urgent,
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
        usual=_usual(instrument, provisions),
        named=_named(instrument, provisions),
        by_offence=not any(p.needs or p.subsidiary or p.yields or p.from_on for p in provisions),
        binding=_owe(instrument, provisions),
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


def _named(instrument: Instrument, provisions: tuple[Provision, ...]) -> frozenset[StateCode]:
    named = {r.state for r in instrument.reservations if r.effect is not ReservationEffect.NONE}
    for provision in provisions:
        named.update(provision.only_requested)
        named.update(state for c in provision.conditions for state in (c.when_requested, c.when_requesting))
    return frozenset(named - {""})


def _usual(instrument: Instrument, provisions: tuple[Provision, ...]) -> Usual | None:
    """Of the provisions together; None too where what varies tells whether the measure is owed."""
    found = [(p, _usual_status(instrument, p)) for p in provisions]
    statuses = [status for _, status in found if status is not None]
    best = min(statuses, key=_ORDER.__getitem__, default=None)
    varying = [p for p, status in found if status is None]
    if best is None or (varying and best is not Status.OPEN):
        return None
    standing = [p for p, status in found if status is best]
    binding = _owe(instrument, standing)
    if binding is not _owe(instrument, [*standing, *varying]):
        return None
    untested = [p for p in standing if best is not Status.OPEN or _rule(instrument, p) is _NOT_REQUIRED]
    return Usual(status=best, binding=binding, anyhow=bool(untested) and binding is _owe(instrument, untested))


def _owe(instrument: Instrument, provisions: Iterable[Provision]) -> bool:
    return instrument.binding and any(provision.duty for provision in provisions)


def _usual_status(instrument: Instrument, provision: Provision) -> Status | None:
    """Of one provision, between states that it does not name and where no fact is known; None: it varies."""
    if provision.only_requested:
        return Status.CLOSED
    if _varies(instrument, provision):
        return None
    return Status.CONDITIONAL if _is_gated(instrument, provision) else Status.OPEN


def _varies(instrument: Instrument, provision: Provision) -> bool:
    """Whether the offence, its penalty, the day or other instruments between the two decide."""
    classes = provision.offences or (instrument.scope.offences if instrument.scope else ())
    any_offence = not classes or ScopeOffences.ALL_OFFENCES in classes or any_electronic(classes, provision.measure)
    return (
        not any_offence
        or ScopeOffences.ORGANISED_CRIME in classes
        or _rule(instrument, provision) is DualCriminality.REQUIRED
        or bool(provision.needs or provision.subsidiary or provision.yields or provision.min_years)
        or bool(provision.only_offences or provision.from_on)
        or (bool(instrument.provisions_of) and provision.measure is Measure.EXTRADITION)
    )


def _is_gated(instrument: Instrument, provision: Provision) -> bool:
    """Whether it stays conditional while facts are not known, or its text was not read."""
    unmarked = (c for c in provision.conditions if not (c.when_requested or c.when_requesting))
    return (
        is_doubtful(instrument, provision)
        or instrument.basis is Basis.UNIVERSAL
        or instrument.kind is InstrumentKind.SCHEME
        or any(c.gate or (c.fact and FACTS[c.fact].gate) for c in unmarked)
    )

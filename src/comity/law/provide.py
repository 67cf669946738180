"""One provision, applied to one question: its conditions, each met, unmet or to be checked."""

from collections.abc import Iterable, Iterator

from comity.law.assumed import ASSUMED_TEXT, may_ask_assurance
from comity.law.condition import by_fact, judged
from comity.law.confined import confining_conditions
from comity.law.doubt import is_doubtful, is_recalled, text_basis
from comity.law.dual_criminality import dual_criminality_condition
from comity.law.fact import FACTS
from comity.law.instrument import Condition, Instrument, Provision, grounds_of
from comity.law.pair import pair_standing
from comity.law.query import Query
from comity.law.raised import raised_conditions, raised_though_unread
from comity.law.refusal import assurance_condition, refusal_risks
from comity.law.registry import Registry
from comity.law.reservation import reservation_conditions
from comity.law.route import ConditionKind, ConditionState, RouteCondition, RouteProvision
from comity.law.scope import scope_conditions
from comity.law.standing import Bound
from comity.law.subsidiarity import subsidiary_condition, yielding_condition
from comity.law.vocabulary import Basis, DualCriminality, Fact, InstrumentKind, Status

_STATE_OF_BOUND = {
    Bound.YES: ConditionState.MET,
    Bound.UNKNOWN: ConditionState.TO_CHECK,
    Bound.NO: ConditionState.UNMET,
}
_STATE_OF_STATUS = {
    Status.OPEN: ConditionState.MET,
    Status.CONDITIONAL: ConditionState.TO_CHECK,
    Status.CLOSED: ConditionState.UNMET,
}
#: From what closes a route to what leaves it open.
_WORST_FIRST = (Status.CLOSED, Status.CONDITIONAL, Status.OPEN)
#: Facts that keep a provision conditional while they are not known.
_GATES = frozenset(fact.id for fact in FACTS.values() if fact.gate)


def apply_provision(instrument: Instrument, provision: Provision, query: Query, registry: Registry) -> RouteProvision:
    """A provision's status for a question; the pair's standing under the instrument is judged elsewhere."""
    conditions = conditions_of(instrument, provision, query, registry)
    grounds = grounds_of(instrument, provision) + raised_though_unread(instrument, provision, query)
    return RouteProvision(
        article=provision.article,
        summary=provision.summary,
        status=_status(conditions),
        duty=provision.duty and instrument.binding,
        dual_criminality=dual_criminality_rule(instrument, provision),
        conditions=conditions,
        time_limits=provision.time_limits,
        refusal_risks=refusal_risks(grounds, query, registry, conditions),
        confidence=provision.confidence,
        source_url=provision.source_url,
        basis=text_basis(instrument, provision),
    )


def provision_status(instrument: Instrument, provision: Provision, query: Query, registry: Registry) -> Status:
    """The status alone: what cannot change it is not looked at, and nothing after what closes it."""
    status = Status.OPEN
    stated = [c for c in provision.conditions if c.gate or (c.fact and (c.fact in _GATES or c.fact in query.facts))]
    for condition in _conditions(instrument, provision, stated, query, registry):
        if condition.state is ConditionState.UNMET:
            return Status.CLOSED
        if condition.gate:
            status = Status.CONDITIONAL
    return status


def conditions_of(
    instrument: Instrument, provision: Provision, query: Query, registry: Registry
) -> tuple[RouteCondition, ...]:
    """Every condition of a provision: from its place, its offences, dual criminality, and its own text."""
    return tuple(_conditions(instrument, provision, provision.conditions, query, registry))


def _conditions(
    instrument: Instrument, provision: Provision, stated: Iterable[Condition], query: Query, registry: Registry
) -> Iterator[RouteCondition]:
    yield from _structural(instrument, provision, query, registry)
    if instrument.reservations:
        yield from reservation_conditions(instrument, provision, query, registry)
    yield from scope_conditions(instrument, provision, query, registry)
    dual = dual_criminality_condition(
        dual_criminality_rule(instrument, provision),
        query,
        registry,
        lifted_from_years=instrument.general.lifted_from_years if instrument.general else 0,
    )
    if dual is not None:
        yield dual
    if may_ask_assurance(instrument, provision):
        yield from assurance_condition(query, registry)
    if query.facts:
        yield from raised_conditions(instrument, provision, query, registry)
    for condition in stated:
        if condition.when_requested in ("", query.requested) and condition.when_requesting in ("", query.requesting):
            yield _stated(condition, query)


def dual_criminality_rule(instrument: Instrument, provision: Provision) -> DualCriminality:
    """The provision's own rule, or the instrument's."""
    if provision.dual_criminality is not DualCriminality.INHERITED:
        return provision.dual_criminality
    return instrument.general.dual_criminality if instrument.general else DualCriminality.DEPENDS


def _status(conditions: tuple[RouteCondition, ...]) -> Status:
    if any(c.state is ConditionState.UNMET for c in conditions):
        return Status.CLOSED
    return Status.CONDITIONAL if any(c.gate for c in conditions) else Status.OPEN


def _stated(stated: Condition, query: Query) -> RouteCondition:
    fact = FACTS.get(stated.fact)
    if fact is None:
        return judged(ConditionKind.STATED, stated.text, ConditionState.TO_CHECK, gate=stated.gate)
    known = query.facts.get(fact.id)
    why = fact.question if known is None else f"{fact.question} {'Yes' if known else 'No'}."
    gate = fact.gate or stated.gate
    return judged(ConditionKind.STATED, stated.text, by_fact(known), why, gate=gate, fact=fact.id.value)


def _structural(
    instrument: Instrument, provision: Provision, query: Query, registry: Registry
) -> tuple[RouteCondition, ...]:
    """What the place of the provision among other instruments demands."""
    found: list[RouteCondition] = []
    if provision.only_requested and query.requested not in provision.only_requested:
        text = f"the requested state is {' or '.join(provision.only_requested)}"
        found.append(judged(ConditionKind.REQUESTED_STATE, text, ConditionState.UNMET))
    if provision.from_on or provision.only_offences:
        found += confining_conditions(provision, query, registry)
    if provision.needs:
        found.append(_needs(provision.needs, query, registry))
    if provision.subsidiary:
        found.append(subsidiary_condition(instrument, query, registry))
    if provision.yields:
        found.append(yielding_condition(instrument, query, registry))
    if instrument.basis is Basis.UNIVERSAL and not _names_fact(provision, Fact.RECIPROCITY_ASSURED):
        found.append(_courtesy(query))
    if instrument.kind is InstrumentKind.SCHEME:
        found.append(_own_law(query))
    if is_recalled(instrument, provision):
        text = "the article is as we remember it: read the text before relying on it"
        gate = is_doubtful(instrument, provision)
        found.append(judged(ConditionKind.RECALLED, text, ConditionState.TO_CHECK, gate=gate))
    if instrument.provisions_of:
        found.append(judged(ConditionKind.ASSUMED, ASSUMED_TEXT, ConditionState.TO_CHECK))
    return tuple(found)


def _names_fact(provision: Provision, fact: Fact) -> bool:
    return any(condition.fact is fact for condition in provision.conditions)


def _courtesy(query: Query) -> RouteCondition:
    """Where no treaty obliges, the requested state acts out of courtesy and under its own law."""
    state = by_fact(query.facts.get(Fact.RECIPROCITY_ASSURED.value))
    text = "the requested state agrees, as a courtesy and on assurance of reciprocity"
    return judged(ConditionKind.COURTESY, text, state, gate=True)


def _own_law(query: Query) -> RouteCondition:
    """A scheme binds nobody: it works where the requested state's own law gives what it describes."""
    state = by_fact(query.facts.get(Fact.OTHER_LEGAL_BASIS.value))
    return judged(ConditionKind.COURTESY, "the requested state's own law carries the request", state, gate=True)


def _needs(other_id: str, query: Query, registry: Registry) -> RouteCondition:
    """That the other instrument binds both, and gives the measure in this case: what rests on it is no surer."""
    other = registry.instrument(other_id)
    standing = pair_standing(registry, other_id, query.requesting, query.requested, query.on)
    name = other.short_title or other.title
    text = f"both states are bound by {name}"
    state = _STATE_OF_BOUND[standing.bound]
    given = [provision_status(other, p, query, registry) for p in other.provisions if p.measure is query.measure]
    best = max(given, key=_WORST_FIRST.index, default=Status.OPEN)
    if state is not ConditionState.MET or best is Status.OPEN:
        return judged(ConditionKind.OTHER_INSTRUMENT, text, state, "; ".join(standing.why), gate=True)
    text = f"{name} gives this measure in this case"
    return judged(ConditionKind.OTHER_INSTRUMENT, text, _STATE_OF_STATUS[best], f"that route is {best}", gate=True)

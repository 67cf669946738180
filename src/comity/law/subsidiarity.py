"""Provisions that step back where another treaty between the same two states does their work."""

from comity.law.condition import judged
from comity.law.instrument import Instrument
from comity.law.keep import kept
from comity.law.names import state_name
from comity.law.pair import pair_standing
from comity.law.query import Query
from comity.law.registry import Registry
from comity.law.route import ConditionKind, ConditionState, RouteCondition
from comity.law.standing import Bound
from comity.law.vocabulary import Basis, Fact, Measure

_KIND = ConditionKind.SUBSIDIARITY


def subsidiary_condition(instrument: Instrument, query: Query, registry: Registry) -> RouteCondition:
    """What a subsidiary provision waits for: for extradition other treaties matter than for assistance."""
    if query.measure is Measure.EXTRADITION:
        return _extradition(instrument, query, registry)
    return _assistance(instrument, query, registry)


@kept(1)
def extradition_treaties(registry: Registry) -> frozenset[str]:
    """Ids of the treaties on extradition, and of those with rules on it that stand on their own."""
    return frozenset(i.id for i in registry.instruments.values() if _gives_extradition(i))


def _gives_extradition(instrument: Instrument) -> bool:
    return (
        instrument.binding
        and instrument.basis is Basis.PARTIES
        and any(p.measure is Measure.EXTRADITION and not p.subsidiary for p in instrument.provisions)
    )


def _assistance(instrument: Instrument, query: Query, registry: Registry) -> RouteCondition:
    """Met where no treaty of mutual assistance binds the pair, or both agree to use this article in its place."""
    text = "no treaty of mutual assistance binds the two states, or they agree to use this article instead"
    treaties = registry.assistance_between(query.requesting, query.requested)
    binding, perhaps = _standing(instrument, treaties, query, registry)
    if query.facts.get(Fact.JOINT_AGREEMENT.value, False):
        return judged(_KIND, text, ConditionState.MET, "they agree")
    if binding:
        return judged(_KIND, text, ConditionState.UNMET, _bind(binding))
    if perhaps:
        why = f"whether {_bind(perhaps)} is to be checked"
        return judged(_KIND, text, ConditionState.TO_CHECK, why, gate=True)
    return judged(_KIND, text, ConditionState.MET, "none is in our data")


def yielding_condition(instrument: Instrument, query: Query, registry: Registry) -> RouteCondition:
    """Met where no other treaty on extradition binds the pair; where one does, the request rests on that one."""
    text = "no other extradition treaty binds the two states; where one does, it goes before this one"
    binding, perhaps = _beside(instrument, query, registry)
    if binding:
        return judged(_KIND, text, ConditionState.TO_CHECK, f"{_bind(binding)}: the request rests on it", gate=True)
    if perhaps:
        why = f"whether {_bind(perhaps)} is to be checked"
        return judged(_KIND, text, ConditionState.TO_CHECK, why, gate=True)
    return judged(_KIND, text, ConditionState.MET, "none is in our data")


def _extradition(instrument: Instrument, query: Query, registry: Registry) -> RouteCondition:
    """The convention is the basis only where no extradition treaty is; otherwise the request rests on that treaty.

    The provision keeps its use there: the offence counts as one of the treaty's, so the route stays conditional.
    """
    text = "no extradition treaty binds the two states; where one does, the request rests on it"
    binding, perhaps = _beside(instrument, query, registry)
    if binding:
        why = f"{_bind(binding)}: the offence is read into the treaty"
        return judged(_KIND, text, ConditionState.TO_CHECK, why, gate=True)
    if perhaps:
        why = f"whether {_bind(perhaps)} is to be checked"
        return judged(_KIND, text, ConditionState.TO_CHECK, why, gate=True)
    # who needs a treaty may take the convention for one, and need not: Budapest 24(3), UNTOC 16(4)-(5), UNCAC 44(5)-(6)
    where = state_name(query.requested)
    takes = query.facts.get(Fact.CONVENTION_AS_BASIS.value)
    if takes is not None:
        state = ConditionState.MET if takes else ConditionState.UNMET
        return judged(
            _KIND, text, state, f"{where} {'takes' if takes else 'does not take'} the convention as its basis"
        )
    why = f"none is in our data; whether {where} takes the convention as its basis is to be checked"
    return judged(_KIND, text, ConditionState.TO_CHECK, why, gate=True)


def _beside(instrument: Instrument, query: Query, registry: Registry) -> tuple[list[str], list[str]]:
    """Ids of the other treaties on extradition that bind the pair, and of those that may."""
    bilateral = registry.treaties_between(query.requesting, query.requested)
    giving = extradition_treaties(registry)
    treaties = (*_shared(registry), *(treaty for treaty in bilateral if treaty.id in giving))
    return _standing(instrument, treaties, query, registry)


@kept(1)
def _shared(registry: Registry) -> tuple[Instrument, ...]:
    giving = extradition_treaties(registry)
    return tuple(instrument for instrument in registry.shared if instrument.id in giving)


def _standing(
    instrument: Instrument, treaties: tuple[Instrument, ...], query: Query, registry: Registry
) -> tuple[list[str], list[str]]:
    """Ids of the treaties beside an instrument that bind the pair and have not given way, and of those that may."""
    bound = [
        (other, pair_standing(registry, other.id, query.requesting, query.requested, query.on).bound)
        for other in treaties
        if other.id != instrument.id and other.basis is Basis.PARTIES and _may_bind(other, query, registry)
    ]
    sure = [other for other, b in bound if b is Bound.YES]
    later = [other for other in sure if not any(_replaces(by, other) for by in sure)]
    return sorted(other.id for other in later), sorted(other.id for other, b in bound if b is Bound.UNKNOWN)


def _may_bind(treaty: Instrument, query: Query, registry: Registry) -> bool:
    """False where one side alone tells that it binds no pair: most treaties, and fast."""
    return (
        registry.standing(treaty, query.requested, query.on).bound is not Bound.NO
        and registry.standing(treaty, query.requesting, query.on).bound is not Bound.NO
    )


def _replaces(by: Instrument, other: Instrument) -> bool:
    return other.id in by.replaces or (bool(other.states) and other.kind in by.replaces_kinds)


def _bind(ids: list[str]) -> str:
    return f"{', '.join(ids)} {'binds' if len(ids) == 1 else 'bind'} them"

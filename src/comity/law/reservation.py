"""Reservations and declarations, applied: what one state's word changes about a provision between two states."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from comity.law.condition import by_fact, judged
from comity.law.declared import OF_NATIONALS, is_touched, speaks_of
from comity.law.dual_criminality import dual_criminality_condition
from comity.law.instrument import Instrument, Provision, Reservation, StateCode
from comity.law.names import state_name
from comity.law.nationals import nationals_condition
from comity.law.penalty import LIFE_OR_DEATH_YEARS, coverage, reaches, years_words
from comity.law.query import Query
from comity.law.registry import Registry
from comity.law.route import ConditionKind, ConditionState, RouteCondition
from comity.law.scope import listed_offence
from comity.law.vocabulary import Confidence, DualCriminality, Fact, ReservationEffect

_SILENT = frozenset({ReservationEffect.NONE, ReservationEffect.TERRITORY})


def reservation_conditions(
    instrument: Instrument, provision: Provision, query: Query, registry: Registry
) -> tuple[RouteCondition, ...]:
    """What the requested state's reservations demand, and what the requesting state's own keep from it.

    A reservation works both ways (Vienna Convention on the Law of Treaties art. 21(1)): who has excluded a provision
    for itself cannot claim it of others.
    """
    found: list[RouteCondition] = []
    for reservation in instrument.reservations:
        if reservation.effect in _SILENT or not is_touched(provision, reservation) or not speaks_of(reservation, query):
            continue
        if reservation.state == query.requested:
            found.append(_as_sure_as(reservation, _demand(instrument, reservation, query, registry)))
        elif reservation.state == query.requesting and reservation.effect is ReservationEffect.EXCLUDES:
            found.append(_excludes(reservation, query.requesting, "itself does not apply it, and so cannot claim it"))
    return tuple(found)


def _as_sure_as(reservation: Reservation, condition: RouteCondition) -> RouteCondition:
    """One that is only remembered closes nothing: what it demands is to be checked."""
    if reservation.confidence is not Confidence.LOW or condition.state is not ConditionState.UNMET:
        return condition
    why = f"{condition.why}; the {reservation.kind} is known from memory only: read it"
    return judged(condition.kind, condition.text, ConditionState.TO_CHECK, why, gate=True)


def _demand(instrument: Instrument, reservation: Reservation, query: Query, registry: Registry) -> RouteCondition:
    if reservation.spares_listed and query.offences and _all_listed(instrument, query, registry):
        text = f"reservation to Art. {reservation.article} does not touch the instrument's own offences"
        return judged(ConditionKind.RESERVATION, text, ConditionState.MET, reservation.summary)
    if reservation.effect in OF_NATIONALS:
        return nationals_condition(reservation, query)
    if reservation.effect is ReservationEffect.EXCLUDES:
        return _excludes(reservation, query.requested, "does not apply it")
    if by_offence := _BY_OFFENCE.get(reservation.effect):
        return by_offence(reservation, query, registry)
    text = f"{state_name(query.requested)}'s {reservation.kind} to Art. {reservation.article} permits it"
    return judged(ConditionKind.RESERVATION, text, ConditionState.TO_CHECK, reservation.summary)


def _excludes(reservation: Reservation, state: StateCode, how: str) -> RouteCondition:
    text = f"no {reservation.kind} to Art. {reservation.article} stands in the way"
    why = f"{state_name(state)} {how}: {reservation.summary}"
    return judged(ConditionKind.RESERVATION, text, ConditionState.UNMET, why)


def _dual(reservation: Reservation, query: Query, registry: Registry) -> RouteCondition:
    condition = dual_criminality_condition(DualCriminality.MAY_REQUIRE, query, registry)
    assert condition is not None  # MAY_REQUIRE always sets one
    text = f"{condition.text} (reservation to Art. {reservation.article})"
    return judged(ConditionKind.RESERVATION, text, condition.state, condition.why, gate=bool(query.offences))


def _least_penalty(reservation: Reservation, query: Query, registry: Registry) -> RouteCondition:
    years = reservation.min_years
    text = f"punishable by at least {years_words(years)} there (reservation to Art. {reservation.article})"
    if not query.offences:
        return judged(ConditionKind.RESERVATION, text, ConditionState.TO_CHECK, "no offence was named")
    states = [reaches(coverage(registry, query.requested, o, query.on), years) for o in query.offences]
    for wanted in (ConditionState.MET, ConditionState.TO_CHECK):
        if wanted in states:
            return judged(ConditionKind.RESERVATION, text, wanted, gate=True)
    return judged(ConditionKind.RESERVATION, text, ConditionState.UNMET)


def _life(reservation: Reservation, query: Query, registry: Registry) -> RouteCondition:
    """Only what may carry life needs the assurance; of what is not known to, it is not asked."""
    text = f"an assurance that imprisonment for life is not imposed or not carried out ({reservation.kind})"
    covers = [coverage(registry, query.requesting, offence, query.on) for offence in query.offences]
    grave = next((c for c in covers if reaches(c, LIFE_OR_DEATH_YEARS) is ConditionState.MET), None)
    if grave is None:
        text = f"no imprisonment for life threatens, or {text}"
        return judged(ConditionKind.ASSURANCE, text, ConditionState.TO_CHECK, reservation.summary)
    why = f"{grave.offence} may carry {grave.heaviest} in {state_name(query.requesting)}; {reservation.summary}"
    state = by_fact(query.facts.get(Fact.LIFE_SENTENCE_ASSURED.value))
    return judged(ConditionKind.ASSURANCE, text, state, why, gate=True, fact=Fact.LIFE_SENTENCE_ASSURED)


_BY_OFFENCE: Mapping[ReservationEffect, Callable[[Reservation, Query, Registry], RouteCondition]] = MappingProxyType(
    {
        ReservationEffect.DUAL_CRIMINALITY: _dual,
        ReservationEffect.LEAST_PENALTY: _least_penalty,
        ReservationEffect.LIFE_ASSURANCE: _life,
    }
)


def _all_listed(instrument: Instrument, query: Query, registry: Registry) -> bool:
    catalogue = instrument.scope.catalogue if instrument.scope else ""
    return all(listed_offence(registry.offence(o), catalogue, registry) for o in query.offences)

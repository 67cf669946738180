"""What a state says of the surrender of its own nationals: never, if they agree, only to be returned, or as of others.

It says so of one instrument, by a declaration, or of all of them, by its own law (Constitution of Russia art. 61, of
Ukraine art. 25, of Türkiye art. 38).

It bars or burdens the surrender of one person, not the route; so it closes the route only where the person is a
national, and one of whom that is not known leaves it as it was.
"""

from datetime import date

from comity.law.condition import by_fact, judged
from comity.law.dates import span
from comity.law.instrument import Instrument, Reservation, StateCode
from comity.law.names import state_name
from comity.law.query import Query
from comity.law.registry import Registry
from comity.law.route import ConditionKind, ConditionState, RouteCondition
from comity.law.state import NationalsRule
from comity.law.vocabulary import Confidence, Fact, ReservationEffect


def nationals_condition(reservation: Reservation, query: Query) -> RouteCondition:
    """What the requested state's word on its nationals (`declared.OF_NATIONALS`) demands in a case."""
    said = f"{reservation.kind} to Art. {reservation.article}"
    return _demand(reservation.effect, said, reservation.summary, query)


def law_on_nationals(registry: Registry, state: StateCode, on: date) -> NationalsRule | None:
    """What the law of a state says of its nationals on a day; None: not in the data."""
    own = registry.states.get(state)
    rules = own.nationals if own else ()
    return next((rule for rule in rules if _is_law(rule, on)), None)


def law_condition(instrument: Instrument, query: Query, registry: Registry, *, named: bool) -> RouteCondition | None:
    """What the requested state's own law demands of the surrender of a national.

    A ban holds whatever the instrument says; the rest only where the instrument names nationality as a ground
    (`named`). None: its law is not in the data, or makes an exception for the instrument or the offence.
    """
    rule = law_on_nationals(registry, query.requested, query.on)
    if rule is None or instrument.id in rule.not_under or _spared(rule, query):
        return None
    if not named and rule.effect is not ReservationEffect.NATIONALITY:
        return None
    condition = _demand(rule.effect, f"{rule.law}, {rule.section}", "its own law says so", query)
    why = f"its own law says so, unless {rule.unless}" if rule.unless else ""
    if rule.confidence is Confidence.LOW:
        why = "known from memory only: read it"
    if why and condition.state is ConditionState.UNMET:
        return judged(condition.kind, condition.text, ConditionState.TO_CHECK, why, gate=True)
    return condition


def _spared(rule: NationalsRule, query: Query) -> bool:
    """Whether that law may make an exception for the offences: one of several is enough, and so are none named."""
    return bool(rule.not_offences) and (not query.offences or not set(rule.not_offences).isdisjoint(query.offences))


def _is_law(rule: NationalsRule, on: date) -> bool:
    begun = not rule.in_force_from or on >= span(rule.in_force_from)[1]
    return begun and (not rule.in_force_to or on <= span(rule.in_force_to)[0])


def _demand(effect: ReservationEffect, said: str, why: str, query: Query) -> RouteCondition:
    national = query.facts.get(Fact.PERSON_IS_NATIONAL_THERE.value)
    where = state_name(query.requested)
    if effect is ReservationEffect.NATIONALS_SURRENDERED:
        text = f"{where} surrenders its own nationals ({said})"
        return judged(ConditionKind.NATIONALITY, text, ConditionState.MET, why)
    if effect is ReservationEffect.NATIONALS_RETURN:
        text = f"a national of {where} is returned there for the sentence ({said})"
        state = ConditionState.MET if national is False else ConditionState.TO_CHECK
        return judged(ConditionKind.ASSURANCE, text, state, why, gate=bool(national))
    agrees: bool | None = False  # what it says leaves no room for it
    text = f"the person is no national of {where} ({said})"
    if effect is ReservationEffect.NATIONALS_CONSENT:
        agrees = query.facts.get(Fact.CONSENT_OF_PERSON.value)
        text = f"the person is no national of {where}, or agrees ({said})"
    foreign = None if national is None else not national
    return judged(ConditionKind.NATIONALITY, text, _either(foreign, agrees), why, gate=bool(national))


def _either(first: bool | None, second: bool | None) -> ConditionState:
    if first or second:
        return ConditionState.MET
    return by_fact(None if first is None or second is None else False)

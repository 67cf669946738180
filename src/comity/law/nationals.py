"""What a state has said of the surrender of its own nationals: never, only if they agree, or only to be returned.

It bars or burdens the surrender of one person, not the route; so it closes the route only where the person is a
national, and one of whom that is not known leaves it as it was.
"""

from comity.law.condition import by_fact, judged
from comity.law.instrument import Reservation
from comity.law.names import state_name
from comity.law.query import Query
from comity.law.route import ConditionKind, ConditionState, RouteCondition
from comity.law.vocabulary import Fact, ReservationEffect


def nationals_condition(reservation: Reservation, query: Query) -> RouteCondition:
    """What the requested state's word on its nationals (`declared.OF_NATIONALS`) demands in a case."""
    national = query.facts.get(Fact.PERSON_IS_NATIONAL_THERE.value)
    where, said = state_name(query.requested), f"{reservation.kind} to Art. {reservation.article}"
    if reservation.effect is ReservationEffect.NATIONALS_RETURN:
        text = f"a national of {where} is returned there for the sentence ({said})"
        state = ConditionState.MET if national is False else ConditionState.TO_CHECK
        return judged(ConditionKind.ASSURANCE, text, state, reservation.summary, gate=bool(national))
    agrees: bool | None = False  # what it says leaves no room for it
    text = f"the person is no national of {where} ({said})"
    if reservation.effect is ReservationEffect.NATIONALS_CONSENT:
        agrees = query.facts.get(Fact.CONSENT_OF_PERSON.value)
        text = f"the person is no national of {where}, or agrees ({said})"
    foreign = None if national is None else not national
    return judged(ConditionKind.NATIONALITY, text, _either(foreign, agrees), reservation.summary, gate=bool(national))


def _either(first: bool | None, second: bool | None) -> ConditionState:
    if first or second:
        return ConditionState.MET
    return by_fact(None if first is None or second is None else False)

"""Surrender of the requested state's own nationals, where no reservation says what becomes of it.

A treaty may leave a state free to keep its nationals (ETS 24 art. 6(1)(a), UNTOC art. 16(10)); many states must, by
their constitutions (Brazil art. 5 LI, Germany art. 16(2)). A declared refusal is a reservation and closes the route.
"""

from comity.law.condition import judged
from comity.law.instrument import Instrument, Provision
from comity.law.names import state_name
from comity.law.query import Query
from comity.law.route import ConditionKind, ConditionState, RouteCondition
from comity.law.vocabulary import Fact, Measure, RefusalGround, ReservationEffect


def may_keep_nationals(instrument: Instrument, provision: Provision) -> bool:
    """Whether a provision on surrender may leave out nationals: a ground names them, or no ground was read."""
    if provision.measure is not Measure.EXTRADITION:
        return False
    general = instrument.general.refusal_grounds if instrument.general else ()
    grounds = provision.refusal_grounds if provision.refusal_grounds is not None else general
    return bool(instrument.provisions_of) or RefusalGround.NATIONALITY in grounds


def nationality_condition(instrument: Instrument, query: Query) -> tuple[RouteCondition, ...]:
    """That the requested state surrenders its own national: to be checked where the person is one."""
    if not query.facts.get(Fact.PERSON_IS_NATIONAL_THERE.value) or _is_declared(instrument, query):
        return ()
    text = f"{state_name(query.requested)} surrenders its own nationals"
    why = "the person is one, and the treaty was not read" if instrument.provisions_of else "it is free to refuse them"
    return (judged(ConditionKind.NATIONALITY, text, ConditionState.TO_CHECK, why, gate=True),)


def _is_declared(instrument: Instrument, query: Query) -> bool:
    return any(
        reservation.state == query.requested and reservation.effect is ReservationEffect.NATIONALITY
        for reservation in instrument.reservations
    )

"""Grounds for refusal that the facts of a case raise: such a route can be asked for, but it is not open.

A treaty may leave a state free to keep its nationals (ETS 24 art. 6(1)(a), UNTOC art. 16(10)); many states must, by
their constitutions (Brazil art. 5 LI, Germany art. 16(2)). A political offence or a judgment on the same facts bars or
may bar surrender and assistance (ETS 24 arts 3 and 9, Budapest art. 27(4)). A treaty that nobody has read names no
ground; what such treaties usually name is then to be checked.
"""

from collections.abc import Iterator

from comity.law.condition import judged
from comity.law.declared import OF_NATIONALS, is_touched, speaks_of
from comity.law.grounds_said import SAID
from comity.law.instrument import Instrument, Provision
from comity.law.names import state_name
from comity.law.nationals import law_condition
from comity.law.query import Query
from comity.law.raising import RAISED_BY, raisable_grounds
from comity.law.registry import Registry
from comity.law.route import ConditionKind, ConditionState, RouteCondition
from comity.law.vocabulary import Fact, Measure, RefusalGround


def raised_conditions(
    instrument: Instrument, provision: Provision, query: Query, registry: Registry
) -> Iterator[RouteCondition]:
    """For each ground that the facts raise: that the requested state does not refuse for it, which is to be checked."""
    grounds = raisable_grounds(instrument, provision)
    for ground in grounds:
        if ground is not RefusalGround.NATIONALITY and query.facts.get(RAISED_BY[ground].value):
            text = f"the requested state does not refuse: {SAID[ground]}"
            yield _to_check(ConditionKind.STATED, text, instrument, "the facts of the case raise it")
    national = query.facts.get(Fact.PERSON_IS_NATIONAL_THERE.value)
    if national and provision.measure is Measure.EXTRADITION and not _is_declared(instrument, provision, query):
        named = RefusalGround.NATIONALITY in grounds
        by_law = law_condition(instrument, query, registry, named=named)
        if by_law is not None:
            yield by_law
        elif named:
            text = f"{state_name(query.requested)} surrenders its own nationals"
            yield _to_check(ConditionKind.NATIONALITY, text, instrument, "the person is one")


def raised_though_unread(instrument: Instrument, provision: Provision, query: Query) -> tuple[RefusalGround, ...]:
    """Of a treaty that nobody has read: the usual grounds that the facts raise, so that a request can meet them."""
    if not instrument.provisions_of:
        return ()
    return tuple(g for g in raisable_grounds(instrument, provision) if query.facts.get(RAISED_BY[g].value))


def _to_check(kind: ConditionKind, text: str, instrument: Instrument, why: str) -> RouteCondition:
    unread = ", and the treaty was not read" if instrument.provisions_of else ""
    return judged(kind, text, ConditionState.TO_CHECK, why + unread, gate=True)


def _is_declared(instrument: Instrument, provision: Provision, query: Query) -> bool:
    """Whether the requested state has said what becomes of its nationals: then that reservation judges."""
    return any(
        reservation.state == query.requested
        and reservation.effect in OF_NATIONALS
        and is_touched(provision, reservation)
        and speaks_of(reservation, query)
        for reservation in instrument.reservations
    )

"""Grounds for refusal that the facts of a case raise: such a route can be asked for, but it is not open.

A treaty may leave a state free to keep its nationals (ETS 24 art. 6(1)(a), UNTOC art. 16(10)); many states must, by
their constitutions (Brazil art. 5 LI, Germany art. 16(2)). A political offence or a judgment on the same facts bars or
may bar surrender and assistance (ETS 24 arts 3 and 9, Budapest art. 27(4)). A treaty that nobody has read names no
ground; what such treaties usually name is then to be checked.
"""

from collections.abc import Iterator
from types import MappingProxyType

from comity.law.condition import judged
from comity.law.declared import OF_NATIONALS, is_touched, speaks_of
from comity.law.grounds_said import SAID
from comity.law.instrument import Instrument, Provision, grounds_of
from comity.law.names import state_name
from comity.law.query import Query
from comity.law.route import ConditionKind, ConditionState, RouteCondition
from comity.law.vocabulary import Fact, Measure, RefusalGround

#: The fact that raises a ground where it is true and rules it out where it is false.
RAISED_BY = MappingProxyType(
    {
        RefusalGround.POLITICAL_OFFENCE: Fact.POLITICAL_CHARACTER,
        RefusalGround.MILITARY_OFFENCE: Fact.MILITARY_CHARACTER,
        RefusalGround.NE_BIS_IN_IDEM: Fact.PRIOR_JUDGMENT,
        RefusalGround.DE_MINIMIS: Fact.SMALL_LOSS,
        RefusalGround.NATIONALITY: Fact.PERSON_IS_NATIONAL_THERE,
        RefusalGround.AMNESTY_OR_LAPSE: Fact.LAPSED,
        RefusalGround.IMMUNITY_PRIVILEGE: Fact.PRIVILEGED_HOLDER,
        RefusalGround.ONGOING_PROCEEDINGS_POSTPONE: Fact.PROCEEDINGS_THERE,
    }
)
_USUAL = (RefusalGround.POLITICAL_OFFENCE, RefusalGround.MILITARY_OFFENCE, RefusalGround.NE_BIS_IN_IDEM)
_USUAL_OF_SURRENDER = (*_USUAL, RefusalGround.AMNESTY_OR_LAPSE, RefusalGround.NATIONALITY)


def facts_that_raise(instrument: Instrument, provision: Provision) -> frozenset[Fact]:
    """The facts that can raise a ground of a provision."""
    return frozenset(RAISED_BY[ground] for ground in _grounds(instrument, provision))


def raised_conditions(instrument: Instrument, provision: Provision, query: Query) -> Iterator[RouteCondition]:
    """For each ground that the facts raise: that the requested state does not refuse for it, which is to be checked."""
    for ground in _grounds(instrument, provision):
        if query.facts.get(RAISED_BY[ground].value):
            if ground is not RefusalGround.NATIONALITY:
                text = f"the requested state does not refuse: {SAID[ground]}"
                yield _to_check(ConditionKind.STATED, text, instrument, "the facts of the case raise it")
            elif not _is_declared(instrument, provision, query):
                text = f"{state_name(query.requested)} surrenders its own nationals"
                yield _to_check(ConditionKind.NATIONALITY, text, instrument, "the person is one")


def raised_though_unread(instrument: Instrument, provision: Provision, query: Query) -> tuple[RefusalGround, ...]:
    """Of a treaty that nobody has read: the usual grounds that the facts raise, so that a request can meet them."""
    if not instrument.provisions_of:
        return ()
    return tuple(g for g in _grounds(instrument, provision) if query.facts.get(RAISED_BY[g].value))


def _grounds(instrument: Instrument, provision: Provision) -> tuple[RefusalGround, ...]:
    """The grounds that a fact can raise; not those that only delay, nor nationality where no person is asked for."""
    surrender = provision.measure is Measure.EXTRADITION
    named = grounds_of(instrument, provision)
    if instrument.provisions_of:
        named = _USUAL_OF_SURRENDER if surrender else _USUAL
    left_out = {RefusalGround.ONGOING_PROCEEDINGS_POSTPONE} | (set() if surrender else {RefusalGround.NATIONALITY})
    return tuple(ground for ground in named if ground in RAISED_BY and ground not in left_out)


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

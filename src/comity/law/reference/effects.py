"""What rests on one fact: the answers that would change if it fell.

The fact is taken out of the data and the same questions are asked of both: the status of the best route for each pair
of states and each measure that the fact can touch. Nothing is estimated; where there are more questions than the
limit, the rest is left out and the answer says so.
"""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import TypeVar

import msgspec

from comity.law.find import find_routes
from comity.law.instrument import Instrument, Provision, Record, StateCode
from comity.law.lawdata import LawData, StateLaw
from comity.law.names import is_state
from comity.law.query import Query
from comity.law.reference.facts import FactKind, SingleFact
from comity.law.registry import Registry, build_registry
from comity.law.route import Answer
from comity.law.standing import Bound
from comity.law.state import NationalOffence, NationalsRule
from comity.law.vocabulary import Basis, DualCriminality, Fact, Measure, Status

T = TypeVar("T")

#: Questions asked about one fact at most: two or three seconds.
LIMIT_QUESTIONS = 60_000

#: Kinds of facts on which no route's status rests.
SILENT = frozenset(
    {
        FactKind.AUTHORITY,
        FactKind.OFFENCE,
        FactKind.PROVIDER,
        FactKind.JURISDICTION,
        FactKind.POSITION,
        FactKind.SECTION_TEXT,
        FactKind.COOPERATION,
    }
)


class StatusChange(Answer, frozen=True, kw_only=True):
    """The best route for one question, with the fact and without it."""

    requesting: StateCode
    requested: StateCode
    measure: Measure
    offences: tuple[str, ...] = ()
    before: Status
    after: Status


class Effects(Answer, frozen=True, kw_only=True):
    """What would change."""

    changes: tuple[StatusChange, ...]
    asked: int
    """Questions that were asked."""
    complete: bool
    """False: there were more questions than the limit."""


def effects_of(fact: SingleFact, registry: Registry, on: date, *, limit: int = LIMIT_QUESTIONS) -> Effects:
    """The changes of status on a day if a fact were not known."""
    if fact.kind in SILENT:
        return Effects(changes=(), asked=0, complete=True)
    other = build_registry(without(registry.data, fact))
    questions = _questions(fact, registry, on)
    changes: list[StatusChange] = []
    asked = 0
    for query in islice(questions, limit):
        asked += 1
        before, after = _best(query, registry), _best(query, other)
        if before is not after:
            changes.append(
                StatusChange(
                    requesting=query.requesting,
                    requested=query.requested,
                    measure=query.measure,
                    offences=query.offences,
                    before=before,
                    after=after,
                )
            )
    return Effects(changes=tuple(changes), asked=asked, complete=next(questions, None) is None)


def without(data: LawData, fact: SingleFact) -> LawData:
    """The data without one fact; the record is meant by identity."""
    gone = fact.record
    change = msgspec.structs.replace
    match fact.kind:
        case FactKind.PARTICIPATION:
            rows = {key: _less(found, gone) for key, found in data.participations.items()}
            return change(data, participations=rows)
        case FactKind.MEMBERSHIP:
            return change(data, groups={key: _less(found, gone) for key, found in data.groups.items()})
        case FactKind.NATIONAL_OFFENCE | FactKind.NATIONALS:
            return change(data, states={code: _less_law(law, gone) for code, law in data.states.items()})
        case FactKind.TERRITORY:
            return change(data, territories=_less(data.territories, gone))
        case FactKind.INSTRUMENT:
            instruments = _less(data.instruments, gone)
            tables = {key: rows for key, rows in data.participations.items() if key != fact.instrument}
            return change(data, instruments=instruments, participations=tables)
        case _:
            return change(
                data,
                instruments=tuple(_less_nested(i, gone) for i in data.instruments),
                models=tuple(_less_nested(m, gone) for m in data.models),
            )


def _less(rows: tuple[T, ...], gone: Record) -> tuple[T, ...]:
    return tuple(row for row in rows if row is not gone)


def _less_law(law: StateLaw, gone: Record) -> StateLaw:
    offences, nationals = _less(law.offences, gone), _less(law.nationals, gone)
    return msgspec.structs.replace(law, offences=offences, nationals=nationals)


def _less_nested(instrument: Instrument, gone: Record) -> Instrument:
    parts = ("provisions", "reservations", "exclusions")
    if not any(record is gone for part in parts for record in getattr(instrument, part)):
        return instrument
    return msgspec.structs.replace(instrument, **{part: _less(getattr(instrument, part), gone) for part in parts})


def _best(query: Query, registry: Registry) -> Status:
    options = find_routes(query, registry).options
    return options[0].status if options else Status.CLOSED


def _questions(fact: SingleFact, registry: Registry, on: date) -> Iterator[Query]:
    """Every question that the fact can touch."""
    if isinstance(fact.record, NationalOffence):
        offence = fact.record.offence_id
        measures = tuple(m for m in Measure if _asks_for_offence(m, registry))
        pairs = _pairs_of(fact.states[0], _all_states(registry))
        yield from _asked(pairs, measures, on, (offence,))
    elif isinstance(fact.record, NationalsRule):
        sought = {Fact.PERSON_IS_NATIONAL_THERE.value: True}
        for requesting in sorted(_all_states(registry) - {fact.states[0]}):
            yield Query(
                requesting=requesting, requested=fact.states[0], measure=Measure.EXTRADITION, on=on, facts=sought
            )
    else:
        measures = _measures(_touched(fact, registry))
        if isinstance(fact.record, Provision):
            measures = (fact.record.measure,)
        yield from _asked(_pairs(fact, registry, on), measures, on, ())


def _asked(
    pairs: Iterator[tuple[StateCode, StateCode]], measures: tuple[Measure, ...], on: date, offences: tuple[str, ...]
) -> Iterator[Query]:
    for requesting, requested in pairs:
        for measure in measures:
            yield Query(requesting=requesting, requested=requested, measure=measure, on=on, offences=offences)


def _touched(fact: SingleFact, registry: Registry) -> tuple[Instrument, ...]:
    """The instrument of a fact and those whose provisions lean on it; all, for what speaks of a state as a whole."""
    if not fact.instrument:
        return tuple(registry.instruments.values())
    return tuple(
        other
        for other in registry.instruments.values()
        if fact.instrument in (other.id, other.parent, other.provisions_of)
        or any(provision.needs == fact.instrument for provision in other.provisions)
        or (_is_assistance(fact.instrument, registry) and any(p.subsidiary or p.yields for p in other.provisions))
        or fact.instrument in other.replaces
    )


def _is_assistance(instrument_id: str, registry: Registry) -> bool:
    found = registry.instruments.get(instrument_id)
    return found is not None and (found.assistance or bool(found.replaces or found.replaces_kinds))


def _measures(instruments: tuple[Instrument, ...]) -> tuple[Measure, ...]:
    given = {provision.measure for instrument in instruments for provision in instrument.provisions}
    return tuple(measure for measure in Measure if measure in given)


def _asks_for_offence(measure: Measure, registry: Registry) -> bool:
    """Whether some provision for a measure depends on what is punished, or how heavily."""
    return any(
        provision.measure is measure
        and (
            provision.min_years
            or (instrument.scope and instrument.scope.min_years)
            or provision.dual_criminality is DualCriminality.REQUIRED
            or (instrument.general and instrument.general.dual_criminality is DualCriminality.REQUIRED)
        )
        for instrument in registry.instruments.values()
        for provision in instrument.provisions
    )


def _pairs(fact: SingleFact, registry: Registry, on: date) -> Iterator[tuple[StateCode, StateCode]]:
    """Ordered pairs between which the fact can decide something on the day."""
    own = _own(fact, registry)
    if fact.kind in (FactKind.PARTICIPATION, FactKind.RESERVATION, FactKind.MEMBERSHIP, FactKind.TERRITORY):
        bound = {state for instrument in own for state in _bound(instrument, registry, on)}
        for state in fact.states:
            yield from _pairs_of(state, bound | _reached_through(state, registry))
        return
    sets = {frozenset(_bound(instrument, registry, on)) for instrument in own}
    yield from sorted({(a, b) for bound in sets for a in bound for b in bound if a != b})


def _own(fact: SingleFact, registry: Registry) -> tuple[Instrument, ...]:
    """The instrument that the fact is about, or those that assume the provisions of its model; all, where none."""
    return tuple(
        instrument
        for instrument in registry.instruments.values()
        if not fact.instrument or fact.instrument in (instrument.id, instrument.provisions_of)
    )


def _bound(instrument: Instrument, registry: Registry, on: date) -> set[StateCode]:
    """Whom it binds, or may bind."""
    candidates: AbstractSet[StateCode] = _all_states(registry)
    if instrument.basis is Basis.PARTIES and instrument.states:
        candidates = {s for s in candidates if any(registry.stands_as(s, party) for party in instrument.states)}
    return {s for s in candidates if registry.standing(instrument, s, on).bound is not Bound.NO}


def _reached_through(state: StateCode, registry: Registry) -> set[StateCode]:
    return {territory.code for territory in registry.territories.values() if territory.through == state}


def _pairs_of(state: StateCode, others: AbstractSet[StateCode]) -> Iterator[tuple[StateCode, StateCode]]:
    for other in sorted(others - {state}):
        yield state, other
        yield other, state


@lru_cache(maxsize=4)
def _all_states(registry: Registry) -> frozenset[StateCode]:
    """Every state that a table or a treaty names, and every territory."""
    tables = registry.data.participations.values()
    named = {row.state for rows in tables for row in rows} | set(registry.territories)
    parties = {state for instrument in registry.instruments.values() for state in instrument.states}
    return frozenset(state for state in named | parties if is_state(state))

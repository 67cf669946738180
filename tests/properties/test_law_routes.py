"""What must hold of every answer that the engine gives over the law data that ships."""

from datetime import date, timedelta
from itertools import pairwise

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.law import FACTS, Measure, Query, Status, find_routes, load_registry, timeline
from comity.law.alike import laws_seen
from comity.law.dual_criminality import is_lacking
from comity.law.instrument import Participation
from comity.law.names import is_state
from comity.law.pair import pair_standing
from comity.law.provide import apply_provision
from comity.law.registry import build_registry
from comity.law.standing import Bound
from comity.law.timeline import turning_days
from comity.law.vocabulary import Confidence
from comity.law.way import Way, ways_of

REGISTRY = load_registry()
STATES = sorted({row.state for rows in REGISTRY.data.participations.values() for row in rows if is_state(row.state)})
ORDER = [Status.OPEN, Status.CONDITIONAL, Status.CLOSED]

WAYS = [
    way for instrument in REGISTRY.instruments.values() for measure in Measure for way in ways_of(instrument, measure)
]
#: Every way of which the engine says without a look at the question what it comes to.
USUAL = [way for way in WAYS if way.usual is not None]
#: Every way of which it says the same between all states whose law on the offences looks alike.
BY_OFFENCE = [way for way in WAYS if way.usual is None and way.by_offence]

states = st.sampled_from(STATES)
days = st.dates(min_value=date(1950, 1, 1), max_value=date(2035, 12, 31))
facts = st.dictionaries(st.sampled_from(sorted(FACTS)), st.booleans(), max_size=4)


@st.composite
def queries(draw: st.DrawFn) -> Query:
    """Any question; days around the turning points are asked about often."""
    requesting, requested = draw(st.lists(states, min_size=2, max_size=2, unique=True))
    query = Query(
        requesting=requesting,
        requested=requested,
        measure=draw(st.sampled_from(Measure)),
        on=draw(days),
        offences=tuple(draw(st.lists(st.sampled_from(sorted(REGISTRY.offences)), max_size=2, unique=True))),
        urgent=draw(st.booleans()),
        received_on=draw(st.none() | days),
        facts=draw(facts),
    )
    if not draw(st.booleans()):
        return query
    turns = [day for day in turning_days(query, REGISTRY) if date(1950, 1, 1) <= day <= date(2035, 1, 1)]
    near = draw(st.sampled_from(turns)) + timedelta(days=draw(st.integers(min_value=-1, max_value=1)))
    return msgspec.structs.replace(query, on=near)


@given(queries())
@settings(max_examples=300, deadline=None)
def test_the_status_is_what_the_explanation_says(query: Query) -> None:
    found = find_routes(query, REGISTRY)
    for option, route in zip(found.options, found.routes, strict=True):
        standing = pair_standing(
            REGISTRY, route.instrument, query.requesting, query.requested, query.on, query.received_on
        )
        best = min((p.status for p in route.provisions), key=ORDER.index)
        replaced = any(why.startswith("between these states") for why in route.why)
        perhaps = any("takes its place between these states is not known" in why for why in route.why)
        if standing.bound is Bound.NO or replaced:
            expected = Status.CLOSED
        else:
            sure = standing.bound is Bound.YES and not perhaps
            expected = max(best, Status.OPEN if sure else Status.CONDITIONAL, key=ORDER.index)
        assert option.status is route.status is expected, route.instrument
        assert option.binding is route.binding or route.status is Status.CLOSED
        assert route.why
        assert route.sources


@given(queries(), st.sampled_from(USUAL))
@settings(max_examples=300, deadline=None)
def test_what_a_way_usually_comes_to_is_what_its_provisions_say(query: Query, way: Way) -> None:
    usual = way.usual
    assert usual is not None
    untold = {fact: known for fact, known in query.facts.items() if fact not in way.facts}
    query = msgspec.structs.replace(query, measure=way.measure, facts=untold)
    if {query.requesting, query.requested} & way.named or (is_lacking(query, REGISTRY) and not usual.anyhow):
        return
    applied = [apply_provision(way.instrument, provision, query, REGISTRY) for provision in way.provisions]
    best = min((p.status for p in applied), key=ORDER.index)
    assert (best, any(p.duty for p in applied if p.status is best)) == (usual.status, usual.binding)


@given(queries(), st.sampled_from(BY_OFFENCE), st.permutations(STATES))
@settings(max_examples=200, deadline=None)
def test_states_whose_law_looks_alike_get_the_same_answer(query: Query, way: Way, others: list[str]) -> None:
    unnamed = [state for state in others if state not in way.named]
    query = msgspec.structs.replace(query, requested=unnamed[0], measure=way.measure, facts={}, received_on=None)

    def answer(asked: Query) -> tuple[Status, bool]:
        applied = [apply_provision(way.instrument, provision, asked, REGISTRY) for provision in way.provisions]
        best = min((p.status for p in applied), key=ORDER.index)
        return best, any(p.duty for p in applied if p.status is best)

    first = msgspec.structs.replace(query, requesting=unnamed[1])
    for asking, asked in pairwise(unnamed):
        other = msgspec.structs.replace(query, requesting=asking, requested=asked)
        if laws_seen(other, REGISTRY) == laws_seen(first, REGISTRY):
            assert answer(other) == answer(first), (asking, asked)
            first = other


@given(queries())
@settings(max_examples=200, deadline=None)
def test_best_routes_come_first_and_none_is_told_twice(query: Query) -> None:
    options = find_routes(query, REGISTRY).options
    assert [ORDER.index(o.status) for o in options] == sorted(ORDER.index(o.status) for o in options)
    assert len({(o.instrument.id, o.way.channel, o.way.addressee) for o in options}) == len(options)


@given(queries())
@settings(max_examples=200, deadline=None)
def test_swapping_the_states_swaps_directions_only(query: Query) -> None:
    """Whether a treaty binds the pair does not depend on who asks."""
    swapped = msgspec.structs.replace(query, requesting=query.requested, requested=query.requesting)
    for option in find_routes(query, REGISTRY).options:
        if option.instrument.basis.value == "requested_state":
            continue
        bound = [
            pair_standing(REGISTRY, option.instrument.id, q.requesting, q.requested, q.on, q.received_on).bound
            for q in (query, swapped)
        ]
        assert bound[0] is bound[1]


@given(queries(), st.sampled_from(REGISTRY.shared), states)
@settings(max_examples=40, deadline=None)
def test_another_party_never_closes_a_route_between_others(query: Query, instrument: object, newcomer: str) -> None:
    identity = instrument.id  # type: ignore[attr-defined]  # an Instrument
    if newcomer in (query.requesting, query.requested):
        return
    rows = REGISTRY.data.participations.get(identity, ())
    row = Participation(
        state=newcomer,
        how="accession",
        in_force_on="2000-01-01",
        source_url="https://example.org",
        as_of="2026-01-01",
        confidence=Confidence.HIGH,
    )
    changed = {**REGISTRY.data.participations, identity: (*(r for r in rows if r.state != newcomer), row)}
    more = build_registry(msgspec.structs.replace(REGISTRY.data, participations=changed))

    def statuses(registry: object) -> list[tuple[str, Status]]:
        return [(o.instrument.id, o.status) for o in find_routes(query, registry).options]  # type: ignore[arg-type]

    assert statuses(REGISTRY) == statuses(more)


@given(queries())
@settings(max_examples=25, deadline=None)
def test_the_time_line_agrees_with_the_answer_on_every_day_it_names(query: Query) -> None:
    query = msgspec.structs.replace(query, received_on=None)
    line = timeline(query, REGISTRY, to_on=date(2035, 12, 31))
    for change in line.changes:
        found = find_routes(msgspec.structs.replace(query, on=change.on), REGISTRY)
        best = next(o.status for o in found.options if o.instrument.id == change.instrument)
        assert best is change.after
        assert (change.answer, change.through) == (found.options[0].status, found.options[0].instrument.id)
        assert change.before is not change.after


@given(queries())
@settings(max_examples=25, deadline=None)
def test_nothing_changes_between_turning_days(query: Query) -> None:
    query = msgspec.structs.replace(query, received_on=None)
    turns = turning_days(query, REGISTRY)
    later = next((day for day in turns if day > query.on), None)
    last = date(2036, 1, 1) if later is None else later - timedelta(days=1)
    if last <= query.on:
        return

    def answer(on: date) -> list[tuple[str, Status]]:
        return [
            (o.instrument.id, o.status) for o in find_routes(msgspec.structs.replace(query, on=on), REGISTRY).options
        ]

    assert answer(query.on) == answer(last)


@given(queries())
@settings(max_examples=100, deadline=None)
def test_an_answer_survives_json(query: Query) -> None:
    record = find_routes(query, REGISTRY).record()
    assert msgspec.json.decode(msgspec.json.encode(record), type=type(record)) == record

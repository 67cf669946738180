"""What must hold of the atlas over the law data that ships."""

from datetime import date, timedelta

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.law import Measure, Query, Status, find_routes, load_registry
from comity.law.atlas import (
    Accession,
    Atlas,
    ChangeKind,
    Denunciation,
    EntryIntoForce,
    NewTreaty,
    Step,
    Strength,
    TreatyKind,
    Withdrawal,
    parse_step,
    rank_reforms,
    strength_of,
    unlock,
    what_if,
)
from comity.law.atlas.change import changes, row_changes
from comity.law.atlas.enact import enact, is_joined
from comity.law.errors import StepError
from comity.law.instrument import Instrument
from comity.law.names import all_states
from comity.law.ranking import is_evidence
from comity.law.registry import build_registry

REGISTRY = load_registry()
STATES = all_states()
LOSSES = {ChangeKind.CLOSES, ChangeKind.WEAKER, ChangeKind.SLOWER}

days = st.dates(min_value=date(1960, 1, 1), max_value=date(2035, 12, 31))
measures = st.sampled_from(Measure)
offences = st.lists(st.sampled_from(sorted(REGISTRY.offences)), max_size=2, unique=True).map(tuple)
#: Those who reserve, take part in much or are named by provisions are drawn often.
BUSY = ("IN", "US", "GB", "DE", "DK", "IE", "RU", "SG", "AT", "CZ", "JP", "HK", "UA", "FR", "BR", "NG")
states = st.one_of(st.sampled_from(BUSY), st.sampled_from(STATES))
joined = st.sampled_from([instrument.id for instrument in REGISTRY.shared if is_joined(instrument)])


def engine_strength(query: Query) -> Strength:
    """The grade by the engine itself, question by question."""
    found = find_routes(query, REGISTRY)
    return (
        max(
            strength_of(o.status, binding=o.binding, evidence=is_evidence(o.way.channel, o.way.measure))
            for o in found.options
        )
        if found.options
        else Strength.CLOSED
    )


@given(days, offences, measures, st.lists(states, min_size=2, max_size=24, unique=True))
@settings(max_examples=150, deadline=None)
def test_every_cell_is_the_engines_answer(on: date, asked: tuple[str, ...], measure: Measure, some: list[str]) -> None:
    atlas = Atlas(REGISTRY, on=on, offences=asked, states=tuple(some))
    for a in some:
        for b in some:
            if a != b:
                query = Query(requesting=a, requested=b, measure=measure, on=on, offences=asked)
                found = atlas.strength(a, b, measure)
                assert found is engine_strength(query), (a, b)
                best = min(
                    (o.status for o in find_routes(query, REGISTRY).options), key=list(Status).index, default=None
                )
                assert found.status is (best or Status.CLOSED)


def test_every_pair_and_measure_has_one_grade_and_no_state_asks_itself() -> None:
    atlas = Atlas(REGISTRY, on=date(2026, 11, 24))
    others = (1 << len(STATES)) - 1
    for measure in (Measure.PRESERVATION, Measure.EXTRADITION, Measure.DOMAIN_REGISTRATION):
        assert sum(atlas.counts(measure).values()) == len(STATES) * (len(STATES) - 1)
        for state in STATES[::17]:
            grades = atlas.grades(state, measure)
            assert sum(grades) == others & ~atlas.mask([state])


@given(states, joined, days.filter(lambda day: day > date(1990, 1, 1)))
@settings(max_examples=25, deadline=None)
def test_an_accession_touches_nobody_else_and_a_second_one_nothing(state: str, instrument: str, on: date) -> None:
    step = Accession(state=state, instrument=instrument, on=on)
    try:
        after = enact(step, REGISTRY)
    except StepError:
        return
    found = what_if(REGISTRY, (step,), measures=(Measure.PRESERVATION, Measure.TESTIMONY))
    for change in found.changes:
        touched = [REGISTRY.is_one_state(state, other) for other in change.requested]
        assert REGISTRY.is_one_state(state, change.requesting) or all(touched)
    plain = not (REGISTRY.instrument(instrument).replaces or REGISTRY.instrument(instrument).assistance)
    if plain:
        assert not LOSSES & set(found.counts)
    again = what_if(after, (step,), on=found.as_of)
    assert (again.changes, again.counts) == ((), {})


@given(states, st.sampled_from(REGISTRY.shared), days)
@settings(max_examples=25, deadline=None)
def test_a_what_if_of_what_is_so_already_yields_nothing(state: str, instrument: Instrument, on: date) -> None:
    place, segment = REGISTRY.shared.index(instrument), REGISTRY.position(state).on(on)
    if not is_joined(instrument) or (segment.no | segment.unknown) >> place & 1:
        return
    try:
        found = what_if(REGISTRY, (Accession(state=state, instrument=instrument.id, on=on),))
    except StepError:
        return
    assert not found.changes
    assert not found.steps[0].changes_law


def test_no_steps_change_nothing() -> None:
    assert what_if(REGISTRY, (), on=date(2026, 11, 24)).changes == ()


@given(states, states, joined, days)
@settings(max_examples=20, deadline=None)
def test_a_law_made_by_a_step_is_the_law_built_anew(state: str, other: str, instrument: str, on: date) -> None:
    """What a registry keeps when it is changed is what it would work out again."""
    steps: list[Step] = [
        Accession(state=state, instrument=instrument, on=on),
        Denunciation(state=state, instrument=instrument, on=on),
        EntryIntoForce(instrument=instrument, on=on),
        NewTreaty(state=state, other=other, kind=TreatyKind.MLAT, on=on),
    ]
    later = on + timedelta(days=200)
    some = tuple(dict.fromkeys((state, other, "US", "IN", "FR", "RU")))
    Atlas(REGISTRY, on=later, states=some).counts(Measure.PRESERVATION)  # positions are worked out and kept
    for step in steps:
        try:
            after = enact(step, REGISTRY)
        except StepError:
            continue
        kept = Atlas(REGISTRY, on=later, states=some).under(after)
        anew = Atlas(build_registry(after.data), on=later, states=some)
        for measure in (Measure.PRESERVATION, Measure.CONTENT_DATA, Measure.EXTRADITION):
            for asking in some:
                assert kept.grades(asking, measure) == anew.grades(asking, measure), (step, asking)


@given(states, states, joined, st.sampled_from(sorted(REGISTRY.instruments)), days)
@settings(max_examples=20, deadline=None)
def test_between_whom_nothing_stands_otherwise_no_answer_differs(
    state: str, other: str, instrument: str, any_instrument: str, on: date
) -> None:
    steps: list[Step] = [
        Accession(state=state, instrument=instrument, on=on),
        Denunciation(state=state, instrument=any_instrument, on=on),
        NewTreaty(state=state, other=other, kind=TreatyKind.EXTRADITION, on=on),
        EntryIntoForce(instrument=any_instrument, on=on),
    ]
    some = tuple(dict.fromkeys((state, other, *BUSY, *REGISTRY.instrument(any_instrument).states, "GP", "GL")))
    before = Atlas(REGISTRY, on=on + timedelta(days=200), states=tuple(s for s in some if s in STATES))
    for step in steps:
        try:
            after = before.under(enact(step, REGISTRY))
        except StepError:
            continue
        for measure in (Measure.PRESERVATION, Measure.EXTRADITION):
            told = list(changes(before, after, measures=(measure,)))
            whole = [c for place in range(len(before.states)) for c in row_changes(before, after, place, measure, -1)]
            assert sorted(map(repr, told)) == sorted(map(repr, whole)), step


@given(
    st.one_of(
        st.builds(Accession, state=states, instrument=joined, on=days),
        st.builds(Denunciation, state=states, instrument=st.sampled_from(sorted(REGISTRY.instruments)), on=days),
        st.builds(NewTreaty, state=states, other=states, kind=st.sampled_from(TreatyKind), on=days),
        st.builds(
            Withdrawal, state=states, instrument=joined, article=st.sampled_from(("", "29(4)", "22(2) and 6")), on=days
        ),
        st.builds(EntryIntoForce, instrument=st.sampled_from(sorted(REGISTRY.instruments)), on=days),
    )
)
@settings(max_examples=200, deadline=None)
def test_a_step_is_read_as_it_is_written(step: Step) -> None:
    assert parse_step(str(step), REGISTRY, today=date(2000, 1, 1)) == step
    assert msgspec.json.decode(msgspec.json.encode(step), type=Step) == step


@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from("IN accedes on to budapest signs-mlat 2027-01-01 x".split())).map(" ".join)
)
@settings(max_examples=200, deadline=None)
def test_no_sentence_breaks_the_reader(text: str) -> None:
    from comity.law.errors import LawError

    try:
        step = parse_step(text, REGISTRY, today=date(2026, 11, 24))
    except LawError as error:
        assert str(error)
    else:
        assert str(step)


@given(st.sampled_from(BUSY), measures)
@settings(max_examples=2, deadline=None)
def test_a_reform_does_what_the_same_what_if_does(state: str, measure: Measure) -> None:
    on = date(2027, 6, 1)
    found = rank_reforms(REGISTRY, state, on=on, measures=(measure,))
    for reform in found.reforms[:4]:
        step = parse_step(f"{reform.step} on {on - timedelta(days=400)}", REGISTRY, today=on)
        same = what_if(REGISTRY, (step,), on=on, measures=(measure,), states=(state,))
        assert same.counts.get(ChangeKind.OPENS, 0) == reform.asking.opens + reform.asked.opens, reform.step
        assert same.counts.get(ChangeKind.STRONGER, 0) == reform.asking.stronger + reform.asked.stronger, reform.step


@given(states, states, measures)
@settings(max_examples=25, deadline=None)
def test_a_key_opens_what_it_says(here: str, there: str, measure: Measure) -> None:
    if here == there:
        return
    on = date(2027, 6, 1)
    found = unlock(Query(requesting=here, requested=there, measure=measure, on=on), REGISTRY)
    for key in found.keys:
        step = parse_step(f"{key.step} on {on - timedelta(days=400)}", REGISTRY, today=on)
        after = Atlas(enact(step, REGISTRY), on=on, states=(here, there)).strength(here, there, measure)
        assert after.id == key.strength or after > Strength[key.strength.upper()]
        assert after >= Strength[found.strength.upper()]

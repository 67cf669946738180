"""What a way comes to whatever the question, and where that cannot be said."""

import pytest
from tests.unit.law.conftest import instrument, provision

from comity.law.instrument import Condition, General, Provision
from comity.law.vocabulary import (
    Basis,
    Channel,
    Confidence,
    DualCriminality,
    Fact,
    InstrumentKind,
    Measure,
    ScopeOffences,
    Status,
)
from comity.law.way import Usual, Way, ways_of

MEASURE = Measure.PRESERVATION
GATE = Condition(text="an emergency", fact=Fact.EMERGENCY_TO_LIFE)


def the_way(*provisions: Provision, kind: InstrumentKind = InstrumentKind.CONVENTION, **changes: object) -> Way:
    (way,) = ways_of(instrument("convention", kind, provisions=provisions, **changes), MEASURE)
    return way


def of(article: str, **changes: object) -> Provision:
    return provision(article, MEASURE, **changes)


def usual(status: Status, *, binding: bool = True, anyhow: bool = True) -> Usual:
    return Usual(status=status, binding=binding, anyhow=anyhow)


@pytest.mark.parametrize(
    ("provisions", "expected"),
    [
        ((of("1"),), usual(Status.OPEN)),
        ((of("1", duty=False),), usual(Status.OPEN, binding=False)),
        ((of("1", dual_criminality=DualCriminality.MAY_REQUIRE),), usual(Status.OPEN, anyhow=False)),
        ((of("1", conditions=(GATE,)),), usual(Status.CONDITIONAL)),
        ((of("1", conditions=(GATE,), dual_criminality=DualCriminality.MAY_REQUIRE),), usual(Status.CONDITIONAL)),
        ((of("1", confidence=Confidence.LOW),), usual(Status.CONDITIONAL)),
        ((of("1", only_requested=("GB",)),), usual(Status.CLOSED)),
        (
            (of("1", duty=False, conditions=(GATE,)), of("2", only_requested=("GB",))),
            usual(Status.CONDITIONAL, binding=False),
        ),
    ],
)
def test_the_best_of_its_provisions(provisions: tuple[Provision, ...], expected: Usual) -> None:
    assert the_way(*provisions).usual == expected


@pytest.mark.parametrize(
    "changes",
    [
        {"dual_criminality": DualCriminality.REQUIRED},
        {"needs": "convention"},
        {"subsidiary": True},
        {"min_years": 1},
        {"offences": (ScopeOffences.CYBERCRIME_LISTED,)},
        {"offences": (ScopeOffences.ALL_OFFENCES, ScopeOffences.ORGANISED_CRIME)},
    ],
)
def test_it_varies_where_the_offence_or_other_instruments_decide(changes: dict[str, object]) -> None:
    assert the_way(of("1", **changes)).usual is None


def test_it_varies_where_a_provision_that_varies_may_do_better_or_owe_it() -> None:
    varying = of("2", subsidiary=True)
    assert the_way(of("1", conditions=(GATE,)), varying).usual is None
    assert the_way(of("1", duty=False), varying).usual is None
    assert the_way(of("1"), varying).usual == usual(Status.OPEN)


def test_a_tested_provision_that_alone_owes_it_matters_where_the_conduct_is_no_offence() -> None:
    free, tested = of("1", duty=False), of("2", dual_criminality=DualCriminality.MAY_REQUIRE)
    assert the_way(free, tested).usual == usual(Status.OPEN, anyhow=False)


@pytest.mark.parametrize(
    ("kind", "basis"),
    [(InstrumentKind.COMITY, Basis.UNIVERSAL), (InstrumentKind.SCHEME, Basis.PARTIES)],
)
def test_what_rests_on_courtesy_or_on_another_law_is_conditional(kind: InstrumentKind, basis: Basis) -> None:
    general = General(dual_criminality=DualCriminality.DEPENDS, channel=Channel.DIPLOMATIC)
    way = the_way(of("1"), kind=kind, basis=basis, general=general)
    assert way.usual == usual(Status.CONDITIONAL)


def test_it_names_the_states_of_its_conditions() -> None:
    marked = Condition(
        text="a judge has ordered it", fact=Fact.EMERGENCY_TO_LIFE, when_requested="US", when_requesting="IN"
    )
    way = the_way(of("1", conditions=(marked,), only_requested=("GB",)))
    assert way.named == {"US", "IN", "GB"}

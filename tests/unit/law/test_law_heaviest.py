"""A least penalty excludes an offence only where the data have the heaviest form of it; else it is to be checked."""

from datetime import date

import msgspec
import pytest
from tests.unit.law.conftest import section

from comity.law.find import find_routes
from comity.law.lawdata import StateLaw
from comity.law.penalty import coverage, reaches
from comity.law.query import Query
from comity.law.registry import Registry, build_registry
from comity.law.route import ConditionKind, ConditionState
from comity.law.state import NationalOffence
from comity.law.vocabulary import Confidence, Measure

TODAY = date(2026, 11, 24)
MET, UNMET, TO_CHECK = ConditionState.MET, ConditionState.UNMET, ConditionState.TO_CHECK


BASIC = section("access", 3)
HEAVIEST = section("access", 3, heaviest=True)
AGGRAVATED = section("access", 6, section="2", special=True)
RECALLED = section("access", 6, section="2", special=True, confidence=Confidence.LOW)
FRAUD = section("fraud", 3, heaviest=True)
FORGERY = section("forgery", 2, heaviest=True)


def under(world: Registry, *sections: NationalOffence) -> Registry:
    states = {**world.data.states, "IN": StateLaw(offences=sections)}
    return build_registry(msgspec.structs.replace(world.data, states=states))


@pytest.mark.parametrize(
    ("sections", "offence", "state"),
    [
        ((BASIC,), "access", TO_CHECK),  # an aggravated form may be missing from the data
        ((HEAVIEST,), "access", UNMET),
        ((BASIC, AGGRAVATED), "access", TO_CHECK),  # whether the case is one of the aggravated ones
        ((BASIC, section("access", 6, heaviest=True)), "access", MET),
        ((BASIC, section("access", 3.5, special=True, heaviest=True)), "access", UNMET),
        ((HEAVIEST, RECALLED), "access", TO_CHECK),  # memory proves nothing, and yet may be right
        ((section("access", 3, heaviest=True, confidence=Confidence.LOW),), "access", TO_CHECK),
        ((section("access", 3, heaviest=True, in_force_to="2020-01-01"), BASIC), "access", TO_CHECK),
        ((section("access", None),), "access", TO_CHECK),
        ((FRAUD,), "phishing", TO_CHECK),  # it rests on forgery too, which the data do not know there
        ((FRAUD, section("forgery", 2)), "phishing", TO_CHECK),
        ((FRAUD, FORGERY), "phishing", UNMET),
        ((section("phishing", 1, heaviest=True), FRAUD), "phishing", TO_CHECK),
        ((section("phishing", 1), FRAUD, FORGERY), "phishing", UNMET),
        ((section("phishing", 1), FRAUD, section("forgery", 5)), "phishing", TO_CHECK),
    ],
)
def test_only_a_known_ceiling_excludes(
    world: Registry, sections: tuple[NationalOffence, ...], offence: str, state: ConditionState
) -> None:
    assert reaches(coverage(under(world, *sections), "IN", offence, TODAY), 4) is state


def told(registry: Registry) -> str:
    query = Query(
        requesting="IN",
        requested="US",
        measure=Measure.TESTIMONY,
        on=TODAY,
        offences=("access",),
        facts={"organised_group": True},
    )
    route = next(r for r in find_routes(query, registry).routes if r.instrument == "crime-convention")
    return next(condition.why for condition in route.conditions if condition.kind is ConditionKind.OFFENCE)


@pytest.mark.parametrize(
    ("sections", "words"),
    [
        ((BASIC,), "carries up to 3 years (Code, s. 1) in India; 4 needed: whether a heavier form reaches that"),
        ((BASIC, AGGRAVATED), "carries up to 6 years (Code, s. 2): check whether it is the case"),
        ((HEAVIEST,), "carries at most 3 years (Code, s. 1) in India; 4 needed"),
        ((section("access", None),), "the maximum penalty for access in India is not known to us; 4 years needed"),
    ],
)
def test_the_answer_says_what_is_known(world: Registry, sections: tuple[NationalOffence, ...], words: str) -> None:
    assert words in told(under(world, *sections))

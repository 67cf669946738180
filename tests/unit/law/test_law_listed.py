"""Listed categories lift the test of dual criminality between states of the Union."""

from datetime import date

from comity.law import Measure, Query, find_routes, load_registry
from comity.law.listed import CATEGORY_OF
from comity.law.route import ConditionKind, ConditionState, RouteCondition
from comity.law.vocabulary import Status

REGISTRY = load_registry()


def condition(offence: str, requested: str = "CY") -> tuple[Status, RouteCondition]:
    query = Query(
        requesting="DE",
        requested=requested,
        measure=Measure.CONTENT_DATA,
        on=date(2026, 11, 16),
        offences=(offence,),
    )
    route = next(r for r in find_routes(query, REGISTRY).routes if r.instrument == "eu-e-evidence")
    return route.status, next(c for c in route.conditions if c.kind is ConditionKind.DUAL_CRIMINALITY)


def test_a_listed_category_with_three_years_at_home_is_not_tested() -> None:
    status, found = condition("computer_fraud")
    assert (status, found.state) == (Status.OPEN, ConditionState.MET)
    assert "not tested: computer_fraud is fraud" in found.why


def test_less_at_home_or_no_category_leaves_the_test() -> None:
    assert "not tested" not in condition("online_defamation")[1].why
    assert "not tested" not in condition("data_interference")[1].why, "StGB 303a: two years"


def test_the_categories_name_canonical_offences() -> None:
    assert set(CATEGORY_OF) <= set(REGISTRY.offences)

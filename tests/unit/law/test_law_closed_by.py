"""Which of the reasons of a closed route close it: asked of the law as it ships."""

from datetime import date

import pytest

from comity.law import Measure, Query, Registry, Status, find_routes, load_registry
from comity.law.route import Route

ON = date(2026, 11, 24)


@pytest.fixture(scope="module")
def shipped() -> Registry:
    return load_registry()


def route_of(shipped: Registry, who: str, whom: str, measure: Measure, instrument: str) -> Route:
    query = Query(requesting=who, requested=whom, measure=measure, on=ON)
    return next(r for r in find_routes(query, shipped).routes if r.instrument == instrument)


def test_a_closed_route_names_the_half_that_closes_it(shipped: Registry) -> None:
    route = route_of(shipped, "IN", "BR", Measure.PRESERVATION, "budapest")
    assert route.status is Status.CLOSED
    assert len(route.closed_by) == 1
    assert route.closed_by[0].startswith("India: not a party")
    assert any("Brazil: bound since" in reason for reason in route.why)


def test_a_protocol_of_which_one_state_is_no_party(shipped: Registry) -> None:
    route = route_of(shipped, "IN", "FR", Measure.SUBSCRIBER_INFORMATION, "budapest-ap2")
    assert any(reason.startswith("India: not") for reason in route.closed_by)


def test_a_condition_that_is_not_met_closes(shipped: Registry) -> None:
    query = Query(requesting="IN", requested="DE", measure=Measure.CONFISCATION, on=ON, offences=("phishing",))
    route = next(r for r in find_routes(query, shipped).routes if r.instrument == "uncac")
    assert route.closed_by
    assert all("not met" in reason for reason in route.closed_by)


def test_what_is_not_closed_is_closed_by_nothing(shipped: Registry) -> None:
    query = Query(requesting="DE", requested="FR", measure=Measure.PRESERVATION, on=ON)
    assert all(not r.closed_by for r in find_routes(query, shipped).routes if r.status is not Status.CLOSED)

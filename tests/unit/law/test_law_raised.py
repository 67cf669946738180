"""A ground for refusal that the facts raise keeps a route from being open."""

from datetime import date

import pytest

from comity.law import Measure, Query, Status, find_routes, load_registry
from comity.law.route import ConditionKind, RiskState, Route

DAY = date(2022, 5, 1)


def route(instrument: str, pair: str, measure: Measure, facts: dict[str, bool]) -> Route:
    who, whom = pair.split("-")
    query = Query(requesting=who, requested=whom, measure=measure, on=DAY, offences=("computer_fraud",), facts=facts)
    return next(r for r in find_routes(query, load_registry()).routes if r.instrument == instrument)


@pytest.mark.parametrize(
    ("instrument", "pair", "measure", "fact"),
    [
        ("eu-eaw", "FR-DE", Measure.EXTRADITION, "prior_judgment"),
        ("budapest", "US-DE", Measure.PRESERVATION, "political_character"),
        ("in-us-extradition-1997", "IN-US", Measure.EXTRADITION, "military_character"),
        ("eu-eio", "FR-DE", Measure.CONTENT_DATA, "privileged_holder"),
        ("au-us-mlat-1997", "AU-US", Measure.CONTENT_DATA, "political_character"),
        ("ae-in-extradition-1999", "IN-AE", Measure.EXTRADITION, "lapsed"),
    ],
)
def test_it_waits_until_somebody_has_checked(instrument: str, pair: str, measure: Measure, fact: str) -> None:
    assert route(instrument, pair, measure, {}).status is Status.OPEN
    assert route(instrument, pair, measure, {fact: False}).status is Status.OPEN
    raised = route(instrument, pair, measure, {fact: True})
    assert raised.status is Status.CONDITIONAL
    said = [c for c in raised.conditions if c.text.startswith("the requested state does not refuse: ")]
    assert [(c.kind, c.gate) for c in said] == [(ConditionKind.STATED, True)]
    assert said[0].why.endswith("the treaty was not read") is raised.assumed
    assert [risk.state for risk in raised.refusal_risks][:1] == [RiskState.LIVE]


def test_what_only_delays_keeps_nothing_closed() -> None:
    facts = {"proceedings_there": True}
    assert route("budapest", "US-DE", Measure.CONTENT_DATA, facts).status is Status.OPEN


def test_nationality_matters_only_where_a_person_is_asked_for() -> None:
    facts = {"person_is_national_there": True}
    assert route("budapest", "US-DE", Measure.CONTENT_DATA, facts).status is Status.OPEN


def test_a_treaty_that_surrenders_nationals_stays_open() -> None:
    facts = {"person_is_national_there": True}
    assert route("in-us-extradition-1997", "IN-US", Measure.EXTRADITION, facts).status is Status.OPEN

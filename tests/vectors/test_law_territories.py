"""Where treaties reach a territory: declarations as published, each with its source beside it."""

from datetime import date

import pytest

from comity.law import Measure, Query, Status, find_routes, load_registry
from comity.law.standing import Bound

REGISTRY = load_registry()
TODAY = date(2026, 11, 24)
BOUND = [
    # press release of the Government of Hong Kong, 2006-02-14: in force for China on 12 February, applicable to HK
    ("uncac", "HK", date(2006, 2, 11), Bound.NO),
    ("uncac", "HK", date(2006, 2, 12), Bound.YES),
    # country review of the United Kingdom under UNCAC: annexes on Guernsey, Jersey, Isle of Man, British Virgin Islands
    ("uncac", "JE", TODAY, Bound.YES),
    ("uncac", "JE", date(2010, 1, 1), Bound.UNKNOWN),
    ("uncac", "JE", date(2006, 1, 1), Bound.NO),
    # Denmark on ratifying the Convention on Cybercrime: not for the Faroe Islands and Greenland (WIPO Lex, 952)
    ("budapest", "FO", TODAY, Bound.NO),
    ("budapest", "GL", TODAY, Bound.NO),
    # the Netherlands: for the Kingdom in Europe; Curacao from 2024-10-01 (verdragen.nl, 009852)
    ("budapest", "CW", date(2024, 9, 30), Bound.NO),
    ("budapest", "CW", date(2024, 10, 1), Bound.YES),
    ("budapest", "AW", TODAY, Bound.NO),
    # the United Kingdom consents for those territories that wish it (OECD, communication of the UK): not known here
    ("budapest", "GG", TODAY, Bound.UNKNOWN),
    ("budapest", "GG", date(2011, 8, 31), Bound.NO),
    # China is no party to the Convention on Cybercrime: nor can it reach Hong Kong
    ("budapest", "HK", TODAY, Bound.NO),
]


@pytest.mark.parametrize(("instrument", "territory", "on", "bound"), BOUND)
def test_a_territory_is_reached_as_declared(instrument: str, territory: str, on: date, bound: Bound) -> None:
    assert REGISTRY.standing(REGISTRY.instrument(instrument), territory, on).bound is bound


def status(requesting: str, requested: str, instrument: str) -> Status:
    query = Query(requesting=requesting, requested=requested, measure=Measure.TESTIMONY, on=TODAY)
    return next(o.status for o in find_routes(query, REGISTRY).options if o.instrument.id == instrument)


def test_no_treaty_works_between_a_state_and_its_own_part() -> None:
    assert status("HK", "US", "uncac") is not Status.CLOSED
    assert status("HK", "CN", "uncac") is Status.CLOSED
    assert status("HK", "MO", "uncac") is Status.CLOSED


def test_a_treaty_between_two_states_may_reach_a_dependency_but_not_a_region_that_makes_its_own() -> None:
    assert status("GG", "US", "gb-us-mlat") is Status.CONDITIONAL
    query = Query(requesting="HK", requested="US", measure=Measure.TESTIMONY, on=TODAY)
    assert "cn-us-mlat" not in {o.instrument.id for o in find_routes(query, REGISTRY).options}

"""The day for which a source speaks is not the day on which the law changed."""

from collections.abc import Callable
from datetime import date

import pytest

from comity.law import Measure, Query, find_routes, load_registry, timeline
from comity.law.instrument import Participation
from comity.law.registry import Registry
from comity.law.vocabulary import Confidence, Status

REGISTRY = load_registry()


def status(instrument: str, requesting: str, requested: str, on: str) -> Status:
    query = Query(requesting=requesting, requested=requested, measure=Measure.EXTRADITION, on=date.fromisoformat(on))
    return next(o.status for o in find_routes(query, REGISTRY).options if o.instrument.id == instrument)


@pytest.mark.parametrize(
    ("on", "warrant", "convention"),
    [
        ("2004-08-22", Status.CLOSED, Status.OPEN),
        ("2004-08-23", Status.OPEN, Status.CLOSED),
        ("2005-07-17", Status.OPEN, Status.CLOSED),
        ("2005-07-18", Status.CLOSED, Status.OPEN),  # BVerfG 2 BvR 2236/04
        ("2006-08-01", Status.CLOSED, Status.OPEN),
        ("2006-08-02", Status.OPEN, Status.CLOSED),
    ],
)
def test_germany_had_two_acts_on_the_arrest_warrant_and_a_gap(on: str, warrant: Status, convention: Status) -> None:
    assert status("eu-eaw", "ES", "DE", on) is warrant
    assert status("coe-extradition-1957", "ES", "DE", on) is convention


def test_where_it_is_not_known_whether_another_takes_its_place_it_is_conditional() -> None:
    assert status("eu-eaw", "FR", "DE", "2005-01-01") is Status.CONDITIONAL
    assert status("coe-extradition-1957", "FR", "DE", "2005-01-01") is Status.CONDITIONAL
    query = Query(requesting="FR", requested="DE", measure=Measure.EXTRADITION, on=date(2005, 1, 1))
    convention = next(r for r in find_routes(query, REGISTRY).routes if r.instrument == "coe-extradition-1957")
    assert any("is not known: check it" in why for why in convention.why)


def test_no_change_of_the_law_is_told_on_the_day_of_a_source() -> None:
    query = Query(requesting="GB", requested="DE", measure=Measure.PRESERVATION, on=date(2026, 11, 24))
    line = timeline(query, REGISTRY, to_on=date(2030, 12, 31))
    assert date(2026, 11, 24) not in {change.on for change in line.changes}
    assert ("g7-24-7", Status.OPEN) in {(found.instrument, found.after) for found in line.found}


def test_periods_of_one_state_follow_each_other(changed_world: Callable[..., Registry]) -> None:
    def period(begins: str, ends: str = "") -> Participation:
        return Participation(
            state="IN",
            how="membership",
            in_force_on=begins,
            ended_on=ends,
            source_url="u",
            as_of="2026",
            confidence=Confidence.HIGH,
        )

    world = changed_world(
        participations={
            "convention": (
                period("2005-01-01", "2007-01-01"),
                period("2009-01-01", "2010-01-01"),
                period("2012-01-01"),
            )
        }
    )
    bound = [
        world.standing(world.instrument("convention"), "IN", date(year, 6, 1)).bound.name for year in range(2004, 2013)
    ]
    assert bound == ["NO", "YES", "YES", "NO", "NO", "YES", "NO", "NO", "YES"]

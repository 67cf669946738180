"""A provision may be younger than its instrument, and be there for some offences alone."""

from collections.abc import Callable
from datetime import date

import msgspec
import pytest

from comity.law.find import find_routes
from comity.law.query import Query
from comity.law.registry import Registry, build_registry
from comity.law.timeline import timeline
from comity.law.vocabulary import Measure, Status

TODAY = date(2026, 11, 24)
OPEN, CONDITIONAL, CLOSED = Status.OPEN, Status.CONDITIONAL, Status.CLOSED


def confined(world: Registry, changed_world: Callable[..., Registry], **fields: object) -> Registry:
    """The world with the preservation of its convention confined."""
    convention = world.instrument("convention")
    provisions = tuple(
        msgspec.structs.replace(p, **fields) if p.measure is Measure.PRESERVATION else p for p in convention.provisions
    )
    confining = msgspec.structs.replace(convention, provisions=provisions)
    return changed_world(instruments=tuple(confining if i.id == confining.id else i for i in world.data.instruments))


def asked(on: date, *offences: str) -> Query:
    return Query(requesting="US", requested="GB", measure=Measure.PRESERVATION, on=on, offences=offences)


def status(registry: Registry, on: date, *offences: str) -> Status:
    options = find_routes(asked(on, *offences), registry).options
    return next(option.status for option in options if option.instrument.id == "convention")


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2021, 12, 31), CLOSED),
        (date(2022, 1, 1), CONDITIONAL),  # some day of that year
        (date(2022, 12, 30), CONDITIONAL),
        (date(2022, 12, 31), OPEN),
    ],
)
def test_it_is_given_from_a_day_on(
    world: Registry, changed_world: Callable[..., Registry], on: date, expected: Status
) -> None:
    assert status(confined(world, changed_world, from_on="2022"), on, "fraud") is expected


def test_the_time_line_knows_the_day(world: Registry, changed_world: Callable[..., Registry]) -> None:
    registry = confined(world, changed_world, from_on="2022")
    changes = timeline(asked(TODAY, "fraud"), registry, from_on=date(2020, 1, 1), to_on=TODAY).changes
    told = [(change.on, change.after) for change in changes if change.instrument == "convention"]
    assert told == [(date(2022, 1, 1), CONDITIONAL), (date(2022, 12, 31), OPEN)]


@pytest.mark.parametrize(
    ("offences", "expected"),
    [
        (("fraud",), OPEN),
        (("phishing",), OPEN),  # rests on it
        (("forgery",), CONDITIONAL),  # phishing rests on it too
        (("access",), CLOSED),
        (("access", "fraud"), OPEN),
        (("access", "forgery"), CONDITIONAL),
        ((), CONDITIONAL),
    ],
)
def test_it_is_there_for_some_offences(
    world: Registry, changed_world: Callable[..., Registry], offences: tuple[str, ...], expected: Status
) -> None:
    assert status(confined(world, changed_world, only_offences=("fraud",)), TODAY, *offences) is expected


def test_an_attempt_may_be_one_of_them(world: Registry, changed_world: Callable[..., Registry]) -> None:
    registry = confined(world, changed_world, only_offences=("fraud",))
    trying = msgspec.structs.replace(registry.offence("access"), id="attempt", elements=("base_offence",))
    data = msgspec.structs.replace(registry.data, offences=(*registry.data.offences, trying))
    assert status(build_registry(data), TODAY, "attempt") is CONDITIONAL

"""What stays conditional while the offence, or the law of the requested state on it, is not known."""

from collections.abc import Callable
from datetime import date

import msgspec
import pytest

from comity.law.fact import FACTS
from comity.law.find import find_routes
from comity.law.instrument import Instrument, Reservation, Scope
from comity.law.query import Query
from comity.law.registry import Registry
from comity.law.vocabulary import Confidence, Fact, Measure, ReservationEffect, ScopeOffences, Status

TODAY = date(2026, 11, 24)


def status(registry: Registry, measure: Measure, *offences: str) -> Status:
    query = Query(requesting="US", requested="GB", measure=measure, on=TODAY, offences=offences)
    found = find_routes(query, registry).options
    return next(option.status for option in found if option.instrument.id == "convention")


def changed(world: Registry, **changes: object) -> tuple[Instrument, ...]:
    return tuple(msgspec.structs.replace(i, **changes) if i.id == "convention" else i for i in world.data.instruments)


def test_an_instrument_for_corruption_alone_is_not_offered_untold(
    world: Registry, changed_world: Callable[..., Registry]
) -> None:
    """United Nations Convention against Corruption arts 43(1), 46(1)."""
    scope = Scope(offences=(ScopeOffences.CORRUPTION,))
    registry = changed_world(instruments=changed(world, scope=scope))
    assert status(registry, Measure.PRESERVATION) is Status.CONDITIONAL
    assert status(registry, Measure.PRESERVATION, "fraud") is Status.CLOSED


@pytest.mark.parametrize(
    ("offences", "expected"),
    [(("unheard_of",), Status.CONDITIONAL), (("access",), Status.OPEN), ((), Status.OPEN)],
)
def test_a_reserved_dual_criminality_that_is_unknown_leaves_it_conditional(
    world: Registry, changed_world: Callable[..., Registry], offences: tuple[str, ...], expected: Status
) -> None:
    """CETS 185 art. 29(4): the reserving state may refuse what it has reason to believe is no offence there."""
    reservation = Reservation(
        state="GB",
        article="29(4)",
        kind="reservation",
        summary="dual criminality for preservation",
        effect=ReservationEffect.DUAL_CRIMINALITY,
        provisions=("29",),
        spares_listed=True,
        source_url="https://example.org/source",
        as_of="2026-01-01",
        confidence=Confidence.HIGH,
    )
    unheard = msgspec.structs.replace(world.offence("fraud"), id="unheard_of", budapest_article="", maps_to=())
    registry = changed_world(
        instruments=changed(world, reservations=(reservation,)), offences=(*world.data.offences, unheard)
    )
    assert status(registry, Measure.PRESERVATION, *offences) is expected


def test_property_is_handed_over_only_beside_a_surrender() -> None:
    """ETS 24 art. 20: while it is not known whether extradition is asked for, the route is not open."""
    assert FACTS[Fact.EXTRADITION_REQUESTED.value].gate

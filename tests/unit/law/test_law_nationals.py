"""What a state says of its own nationals: never, only if they agree, or only to be returned for the sentence."""

from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
import pytest

from comity.law.find import find_routes
from comity.law.instrument import Instrument, Reservation
from comity.law.lawdata import StateLaw
from comity.law.query import Query
from comity.law.registry import Registry
from comity.law.route import ConditionKind, RiskState, Route
from comity.law.state import NationalsRule
from comity.law.vocabulary import Confidence, Measure, RefusalGround, ReservationEffect, Status

NEVER = ReservationEffect.NATIONALITY
IF_THEY_AGREE = ReservationEffect.NATIONALS_CONSENT
TO_BE_RETURNED = ReservationEffect.NATIONALS_RETURN
AS_OTHERS = ReservationEffect.NATIONALS_SURRENDERED
NATIONAL, FOREIGNER = {"person_is_national_there": True}, {"person_is_national_there": False}
DAY = date(2020, 6, 1)


def declaring(world: Registry, change: Callable[..., Registry], effect: ReservationEffect, **more: object) -> Registry:
    """The world, where the United Kingdom has declared something on its nationals, and the convention a ground."""
    declared = Reservation(
        state="GB",
        article="24(6)",
        kind="declaration",
        summary="as it declared",
        effect=effect,
        measures=(Measure.EXTRADITION,),
        source_url="https://example.org",
        as_of="2026-01-01",
        confidence=Confidence.HIGH,
        **more,  # type: ignore[arg-type]  # facts by name
    )

    def changed(i: Instrument) -> Instrument:
        if i.id != "convention":
            return i
        provisions = tuple(
            msgspec.structs.replace(p, refusal_grounds=(RefusalGround.NATIONALITY,), min_years=0)
            if p.measure is Measure.EXTRADITION
            else p
            for p in i.provisions
        )
        return msgspec.structs.replace(i, provisions=provisions, reservations=(declared,))

    return change(instruments=tuple(map(changed, world.data.instruments)))


def surrender(world: Registry, facts: dict[str, bool], asking: str = "US", on: date = DAY) -> Route:
    query = Query(requesting=asking, requested="GB", measure=Measure.EXTRADITION, on=on, facts=facts)
    return next(r for r in find_routes(query, world).routes if r.instrument == "convention")


@pytest.mark.parametrize(
    ("effect", "facts", "status"),
    [
        (NEVER, {}, Status.OPEN),
        (NEVER, FOREIGNER, Status.OPEN),
        (NEVER, NATIONAL, Status.CLOSED),
        (NEVER, {**NATIONAL, "consent_of_person": True}, Status.CLOSED),
        (IF_THEY_AGREE, {}, Status.OPEN),
        (IF_THEY_AGREE, FOREIGNER, Status.OPEN),
        (IF_THEY_AGREE, NATIONAL, Status.CONDITIONAL),
        (IF_THEY_AGREE, {**NATIONAL, "consent_of_person": True}, Status.OPEN),
        (IF_THEY_AGREE, {**NATIONAL, "consent_of_person": False}, Status.CLOSED),
        (IF_THEY_AGREE, {"consent_of_person": True}, Status.OPEN),
        (IF_THEY_AGREE, {"consent_of_person": False}, Status.OPEN),
        (TO_BE_RETURNED, {}, Status.OPEN),
        (TO_BE_RETURNED, FOREIGNER, Status.OPEN),
        (TO_BE_RETURNED, NATIONAL, Status.CONDITIONAL),
        (AS_OTHERS, {}, Status.OPEN),
        (AS_OTHERS, NATIONAL, Status.OPEN),
    ],
)
def test_it_touches_the_person_and_not_the_route(
    world: Registry,
    changed_world: Callable[..., Registry],
    effect: ReservationEffect,
    facts: dict[str, bool],
    status: Status,
) -> None:
    route = surrender(declaring(world, changed_world, effect), facts)
    assert route.status is status
    kind = ConditionKind.ASSURANCE if effect is TO_BE_RETURNED else ConditionKind.NATIONALITY
    said = [c for c in route.conditions if c.kind is kind]
    assert [c.why for c in said] == ["as it declared"]
    assert effect is AS_OTHERS or not any("surrenders its own nationals" in c.text for c in route.conditions)


@pytest.mark.parametrize(
    ("effect", "facts", "state"),
    [
        (NEVER, {}, RiskState.LIVE),
        (NEVER, FOREIGNER, RiskState.EXCLUDED),
        (IF_THEY_AGREE, {"consent_of_person": True}, RiskState.EXCLUDED),
        (TO_BE_RETURNED, {}, RiskState.POSSIBLE),
        (TO_BE_RETURNED, NATIONAL, RiskState.LIVE),
    ],
)
def test_the_risk_of_refusal_follows(
    world: Registry,
    changed_world: Callable[..., Registry],
    effect: ReservationEffect,
    facts: dict[str, bool],
    state: RiskState,
) -> None:
    route = surrender(declaring(world, changed_world, effect), facts)
    assert [r.state for r in route.refusal_risks if r.ground is RefusalGround.NATIONALITY] == [state]


def test_a_declaration_toward_one_state_is_none_toward_others(
    world: Registry, changed_world: Callable[..., Registry]
) -> None:
    declared = declaring(world, changed_world, NEVER, toward=("US",), made_on="2020-02-01", withdrawn_on="2021-01-01")
    assert surrender(declared, NATIONAL).status is Status.CLOSED
    for route in (
        surrender(declared, NATIONAL, asking="DE"),
        surrender(declared, NATIONAL, on=date(2020, 1, 31)),
        surrender(declared, NATIONAL, on=date(2021, 1, 1)),
    ):
        assert route.status is Status.CONDITIONAL
        assert any("surrenders its own nationals" in c.text for c in route.conditions)


def with_law(
    world: Registry, change: Callable[..., Registry], effect: ReservationEffect, *, named: bool = True, **more: object
) -> Registry:
    """The world, where the United Kingdom has a law on its nationals; the convention names the ground or not."""
    rule = {
        "effect": effect,
        "law": "Constitution",
        "section": "art. 1",
        "source_url": "https://example.org",
        "as_of": "2026-01-01",
        "confidence": Confidence.HIGH,
    }
    grounds = (RefusalGround.NATIONALITY,) if named else ()

    def changed(i: Instrument) -> Instrument:
        provisions = tuple(
            msgspec.structs.replace(p, refusal_grounds=grounds, min_years=0) if p.measure is Measure.EXTRADITION else p
            for p in i.provisions
        )
        return msgspec.structs.replace(i, provisions=provisions) if i.id == "convention" else i

    own = msgspec.structs.replace(
        world.data.states.get("GB", StateLaw()),
        nationals=(NationalsRule(**{**rule, **more}),),  # type: ignore[arg-type]  # facts by name
    )
    return change(instruments=tuple(map(changed, world.data.instruments)), states={**world.data.states, "GB": own})


@pytest.mark.parametrize(
    ("effect", "facts", "named", "status"),
    [
        (NEVER, {}, True, Status.OPEN),
        (NEVER, FOREIGNER, True, Status.OPEN),
        (NEVER, NATIONAL, True, Status.CLOSED),
        (NEVER, NATIONAL, False, Status.CLOSED),
        (IF_THEY_AGREE, NATIONAL, True, Status.CONDITIONAL),
        (IF_THEY_AGREE, NATIONAL, False, Status.OPEN),
        (IF_THEY_AGREE, {**NATIONAL, "consent_of_person": True}, True, Status.OPEN),
        (TO_BE_RETURNED, NATIONAL, True, Status.CONDITIONAL),
        (AS_OTHERS, NATIONAL, True, Status.OPEN),
    ],
)
def test_the_law_of_a_state_speaks_under_every_instrument(
    world: Registry,
    changed_world: Callable[..., Registry],
    effect: ReservationEffect,
    facts: dict[str, bool],
    named: bool,
    status: Status,
) -> None:
    """A ban holds whatever a treaty names; the rest counts where nationality is a ground."""
    assert surrender(with_law(world, changed_world, effect, named=named), facts).status is status


def test_a_law_stands_on_its_days_and_spares_what_it_names(
    world: Registry, changed_world: Callable[..., Registry]
) -> None:
    before = with_law(world, changed_world, NEVER, in_force_from="2020-06-02")
    after = with_law(world, changed_world, NEVER, in_force_from="2010", in_force_to="2020-05-31")
    spared = with_law(world, changed_world, NEVER, not_under=("convention",))
    recalled = with_law(world, changed_world, NEVER, confidence=Confidence.LOW)
    for changed in (before, after, spared, recalled):
        assert surrender(changed, NATIONAL).status is Status.CONDITIONAL
    assert surrender(before, NATIONAL, on=date(2020, 6, 2)).status is Status.CLOSED


@pytest.mark.parametrize(
    ("offences", "spares", "status"),
    [
        ((), {"not_offences": ("other",)}, Status.CONDITIONAL),
        (("access",), {"not_offences": ("other",)}, Status.CLOSED),
        (("access",), {"not_offences": ("other", "access")}, Status.CONDITIONAL),
        (("access",), {"unless": "the person was naturalised"}, Status.CONDITIONAL),
        (("access",), {}, Status.CLOSED),
    ],
)
def test_a_ban_with_exceptions_does_not_close_what_they_may_cover(
    world: Registry,
    changed_world: Callable[..., Registry],
    offences: tuple[str, ...],
    spares: dict[str, Any],
    status: Status,
) -> None:
    """Costa Rica surrenders its nationals for drug trafficking since 2025, Brazil some who were naturalised."""
    changed = with_law(world, changed_world, NEVER, **spares)
    query = Query(
        requesting="US", requested="GB", measure=Measure.EXTRADITION, on=DAY, offences=offences, facts=NATIONAL
    )
    assert next(r for r in find_routes(query, changed).routes if r.instrument == "convention").status is status


def test_a_declaration_goes_before_the_law(world: Registry, changed_world: Callable[..., Registry]) -> None:
    lawful = with_law(world, changed_world, NEVER)

    def change(**changes: object) -> Registry:
        return changed_world(**{"states": lawful.data.states, **changes})

    assert surrender(declaring(lawful, change, AS_OTHERS), NATIONAL).status is Status.OPEN

"""Detectors of diplomatic obstacles."""

import re
from collections.abc import Iterator

from comity.law import Addressee, Channel, ConditionState, InstrumentKind, Measure, Status, state_name
from comity.plan.obstacles.scene import Detector, Hit, Scene, by_state
from comity.plan.tables import signs

BROKEN = re.compile(r"\b(suspended|denounced|terminated|withdr\w+) (?:on|since)\b", re.IGNORECASE)
NAMED_CHANNELS = frozenset({Channel.CENTRAL_AUTHORITIES, Channel.JUDICIAL_DIRECT})


def no_relations_or_sanctions(scene: Scene) -> Iterator[Hit]:
    """A treaty or network is closed because one of the two suspended or left it."""

    def found() -> Iterator[tuple[str, str, str]]:
        for planned in scene.abroad:
            for route in planned.routing.routes:
                why = next((reason for reason in route.why if BROKEN.search(reason)), "")
                if route.status is Status.CLOSED and why:
                    yield planned.step.state, f"{route.title}: {why}", planned.step.id

    return by_state(found())


def reciprocity_demand(scene: Scene) -> Iterator[Hit]:
    """The route rests on comity, or asks whether reciprocity can be assured, and nobody said that it can."""
    if scene.case.legal_facts.get("reciprocity_assured", False):
        return iter(())

    def found() -> Iterator[tuple[str, str, str]]:
        for planned, route in scene.routed:
            asked = any(
                "reciproc" in c.text.casefold() and c.state is ConditionState.TO_CHECK for c in route.conditions
            )
            if route.kind is InstrumentKind.COMITY or asked:
                yield planned.step.state, f"{route.title}: no assurance is in the case file", planned.step.id

    return by_state(found())


def channel_mismatch(scene: Scene) -> Iterator[Hit]:
    """The authority that receives such requests was not sourced."""

    def found() -> Iterator[tuple[str, str, str]]:
        for planned, route in scene.routed:
            addressee = route.addressee
            unnamed = addressee.kind is Addressee.AUTHORITY and not addressee.name
            if unnamed and route.channel in NAMED_CHANNELS:
                fact = f"{planned.step.state_name}: {addressee.note or 'the authority was not sourced'} ({route.title})"
                yield planned.step.state, fact, planned.step.id

    return by_state(found())


def sensitivity_essential_interests(scene: Scene) -> Iterator[Hit]:
    """An offence that states tie to their security."""
    for offence in scene.case.offences:
        if offence.id in signs().touching_security:
            yield Hit(fact=f"{offence.id} is among the offences", steps=tuple(p.step.id for p in scene.abroad))


def asset_sharing_dispute(scene: Scene) -> Iterator[Hit]:
    """Money is to be returned, and victims are in several states or not listed with their losses."""
    steps = tuple(p.step.id for p in scene.abroad if p.step.measure is Measure.ASSET_RETURN)
    if not steps:
        return
    victims = [v for v in scene.case.victims if v.number]
    if len({v.state for v in victims}) > 1:
        named = ", ".join(state_name(v.state) for v in victims)
        yield Hit(fact=f"victims in several states: {named}", steps=steps)
    without = [state_name(v.state) for v in victims if v.loss is None]
    if without or not victims:
        what = f"no loss is given for {', '.join(without)}" if without else "the case file lists no victims"
        yield Hit(fact=what, steps=steps)


DETECTORS: dict[str, Detector] = {
    "no_relations_or_sanctions": no_relations_or_sanctions,
    "reciprocity_demand": reciprocity_demand,
    "channel_mismatch": channel_mismatch,
    "sensitivity_essential_interests": sensitivity_essential_interests,
    "asset_sharing_dispute": asset_sharing_dispute,
}

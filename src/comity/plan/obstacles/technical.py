"""Detectors of technical obstacles."""

import re
from collections.abc import Iterator

from comity.law import Measure
from comity.leads.model import Observable, ObservableKind, Role
from comity.plan.drops import channel_of
from comity.plan.instants import day_of
from comity.plan.obstacles.scene import Detector, Hit, Scene
from comity.plan.phrases import count, listing
from comity.plan.routing import is_urgent
from comity.plan.tables import signs

#: Kinds that lead to a host or a person, so that a missing state is a gap in the trail.
TRAIL = frozenset({ObservableKind.IPV4, ObservableKind.IPV6, ObservableKind.DOMAIN, ObservableKind.EMAIL})
LOOK_ALIKE = "look-alike"
SHARED = frozenset({Role.ORIGIN, Role.TELECOM})
PORT = re.compile(r"(?:\d|\])[:#]\d{2,5}\b|\bport\b", re.IGNORECASE)
SERVER = "server-network"
DIALLED = re.compile(r"\s*(?:\+|00\s?[1-9])")
"""A number written with its country code (ITU-T E.123)."""
MAX_NAMED = 4


def loss_of_data(scene: Scene) -> Iterator[Hit]:
    """Volatile data are asked for and no preservation is on record."""
    for planned in scene.planned:
        asked = planned.step.measure is Measure.PRESERVATION and is_urgent(planned.draft)
        if asked and not any(done.effective for done in planned.earlier):
            known = [planned.step.period.start] if planned.step.period and planned.step.period.start else []
            age = (
                f"; the oldest moment lies {(scene.on - day_of(known[0], scene.moments.zone)).days} days back"
                if known
                else ""
            )
            yield Hit(
                fact=f"{planned.step.holder_name}: no preservation in effect is on record{age}",
                steps=(planned.step.id,),
                state=planned.step.state,
                on=scene.on,
            )


def loss_of_location(scene: Scene) -> Iterator[Hit]:
    """Part of the trail leads to an anonymiser or to no state."""
    for planned in scene.planned:
        exits = [
            o.shown
            for o, held in zip(planned.step.objects, planned.draft.objects, strict=True)
            if _exit(held.nexus.role)
        ]
        if exits and planned.step.measure is Measure.PRESERVATION:
            yield Hit(
                fact=f"{_named(exits)}: an anonymiser's exit, not the place of whoever used it",
                steps=(planned.step.id,),
                state=planned.step.state,
            )
    lost = [
        o.shown or o.value
        for o in scene.stateless
        if o.kind in TRAIL and not signs().nobody & set(o.tags) and (LOOK_ALIKE in o.tags or _led_to(scene, o.value))
    ]
    if lost:
        yield Hit(fact=f"{_named(lost)}: no state or holder can be told from data at hand")


def _exit(role: Role) -> bool:
    return role is Role.ANONYMISER


def _led_to(scene: Scene, value: str) -> bool:
    folded = value.casefold()
    evidence = scene.evidence
    return folded in evidence.origins or folded in evidence.replies or folded in evidence.linked_hosts


def _named(values: list[str]) -> str:
    more = f" and {len(values) - MAX_NAMED} more" if len(values) > MAX_NAMED else ""
    return ", ".join(values[:MAX_NAMED]) + more


def encryption(scene: Scene) -> Iterator[Hit]:
    """Content is asked of a service that cannot read it."""
    for planned in scene.planned:
        holder = planned.draft.holder
        sealed = holder is not None and holder.provider in signs().end_to_end
        if planned.step.measure is Measure.CONTENT_DATA and holder is not None and sealed:
            yield Hit(
                fact=f"{holder.name} encrypts messages end to end (at least in part)",
                steps=(planned.step.id,),
                state=planned.step.state,
            )


def carrier_grade_nat(scene: Scene) -> Iterator[Hit]:
    """An IPv4 address of an access network is to be tied to a person and no source port was recorded."""
    for planned in scene.planned:
        if planned.step.measure is not Measure.SUBSCRIBER_INFORMATION:
            continue
        without = [
            held.observable.value
            for held in planned.draft.objects
            if held.observable.kind is ObservableKind.IPV4
            and held.nexus.role in SHARED
            and SERVER not in held.observable.tags
            and not any(PORT.search(place.text) for place in held.observable.places)
        ]
        if without:
            yield Hit(
                fact=f"{_named(without)}: no source port was found beside it in the evidence",
                steps=(planned.step.id,),
                state=planned.step.state,
            )


def crypto_assets(scene: Scene) -> Iterator[Hit]:
    """Crypto-asset addresses are among what the case pursues or cannot place."""
    held = {h.observable.value for h in scene.pursued if h.observable.kind is ObservableKind.CRYPTO}
    free = [h.observable.value for h in scene.holding.ledgers]
    steps = tuple(
        p.step.id
        for p in scene.planned
        if p.step.measure is Measure.FREEZING and any(o.kind is ObservableKind.CRYPTO for o in p.step.objects)
    )
    if free:
        yield Hit(fact=f"{_counted(scene)} that no service is known to hold: {_named(free)}")
    if held:
        yield Hit(
            fact=f"{len(held)} addresses that a service or an issuer can stop: {_named(sorted(held))}", steps=steps
        )


def _counted(scene: Scene) -> str:
    """``1 address and 1 transaction``."""
    kinds = [held.observable.kind for held in scene.holding.ledgers]
    addresses = sum(kind is ObservableKind.CRYPTO for kind in kinds)
    rest = len(kinds) - addresses
    told = [f"{addresses} address{'' if addresses == 1 else 'es'}"] if addresses else []
    return listing([*told, *([count(rest, "transaction")] if rest else [])])


def identifier_quality(scene: Scene) -> Iterator[Hit]:
    """A holder cannot look up a masked card, a number whose country was guessed, or a channel without its account."""
    for planned in scene.planned:
        for observable in (held.observable for held in planned.draft.objects):
            for fact in (*_inexact(observable, planned.step.measure), *_nameless(observable, planned.step.measure)):
                yield Hit(fact=fact, steps=(planned.step.id,), state=planned.step.state)


def _inexact(observable: Observable, measure: Measure) -> Iterator[str]:
    if measure not in (Measure.BANK_INFORMATION, Measure.SUBSCRIBER_INFORMATION):
        return
    if observable.kind is ObservableKind.CARD and "*" in observable.value:
        yield f"card {observable.value} is masked"
    if "region-assumed" in observable.tags and not any(DIALLED.match(p.text) for p in observable.places):
        yield f"{observable.value}: the country code was assumed, it is not in the evidence"


def _nameless(observable: Observable, measure: Measure) -> Iterator[str]:
    """What names a service and no account there: nothing of it can be kept either."""
    channel = channel_of(observable)
    if channel is not None and not channel.value and measure in _LOOKED_UP:
        yield f"{observable.value}: no {channel.identifier} stands in it"


_LOOKED_UP = frozenset({Measure.BANK_INFORMATION, Measure.SUBSCRIBER_INFORMATION, Measure.PRESERVATION})


DETECTORS: dict[str, Detector] = {
    "loss_of_data": loss_of_data,
    "loss_of_location": loss_of_location,
    "encryption": encryption,
    "carrier_grade_nat": carrier_grade_nat,
    "crypto_assets": crypto_assets,
    "identifier_quality": identifier_quality,
}

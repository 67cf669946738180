"""What the pictures of a plan show: relations, the map, and moments, as data that the page's script draws."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from comity.law import state_name
from comity.law.atlas import load_world
from comity.leads.model import Leads
from comity.node.plans.layout import STEP, Point, around, rings
from comity.node.vocabulary import words
from comity.plan import Plan
from comity.plan.model import Holder, NotPursued
from comity.plan.model.holding import Tie
from comity.plan.report.flow import flow_words

THINGS_MAX = 2000
"""So many things are drawn, those that weigh most first; the list beneath has all."""


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A thing, who keeps things, or a state."""

    id: str
    """``state:IN``, ``holder:h1``, or the id of an observable: what the page's ``of`` takes."""
    name: str
    kind: str
    """``state``, ``holder``, or the kind of an observable; ``passed`` where nothing is asked about it."""
    state: str = ""
    x: float
    y: float
    weight: int = 0


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A relation between two marks."""

    source: str
    target: str
    kind: str
    """``tie``, ``mail`` or ``money``."""
    name: str = ""


class Dot(msgspec.Struct, frozen=True, kw_only=True):
    """A moment."""

    at: str
    kind: str
    name: str
    step: str = ""


class Arc(msgspec.Struct, frozen=True, kw_only=True):
    """What went from one state to another, on the map."""

    source: Point
    target: Point
    kind: str
    name: str


class Spot(msgspec.Struct, frozen=True, kw_only=True):
    """A state of the case on the map."""

    id: str
    name: str
    at: Point
    role: str


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """All that the script draws."""

    marks: tuple[Mark, ...]
    lines: tuple[Line, ...]
    kinds: dict[str, str]
    """Kinds of marks, in words, in their order."""
    dots: tuple[Dot, ...]
    moments: dict[str, str]
    """Kinds of moments, in words."""
    spots: tuple[Spot, ...]
    arcs: tuple[Arc, ...]
    left_out: int
    """Things that are only in the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """What one holder has, or what of one state has no holder that is asked."""

    state: str
    holder: Holder | None
    things: tuple[tuple[str, str, str, int], ...]
    """Id, name, kind and weight."""


def draw(plan: Plan, leads: Leads) -> Picture:
    """The pictures of a plan."""
    groups = _groups(plan)
    marks = tuple(_marks(groups))
    drawn = {mark.id for mark in marks}
    things = sum(len(group.things) for group in groups)
    return Picture(
        marks=marks,
        lines=(*_ties(groups), *_flows(leads, drawn)),
        kinds={kind: _kind(kind) for kind in dict.fromkeys(mark.kind for mark in marks)},
        dots=tuple(Dot(at=e.at, kind=e.kind, name=e.title, step=e.step) for e in plan.events),
        moments={kind: words(kind) for kind in dict.fromkeys(event.kind for event in plan.events)},
        spots=tuple(_spots(plan)),
        arcs=tuple(_arcs(plan)),
        left_out=sum(len(h.ties) for h in plan.holders) + len(plan.not_pursued) - things,
    )


def _groups(plan: Plan) -> list[_Group]:
    left = THINGS_MAX
    found: list[_Group] = []
    for holder in plan.holders:
        things = tuple(_tied(tie) for tie in holder.ties[:left])
        left -= len(things)
        found.append(_Group(state=holder.state, holder=holder, things=things))
    passed: dict[str, list[NotPursued]] = defaultdict(list)
    for one in plan.not_pursued[:left]:
        passed[one.state].append(one)
    for state, ones in passed.items():
        found.append(_Group(state=state, holder=None, things=tuple(_passed(one) for one in ones)))
    return found


def _tied(tie: Tie) -> tuple[str, str, str, int]:
    return tie.observable, tie.shown, tie.kind.value, tie.weight


def _passed(one: NotPursued) -> tuple[str, str, str, int]:
    return one.observable, one.shown, "passed", 0


def _marks(groups: list[_Group]) -> Iterator[Mark]:
    """Every mark once, in its place; a thing that two keep stands with the first."""
    language = get_language() or "en"
    by_state: dict[str, list[_Group]] = defaultdict(list)
    for group in groups:
        by_state[group.state].append(group)
    placed = {
        state: rings([around(len(g.things))[1] for g in ones], middle=2 * STEP) for state, ones in by_state.items()
    }
    centres, _radius = rings([radius for _, radius in placed.values()])
    seen: set[str] = set()
    for (state, ones), centre in zip(by_state.items(), centres, strict=True):
        name = state_name(state, language) if state else _("no state can be told")
        yield Mark(id=f"state:{state}", name=name, kind="state", state=state, x=_at(centre[0]), y=_at(centre[1]))
        for group, place in zip(ones, placed[state][0], strict=True):
            yield from _of_group(group, (centre[0] + place[0], centre[1] + place[1]), seen)


def _of_group(group: _Group, centre: Point, seen: set[str]) -> Iterator[Mark]:
    holder = group.holder
    if holder is not None:
        place = {"x": _at(centre[0]), "y": _at(centre[1])}
        yield Mark(
            id=f"holder:{holder.id}", name=holder.name, kind="holder", state=group.state, weight=holder.weight, **place
        )
    for (thing, name, kind, weight), (x, y) in zip(group.things, around(len(group.things))[0], strict=True):
        if thing not in seen:
            seen.add(thing)
            at = {"x": _at(centre[0] + x), "y": _at(centre[1] + y)}
            yield Mark(id=thing, name=name, kind=kind, state=group.state, weight=weight, **at)


def _ties(groups: Iterable[_Group]) -> Iterator[Line]:
    for group in groups:
        keeper = f"holder:{group.holder.id}" if group.holder else f"state:{group.state}"
        if group.holder:
            yield Line(source=keeper, target=f"state:{group.state}", kind="tie", name=words(group.holder.role))
        for thing, *_rest in group.things:
            yield Line(source=thing, target=keeper, kind="tie")


def _flows(leads: Leads, drawn: set[str]) -> Iterator[Line]:
    """Mails and payments between things that are drawn, each pair once."""
    by_value = {key.partition(":")[2].casefold(): key for key in drawn if not key.startswith(("state:", "holder:"))}
    pairs: dict[tuple[str, str, str], int] = defaultdict(int)
    for mail in leads.mails:
        for to in mail.to:
            pairs["mail", mail.from_address.casefold(), to.casefold()] += 1
    for payment in leads.transfers:
        pairs["money", payment.source.casefold(), payment.target.casefold()] += 1
    for (kind, source, target), number in pairs.items():
        if source in by_value and target in by_value and source != target:
            yield Line(source=by_value[source], target=by_value[target], kind=kind, name=str(number))


def _spots(plan: Plan) -> Iterator[Spot]:
    shapes = load_world().states
    for state in plan.states:
        if shape := shapes.get(state.state):
            role = state.roles[0].value if state.roles else ""
            yield Spot(id=f"state:{state.state}", name=state.name, at=(shape.x, shape.y), role=role)


def _arcs(plan: Plan) -> Iterator[Arc]:
    shapes = load_world().states
    for flow in plan.flows:
        one, other = shapes.get(flow.source), shapes.get(flow.target)
        if one and other and one is not other:
            yield Arc(source=(one.x, one.y), target=(other.x, other.y), kind=flow.kind.value, name=flow_words(flow))


def _kind(kind: str) -> str:
    return {"state": _("states"), "holder": _("who keeps data or money"), "passed": _("nothing is asked")}.get(
        kind, words(kind)
    )


def _at(number: float) -> float:
    return round(number, 1)

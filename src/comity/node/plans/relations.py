"""One thing of a plan with all that ties it, and the list of all of them."""

from dataclasses import dataclass

from comity.leads.model import Leads, Nexus, Place
from comity.plan import Plan
from comity.plan.model import Holder, InvolvedState, NotPursued, Step
from comity.plan.model.holding import Tie


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the list."""

    id: str
    shown: str
    kind: str
    role: str
    holder: str
    state: str
    confidence: str
    reason: str
    """Why nothing is asked about it; empty: something is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A tie and who keeps the thing by it."""

    tie: Tie
    holder: Holder
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A place and the name of the file that it lies in."""

    file: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """One thing of the evidence."""

    id: str
    shown: str
    value: str
    kind: str
    held: tuple[Held, ...]
    passed: tuple[NotPursued, ...]
    nexus: tuple[Nexus, ...]
    """What was found, for a thing that nobody is asked about."""
    places: tuple[Found, ...]
    place_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeper:
    """One holder and what is asked of it."""

    holder: Holder
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Land:
    """One state of the case."""

    state: InvolvedState
    holders: tuple[Holder, ...]
    steps: tuple[Step, ...]


def rows(plan: Plan) -> list[Row]:
    """Every tie, those that are asked about first."""
    tied = [
        Row(
            id=tie.observable,
            shown=tie.shown,
            kind=tie.kind.value,
            role=tie.role.value,
            holder=holder.name,
            state=holder.state,
            confidence=tie.confidence.value,
            reason="",
        )
        for holder in plan.holders
        for tie in holder.ties
    ]
    passed = [
        Row(
            id=one.observable,
            shown=one.shown,
            kind=one.kind.value,
            role="",
            holder=one.holder_name,
            state=one.state,
            confidence="",
            reason=one.reason,
        )
        for one in plan.not_pursued
    ]
    return tied + passed


def find(plan: Plan, leads: Leads, of: str) -> Thing | Keeper | Land | None:
    """What an id of a mark names; None: nothing in this plan."""
    kind, _, rest = of.partition(":")
    if kind == "state":
        return _land(plan, rest)
    if kind == "holder":
        holder = next((one for one in plan.holders if one.id == rest), None)
        return Keeper(holder=holder, steps=_asked(plan, holder)) if holder else None
    return _thing(plan, leads, of)


def _land(plan: Plan, code: str) -> Land | None:
    state = next((one for one in plan.states if one.state == code), None)
    if state is None:
        return None
    return Land(
        state=state,
        holders=tuple(one for one in plan.holders if one.state == code),
        steps=tuple(step for step in plan.steps if step.state == code),
    )


def _asked(plan: Plan, holder: Holder) -> tuple[Step, ...]:
    return tuple(step for step in plan.steps if step.holder == holder.id)


def _thing(plan: Plan, leads: Leads, of: str) -> Thing | None:
    held = tuple(
        Held(tie=tie, holder=holder, steps=_about(plan, holder, of))
        for holder in plan.holders
        for tie in holder.ties
        if tie.observable == of
    )
    passed = tuple(one for one in plan.not_pursued if one.observable == of)
    seen = next((one for one in leads.observables if f"{one.kind.value}:{one.value}" == of), None)
    if not held and not passed:
        return None
    first = held[0].tie if held else passed[0]
    places = seen.places if seen else held[0].tie.places if held else ()
    files = {artifact.id: artifact.path for artifact in leads.artifacts}
    return Thing(
        id=of,
        shown=first.shown,
        value=first.value,
        kind=first.kind.value,
        held=held,
        passed=passed,
        nexus=seen.nexus if seen and not held else (),
        places=tuple(Found(file=files.get(place.artifact, place.artifact), place=place) for place in places[:20]),
        place_count=len(places),
    )


def _about(plan: Plan, holder: Holder, of: str) -> tuple[Step, ...]:
    return tuple(step for step in _asked(plan, holder) if any(item.observable == of for item in step.objects))

"""The plan in plain words, for a reader who signs: a few sentences, each worked out from the plan."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from comity.law import Channel, Measure
from comity.plan.model import Obstacle, Plan, StateRole, Step, UrgencyClass
from comity.plan.notices import CODES
from comity.plan.report.words import amount, count, day, listing, words
from comity.plan.tables import acts

FIRST_ACTS = 10
"""How many steps the first page names."""
FIRST_OBSTACLES = 4
FIRST_ENDS = 3
FIRST_MISSING = 4
MOST_NAMES = 6
_FORMAL = frozenset({Channel.CENTRAL_AUTHORITIES, Channel.JUDICIAL_DIRECT, Channel.DIPLOMATIC})


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """Steps that ask the same, folded into a line."""

    steps: tuple[str, ...]
    """Their ids, in order."""
    title: str
    from_on: date
    whom: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What the first page says."""

    sentences: tuple[str, ...]
    first: tuple[Step, ...]
    """The first of the steps that go out within hours, in order."""
    more: int
    """How many others go out within hours."""
    hours: tuple[Step, ...]
    days: tuple[Step, ...]
    later: tuple[Step, ...]
    """All steps, by how soon they go out."""
    folds: tuple[Fold, ...]
    """The later ones, folded."""
    rest: tuple[tuple[str, tuple[Fold, ...]], ...]
    """What the first steps leave over, folded, under a heading each."""
    ends: tuple[Step, ...]
    """Where something that stands ends next."""
    missing: tuple[str, ...]
    """What is odd about the case, or missing from its evidence."""
    obstacles: tuple[Obstacle, ...]
    """Those that block, then the gravest of the others."""


def summarise(plan: Plan) -> Summary:
    """Who asks, what the evidence shows, what to do first, what stands in the way."""
    sentences = (_case(plan), _evidence(plan), _steps(plan), _obstacles(plan), _jurisdiction(plan))
    hours, days = (
        tuple(s for s in plan.steps if s.urgency.level is x) for x in (UrgencyClass.HOURS, UrgencyClass.DAYS)
    )
    later = tuple(s for s in plan.steps if s not in hours and s not in days)
    first = (hours or days)[:FIRST_ACTS]
    soon = hours or days
    rest = (
        ("Within hours, too" if hours else "Within days, too", soon[len(first) :]),
        ("Within days", days if hours else ()),
        ("Later", later),
    )
    ends = {(s.expires.on, s.expires.at, s.expires.what, s.holder): s for s in reversed(plan.steps) if s.expires}
    grave = sorted((o for o in plan.obstacles if not o.general), key=lambda o: not o.blocking)
    return Summary(
        sentences=tuple(s for s in sentences if s),
        first=first,
        more=max(0, len(hours) - len(first)),
        hours=hours,
        days=days,
        later=later,
        folds=folds(later),
        rest=tuple((title, folds(steps)) for title, steps in rest if steps),
        ends=tuple(ends[key] for key in sorted(ends)[:FIRST_ENDS]),
        missing=tuple(f.message for f in plan.findings if f.code in CODES)[:FIRST_MISSING],
        obstacles=tuple(grave[:FIRST_OBSTACLES]),
    )


def folds(steps: Iterable[Step]) -> tuple[Fold, ...]:
    """Steps by what they ask, each kind in a line."""
    groups: dict[Measure, list[Step]] = {}
    for step in steps:
        groups.setdefault(step.measure, []).append(step)
    return tuple(_fold(measure, group) for measure, group in groups.items())


def _fold(measure: Measure, steps: list[Step]) -> Fold:
    named = list(dict.fromkeys(f"{step.holder_name or step.state_name} ({step.state})" for step in steps))
    more = [f"{len(named) - MOST_NAMES} more"] if len(named) > MOST_NAMES else []
    return Fold(
        steps=tuple(step.id for step in steps),
        title=acts().title.get(measure, words(measure.value).capitalize()),
        from_on=min(step.start_by.on for step in steps),
        whom=listing([*named[:MOST_NAMES], *more]),
    )


def _case(plan: Plan) -> str:
    case = plan.case
    offences = listing([o.title for o in case.offences]) or "an offence not yet named"
    text = f"{case.authority.name} ({case.state_name}) investigates: {offences}."
    number = sum(v.number for v in case.victims)
    losses = [amount(v.loss, v.currency, case.state) for v in case.victims if v.loss]
    if number:
        text += f" {count(number, 'victim')} known"
        text += f"; loss {listing(losses)}." if losses else "."
    return text


def _evidence(plan: Plan) -> str:
    abroad = [s.name for s in plan.states if s.state != plan.case.state and set(s.roles) != {StateRole.TRANSIT}]
    passed = [s.name for s in plan.states if set(s.roles) == {StateRole.TRANSIT}]
    number = plan.counts.artifacts
    files = f"The evidence ({count(number, 'file')}; " if number else "The case file alone ("
    text = f"{files}{count(plan.counts.observables, 'trace')})"
    text += (
        f" leads to {count(len(abroad), 'other state')}: {listing(abroad)}." if abroad else " leads to no other state."
    )
    if passed:
        text += f" {listing(passed)}: only an anonymiser or a relay stands there; nobody is known to have acted there."
    return text


def _steps(plan: Plan) -> str:
    if not plan.steps:
        return "Nothing is to be asked of anybody as the evidence stands."
    home = sum(step.domestic for step in plan.steps)
    formal = sum(bool(s.recommended and s.recommended.channel in _FORMAL) for s in plan.steps)
    direct = sum(bool(s.recommended and s.recommended.channel not in _FORMAL) for s in plan.steps)
    bare = [s for s in plan.steps if s.recommended is None and not s.domestic]
    asked = sum(bool(s.direct or s.informal) for s in bare)
    closed = len(bare) - asked
    parts = [
        f"{home} under the law of {plan.case.state_name}" if home else "",
        f"{formal} by formal request from authority to authority" if formal else "",
        f"{direct} by a quicker channel (24/7 network, police, financial intelligence unit or the provider)"
        if direct
        else "",
        f"{asked} asked of owners and providers directly, without a treaty" if asked else "",
        f"{closed} without a route that is open today" if closed else "",
    ]
    return f"The plan has {count(len(plan.steps), 'step')}: {listing([p for p in parts if p])}."


def _obstacles(plan: Plan) -> str:
    if not plan.obstacles:
        return "No obstacle was recognised."
    blocking = [o.title for o in plan.obstacles if o.blocking]
    text = f"{count(len(plan.obstacles), 'obstacle')} recognised"
    if not blocking:
        return f"{text}; none of them blocks a step, all slow or narrow one."
    return f"{text}, {len(blocking)} of them blocking unless remedied: {listing(blocking)}."


def _jurisdiction(plan: Plan) -> str:
    positive = [c for c in plan.jurisdiction.conflicts if c.kind == "positive"]
    if not positive:
        return ""
    names = {s.state: s.name for s in plan.states}
    states = tuple(dict.fromkeys(names.get(code, code) for conflict in positive for code in conflict.states))
    return f"More than one state may claim jurisdiction: {listing(states)}. Early consultation is advised."


def opening_line(plan: Plan) -> str:
    """The line under the title."""
    return f"{words(plan.case.urgency.value).capitalize()} · law and data as of {day(plan.on)}"

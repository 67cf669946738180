"""The plan in plain words, for a reader who signs: a few sentences, each worked out from the plan."""

from dataclasses import dataclass

from comity.law import Channel
from comity.plan.model import Plan, StateRole, Step, UrgencyClass
from comity.plan.report.words import amount, count, day, listing, words

_FORMAL = frozenset({Channel.CENTRAL_AUTHORITIES, Channel.JUDICIAL_DIRECT, Channel.DIPLOMATIC})
FIRST_ACTS = 6
"""How many steps the summary names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    sentences: tuple[str, ...]
    first: tuple[Step, ...]
    """The steps that cannot wait, in order."""


def summarise(plan: Plan) -> Summary:
    """Who asks, what the evidence shows, what to do first, what stands in the way."""
    sentences = (_case(plan), _evidence(plan), _steps(plan), _obstacles(plan), _jurisdiction(plan))
    urgent = [s for s in plan.steps if s.urgency.level in (UrgencyClass.HOURS, UrgencyClass.DAYS)]
    return Summary(sentences=tuple(s for s in sentences if s), first=tuple(urgent[:FIRST_ACTS]))


def _case(plan: Plan) -> str:
    case = plan.case
    offences = listing([o.title for o in case.offences]) or "an offence not yet named"
    text = f"{case.authority.name} ({case.state_name}) investigates: {offences}."
    number = sum(v.number for v in case.victims)
    losses = [amount(v.loss, v.currency, v.state) for v in case.victims if v.loss]
    if number:
        text += f" {count(number, 'victim')} known"
        text += f"; loss {listing(losses)}." if losses else "."
    return text


def _evidence(plan: Plan) -> str:
    abroad = [s.name for s in plan.states if s.state != plan.case.state and set(s.roles) != {StateRole.TRANSIT}]
    passed = [s.name for s in plan.states if set(s.roles) == {StateRole.TRANSIT}]
    text = f"The evidence ({count(plan.counts.artifacts, 'file')}; {count(plan.counts.observables, 'trace')})"
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
    closed = sum(s.recommended is None and not s.domestic for s in plan.steps)
    parts = [
        f"{home} under the law of {plan.case.state_name}" if home else "",
        f"{formal} by formal request from authority to authority" if formal else "",
        f"{direct} by a quicker channel (24/7 network, police, financial intelligence unit or the provider)"
        if direct
        else "",
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

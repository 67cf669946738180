"""Which single step would open a measure between two states: who must act, why, and what still stands in the way."""

from datetime import date

from comity.law.atlas.candidate import Candidate, accessions, entries_into_force, treaty, treaty_kind, withdrawals
from comity.law.atlas.enact import enact
from comity.law.atlas.step import Accession
from comity.law.atlas.strength import Strength, strength_of
from comity.law.find import Routes, find_routes
from comity.law.instrument import StateCode
from comity.law.names import state_name
from comity.law.query import Query
from comity.law.ranking import is_evidence, shortest_due_hours
from comity.law.registry import Registry
from comity.law.route import Answer, ConditionState, Route
from comity.law.standing import Bound
from comity.law.vocabulary import Measure, Status
from comity.law.way import Option


class Key(Answer, frozen=True, kw_only=True):
    """A step that would open the measure, or make the answer stronger or faster."""

    step: str
    """A sentence that `what-if` understands; it says no day."""
    actors: tuple[str, ...]
    strength: str
    """The grade that the answer would have."""
    status: Status
    instrument: str
    """Id of what the new route would rest on."""
    article: str
    due_hours: int | None
    why: tuple[str, ...]
    """Why the new route would stand as it does."""
    in_the_way: tuple[str, ...]
    """What would still have to be checked or met."""


class NotEnough(Answer, frozen=True, kw_only=True):
    """A step that would change nothing for the question by itself, and why."""

    step: str
    why: tuple[str, ...]


class Unlock(Answer, frozen=True, kw_only=True):
    """What would open a measure between two states, the best step first."""

    requesting: StateCode
    requested: StateCode
    measure: Measure
    as_of: date
    """The day on which each step is supposed to work already."""
    offences: tuple[str, ...]
    strength: str
    """The grade of the answer as it is."""
    status: Status
    keys: tuple[Key, ...]
    together: tuple[Key, ...]
    """What both would open by joining the same instrument, where one of them alone would not."""
    not_enough: tuple[NotEnough, ...]


def unlock(query: Query, registry: Registry) -> Unlock:
    """Every single step by either state, or by both, that would better the answer to a question."""
    here, there, on = query.requesting, query.requested, query.on
    before = find_routes(query, registry)
    concluded = treaty(here, there, treaty_kind(query.measure), registry, on)
    joins = {state: accessions(state, registry, on) for state in (here, there)}
    single = (
        *joins[here],
        *joins[there],
        *([concluded] if concluded else []),
        *withdrawals(registry, on, (here, there)),
        *entries_into_force(registry, on, (here, there)),
    )
    keys = [key for key in (_key((candidate,), before, query, registry) for candidate in single) if key]
    opened = {key.instrument for key in keys}
    both = [_key(pair, before, query, registry) for pair in _same_instrument(joins[here], joins[there])]
    helpful = {key.step for key in keys}
    strength = _grade(before)[0]
    return Unlock(
        requesting=here,
        requested=there,
        measure=query.measure,
        as_of=on,
        offences=query.offences,
        strength=strength.id,
        status=strength.status,
        keys=tuple(sorted(keys, key=_order)),
        together=tuple(sorted((key for key in both if key and key.instrument not in opened), key=_order)),
        not_enough=tuple(
            found
            for candidate in single
            if candidate.says not in helpful and isinstance(candidate.step, Accession)
            for found in _not_enough(candidate, candidate.step, query, registry)
        ),
    )


def _same_instrument(first: tuple[Candidate, ...], second: tuple[Candidate, ...]) -> list[tuple[Candidate, Candidate]]:
    return [
        (a, b)
        for a in first
        for b in second
        if isinstance(a.step, Accession) and isinstance(b.step, Accession) and a.step.instrument == b.step.instrument
    ]


def _order(key: Key) -> tuple[int, int, str]:
    return -Strength[key.strength.upper()], len(key.in_the_way), key.step


def _strength(option: Option) -> Strength:
    return strength_of(
        option.status, binding=option.binding, evidence=is_evidence(option.way.channel, option.way.measure)
    )


def _grade(found: Routes) -> tuple[Strength, int, int]:
    """How good an answer is: its strength, then the score and the number of its routes of that strength."""
    strength = max((_strength(option) for option in found.options), default=Strength.CLOSED)
    best = [option.rank.score for option in found.options if _strength(option) is strength]
    return strength, max(best, default=0), len(best)


def _key(candidates: tuple[Candidate, ...], before: Routes, query: Query, registry: Registry) -> Key | None:
    """The new or better route of the highest grade, explained; None where the answer is as it was.

    While nothing is open, only a higher grade counts; once something is, a better or a further route counts as well.
    """
    law = registry
    for candidate in candidates:
        law = enact(candidate.step, law)
    after = find_routes(query, law)
    old, new = _grade(before), _grade(after)
    if new <= old or (new[0] is old[0] and old[0].status is not Status.OPEN):
        return None
    known = {_identity(option) for option in before.options}
    fresh = [option for option in after.options if _identity(option) not in known]
    best = max(fresh, key=lambda option: (_strength(option), option.rank.score))
    route = after.explain(best)
    hurdles = [hurdle for candidate in candidates for hurdle in candidate.hurdles]
    supposed = [str(candidate.step.on) for candidate in candidates]
    return Key(
        step="; ".join(candidate.says for candidate in candidates),
        actors=tuple(dict.fromkeys(actor for candidate in candidates for actor in candidate.actors)),
        strength=_strength(best).id,
        status=best.status,
        instrument=best.instrument.id,
        article=route.article,
        due_hours=shortest_due_hours(route.time_limits),
        why=tuple(why for why in route.why if not any(day in why for day in supposed)),
        in_the_way=tuple(dict.fromkeys((*hurdles, *_open_points(route)))),
    )


def _identity(option: Option) -> tuple[object, ...]:
    return option.instrument.id, option.way.channel, option.way.addressee, option.status, option.binding


def _open_points(route: Route) -> tuple[str, ...]:
    return tuple(
        f"{condition.text}{f' ({condition.why})' if condition.why else ''}"
        for condition in route.conditions
        if condition.state is not ConditionState.MET
    )


def _not_enough(candidate: Candidate, step: Accession, query: Query, registry: Registry) -> list[NotEnough]:
    """Why joining an instrument that gives the measure does not help; silent where it does not give it."""
    instrument = registry.instrument(step.instrument)
    if all(provision.measure is not query.measure for provision in instrument.provisions):
        return []
    other = query.requested if step.state == query.requesting else query.requesting
    standing = registry.standing(instrument, other, query.on)
    why = list(candidate.hurdles)
    if standing.bound is not Bound.YES:
        why.append(f"{state_name(other)}: {standing.why}")
    if not why:
        why.append("the answer would be as strong without it")
    return [NotEnough(step=candidate.says, why=tuple(why))]

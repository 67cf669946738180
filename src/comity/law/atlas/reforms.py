"""Which single step would do most for a state: every step that it, or others with it, could take, ranked."""

from collections.abc import Iterable, Iterator
from datetime import date

from comity.law.atlas.atlas import Atlas
from comity.law.atlas.candidate import (
    Candidate,
    accessions,
    entries_into_force,
    treaty,
    treaty_kind,
    treaty_makers,
    withdrawals,
)
from comity.law.atlas.change import row_changes
from comity.law.atlas.enact import enact, treaty_between
from comity.law.atlas.gain import Gain, gain_of
from comity.law.atlas.step import Accession, NewTreaty, Withdrawal
from comity.law.instrument import StateCode
from comity.law.registry import Registry
from comity.law.route import Answer
from comity.law.vocabulary import Measure


class Reform(Answer, frozen=True, kw_only=True):
    """One step and what it would do."""

    step: str
    """A sentence that `what-if` understands; it says no day."""
    actors: tuple[str, ...]
    """Who must act, and how."""
    asking: Gain
    """What the state itself can obtain."""
    asked: Gain
    """What others can obtain from it."""
    providers: int
    """Of the providers that we know, those who hold their data under the law of a state that opens to it."""


class Waiting(Answer, frozen=True, kw_only=True):
    """A step that would change nothing as things stand, and what lies before it."""

    step: str
    hurdles: tuple[str, ...]


class Reforms(Answer, frozen=True, kw_only=True):
    """Steps for one state, the best first."""

    state: StateCode
    partner: StateCode
    """Empty: with all others."""
    measures: tuple[Measure, ...]
    as_of: date
    """The day on which each step is supposed to work already."""
    offences: tuple[str, ...]
    reforms: tuple[Reform, ...]
    waiting: tuple[Waiting, ...]


def rank_reforms(
    registry: Registry,
    state: StateCode,
    *,
    on: date,
    measures: tuple[Measure, ...] = tuple(Measure),
    partner: StateCode = "",
    offences: tuple[str, ...] = (),
) -> Reforms:
    """Every single step that would change something for a state, ranked by what the state could then obtain.

    What opens weighs most; then how many of the providers that we know hold their data under the law of the states
    that open; then the grades won, what becomes faster, and what the state could be asked for. With a partner, only
    what lies between the two counts, and the partner's own steps are looked at too.
    """
    atlas = Atlas(registry, on=on, offences=offences)
    parties = (state, partner) if partner else (state,)
    found: list[Reform] = []
    waiting: list[Waiting] = []
    for candidate in (
        *(c for party in parties for c in accessions(party, registry, on)),
        *withdrawals(registry, on, parties if partner else ()),
        *entries_into_force(registry, on, parties),
    ):
        after = atlas.under(enact(candidate.step, registry))
        others = (partner,) if partner else _concerned(candidate, state)
        reform = _reform(candidate, atlas, after, state=state, measures=measures, others=others)
        if reform is not None:
            found.append(reform)
        elif candidate.hurdles and _gives(candidate, measures, registry):
            waiting.append(Waiting(step=candidate.says, hurdles=candidate.hurdles))
    found += _treaties(atlas, state, (partner,) if partner else treaty_makers(registry), measures)
    return Reforms(
        state=state,
        partner=partner,
        measures=measures,
        as_of=on,
        offences=offences,
        reforms=tuple(sorted(found, key=_order)),
        waiting=tuple(waiting),
    )


def _gives(candidate: Candidate, measures: tuple[Measure, ...], registry: Registry) -> bool:
    """Whether what a state would join gives one of the measures at all."""
    step = candidate.step
    provisions = registry.instrument(step.instrument).provisions if isinstance(step, Accession) else ()
    return any(provision.measure in measures for provision in provisions)


def _concerned(candidate: Candidate, state: StateCode) -> tuple[StateCode, ...]:
    """Another state's reservation matters between it and the state only; empty: all others may be concerned."""
    step = candidate.step
    return (step.state,) if isinstance(step, Withdrawal) and step.state != state else ()


def _treaties(
    atlas: Atlas, state: StateCode, others: Iterable[StateCode], measures: tuple[Measure, ...]
) -> Iterator[Reform]:
    """A treaty with each other state; all are supposed at once, because each works between its own two states only."""
    for kind in dict.fromkeys(treaty_kind(measure) for measure in measures):
        drawn = [treaty(state, o, kind, atlas.registry, atlas.on) for o in others if o != state and o in atlas.states]
        concluded = [(c, c.step) for c in drawn if c is not None and isinstance(c.step, NewTreaty)]
        added = tuple(treaty_between(step, atlas.registry) for _, step in concluded)
        after = atlas.under(atlas.registry.with_treaties(added))
        given = tuple(measure for measure in measures if treaty_kind(measure) is kind)
        for candidate, step in concluded:
            reform = _reform(candidate, atlas, after, state=state, measures=given, others=(step.other,))
            if reform is not None:
                yield reform


def _reform(
    candidate: Candidate,
    before: Atlas,
    after: Atlas,
    *,
    state: StateCode,
    measures: tuple[Measure, ...],
    others: tuple[StateCode, ...],
) -> Reform | None:
    """What a candidate does for a state, with some others or with all; None: nothing."""
    if after.registry is before.registry:
        return None
    place, own = before.place(state), before.mask([state])
    among = before.mask(others) if others else before.differing(after)[place]
    places = [p for p in range(len(before.states)) if among >> p & 1]
    asking = gain_of(c for m in measures for c in row_changes(before, after, place, m, among))
    asked = gain_of(c for m in measures for p in places for c in row_changes(before, after, p, m, own))
    if not asking.cells and not asked.cells:
        return None
    jurisdictions = [provider.jurisdiction for provider in before.registry.providers.values()]
    return Reform(
        step=candidate.says,
        actors=(*candidate.actors, *candidate.hurdles),
        asking=asking,
        asked=asked,
        providers=sum(jurisdictions.count(other) for other in asking.opened if other != state),
    )


def _order(reform: Reform) -> tuple[object, ...]:
    asking, asked = reform.asking, reform.asked
    weights = (asking.opens, reform.providers, asking.grades, asking.faster, asking.more, asked.opens, asked.grades)
    return (*(-weight for weight in weights), reform.step)

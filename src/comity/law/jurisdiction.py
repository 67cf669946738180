"""Which articles give a state a ground to judge, who must consult, and what speaks for which forum.

The facts come in as grounds (`Ground`): in which state the conduct, the attacked system, the effect, the proceeds or a
person lies. An article counts for a state that is bound by its instrument on the day, and if the instrument reaches the
offence; a state's own law counts from its day on. Unknown stays unknown.

>>> from datetime import date
>>> from comity.law import Ground, JurisdictionQuestion, claim_bases, load_registry
>>> asked = JurisdictionQuestion(on=date(2026, 11, 24), offences=("illegal_access",))
>>> [basis.article for basis in claim_bases("IN", Ground.SYSTEM, asked, load_registry())]
['s. 75', 's. 1(5)(c)']
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from comity.law.dates import span
from comity.law.ground import ConsultationRule, ForumCriterion, Ground, GroundRule
from comity.law.instrument import Instrument, StateCode
from comity.law.names import state_name
from comity.law.query import Query
from comity.law.registry import Registry
from comity.law.route import Answer, ConditionState, Source
from comity.law.scope import reach_conditions
from comity.law.standing import Bound
from comity.law.vocabulary import Confidence, Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class JurisdictionQuestion:
    """For which day, offences and known facts."""

    on: date
    offences: tuple[str, ...] = ()
    facts: Mapping[str, bool] = field(default_factory=dict)
    """As in `Query`: what is left out is unknown."""


class ClaimBasis(Answer, frozen=True, kw_only=True):
    """An article on which a claim rests."""

    instrument: str
    """Id; empty: the state's own law."""
    title: str
    article: str
    binds: bool | None
    """Whether it holds for the state and the offence on the day; None: unknown."""
    duty: bool
    """True: the state must establish this jurisdiction, or its law claims it. False: it may."""
    why: str
    source: Source


class ConsultationDuty(Answer, frozen=True, kw_only=True):
    """A duty (or invitation) of several states to consult on who prosecutes."""

    instrument: str
    title: str
    article: str
    text: str
    states: tuple[StateCode, ...]
    """Those bound by it on the day."""
    source: Source


class CriterionFinding(Answer, frozen=True, kw_only=True):
    """What speaks for which states as the forum."""

    id: str
    text: str
    states: tuple[StateCode, ...]
    source: Source


def claim_bases(
    state: StateCode, ground: Ground, question: JurisdictionQuestion, registry: Registry
) -> tuple[ClaimBasis, ...]:
    """The articles that give a state a ground; those known not to bind it or not to reach the offence are left out."""
    return tuple(_bases(state, ground, question, registry))


def consultation_duties(
    states: tuple[StateCode, ...], question: JurisdictionQuestion, registry: Registry
) -> tuple[ConsultationDuty, ...]:
    """The duties to consult that bind two or more of the states (Budapest 22(5), UNTOC 15(5), UNCC 22(5))."""
    return tuple(_duties(states, question, registry))


def forum_criteria(claims: Mapping[StateCode, frozenset[Ground]], registry: Registry) -> tuple[CriterionFinding, ...]:
    """For each criterion that speaks for some state, those for which it does; criteria that are silent are left out."""
    found = (
        (row, tuple(s for s, held in claims.items() if held & set(row.grounds)))
        for row in registry.data.jurisdiction.criteria
    )
    return tuple(
        CriterionFinding(id=row.id, text=row.text, states=states, source=_source(f"criterion {row.id}", row))
        for row, states in found
        if states
    )


def _bases(
    state: StateCode, ground: Ground, question: JurisdictionQuestion, registry: Registry
) -> Iterator[ClaimBasis]:
    for row in registry.data.jurisdiction.grounds:
        if ground not in row.grounds:
            continue
        if row.instrument:
            yield from _by_instrument(state, row, question, registry)
        elif row.state == state and _in_force(row, question.on):
            yield from _by_own_law(row, question, registry)


def _by_own_law(row: GroundRule, question: JurisdictionQuestion, registry: Registry) -> Iterator[ClaimBasis]:
    """What a state's own law claims; a rule from memory proves nothing."""
    concerned = _concerns(row, question, registry)
    if concerned is False:
        return
    told = "" if concerned else f"; to check: whether the offence is one of {', '.join(row.offences)}"
    yield ClaimBasis(
        instrument="",
        title=row.law,
        article=row.article,
        binds=True if concerned and row.confidence is not Confidence.LOW else None,
        duty=row.duty,
        why=f"{row.text}; {state_name(row.state)}'s own law{told}",
        source=_source(f"{row.law}, {row.article}", row),
    )


def _concerns(row: GroundRule, question: JurisdictionQuestion, registry: Registry) -> bool | None:
    """Whether a rule concerns one of the offences, or one that they rest on; None: no offence was named."""
    if not row.offences:
        return True
    if not question.offences:
        return None
    named = {name for o in question.offences for name in (o, *registry.offence(o).maps_to)}
    return bool(named & set(row.offences))


def _by_instrument(
    state: StateCode, row: GroundRule, question: JurisdictionQuestion, registry: Registry
) -> Iterator[ClaimBasis]:
    instrument = registry.instruments.get(row.instrument)
    if instrument is None:
        return
    standing = registry.standing(instrument, state, question.on)
    reached, open_questions = _reached(state, instrument, question, registry)
    if standing.bound is Bound.NO or reached is False:
        return
    told = "".join(f"; to check: {text}" for text in open_questions)
    yield ClaimBasis(
        instrument=row.instrument,
        title=instrument.short_title or instrument.title,
        article=row.article,
        binds=True if standing.bound is Bound.YES and reached else None,
        duty=row.duty,
        why=f"{row.text}; {state_name(state)}: {standing.why}{told}",
        source=_source(f"{instrument.short_title or instrument.title}, art. {row.article}", row),
    )


def _duties(
    states: tuple[StateCode, ...], question: JurisdictionQuestion, registry: Registry
) -> Iterator[ConsultationDuty]:
    for row in registry.data.jurisdiction.consultations:
        instrument = registry.instruments.get(row.instrument)
        if instrument is None:
            continue
        bound = tuple(
            state
            for state in states
            if registry.standing(instrument, state, question.on).bound is Bound.YES
            and _reached(state, instrument, question, registry)[0] is not False
        )
        if len(bound) > 1:
            title = instrument.short_title or instrument.title
            yield ConsultationDuty(
                instrument=row.instrument,
                title=title,
                article=row.article,
                text=row.text,
                states=bound,
                source=_source(f"{title}, art. {row.article}", row),
            )


def _reached(
    state: StateCode, instrument: Instrument, question: JurisdictionQuestion, registry: Registry
) -> tuple[bool | None, tuple[str, ...]]:
    """Whether an instrument reaches the offence, and what is open; None: not known."""
    query = Query(
        requesting=state,
        requested=state,
        measure=Measure.TRANSFER_OF_PROCEEDINGS,
        on=question.on,
        offences=question.offences,
        facts=dict(question.facts),
    )
    conditions = reach_conditions(instrument, query, registry)
    if any(condition.state is ConditionState.UNMET for condition in conditions):
        return False, ()
    checks = tuple(condition.text for condition in conditions if condition.state is ConditionState.TO_CHECK)
    return (None if checks else True), checks


def _in_force(row: GroundRule, on: date) -> bool:
    """Whether a state's own law is in force on a day, as far as known; a date without its day counts from its last."""
    return not row.in_force_from or span(row.in_force_from)[1] <= on


def _source(what: str, row: GroundRule | ConsultationRule | ForumCriterion) -> Source:
    return Source(what=what, url=row.source_url, as_of=row.as_of, confidence=row.confidence)

"""Dual criminality: is the conduct an offence in the requested state too?

By conduct, not by label (Budapest art. 25(5), UNCAC art. 43(2)): a canonical offence, or one of the treaty offences
that a way of acting rests on, must be covered by a section in force there on the day. Unknown is never *not
satisfied*: that verdict needs the law by which the state first punished the conduct and a day before it, or the law by
which it last did and a day after.
"""

from datetime import date

import msgspec

from comity.law.condition import judged
from comity.law.listed import CATEGORY_OF
from comity.law.names import state_name
from comity.law.penalty import (
    Coverage,
    coverage,
    known_at_other_times,
    name_of,
    no_longer_punished,
    not_yet_punished,
    reaches,
)
from comity.law.query import Query
from comity.law.registry import Registry
from comity.law.route import ConditionKind, ConditionState, DualCriminalityFinding, RouteCondition, Verdict
from comity.law.vocabulary import Confidence, DualCriminality

_TEXT = {
    DualCriminality.REQUIRED: "the conduct is an offence in the requested state too",
    DualCriminality.MAY_REQUIRE: "the conduct is an offence in the requested state too, if that state insists",
    DualCriminality.DEPENDS: "the conduct is an offence in the requested state too, where the measure needs it there",
}
_STRENGTH = {Verdict.SATISFIED: 2, Verdict.UNKNOWN: 1, Verdict.NOT_SATISFIED: 0}


def dual_criminality(query: Query, registry: Registry) -> tuple[DualCriminalityFinding, ...]:
    """A finding for each offence of the question; the one that should carry the request is marked."""
    findings = [_finding(offence, query, registry) for offence in query.offences]
    if not findings:
        return ()
    best = max(findings, key=_weight)
    carrier = best.offence if best.verdict is Verdict.SATISFIED else ""
    return tuple(msgspec.structs.replace(f, carries=f.offence == carrier) for f in findings)


def is_lacking(query: Query, registry: Registry) -> bool:
    """Whether our data say that none of the offences is one in the requested state on the day."""
    return bool(query.offences) and all(_is_absent(offence, query, registry) for offence in query.offences)


def _is_absent(offence_id: str, query: Query, registry: Registry) -> bool:
    there = coverage(registry, query.requested, offence_id, query.on)
    unsure = there.sections or there.recalled or not there.documented
    return not unsure and bool(_unpunished(there, query.on, registry))


def _unpunished(there: Coverage, on: date, registry: Registry) -> str:
    """That the requested state did not yet, or no longer, punish an offence on the day; empty: not known."""
    where, offence = state_name(there.state), there.offence
    first = not_yet_punished(registry, there.state, offence, on)
    if first:
        return f"{where} did not yet punish {offence} on {on}: {first}"
    last = no_longer_punished(registry, there.state, offence, on)
    return f"{where} no longer punished {offence} on {on}: {last}" if last else ""


def _weight(finding: DualCriminalityFinding) -> tuple[int, float]:
    """Satisfied first; then by the lighter of the two penalties, because a threshold must be reached in both."""
    return _STRENGTH[finding.verdict], min(finding.years_here or 0, finding.years_there or 0)


def punished(there: Coverage, on: date, registry: Registry) -> Verdict:
    """Whether a state punishes an offence that its law covers so on a day."""
    return _verdict(there, on, registry)[0]


def _finding(offence_id: str, query: Query, registry: Registry) -> DualCriminalityFinding:
    here = coverage(registry, query.requesting, offence_id, query.on)
    there = coverage(registry, query.requested, offence_id, query.on)
    verdict, why = _verdict(there, query.on, registry)
    met, missing = _elements(offence_id, there, registry)
    return DualCriminalityFinding(
        offence=offence_id,
        verdict=verdict,
        why=why,
        sections_here=tuple(dict.fromkeys(name_of(s) for s in here.sections)),
        sections_there=tuple(dict.fromkeys(name_of(s) for s in (*there.ordinary, *there.sections))),
        through=there.through,
        elements_met=met,
        elements_open=missing,
        years_here=here.max_years,
        years_there=there.max_years,
    )


def _verdict(there: Coverage, on: date, registry: Registry) -> tuple[Verdict, str]:
    where = state_name(there.state)
    if there.sections:
        through = f" (through {', '.join(there.through)})" if there.through else ""
        return Verdict.SATISFIED, f"{where} punishes {there.offence}{through}: {there.names}"
    if there.recalled:
        return Verdict.UNKNOWN, _unproven(there, on)
    if not there.documented:
        return Verdict.UNKNOWN, f"{where}'s offences are not in our data"
    unpunished = _unpunished(there, on, registry)
    if unpunished:
        return Verdict.NOT_SATISFIED, unpunished
    other = known_at_other_times(registry, there.state, there.offence)
    if other:
        why = f"our data have {where}'s law on {there.offence} for other days only than {on}: {other}"
        return Verdict.UNKNOWN, why
    return Verdict.UNKNOWN, f"our data on {where}'s offences have no section for {there.offence}"


def _unproven(there: Coverage, on: date) -> str:
    """Why sections that are there prove nothing for the day."""
    named = "; ".join(dict.fromkeys(name_of(section) for section in there.recalled[:3]))
    where = state_name(there.state)
    if all(section.confidence is Confidence.LOW for section in there.recalled):
        return f"{where}: {named}, from memory only: read the section before relying on it"
    return f"{where}: {named}; since when was not sourced: check that it was law on {on}"


def _elements(offence_id: str, there: Coverage, registry: Registry) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The offence's elements that the covering offences have, and those that they do not name."""
    elements = registry.offence(offence_id).elements
    if not there.sections:
        return (), elements
    if not there.through:
        return elements, ()
    covered = {element for other in there.through for element in registry.offence(other).elements}
    return tuple(e for e in elements if e in covered), tuple(e for e in elements if e not in covered)


def lifted(query: Query, registry: Registry, years: int) -> str:
    """Why an act of the Union does not test it: a listed category and a maximum at home; empty: it may be tested."""
    for offence in query.offences:
        category = CATEGORY_OF.get(offence)
        here = coverage(registry, query.requesting, offence, query.on)
        if category is not None and reaches(here, years) is ConditionState.MET:
            carries = f"carries up to {here.heaviest} in {state_name(query.requesting)}"
            return f"not tested: {offence} is {category}, a listed category, and {carries}"
    return ""


def dual_criminality_condition(
    rule: DualCriminality, query: Query, registry: Registry, *, lifted_from_years: int = 0
) -> RouteCondition | None:
    """The condition that a rule sets; None where it sets none.

    Where the state only may insist, that it is not satisfied leaves the route conditional: the state may waive it.
    """
    text = _TEXT.get(rule)
    if text is None:
        return None
    if not query.offences:
        return judged(ConditionKind.DUAL_CRIMINALITY, text, ConditionState.TO_CHECK, "no offence was named")
    if lifted_from_years and (reason := lifted(query, registry, lifted_from_years)):
        return judged(ConditionKind.DUAL_CRIMINALITY, text, ConditionState.MET, reason)
    return _tested(rule, text, query, registry)


def _tested(rule: DualCriminality, text: str, query: Query, registry: Registry) -> RouteCondition:
    verdicts = [_verdict(coverage(registry, query.requested, o, query.on), query.on, registry) for o in query.offences]
    verdict, why = max(verdicts, key=lambda v: _STRENGTH[v[0]])
    required = rule is DualCriminality.REQUIRED
    match verdict:
        case Verdict.SATISFIED:
            return judged(ConditionKind.DUAL_CRIMINALITY, text, ConditionState.MET, why)
        case Verdict.NOT_SATISFIED if required:
            return judged(ConditionKind.DUAL_CRIMINALITY, text, ConditionState.UNMET, why)
        case Verdict.NOT_SATISFIED:
            return judged(ConditionKind.DUAL_CRIMINALITY, text, ConditionState.TO_CHECK, why, gate=True)
        case _:
            return judged(ConditionKind.DUAL_CRIMINALITY, text, ConditionState.TO_CHECK, why, gate=required)

"""Grounds for refusal: which the facts raise, which they rule out, and what a request can say to meet each."""

from types import MappingProxyType

from comity.law.condition import by_fact, judged
from comity.law.names import state_name
from comity.law.penalty import coverage, may_be_death
from comity.law.query import Query
from comity.law.raising import RAISED_BY
from comity.law.registry import Registry
from comity.law.route import ConditionKind, ConditionState, RefusalRisk, RiskState, RouteCondition
from comity.law.vocabulary import Fact, RefusalGround

#: What to add to the request; markers of what is *not* a ground have no entry.
REMEDIES = MappingProxyType(
    {
        RefusalGround.SOVEREIGNTY_SECURITY: "say why the request touches no essential interest; sever what might",
        RefusalGround.ORDRE_PUBLIC: "show that the measure exists in both laws and is asked for in a proper form",
        RefusalGround.DUAL_CRIMINALITY_ABSENT: "describe the conduct, not the label, and name the section there",
        RefusalGround.POLITICAL_OFFENCE: "show the ordinary crime: victims, loss, gain",
        RefusalGround.MILITARY_OFFENCE: "state that the offence is one of ordinary criminal law",
        RefusalGround.NE_BIS_IN_IDEM: "state that the person was neither convicted nor acquitted for these facts",
        RefusalGround.DISCRIMINATION: "state that nobody is pursued for race, religion, nationality or opinion",
        RefusalGround.DATA_PROTECTION: "state purpose, recipients, retention and safeguards for the data",
        RefusalGround.FUNDAMENTAL_RIGHTS: "state the judicial control and the remedies that the person has",
        RefusalGround.DE_MINIMIS: "state the whole loss and all victims; bundle linked cases",
        RefusalGround.NATIONALITY: "ask, in the alternative, that the case be submitted for prosecution there",
        RefusalGround.AMNESTY_OR_LAPSE: "give the limitation period and the acts that interrupted it",
        RefusalGround.DEATH_PENALTY: "give an assurance that the death penalty is not imposed or not carried out",
        RefusalGround.IMMUNITY_PRIVILEGE: "say whether a lawyer, the press or an immune person is concerned",
        RefusalGround.ONGOING_PROCEEDINGS_POSTPONE: "ask whether proceedings there are under way; agree on the order",
    }
)


def refusal_risks(
    grounds: tuple[RefusalGround, ...], query: Query, registry: Registry, conditions: tuple[RouteCondition, ...]
) -> tuple[RefusalRisk, ...]:
    """Each ground with its state by the facts and its remedy; those that the facts raise come first."""
    risks = [_risk(ground, query, registry, conditions) for ground in grounds if ground in REMEDIES]
    order = list(RiskState)
    return tuple(sorted(risks, key=lambda risk: order.index(risk.state)))


def _risk(
    ground: RefusalGround, query: Query, registry: Registry, conditions: tuple[RouteCondition, ...]
) -> RefusalRisk:
    state, why = _state(ground, query, registry, conditions)
    return RefusalRisk(ground=ground, remedy=REMEDIES[ground], state=state, why=why)


def _state(
    ground: RefusalGround, query: Query, registry: Registry, conditions: tuple[RouteCondition, ...]
) -> tuple[RiskState, str]:
    if ground is RefusalGround.DEATH_PENALTY:
        return _death_penalty(query, registry)
    if ground is RefusalGround.DUAL_CRIMINALITY_ABSENT:
        return _dual_criminality(conditions)
    declared = [c for c in conditions if c.kind is ConditionKind.NATIONALITY]
    if ground is RefusalGround.NATIONALITY and declared:
        return _nationality(declared[0])
    fact = RAISED_BY.get(ground)
    known = query.facts.get(fact.value) if fact else None
    if known is None:
        return RiskState.POSSIBLE, ""
    return (RiskState.LIVE, "the facts of the case raise it") if known else (RiskState.EXCLUDED, "by the facts given")


def _nationality(declared: RouteCondition) -> tuple[RiskState, str]:
    """Where the requested state has declared that it keeps its nationals, the risk is live until the person is none."""
    return RiskState.EXCLUDED if declared.state is ConditionState.MET else RiskState.LIVE, declared.why


def _death_penalty(query: Query, registry: Registry) -> tuple[RiskState, str]:
    if query.facts.get(Fact.DEATH_PENALTY_ASSURED.value):
        return RiskState.EXCLUDED, "an assurance is given"
    heaviest = gravest_penalty(query, registry)
    return (RiskState.LIVE, heaviest) if heaviest else (RiskState.POSSIBLE, "")


def gravest_penalty(query: Query, registry: Registry) -> str:
    """That an offence may carry life imprisonment or death in the requesting state; empty: not by our data."""
    for offence in query.offences:
        cover = coverage(registry, query.requesting, offence, query.on)
        if may_be_death(cover):
            return f"{offence} may carry {cover.heaviest} in {state_name(query.requesting)}"
    return ""


def _dual_criminality(conditions: tuple[RouteCondition, ...]) -> tuple[RiskState, str]:
    """By the condition on dual criminality, where the provision sets one."""
    for condition in conditions:
        if condition.kind is ConditionKind.DUAL_CRIMINALITY:
            met = condition.state is ConditionState.MET
            raised = condition.gate or condition.state is ConditionState.UNMET
            return RiskState.EXCLUDED if met else RiskState.LIVE if raised else RiskState.POSSIBLE, condition.why
    return RiskState.POSSIBLE, ""


def assurance_condition(query: Query, registry: Registry) -> tuple[RouteCondition, ...]:
    """Where the death penalty may be imposed, an assurance against it is a condition."""
    heaviest = gravest_penalty(query, registry)
    if not heaviest:
        return ()
    state = by_fact(query.facts.get(Fact.DEATH_PENALTY_ASSURED.value))
    text = "an assurance that the death penalty is not imposed or not carried out"
    return (judged(ConditionKind.ASSURANCE, text, state, heaviest, fact=Fact.DEATH_PENALTY_ASSURED),)

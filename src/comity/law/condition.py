"""Conditions, put together."""

from comity.law.route import ConditionKind, ConditionState, RouteCondition


def judged(
    kind: ConditionKind, text: str, state: ConditionState, why: str = "", *, gate: bool = False, fact: str = ""
) -> RouteCondition:
    """A condition with its state; only one that is to be checked can keep a route from being open."""
    holds = gate and state is ConditionState.TO_CHECK
    return RouteCondition(kind=kind, text=text, state=state, why=why, gate=holds, fact=fact)


def by_fact(known: bool | None) -> ConditionState:
    """The state of a condition that one fact decides."""
    if known is None:
        return ConditionState.TO_CHECK
    return ConditionState.MET if known else ConditionState.UNMET

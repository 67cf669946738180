"""Dual criminality: is the conduct an offence in the requested state too?

By conduct, not by label (Budapest art. 25(5), UNCAC art. 43(2)): a canonical offence, or one of the treaty offences
that a way of acting rests on, must be covered by a section in force there on the day.
"""

from comity.law.names import state_name
from comity.law.penalty import coverage
from comity.law.query import Query
from comity.law.registry import Registry
from comity.law.route import ConditionState, RouteCondition
from comity.law.vocabulary import DualCriminality

_TEXT = {
    DualCriminality.REQUIRED: "the conduct is an offence in the requested state too",
    DualCriminality.MAY_REQUIRE: "the conduct is an offence in the requested state too, if that state insists",
    DualCriminality.DEPENDS: "the conduct is an offence in the requested state too, where the measure needs it there",
}


def dual_criminality_condition(rule: DualCriminality, query: Query, registry: Registry) -> RouteCondition | None:
    """The condition that a rule sets; None where it sets none.

    Unknown never counts as not satisfied: where our data hold no section, the condition is to be checked.
    """
    text = _TEXT.get(rule)
    if text is None:
        return None
    if not query.offences:
        return RouteCondition(text=text, state=ConditionState.TO_CHECK, why="no offence was named")
    where = state_name(query.requested)
    for offence in query.offences:
        cover = coverage(registry, query.requested, offence, query.on)
        if cover.sections:
            through = f" (through {', '.join(cover.through)})" if cover.through else ""
            why = f"{where} punishes {offence}{through}: {cover.names}"
            return RouteCondition(text=text, state=ConditionState.MET, why=why)
    known = any(coverage(registry, query.requested, offence, query.on).documented for offence in query.offences)
    why = (
        f"our data on {where}'s offences have no section for it" if known else f"{where}'s offences are not in our data"
    )
    gate = rule is DualCriminality.REQUIRED
    return RouteCondition(text=text, state=ConditionState.TO_CHECK, why=why, gate=gate)

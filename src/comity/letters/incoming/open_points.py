"""Conditions of a route that a request leaves open and that its sender can settle."""

from collections.abc import Iterator

from comity.law import Fact, Route
from comity.law.route import ConditionState
from comity.letters.incoming.examination import OpenPoint

#: What the requesting side knows or can do; where data, persons and providers are is for this side to find.
TELLS = frozenset(
    {
        Fact.ARTICULABLE_FACTS_SHOWN,
        Fact.CONSENT_OF_DATA_HOLDER,
        Fact.CONSENT_OF_PERSON,
        Fact.DEATH_PENALTY_ASSURED,
        Fact.DOMESTIC_ORDER_ISSUED,
        Fact.EMERGENCY_TO_LIFE,
        Fact.FINAL_JUDGMENT,
        Fact.FOLLOW_UP_INTENDED,
        Fact.LIFE_SENTENCE_ASSURED,
        Fact.NECESSARY_AND_PROPORTIONATE,
        Fact.ORGANISED_GROUP,
        Fact.PRESERVATION_REQUESTED,
        Fact.PROBABLE_CAUSE_SHOWN,
        Fact.PROVIDER_REFUSED,
        Fact.RECIPROCITY_ASSURED,
        Fact.SPECIFIC_IDENTIFIER,
        Fact.TARGET_FOREIGN_TO_REQUESTED_STATE,
        Fact.TRACE_NEXT_PROVIDER,
        Fact.TRANSNATIONAL,
    }
)


def open_points(route: Route, known: frozenset[str]) -> Iterator[OpenPoint]:
    """Each once; what the officer already knows (`known`, ids of facts) is not asked."""
    seen = set(known)
    for condition in route.conditions:
        if condition.fact in TELLS and condition.fact not in seen and condition.state is not ConditionState.MET:
            seen.add(condition.fact)
            needed = condition.gate or condition.state is ConditionState.UNMET
            yield OpenPoint(fact=condition.fact, needed=needed)

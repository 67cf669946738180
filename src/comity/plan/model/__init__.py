"""The plan of a case, as values: who holds what, what to ask in which order, by when, and what stands in the way.

All of it is written to JSON as it stands (`comity plan --json`; the schema is published), so every record is a frozen
`msgspec.Struct`. Days are ISO 8601 dates; instants are RFC 3339 text with an offset; empty text means *none* or *not
known*, as the field says.
"""

from comity.law import ClaimBasis, ConsultationDuty, Ground
from comity.plan.model.flow import Flow, FlowKind
from comity.plan.model.holding import Holder, NotPursued, Obtainable, Tie
from comity.plan.model.jurisdiction import Jurisdiction, JurisdictionClaim, JurisdictionConflict, Told
from comity.plan.model.obstacle import Citation, Obstacle, ObstacleCategory
from comity.plan.model.step import (
    Deadline,
    DirectRequest,
    ObjectMoment,
    Period,
    RouteChoice,
    Step,
    StepObject,
    Urgency,
    UrgencyClass,
)
from comity.plan.model.summary import CaseAuthority, CaseOffence, CaseSummary, CaseSuspect, CaseVictims, UrgencyLevel
from comity.plan.model.whole import Counts, DataSet, Event, InvolvedState, Plan, Provenance, StateRole

__all__ = [
    "CaseAuthority",
    "CaseOffence",
    "CaseSummary",
    "CaseSuspect",
    "CaseVictims",
    "Citation",
    "ClaimBasis",
    "ConsultationDuty",
    "Counts",
    "DataSet",
    "Deadline",
    "DirectRequest",
    "Event",
    "Flow",
    "FlowKind",
    "Ground",
    "Holder",
    "InvolvedState",
    "Jurisdiction",
    "JurisdictionClaim",
    "JurisdictionConflict",
    "NotPursued",
    "ObjectMoment",
    "Obstacle",
    "ObstacleCategory",
    "Obtainable",
    "Period",
    "Plan",
    "Provenance",
    "RouteChoice",
    "StateRole",
    "Step",
    "StepObject",
    "Tie",
    "Told",
    "Urgency",
    "UrgencyClass",
    "UrgencyLevel",
]

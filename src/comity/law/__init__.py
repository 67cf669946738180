"""What the law allows: states, instruments, measures and offences, and the routes between them.

>>> from datetime import date
>>> from comity.law import Measure, Query, Status, find_routes, load_registry
>>> query = Query(requesting="US", requested="GB", measure=Measure.PRESERVATION, on=date(2026, 11, 24))
>>> found = find_routes(query, load_registry())
>>> {option.instrument.id for option in found.options if option.status is Status.OPEN} >= {"budapest"}
True
"""

from comity.law.fact import FACTS, FactQuestion
from comity.law.find import Routes, find_routes
from comity.law.ground import Ground
from comity.law.instrument import Content, Instrument, Participation, Provision, TimeLimit
from comity.law.jurisdiction import (
    ClaimBasis,
    ConsultationDuty,
    CriterionFinding,
    JurisdictionQuestion,
    claim_bases,
    consultation_duties,
    forum_criteria,
)
from comity.law.names import parse_state, state_name
from comity.law.query import Query
from comity.law.registry import Registry, build_registry, load_registry
from comity.law.route import (
    ConditionKind,
    ConditionState,
    DualCriminalityFinding,
    RefusalRisk,
    RiskState,
    Route,
    RouteAddressee,
    RouteCondition,
    RouteList,
    RouteProvision,
    Source,
    Verdict,
)
from comity.law.state import Authority, NationalOffence, Offence, Provider, SectionText
from comity.law.timeline import Change, RouteTimeline, timeline
from comity.law.vocabulary import (
    Addressee,
    AuthorityRole,
    Channel,
    Confidence,
    DualCriminality,
    Fact,
    InstrumentKind,
    Measure,
    RefusalGround,
    Status,
    TimeUnit,
)
from comity.law.way import Option

__all__ = [
    "FACTS",
    "Addressee",
    "Authority",
    "AuthorityRole",
    "Change",
    "Channel",
    "ClaimBasis",
    "ConditionKind",
    "ConditionState",
    "Confidence",
    "ConsultationDuty",
    "Content",
    "CriterionFinding",
    "DualCriminality",
    "DualCriminalityFinding",
    "Fact",
    "FactQuestion",
    "Ground",
    "Instrument",
    "InstrumentKind",
    "JurisdictionQuestion",
    "Measure",
    "NationalOffence",
    "Offence",
    "Option",
    "Participation",
    "Provider",
    "Provision",
    "Query",
    "RefusalGround",
    "RefusalRisk",
    "Registry",
    "RiskState",
    "Route",
    "RouteAddressee",
    "RouteCondition",
    "RouteList",
    "RouteProvision",
    "RouteTimeline",
    "Routes",
    "SectionText",
    "Source",
    "Status",
    "TimeLimit",
    "TimeUnit",
    "Verdict",
    "build_registry",
    "claim_bases",
    "consultation_duties",
    "find_routes",
    "forum_criteria",
    "load_registry",
    "parse_state",
    "state_name",
    "timeline",
]

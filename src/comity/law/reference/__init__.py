"""The reference: instruments, states, offences on one sheet each; compared, measured, told by how fresh they are.

>>> from datetime import date
>>> from comity.law import load_registry
>>> from comity.law.reference import compare, find_instrument
>>> registry = load_registry()
>>> budapest, uncc = (find_instrument(name, registry) for name in ("budapest", "uncc"))
>>> compare(budapest, uncc, registry, date(2026, 11, 24)).general[0].topic
'in force'
"""

from comity.law.reference.comparison import Comparison, Difference, MeasureComparison, compare
from comity.law.reference.effects import Effects, StatusChange, effects_of
from comity.law.reference.facts import FactKind, SingleFact, facts_of
from comity.law.reference.freshness import FactFilter, FactLine, Freshness, FreshnessCount, freshness
from comity.law.reference.gaps import GapTable, gaps, gaps_markdown, with_gaps
from comity.law.reference.harmonisation import (
    Answered,
    Catalogue,
    Harmonisation,
    OffenceCoverage,
    Score,
    SectionLine,
    harmonisation,
    harmonisations,
)
from comity.law.reference.instrument_sheet import InstrumentSheet, PartyLine, instrument_sheet
from comity.law.reference.lookup import StateFound, find_anything, find_instrument
from comity.law.reference.offence_sheet import CoveringState, OffenceSheet, offence_sheet
from comity.law.reference.state_sheet import Bond, BondState, StateSheet, TreatyBond, state_sheet

__all__ = [
    "Answered",
    "Bond",
    "BondState",
    "Catalogue",
    "Comparison",
    "CoveringState",
    "Difference",
    "Effects",
    "FactFilter",
    "FactKind",
    "FactLine",
    "Freshness",
    "FreshnessCount",
    "GapTable",
    "Harmonisation",
    "InstrumentSheet",
    "MeasureComparison",
    "OffenceCoverage",
    "OffenceSheet",
    "PartyLine",
    "Score",
    "SectionLine",
    "SingleFact",
    "StateFound",
    "StateSheet",
    "StatusChange",
    "TreatyBond",
    "compare",
    "effects_of",
    "facts_of",
    "find_anything",
    "find_instrument",
    "freshness",
    "gaps",
    "gaps_markdown",
    "harmonisation",
    "harmonisations",
    "instrument_sheet",
    "offence_sheet",
    "state_sheet",
    "with_gaps",
]

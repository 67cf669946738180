"""Obstacles: what stands in the way in this case, and what to do about it."""

from enum import StrEnum

from comity.law import Confidence
from comity.plan.model.record import Record


class ObstacleCategory(StrEnum):
    LEGAL = "legal"
    TECHNICAL = "technical"
    DIPLOMATIC = "diplomatic"
    OPERATIONAL = "operational"


class Citation(Record, frozen=True, kw_only=True):
    """Where a statement comes from."""

    what: str
    url: str = ""
    as_of: str = ""
    confidence: Confidence


class Obstacle(Record, frozen=True, kw_only=True):
    """Something that is in the way in this case, with the facts that show it."""

    key: str
    """``o1``, ``o2`` … the gravest first."""
    id: str
    """Id in the taxonomy, such as ``carrier_grade_nat``."""
    title: str
    category: ObstacleCategory
    meaning: str
    """What it is, in a sentence."""
    blocking: bool
    """True: without a remedy at least one step cannot succeed. False: it slows, narrows or endangers."""
    general: bool = False
    """True: it attaches to nearly every request there; the others are particular to the steps named."""
    states: tuple[str, ...]
    steps: tuple[str, ...]
    """Ids of the steps affected."""
    detected: tuple[str, ...]
    """The facts of this case that triggered it, each once."""
    remedies: tuple[str, ...]
    """Next actions, the most useful first."""
    reform: str
    """What states could change so that it goes away; empty: nothing known."""
    sources: tuple[Citation, ...]

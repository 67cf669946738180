"""What the data say of jurisdiction: grounds, articles that give them, duties to consult, criteria for a forum.

``data/jurisdiction/{grounds,consultations,criteria}.csv``.
"""

from enum import StrEnum

from comity.law.dates import PartialDate
from comity.law.instrument import Record, StateCode
from comity.law.vocabulary import Confidence


class Ground(StrEnum):
    """On what a state may rest a claim to judge."""

    CONDUCT = "territory_conduct"
    SYSTEM = "territory_system"
    EFFECT = "territory_effect"
    PROCEEDS = "territory_proceeds"
    ACTIVE_NATIONALITY = "active_nationality"
    PASSIVE_NATIONALITY = "passive_nationality"
    RESIDENCE = "residence_or_presence"
    ASSERTED = "asserted"
    """It has proceedings; on what ground was not told."""


class GroundRule(Record, frozen=True, kw_only=True):
    """An article that gives grounds: of an instrument, or of one state's own law."""

    instrument: str = ""
    """Id of the instrument; empty: a state's own law."""
    state: StateCode = ""
    """Whose own law it is; empty: an instrument's article."""
    law: str = ""
    """Title of the state's own law; empty for instruments."""
    article: str
    grounds: tuple[Ground, ...]
    offences: tuple[str, ...] = ()
    """Canonical offences that a state's own rule concerns; empty: any."""
    duty: bool
    """True: a party must establish this jurisdiction, or the law claims it. False: a party may."""
    text: str
    in_force_from: PartialDate = ""
    """Of a state's own law; empty: not sourced. Instruments have their own dates."""
    source_url: str
    as_of: PartialDate
    confidence: Confidence


class ConsultationRule(Record, frozen=True, kw_only=True):
    """An article under which states consult where several claim."""

    instrument: str
    article: str
    text: str
    source_url: str
    as_of: PartialDate
    confidence: Confidence


class ForumCriterion(Record, frozen=True, kw_only=True):
    """What states weigh when they choose where to prosecute."""

    id: str
    text: str
    grounds: tuple[Ground, ...]
    """Grounds whose facts speak for a state under it."""
    source_url: str
    as_of: PartialDate
    confidence: Confidence


class JurisdictionLaw(Record, frozen=True, kw_only=True):
    """All that the data say of jurisdiction."""

    grounds: tuple[GroundRule, ...] = ()
    consultations: tuple[ConsultationRule, ...] = ()
    criteria: tuple[ForumCriterion, ...] = ()

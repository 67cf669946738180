"""Which states may claim to judge, on what ground, and where claims meet."""

from enum import StrEnum

from comity.law import Confidence
from comity.plan.model.obstacle import Citation
from comity.plan.model.record import Record


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


class ClaimBasis(Record, frozen=True, kw_only=True):
    """An article on which a claim rests."""

    instrument: str
    title: str
    article: str
    binds: bool | None
    """Whether the state is bound by it on the plan's date; None: unknown."""
    duty: bool
    """True: the state must establish this jurisdiction. False: it may."""
    why: str
    source: Citation


class JurisdictionClaim(Record, frozen=True, kw_only=True):
    """One state's possible claim on one ground."""

    state: str
    state_name: str
    ground: Ground
    strength: Confidence
    """How sure the facts behind it are."""
    reasons: tuple[str, ...]
    bases: tuple[ClaimBasis, ...]
    """Empty: its own law only, which was not looked up."""


class ConsultationDuty(Record, frozen=True, kw_only=True):
    """A duty (or invitation) of several states to consult on who prosecutes."""

    instrument: str
    title: str
    article: str
    text: str
    states: tuple[str, ...]
    """Those bound by it on the plan's date."""
    source: Citation


class JurisdictionConflict(Record, frozen=True, kw_only=True):
    """Several states may claim, or none does."""

    kind: str
    """``positive`` or ``negative``."""
    states: tuple[str, ...]
    reason: str
    duties: tuple[ConsultationDuty, ...]
    criteria: tuple[str, ...]
    """What speaks for which forum, from the facts."""


class Jurisdiction(Record, frozen=True, kw_only=True):
    claims: tuple[JurisdictionClaim, ...]
    conflicts: tuple[JurisdictionConflict, ...]
    notes: tuple[str, ...] = ()

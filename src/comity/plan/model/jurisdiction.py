"""Which states may claim to judge, on what ground, and where claims meet."""

from comity.law import ClaimBasis, Confidence, ConsultationDuty, Ground
from comity.plan.model.record import Record


class JurisdictionClaim(Record, frozen=True, kw_only=True):
    """One state's possible claim on one ground."""

    state: str
    state_name: str
    ground: Ground
    strength: Confidence
    """How sure the facts behind it are."""
    reasons: tuple[str, ...]
    bases: tuple[ClaimBasis, ...]
    """Articles of instruments and of the state's own law; empty: none in our data."""


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

"""Which states may claim to judge, on what ground, and where claims meet."""

import msgspec

from comity.law import ClaimBasis, Confidence, ConsultationDuty, Ground
from comity.plan.model.record import Record


class Told(Record, frozen=True, kw_only=True):
    """A statement by its parts, so that a letter can say it in another language."""

    said: str
    """Which sentence it is: ``victims``, ``conduct`` …"""
    about: dict[str, str] = msgspec.field(default_factory=dict)
    """Codes of states, names, numbers, sums (``INR 2444998``)."""


class JurisdictionClaim(Record, frozen=True, kw_only=True):
    """One state's possible claim on one ground."""

    state: str
    state_name: str
    ground: Ground
    strength: Confidence
    """How sure the facts behind it are."""
    reasons: tuple[str, ...]
    told: tuple[Told, ...] = ()
    """The same reasons by their parts."""
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
    weighed: tuple[Told, ...] = ()
    """Of these, what states weigh, by its parts."""


class Jurisdiction(Record, frozen=True, kw_only=True):
    claims: tuple[JurisdictionClaim, ...]
    conflicts: tuple[JurisdictionConflict, ...]
    notes: tuple[str, ...] = ()

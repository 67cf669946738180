"""Holders of data or money, what ties them to the case, and what is left out."""

from comity.law import Confidence, Measure
from comity.leads.model import ObservableKind, Place, Reason, Role
from comity.plan.model.record import Record


class Tie(Record, frozen=True, kw_only=True):
    """One observable tied to a holder."""

    observable: str
    """``kind:value``; unique in the plan's leads."""
    kind: ObservableKind
    value: str
    shown: str
    """For people; equal to the value where there is no better form."""
    role: Role
    confidence: Confidence
    reasons: tuple[Reason, ...]
    """The chain of reasoning of the tie."""
    places: tuple[Place, ...]
    """The first places where it was found; `place_count` tells how many there are."""
    place_count: int
    tags: tuple[str, ...]
    weight: int
    """Evidential weight, 0 to 100: higher is asked for first."""
    weight_reasons: tuple[str, ...]
    grounds: tuple[str, ...] = ()
    """Ids of the signs that say what it has to do with the offence, as ``payee``: other reasons only rank it here."""


class Obtainable(Record, frozen=True, kw_only=True):
    """What such a holder can give."""

    measure: Measure
    what: str
    """In words: ``log-ins with address, port and time``."""
    expectation: str = ""
    """How much to expect; empty: nothing special."""
    step: str = ""
    """Id of the step that asks for it; empty: none does (`why_not` says why)."""
    why_not: str = ""


class Holder(Record, frozen=True, kw_only=True):
    """Somebody in a state who holds data or money of the case."""

    id: str
    """``h1``, ``h2`` … by weight."""
    role: Role
    name: str
    """As far as known; else a description, such as ``the holder of 203.0.113.7 (network not known)``."""
    provider: str = ""
    """Id in the provider table; empty: not listed there."""
    legal_entity: str = ""
    state: str
    state_name: str
    domestic: bool
    """True: in the requesting state, so no request crosses a border."""
    confidence: Confidence
    weight: int
    ties: tuple[Tie, ...]
    """By weight."""
    gives: tuple[Obtainable, ...]
    notes: tuple[str, ...] = ()
    """What the provider table says of direct requests, notices to users, retention."""
    url: str = ""
    """The provider's page for authorities."""


class NotPursued(Record, frozen=True, kw_only=True):
    """An observable that no step asks for, and why: visible, so that a person can disagree."""

    observable: str
    kind: ObservableKind
    value: str
    shown: str
    code: str
    """Kebab-case: ``victims-own-provider``, ``impersonated-brand``, ``shared-platform``, ``no-state`` …"""
    reason: str
    state: str = ""
    holder_name: str = ""
    place_count: int = 0

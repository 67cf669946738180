"""What the case file says, as the plan used it."""

from enum import StrEnum

from comity.leads.model import Artifact
from comity.plan.model.record import Record


class UrgencyLevel(StrEnum):
    ROUTINE = "routine"
    URGENT = "urgent"
    EMERGENCY = "emergency"
    """An imminent danger to a person's life or safety."""


class CaseAuthority(Record, frozen=True, kw_only=True):
    """Who conducts the case and asks."""

    name: str
    unit: str = ""
    contact: str = ""
    signatory: str = ""


class CaseOffence(Record, frozen=True, kw_only=True):
    """One offence under investigation."""

    id: str
    """Canonical id, such as ``computer_fraud``."""
    title: str
    sections: tuple[str, ...] = ()
    """Sections of the requesting state's law, as the case names them."""
    max_penalty_years: float | None = None
    """As the case says; None: not told. 99: life or death."""


class CaseVictims(Record, frozen=True, kw_only=True):
    """Victims and losses in one state."""

    state: str
    state_name: str
    number: int
    loss: str
    """Decimal, as text; empty: not told."""
    currency: str
    """ISO 4217."""


class CaseSuspect(Record, frozen=True, kw_only=True):
    """A suspect, as far as known."""

    name: str
    """A name or a handle; never invented."""
    nationality: str = ""
    residence: str = ""
    note: str = ""


class CaseSummary(Record, frozen=True, kw_only=True):
    """What the case file says, as the plan used it."""

    reference: str
    title: str
    state: str
    """The requesting state's ISO 3166 code."""
    state_name: str
    time_zone: str
    """IANA zone in which the authority works."""
    authority: CaseAuthority
    offences: tuple[CaseOffence, ...]
    facts: str
    victims: tuple[CaseVictims, ...]
    suspects: tuple[CaseSuspect, ...]
    currency: str
    urgency: UrgencyLevel
    urgency_reason: str
    confidentiality: str
    legal_facts: dict[str, bool]
    """Facts that the case says are known, by id (`comity.law.FACTS`)."""
    artifacts: tuple[Artifact, ...]

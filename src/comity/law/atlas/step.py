"""Steps that change the law between states: what a what-if supposes, and what a reform proposes.

Dates are those of the act itself: a deposit binds when the instrument's own rule says so, not on that day.
"""

from datetime import date
from enum import StrEnum

from comity.law.instrument import StateCode
from comity.law.route import Answer


class TreatyKind(StrEnum):
    """What a new bilateral treaty is for."""

    MLAT = "mlat"
    EXTRADITION = "extradition"


class Accession(Answer, frozen=True, kw_only=True, tag_field="act", tag="accedes"):
    """A state deposits its consent to a multilateral instrument, or joins a network or organisation."""

    state: StateCode
    instrument: str
    on: date

    def __str__(self) -> str:
        return f"{self.state} accedes {self.instrument} on {self.on}"


class Denunciation(Answer, frozen=True, kw_only=True, tag_field="act", tag="denounces"):
    """A state gives notice: it is bound until the instrument's own rule ends it, or no longer where none is known."""

    state: StateCode
    instrument: str
    on: date

    def __str__(self) -> str:
        return f"{self.state} denounces {self.instrument} on {self.on}"


class NewTreaty(Answer, frozen=True, kw_only=True, tag_field="act", tag="signs"):
    """Two states conclude a treaty after the model of its kind; it is in force from the day on."""

    state: StateCode
    other: StateCode
    kind: TreatyKind
    on: date

    def __str__(self) -> str:
        return f"{self.state} signs-{self.kind} {self.other} on {self.on}"


class Withdrawal(Answer, frozen=True, kw_only=True, tag_field="act", tag="withdraws-reservation"):
    """A state withdraws what it reserved or declared, from the day on."""

    state: StateCode
    instrument: str
    article: str = ""
    """As the reservation names it; empty: all that the state reserved."""
    on: date

    def __str__(self) -> str:
        article = f" {self.article}" if self.article else ""
        return f"{self.state} withdraws-reservation {self.instrument}{article} on {self.on}"


class EntryIntoForce(Answer, frozen=True, kw_only=True, tag_field="act", tag="enters-into-force"):
    """An instrument enters into force for those who consented to it."""

    instrument: str
    on: date

    def __str__(self) -> str:
        return f"instrument {self.instrument} enters-into-force on {self.on}"


Step = Accession | Denunciation | NewTreaty | Withdrawal | EntryIntoForce

"""The terms of a letter: what went before, what is promised, and contents that only some kinds have."""

from datetime import date
from enum import StrEnum

from comity.letters.model.kind import Kind
from comity.letters.model.record import Record
from comity.letters.model.text import Origin, Text


class EarlierAct(Record, frozen=True, kw_only=True):
    """Something already asked for or done in the same matter."""

    measure: str
    state: str
    holder: str = ""
    sent_on: date
    effective_on: date | None = None
    lapses: str = ""
    """When what was obtained lapses: ISO 8601 date or RFC 3339 instant; empty: not known."""
    instrument: str = ""
    reference: str = ""
    outcome: Text | None = None
    origin: Origin


class About(Record, frozen=True, kw_only=True):
    """The letter that this one follows up or answers."""

    kind: Kind
    reference: str
    dated_on: date | None = None
    """None: nothing tells that it was sent."""
    from_state: str
    received_on: date | None = None


class UndertakingKind(StrEnum):
    SPECIALITY = "speciality"
    """What is given is used in this case only."""
    RECIPROCITY = "reciprocity"
    DEATH_PENALTY = "death_penalty"
    LIFE_SENTENCE = "life_sentence"
    RETURN = "return"
    COSTS = "costs"
    DATA_PROTECTION = "data_protection"
    RETRIAL = "retrial"
    OTHER = "other"


class Undertaking(Record, frozen=True, kw_only=True):
    """A promise of the requesting side."""

    kind: UndertakingKind
    text: Text


class Particular(Record, frozen=True, kw_only=True):
    """A content that only some kinds or measures have."""

    field: str
    """Id of the field, such as ``probable_cause``; ``data/parts.toml`` lists them."""
    text: Text


class Enclosure(Record, frozen=True, kw_only=True):
    """A paper that goes with the letter."""

    number: int
    id: str
    """``law_text``, ``translation``, ``court_order``, ``warrant`` …"""
    title: Text
    digest: str = ""
    """SHA-256 of the file, once it is attached."""
    file: str = ""
    """Name of the file, once it is attached: how a changed paper is told from an absent one."""
    origin: Origin


class Signatory(Record, frozen=True, kw_only=True):
    """Who signs, in order."""

    number: int
    name: str
    """Name or office; empty: not told."""
    authority: str
    office: str = ""
    """As `Party.office`, of the authority."""
    state: str = ""
    """ISO 3166 code of the office's state."""
    seal: bool = False
    origin: Origin

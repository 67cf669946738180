"""The case file ``case.toml``: what a person tells about a case. These records are its published schema.

Every key that is not here is an error. Days are TOML dates; instants are TOML date-times with an offset (a local
date-time is read in the case's own time zone). Money is text or a number and is kept as decimal text.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

import msgspec

from comity.law import Measure
from comity.leads.model import Role
from comity.plan.model import UrgencyLevel

EVERYTHING = ("**/*",)
NonEmpty = Annotated[str, msgspec.Meta(min_length=1)]
StateCode = Annotated[str, msgspec.Meta(pattern="^[A-Z]{2}$", description="ISO 3166-1 alpha-2 code, such as IN")]
Currency = Annotated[str, msgspec.Meta(pattern="^[A-Z]{3}$", description="ISO 4217 code, such as INR")]
Amount = Annotated[Decimal, msgspec.Meta(extra_json_schema={"type": ["string", "number"]})]
Moment = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$",
        description="A TOML date or date-time, such as 2026-11-20T10:15:00+05:30",
    ),
]


class CaseRecord(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of the records of a case file."""


class Authority(CaseRecord, frozen=True, kw_only=True):
    """Who conducts the case."""

    name: NonEmpty
    unit: str = ""
    contact: str = ""
    """Secure e-mail or telephone, as it may stand in a request."""
    signatory: str = ""
    """Name and office of the person who will sign."""
    officer: str = ""
    """Who answers questions about the case: name, and behind a comma the rank."""
    telephone: str = ""
    """With the country's code; for an emergency one that is answered at any hour."""
    address: str = ""
    city: str = ""


class Court(CaseRecord, frozen=True, kw_only=True):
    """The court that issues letters rogatory or orders in the case."""

    name: NonEmpty
    city: str = ""
    judge: str = ""
    """Name and office of the judge."""
    order: str = ""
    """Reference of the order."""
    ordered: date | None = None


class CaseOffenceEntry(CaseRecord, frozen=True, kw_only=True):
    """One offence under investigation."""

    id: NonEmpty
    """Canonical id: `comity law offences` lists them."""
    sections: tuple[str, ...] = ()
    """Sections of the requesting state's law."""
    max_penalty_years: Annotated[float, msgspec.Meta(ge=0)] | None = None
    """The highest penalty there; 99: life or death."""


class CaseEvent(CaseRecord, frozen=True, kw_only=True):
    """A moment of the case that the evidence does not show by itself."""

    at: Moment
    what: NonEmpty
    objects: tuple[NonEmpty, ...] = ()
    """What it concerns, as it stands in the evidence: requests about it then name this moment."""


class Victims(CaseRecord, frozen=True, kw_only=True):
    """Victims and losses in one state."""

    state: StateCode
    number: Annotated[int, msgspec.Meta(ge=0)]
    loss: Amount | None = None
    currency: Currency | None = None
    """Left out: the case's currency."""
    providers: tuple[str, ...] = ()
    """Domains of the victims' own mail, bank and network providers: never asked abroad for the victims' data."""
    accounts: tuple[NonEmpty, ...] = ()
    """The victims' own accounts: nothing is stopped or asked there but at home, with their leave."""
    identifiers: tuple[NonEmpty, ...] = ()
    """Addresses, numbers, mailboxes and handles in the evidence that are the victims' own."""


class Suspect(CaseRecord, frozen=True, kw_only=True):
    """A suspect, as far as known."""

    name: NonEmpty
    """A name or a handle."""
    nationality: StateCode | None = None
    residence: StateCode | None = None
    identifiers: tuple[NonEmpty, ...] = ()
    """Accounts, addresses, numbers and handles in the evidence that are this person's, as far as known."""
    born: str = ""
    """Date and place of birth, as far as known."""
    identity: tuple[str, ...] = ()
    """Identity papers, marks, photographs."""
    note: str = ""
    """For the investigators, such as who talks: no letter repeats it."""


class UrgencyReason(CaseRecord, frozen=True, kw_only=True):
    """What makes the data or money in one state urgent."""

    state: StateCode
    text: NonEmpty


class Urgency(CaseRecord, frozen=True, kw_only=True):
    level: UrgencyLevel = UrgencyLevel.ROUTINE
    reason: str = ""
    """The facts that make it urgent; for an emergency who is in danger, of what, and when."""
    reasons: tuple[UrgencyReason, ...] = ()
    """By state, for letters: a holder is told what is urgent about what it holds, not about others. Empty: `reason`
    goes into every letter."""


class ConfidentialityLevel(StrEnum):
    OPEN = "open"
    """The person concerned may be told."""
    CONFIDENTIAL = "confidential"
    """The fact and the subject of the requests must not become known."""


class Confidentiality(CaseRecord, frozen=True, kw_only=True):
    level: ConfidentialityLevel = ConfidentialityLevel.CONFIDENTIAL
    reason: str = ""


class Brand(CaseRecord, frozen=True, kw_only=True):
    """A name that the offenders abuse: its own domains are honest, what looks like them is not."""

    name: NonEmpty
    domains: tuple[str, ...] = ()


class CompromisedSite(CaseRecord, frozen=True, kw_only=True):
    """An honest site that the offenders broke into: its owner is warned, its name is not suspended."""

    domain: NonEmpty
    owner: str = ""
    """Who runs it, as far as known."""
    contact: str = ""
    """How its owner is reached, not by a mailbox on the same server."""


class Exchange(CaseRecord, frozen=True, kw_only=True):
    """A crypto-asset service to which tracing led: it knows whose an address is."""

    name: NonEmpty
    """Its name, domain or provider id."""
    state: StateCode | None = None
    """Where it is established; left out: as the provider table says."""
    addresses: tuple[NonEmpty, ...]
    """Addresses or transaction hashes in the evidence that are said to be its own, such as deposit addresses."""
    note: str = ""
    """Who says so, such as a tracing tool with its day."""


class ToldTie(CaseRecord, frozen=True, kw_only=True):
    """Who has a thing of the evidence, where somebody on the case knows it better; it replaces what was found."""

    objects: tuple[NonEmpty, ...]
    """Addresses, accounts, numbers and names, as they stand in the evidence."""
    state: StateCode | None = None
    """Where it is kept; left out: no state can be told, and nothing is asked about it."""
    holder: str = ""
    """Who keeps it: its name, domain or provider id; empty: not known."""
    role: Role | None = None
    """What it does in the case, such as ``infrastructure``; left out: as it was found, or usual for such a thing."""
    why: NonEmpty
    """Who knows it, and from where."""


class Uninvolved(CaseRecord, frozen=True, kw_only=True):
    """Somebody who stands in the evidence and has nothing to do with the offence: a payee of a victim's statement."""

    objects: tuple[NonEmpty, ...]
    """Accounts, addresses, numbers and handles in the evidence that are theirs: nothing is asked about them."""
    who: str = ""
    """Who they are, for whoever reads the case file."""


class EarlierStep(CaseRecord, frozen=True, kw_only=True):
    """Something already asked for or done, so that its clocks run and nothing is asked twice."""

    measure: Measure
    state: StateCode
    holder: str = ""
    """Its name, domain or provider id; empty: every holder in that state, or of the `objects`."""
    objects: tuple[NonEmpty, ...] = ()
    """What it was about: addresses, accounts, numbers as they stand in the evidence; empty: all that the holder has."""
    sent: date
    effective: date | None = None
    """The day on which it took effect, if it did."""
    lapses: Moment | None = None
    """When what it achieved ends, as the holder said: a bank lets the money go, a host deletes its logs."""
    instrument: str = ""
    """Id of the instrument that it rested on."""
    reference: str = ""
    outcome: str = ""
    held: Amount | None = None
    """What is held, of a freezing: in the currency of the account."""
    held_currency: str = ""
    """ISO 4217."""


class Proceedings(CaseRecord, frozen=True, kw_only=True):
    """Proceedings on the same facts in another state."""

    state: StateCode
    stage: NonEmpty
    """``investigation``, ``prosecution``, ``judgment`` in words of the case."""
    reference: str = ""


class Money(CaseRecord, frozen=True, kw_only=True):
    """What was done to stop the money."""

    reported: Moment | None = None
    """When the loss was reported to a bank or the police."""
    recall: Moment | None = None
    """When the sending bank asked for its money back."""


class Place(CaseRecord, frozen=True, kw_only=True):
    """Where the offence took place, as far as the investigation knows beyond the evidence."""

    conduct: tuple[StateCode, ...] = ()
    """States in which the offenders acted."""
    systems: tuple[StateCode, ...] = ()
    """States in which attacked systems stand."""


class Stage(StrEnum):
    """How far the case has come."""

    INVESTIGATION = "investigation"
    PROSECUTION = "prosecution"
    TRIAL = "trial"


class Statement(CaseRecord, frozen=True, kw_only=True):
    """What a person has to say in the letters of the case: a content that no evidence and no law gives by itself."""

    field: NonEmpty
    """Which content, such as ``probable_cause``, ``necessity``, ``privilege``, ``warrant``."""
    text: NonEmpty
    measures: tuple[Measure, ...] = ()
    """Only in letters that ask for one of these; empty: in all that have the field."""
    states: tuple[StateCode, ...] = ()
    """Only in letters to one of these states; empty: to all."""
    holders: tuple[NonEmpty, ...] = ()
    """Only in letters about what one of these has, by name or provider id; empty: about any."""


class WordsOfLaw(CaseRecord, frozen=True, kw_only=True):
    """The words of a section, which go with letters that rest on it; they take the place of what the law data hold."""

    provision: NonEmpty
    """As offences cite it: ``Information Technology Act 2000, s. 66C``."""
    text: NonEmpty
    """As published; paragraphs stand apart by a line break."""
    language: str = ""
    """BCP 47; left out: that of this file."""


class Case(CaseRecord, frozen=True, kw_only=True):
    """A whole case file."""

    reference: NonEmpty
    title: NonEmpty
    requesting_state: StateCode
    currency: Currency
    language: str = ""
    """BCP 47 tag of the language in which this file is written: facts, reasons, statements, units and ranks. Left out:
    that which the facts are recognised as, English where they are not."""
    time_zone: str = ""
    """IANA zone of the authority, such as Asia/Kolkata; left out: the zone of the state's capital."""
    facts: NonEmpty
    """What happened, in sentences: who did what, when, where, how, with what loss."""
    artifacts: tuple[NonEmpty, ...] = EVERYTHING
    """Globs, below the case folder, of the evidence to read; a name without a wildcard is read whatever it is."""
    holidays: str = ""
    """Subdivision whose holidays count too, such as DL or BY; left out: national ones only."""
    authority: Authority
    offences: Annotated[tuple[CaseOffenceEntry, ...], msgspec.Meta(min_length=1)]
    events: tuple[CaseEvent, ...] = ()
    victims: tuple[Victims, ...] = ()
    suspects: tuple[Suspect, ...] = ()
    urgency: Urgency = Urgency()
    confidentiality: Confidentiality = Confidentiality()
    protected_brands: tuple[Brand, ...] = ()
    compromised_sites: tuple[CompromisedSite, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    ties: tuple[ToldTie, ...] = ()
    uninvolved: tuple[Uninvolved, ...] = ()
    money: Money = Money()
    place: Place = Place()
    legal_facts: dict[str, bool] = {}
    """Facts that decide conditions of the law, by id; one that is left out is unknown."""
    earlier_steps: tuple[EarlierStep, ...] = ()
    proceedings: tuple[Proceedings, ...] = ()
    registration: str = ""
    """Number, date and place of the first information report or complaint, where it is not the reference."""
    stage: Stage = Stage.INVESTIGATION
    court: Court | None = None
    statements: tuple[Statement, ...] = ()
    law_texts: tuple[WordsOfLaw, ...] = ()

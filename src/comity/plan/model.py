"""The plan of a case, as values: who holds what, what to ask in which order, by when, and what stands in the way.

All of it is written to JSON as it stands (`comity plan --json`; the schema is published), so every record is a frozen
`msgspec.Struct`. Days are ISO 8601 dates; instants are RFC 3339 text with an offset; empty text means *none* or *not
known*, as the field says.
"""

from datetime import date
from enum import StrEnum

import msgspec

from comity.law import (
    Channel,
    Confidence,
    Content,
    InstrumentKind,
    Measure,
    RefusalRisk,
    RouteAddressee,
    RouteCondition,
    Source,
    Status,
    TimeLimit,
)
from comity.leads.model import Artifact, ArtifactKind, Finding, ObservableKind, Place, Reason, Role


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Base of the records of a plan."""


# --- the case, in short ----------------------------------------------------------------------------------------------


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


# --- holders and what ties them to the case --------------------------------------------------------------------------


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


# --- steps -----------------------------------------------------------------------------------------------------------


class Deadline(Record, frozen=True, kw_only=True):
    """A date of a step, with how it was worked out and where the rule comes from."""

    kind: str
    """``start_by``, ``due``, ``expires``, ``renew_by``, ``answer_expected``, ``recall_window`` …"""
    what: str
    """What happens or must have happened then."""
    on: date
    """The day, in the time zone named in `zone`."""
    at: str = ""
    """The instant where hours count, RFC 3339 with offset; empty: by the end of the day."""
    at_requesting: str = ""
    """The same instant on the requesting state's clock; empty as `at`."""
    zone: str
    """IANA zone of the state whose calendar rules."""
    computation: str
    """``2026-11-24 (sent) + 60 days = 2027-01-23``, with every shift for a weekend or holiday named."""
    assumes: str = ""
    """The event that was assumed, such as ``sent on the day of the plan and received the same day``."""
    source: str
    """Instrument and article, or data set."""
    source_url: str = ""
    confidence: Confidence


class RouteChoice(Record, frozen=True, kw_only=True):
    """A route as the plan uses it: `comity.law.Route` without what only a lawyer's comparison needs."""

    instrument: str
    title: str
    kind: InstrumentKind
    status: Status
    article: str
    channel: Channel
    addressee: RouteAddressee
    binding: bool
    evidence: bool
    why: tuple[str, ...]
    chosen_because: tuple[str, ...]
    """The reasons of the ranking."""
    conditions: tuple[RouteCondition, ...]
    time_limits: tuple[TimeLimit, ...]
    languages: str
    refusal_risks: tuple[RefusalRisk, ...]
    contents: tuple[Content, ...] = ()
    """What the request must say; only on the recommended route."""
    opens_on: date | None = None
    closes_on: date | None = None
    assumed: bool = False
    use_limitation: str = ""
    urgent_channel: str = ""
    sources: tuple[Source, ...]


class StepObject(Record, frozen=True, kw_only=True):
    """One exact thing that the step asks about."""

    observable: str
    """The tie's id."""
    kind: ObservableKind
    value: str
    shown: str
    detail: str = ""
    """What makes it exact: the instants at which an address was seen, a message id, a transfer's reference."""


class Period(Record, frozen=True, kw_only=True):
    """The time for which data are asked: as narrow as the case allows."""

    start: str
    """ISO 8601 date or RFC 3339 instant; empty: not known."""
    end: str
    why: str


class UrgencyClass(StrEnum):
    """How soon a step must be on its way."""

    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"
    AFTER = "after"
    """Only when the steps that it depends on have answered."""


class Urgency(Record, frozen=True, kw_only=True):
    """Why a step is as urgent as it is."""

    level: UrgencyClass
    reason: str
    source: str
    source_url: str = ""
    confidence: Confidence


class Step(Record, frozen=True, kw_only=True):
    """One act of the plan: one measure asked of one holder, for all its objects at once."""

    id: str
    """``s1``, ``s2`` … in order."""
    order: int
    measure: Measure
    title: str
    state: str
    """Where it must be done."""
    state_name: str
    holder: str
    """Id of the holder; empty: the step is addressed to the state itself (a joint team, a consultation)."""
    holder_name: str
    domestic: bool
    """True: an order under the requesting state's own law; there is then no route."""
    domestic_basis: str = ""
    """For a domestic step: which kind of order."""
    what: str
    objects: tuple[StepObject, ...]
    period: Period | None = None
    recommended: RouteChoice | None = None
    """None: domestic, or no route is open or conditional (an obstacle says so)."""
    fallbacks: tuple[RouteChoice, ...] = ()
    """In order; informal quick channels first where the step is urgent."""
    closed_routes: tuple[str, ...] = ()
    """Why the others do not work, one line each, the most telling first."""
    depends_on: tuple[str, ...] = ()
    urgency: Urgency
    start_by: Deadline
    due: Deadline | None = None
    """When the answer or act is owed or can be expected."""
    expires: Deadline | None = None
    """When what was obtained lapses."""
    other_dates: tuple[Deadline, ...] = ()
    why: tuple[str, ...]
    """Why this step: from the evidence to the holder to the measure."""
    obstacles: tuple[str, ...] = ()
    """Keys of the obstacles in its way."""


# --- obstacles -------------------------------------------------------------------------------------------------------


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
    states: tuple[str, ...]
    steps: tuple[str, ...]
    """Ids of the steps affected."""
    detected: tuple[str, ...]
    """The facts of this case that triggered it."""
    remedies: tuple[str, ...]
    """Next actions, the most useful first."""
    reform: str
    """What states could change so that it goes away; empty: nothing known."""
    sources: tuple[Citation, ...]


# --- jurisdiction ----------------------------------------------------------------------------------------------------


class Ground(StrEnum):
    """On what a state may rest a claim to judge."""

    CONDUCT = "territory_conduct"
    SYSTEM = "territory_system"
    EFFECT = "territory_effect"
    PROCEEDS = "territory_proceeds"
    ACTIVE_NATIONALITY = "active_nationality"
    PASSIVE_NATIONALITY = "passive_nationality"
    RESIDENCE = "residence_or_presence"


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


# --- the whole -------------------------------------------------------------------------------------------------------


class StateRole(StrEnum):
    """What a state is in the case."""

    REQUESTING = "requesting"
    VICTIMS = "victims"
    ORIGIN = "origin"
    DATA = "data"
    MONEY = "money"
    SUSPECT = "suspect"
    TRANSIT = "transit"
    """An anonymiser's exit or a relay stands there: no sign that anybody acted there."""


class InvolvedState(Record, frozen=True, kw_only=True):
    """A state that the case touches."""

    state: str
    name: str
    roles: tuple[StateRole, ...]
    reasons: tuple[str, ...]
    zone: str
    """IANA zone of its capital; empty: not known."""
    working_days: str
    """``Monday to Friday; holidays from …``, or what is not known."""
    holders: tuple[str, ...]
    steps: tuple[str, ...]
    weight: int


class Event(Record, frozen=True, kw_only=True):
    """A moment on the time line: in the evidence, in the case file, or a date of the plan."""

    at: str
    """RFC 3339 instant or ISO 8601 date."""
    kind: str
    """``evidence``, ``money``, ``case``, ``start_by``, ``due``, ``expires``."""
    title: str
    detail: str = ""
    state: str = ""
    step: str = ""
    """Id of the step, for a date of the plan."""
    artifact: str = ""
    """Id of the artifact, for a moment in the evidence."""


class DataSet(Record, frozen=True, kw_only=True):
    """A body of data that the plan rests on."""

    name: str
    as_of: str
    note: str = ""


class Provenance(Record, frozen=True, kw_only=True):
    """What a reader must know to check the plan or to make it again."""

    comity: str
    """Version of Comity."""
    on: date
    """The day for which the plan was made."""
    data_sets: tuple[DataSet, ...]
    assumptions: tuple[str, ...]
    """What the plan took for granted."""
    limits: tuple[str, ...]
    """What it could not know: states without a holiday calendar, facts of low confidence …"""


class Counts(Record, frozen=True, kw_only=True):
    """Sizes, for a summary line."""

    artifacts: int
    observables: int
    tied: int
    """Observables tied to a state."""
    pursued: int
    artifacts_by_kind: dict[ArtifactKind, int]


class Plan(Record, frozen=True, kw_only=True):
    """The answer of `make_plan`."""

    schema: str = "comity-plan-1"
    case: CaseSummary
    on: date
    counts: Counts
    states: tuple[InvolvedState, ...]
    """The requesting state first, then by weight."""
    holders: tuple[Holder, ...]
    steps: tuple[Step, ...]
    """In order."""
    obstacles: tuple[Obstacle, ...]
    jurisdiction: Jurisdiction
    not_pursued: tuple[NotPursued, ...]
    findings: tuple[Finding, ...]
    """Carried over from the leads, the gravest first."""
    events: tuple[Event, ...]
    """In order of time."""
    provenance: Provenance

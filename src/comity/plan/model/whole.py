"""The whole plan: states, time line, provenance."""

from datetime import date
from enum import StrEnum

from comity.leads.model import ArtifactKind, Finding
from comity.plan.model.flow import Flow
from comity.plan.model.holding import Holder, NotPursued
from comity.plan.model.jurisdiction import Jurisdiction
from comity.plan.model.obstacle import Obstacle
from comity.plan.model.record import Record
from comity.plan.model.step import Step
from comity.plan.model.summary import CaseSummary


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
    """``works Monday to Friday, not on its public holidays``, or what is not known."""
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
    flows: tuple[Flow, ...]
    """Mails, replies and payments between states, as the evidence shows them."""
    events: tuple[Event, ...]
    """In order of time."""
    provenance: Provenance

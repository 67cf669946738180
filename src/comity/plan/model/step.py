"""Steps: their routes, objects, urgency and dates."""

from datetime import date
from enum import StrEnum

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
from comity.leads.model import ObservableKind
from comity.plan.model.record import Record


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
    past: bool = False
    """True: it lies before the day of the plan; `what` then says what is left to do."""
    source: str
    """Instrument and article, or data set."""
    source_url: str = ""
    confidence: Confidence


class RouteChoice(Record, frozen=True, kw_only=True):
    """A route as the plan uses it: `comity.law.Route` without what only a lawyer's comparison needs."""

    instrument: str
    title: str
    called: str
    """Its usual short name: ``Palermo Convention``, ``mutual assistance treaty with United States``."""
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


class ObjectMoment(Record, frozen=True, kw_only=True):
    """When a thing had a part in the case."""

    at: str
    """RFC 3339 instant or ISO 8601 date."""
    kind: str
    """``evidence``: a mail; ``money``: a payment; ``case``: told by the case file."""
    about: str = ""
    """The mail's subject, or what the case file tells."""
    amount: str = ""
    """Decimal, of a payment: as it arrived."""
    currency: str = ""


class StepObject(Record, frozen=True, kw_only=True):
    """One exact thing that the step asks about."""

    observable: str
    """The tie's id."""
    kind: ObservableKind
    value: str
    shown: str
    detail: str = ""
    """What makes it exact: the instants at which an address was seen, a message id, a transfer's reference."""
    identifies: str = ""
    """Of `detail`, what identifies the account behind it; empty: it does itself."""
    moments: tuple[ObjectMoment, ...] = ()
    """The first moments of `detail`, in their parts."""


class DirectRequest(Record, frozen=True, kw_only=True):
    """Somebody who can be asked without any legal basis, and acts of its own will."""

    to: str
    """``OVHcloud, abuse contact``."""
    how: str
    """Where its address stands, and what to send."""
    basis: str
    """Why it may act: its terms of use, its policy toward authorities, its own interest."""
    url: str = ""
    source: str
    as_of: str = ""
    confidence: Confidence


class Period(Record, frozen=True, kw_only=True):
    """The time for which data are asked: as narrow as the case allows."""

    start: str
    """ISO 8601 date or RFC 3339 instant; empty: not known."""
    end: str
    why: str
    rule: str
    """How it was found: ``own``, ``evidence``, ``acts``; ``unknown`` where no moment is."""


class UrgencyClass(StrEnum):
    """How soon a step must be on its way."""

    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"
    AFTER = "after"
    """Only when the steps that it depends on have answered."""


class Urgency(Record, frozen=True, kw_only=True):
    """Why a step is as urgent as it is."""

    pace: str
    """Id of the rule (``volatility.toml``)."""
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
    direct: tuple[DirectRequest, ...] = ()
    """Who may be asked beside or instead of the routes, without any legal basis: nobody owes an answer there."""
    informal: str = ""
    """What can be asked for without any legal basis; empty: nothing."""
    expectation: str = ""
    """How much to expect; empty: nothing special."""
    earlier: str = ""
    """What was asked for already, so that nothing is asked twice; empty: nothing."""
    obstacles: tuple[str, ...] = ()
    """Keys of the obstacles in its way."""

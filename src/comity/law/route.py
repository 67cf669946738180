"""Routes: the answers of the engine, each explained down to the source of each fact."""

from datetime import date
from enum import StrEnum

import msgspec

from comity.law.instrument import Content, StateCode, TimeLimit
from comity.law.query import Query
from comity.law.vocabulary import (
    Addressee,
    AuthorityRole,
    Channel,
    Confidence,
    DualCriminality,
    InstrumentKind,
    Measure,
    RefusalGround,
    Status,
)


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """Base of the records that an answer is made of."""


class ConditionState(StrEnum):
    MET = "met"
    UNMET = "unmet"
    TO_CHECK = "to_check"


class ConditionKind(StrEnum):
    """Where a condition comes from."""

    STATED = "stated"  # the provision says so
    OFFENCE = "offence"  # the class of offence that the instrument reaches
    GROUP = "group"  # an organised criminal group
    PENALTY = "penalty"  # a least maximum penalty
    DUAL_CRIMINALITY = "dual_criminality"
    RESERVATION = "reservation"
    NATIONALITY = "nationality"  # the requested state does not surrender its own nationals
    OTHER_INSTRUMENT = "other_instrument"  # another instrument must bind both as well
    REQUESTED_STATE = "requested_state"  # the provision works only toward some states
    SUBSIDIARITY = "subsidiarity"  # steps back where a treaty of assistance binds
    COURTESY = "courtesy"  # nothing obliges: courtesy and reciprocity
    ASSURANCE = "assurance"  # an assurance is needed
    RECALLED = "recalled"  # nobody has read the text
    ASSUMED = "assumed"  # nobody has read the text: such treaties usually say so


class RouteCondition(Answer, frozen=True, kw_only=True):
    """A condition, and whether it is met as far as the question tells."""

    kind: ConditionKind
    text: str
    state: ConditionState
    why: str = ""
    gate: bool = False
    """While to be checked, it makes the whole route conditional."""
    fact: str = ""
    """Id of the fact that decides it (`comity.law.Fact`); empty: no single fact does."""


class RiskState(StrEnum):
    LIVE = "live"  # the facts raise it
    POSSIBLE = "possible"  # nothing known raises it or rules it out
    EXCLUDED = "excluded"  # the facts rule it out


class RefusalRisk(Answer, frozen=True, kw_only=True):
    """A ground on which the requested state may refuse, and what meets it."""

    ground: RefusalGround
    remedy: str
    """What to add to the request."""
    state: RiskState = RiskState.POSSIBLE
    why: str = ""


class Verdict(StrEnum):
    SATISFIED = "satisfied"
    NOT_SATISFIED = "not_satisfied"
    UNKNOWN = "unknown"


class DualCriminalityFinding(Answer, frozen=True, kw_only=True):
    """Whether the conduct behind one offence is an offence in the requested state on the day."""

    offence: str
    verdict: Verdict
    why: str
    sections_here: tuple[str, ...] = ()
    """Sections of the requesting state's law in force on the day."""
    sections_there: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    """The treaty offences through which a way of acting is covered there; empty: covered as such."""
    elements_met: tuple[str, ...] = ()
    elements_open: tuple[str, ...] = ()
    """Elements that the covering offences do not name: describe the conduct so that they do not matter."""
    years_here: float | None = None
    """Heaviest known maximum penalty; 99: life or death; None: unknown."""
    years_there: float | None = None
    carries: bool = False
    """True for the one offence on which the request should rest."""


_DOUBT = {Confidence.HIGH: 0, Confidence.MEDIUM: 1, Confidence.LOW: 2}


class Source(Answer, frozen=True, kw_only=True):
    """Where a fact of the answer comes from."""

    what: str
    url: str
    as_of: str
    confidence: Confidence


class RouteAddressee(Answer, frozen=True, kw_only=True):
    """To whom the request goes; ``name`` empty: not sourced, ask before sending."""

    kind: Addressee
    state: StateCode
    role: AuthorityRole | None = None
    name: str = ""
    city: str = ""
    languages: str = ""
    url: str = ""
    note: str = ""


class TextBasis(StrEnum):
    """How a provision is known."""

    READ = "read"
    RECALLED = "recalled"  # from memory
    ASSUMED = "assumed"  # from the usual content of such treaties


class RouteProvision(Answer, frozen=True, kw_only=True):
    """One provision that gives the measure on this route."""

    article: str
    summary: str
    status: Status
    duty: bool
    dual_criminality: DualCriminality
    conditions: tuple[RouteCondition, ...]
    time_limits: tuple[TimeLimit, ...]
    refusal_risks: tuple[RefusalRisk, ...]
    confidence: Confidence
    source_url: str
    basis: TextBasis = TextBasis.READ


class Rank(Answer, frozen=True, kw_only=True):
    """Why a route stands where it stands; higher scores first."""

    score: int
    reasons: tuple[str, ...]


class Route(Answer, frozen=True, kw_only=True):
    """One way to obtain a measure: instrument, provisions, channel and addressee."""

    instrument: str
    title: str
    kind: InstrumentKind
    measure: Measure
    status: Status
    article: str
    """Articles of the provisions that carry the route, joined by ``; ``."""
    channel: Channel
    addressee: RouteAddressee
    binding: bool
    """True: the requested state owes it. False: it may."""
    evidence: bool
    """True: the product can be used as evidence. False: for information; a formal request must follow."""
    why: tuple[str, ...]
    """The reasoning behind the status, in sentences."""
    closed_by: tuple[str, ...] = ()
    """For a closed route: those of `why` that close it."""
    conditions: tuple[RouteCondition, ...]
    """Conditions of the pair and of the provision that opens the route most."""
    time_limits: tuple[TimeLimit, ...]
    """Those that run by the facts that are known; the provisions have the others too."""
    languages: str
    refusal_risks: tuple[RefusalRisk, ...]
    contents: tuple[Content, ...]
    """What the request must say."""
    provisions: tuple[RouteProvision, ...]
    opens_on: date | None = None
    """For a closed route: the known day on which it opens."""
    closes_on: date | None = None
    """For an open route: the known day on which it ends."""
    assumed: bool = False
    """True: the treaty's own text was not read; what such treaties usually contain is assumed."""
    basis: TextBasis = TextBasis.READ
    """How the provision that opens the route most is known."""
    use_limitation: str = ""
    confidentiality: str = ""
    costs: str = ""
    form: str = ""
    urgent_channel: str = ""
    subsidiarity: str = ""
    sources: tuple[Source, ...]
    rank: Rank

    @property
    def cited(self) -> str:
        """Instrument and articles."""
        return f"{self.title}, {self.article}"

    @property
    def weakest_source(self) -> Source | None:
        """Of the sources of its articles that with the least confidence, which speaks for all; None: there is none."""
        of_articles = [source for source in self.sources if source.what.startswith("article")] or list(self.sources)
        return max(of_articles, key=lambda source: _DOUBT[source.confidence], default=None)


class RouteList(Answer, frozen=True, kw_only=True):
    """Every route that there is for a question, best first."""

    query: Query
    as_of: date
    routes: tuple[Route, ...]
    dual_criminality: tuple[DualCriminalityFinding, ...] = ()
    """One finding for each offence of the question."""

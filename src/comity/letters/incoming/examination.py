"""What the requested side finds in a request: the records."""

from datetime import date
from enum import StrEnum

from comity.law import DualCriminalityFinding, Measure, RefusalGround, RiskState, Status
from comity.letters.checks import Report
from comity.letters.model import Text
from comity.letters.model.record import Record


class Outcome(StrEnum):
    """What to do next with a request."""

    NOT_BELIEVED = "not_believed"
    """Its pages and the data inside say different things: it is not to be executed, and its sender is to be asked."""

    ADMISSIBLE = "admissible"
    ASK_BACK = "ask_back"
    """It can be executed once something was supplied."""
    REFUSAL_OPEN = "refusal_open"
    """A ground on which it may be refused is live: a person decides."""
    NOT_ADMISSIBLE = "not_admissible"
    """Nothing carries what it asks for between the two states on the day."""
    CANNOT_TELL = "cannot_tell"


class Desk(StrEnum):
    """Whether a request came to the right desk."""

    RIGHT = "right"
    OTHER = "other"
    UNKNOWN = "unknown"
    """Our data name no authority, or the letter none."""


class Competence(Record, frozen=True, kw_only=True):
    """Who deals with the request here."""

    desk: Desk
    addressed_to: str
    authority: str = ""
    """The competent authority, as our data name it; empty: not sourced."""
    city: str = ""
    url: str = ""
    note: str = ""


class OpenPoint(Record, frozen=True, kw_only=True):
    """A condition of a way on which the request is silent, and on which its sender can speak."""

    fact: str
    """Id of the fact that decides it."""
    needed: bool
    """Whether the way does not stand without it."""


class Way(Record, frozen=True, kw_only=True):
    """One instrument, and whether it carries a measure between the two states on the day."""

    instrument: str
    title: str
    article: str = ""
    status: Status | None = None
    """None: it does not give the measure between them at all."""
    invoked: bool
    """Whether the request names it."""
    duty: bool = False
    why: tuple[str, ...] = ()
    to_check: tuple[str, ...] = ()
    """Conditions that a person must check."""
    unmet: tuple[str, ...] = ()
    open_points: tuple[OpenPoint, ...] = ()


class Admissibility(Record, frozen=True, kw_only=True):
    """One measure: what the request names, and what would carry it."""

    measure: Measure
    ways: tuple[Way, ...]
    """Those that the request names first, then the best others that are not closed."""

    @property
    def carried(self) -> Way | None:
        """The way that carries it: one that the request names, else the best; None: nothing does."""
        return next((way for way in self.ways if way.status in {Status.OPEN, Status.CONDITIONAL}), None)

    @property
    def invoked_closed(self) -> tuple[Way, ...]:
        """What the request names and what does not carry it."""
        return tuple(way for way in self.ways if way.invoked and way.status not in {Status.OPEN, Status.CONDITIONAL})


class Risk(Record, frozen=True, kw_only=True):
    """A ground on which the request may be refused."""

    ground: RefusalGround
    state: RiskState
    instrument: str
    """Empty: the request raises it by its own words, whatever carries it."""
    why: str = ""
    remedy: str = ""
    """What the requesting side can supply against it."""
    by_words: bool = False
    """Whether it is raised by words of the request, which `why` quotes: no answer says them as its own."""


class Tongue(StrEnum):
    """Whether the request is in a language that is accepted here."""

    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"
    UNKNOWN = "unknown"


class LanguageFinding(Record, frozen=True, kw_only=True):
    """The language of the request."""

    state: Tongue
    language: str
    accepted: tuple[str, ...] = ()
    why: str


class Question(Record, frozen=True, kw_only=True):
    """Something to ask back."""

    field: str
    text: Text
    because: Text | None = None
    """What was found, in the words of the law data, where the question rests on it."""
    why: str = ""
    """Why it is needed, for the officer here; empty: the question says it."""
    needed: bool = True
    """Whether the request cannot be executed without the answer."""
    maybe_there: bool = False
    """True: a stranger's letter was read by its words, and it may say it all the same: look before you ask."""


class Examination(Record, frozen=True, kw_only=True):
    """A request, checked as the officer here would."""

    schema: str = "comity-examination-1"
    reference: str
    requesting: str
    requested: str
    as_of: date
    received_on: date
    outcome: Outcome
    why: str
    competence: Competence
    measures: tuple[Admissibility, ...]
    risks: tuple[Risk, ...]
    excluded: tuple[Risk, ...] = ()
    """Grounds that the facts rule out under every instrument that carries it."""
    dual_criminality: tuple[DualCriminalityFinding, ...]
    language: LanguageFinding
    contents: Report
    questions: tuple[Question, ...]
    notes: tuple[str, ...] = ()

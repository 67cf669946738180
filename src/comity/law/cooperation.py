"""International work beyond treaties: norms, processes, directories, networks, agencies, indices, programmes.

``data/cooperation/<id>.toml``. None of it is a legal basis by itself; each record says what it can do for a case and
what it cannot. Where a network carries a request, it is an instrument as well, and named in ``instruments``.
"""

from enum import StrEnum

from comity.law.dates import PartialDate
from comity.law.instrument import Record, StateCode
from comity.law.vocabulary import Confidence, Measure


class CooperationKind(StrEnum):
    """What kind of work it is."""

    NORMS = "norms"  # what states agreed to do or not to do, without being bound
    PROCESS = "process"  # a forum in which states negotiate
    DIRECTORY = "directory"  # whom to reach
    LIBRARY = "library"  # laws, cases, guides
    TOOL = "tool"  # software or forms that help to write a request
    NETWORK = "network"  # practitioners who reach each other
    AGENCY = "agency"  # a body with staff and powers of its own
    INDEX = "index"  # a measure of states
    PROGRAMME = "programme"  # training and building of capacity


class Norm(Record, frozen=True, kw_only=True):
    """One norm of a list, in our own words."""

    letter: str
    """As the list counts it: ``a`` for paragraph 13 (a) of A/70/174."""
    title: str
    summary: str
    for_a_case: str = ""
    """What a person with a case can do with it; empty: nothing."""
    source_url: str
    confidence: Confidence


class Rating(Record, frozen=True, kw_only=True):
    """What an index says of one state."""

    state: StateCode
    value: str
    source_url: str
    as_of: PartialDate
    confidence: Confidence


class Cooperation(Record, frozen=True, kw_only=True):
    """One piece of international work beyond treaties."""

    id: str
    title: str
    short_title: str = ""
    kind: CooperationKind
    run_by: str
    """The body that keeps it."""
    reference: str = ""
    """Document symbols and articles."""
    since: PartialDate = ""
    ended_on: PartialDate = ""
    members: str = ""
    """Who takes part, in words."""
    access: str = ""
    """How a practitioner gets in."""
    summary: str
    can: tuple[str, ...]
    """What it can do for a case."""
    cannot: tuple[str, ...]
    """What it cannot do for a case."""
    measures: tuple[Measure, ...] = ()
    """Measures that it helps with; empty: none in particular."""
    instruments: tuple[str, ...] = ()
    """Ids of the instruments that it serves or that carry its requests."""
    norms: tuple[Norm, ...] = ()
    ratings: tuple[Rating, ...] = ()
    note: str = ""
    source_urls: tuple[str, ...]
    as_of: PartialDate
    confidence: Confidence

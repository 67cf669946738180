"""A request: who asks whom for what, on which basis, and what was promised about its time."""

from comity.docket.record import Record
from comity.docket.vocabulary import Direction, Relation
from comity.law import Channel, Confidence, InstrumentKind, Measure, Route, TimeLimit


class Target(Record, frozen=True, kw_only=True):
    """What is asked about: an address, an account, a domain."""

    kind: str
    """STIX's word for an observable: ``email-addr``, ``iban``."""
    value: str
    """In its canonical form; `leads` gives it."""
    holder: str = ""
    """Who holds the data: a provider's id or name."""


class Link(Record, frozen=True, kw_only=True):
    """A tie to an earlier request."""

    to: str
    """Its id."""
    relation: Relation


class Promise(Record, frozen=True, kw_only=True):
    """A time limit of the route on which a request rests, as it was on the day of the request."""

    limit: TimeLimit
    instrument: str
    article: str
    source: str
    """Title and article."""
    source_url: str = ""
    confidence: Confidence
    moves: bool = False
    """Its end moves to a working day (Regulation 1182/71 art. 3(4))."""


class Request(Record, frozen=True, kw_only=True):
    """One request. Whatever changes stands in its events."""

    id: str
    reference: str
    """Ours, as on the letter."""
    their_reference: str = ""
    direction: Direction
    kind: str = ""
    """Of letter."""
    case: str = ""
    unit: str = ""
    measure: Measure
    requesting: str
    requested: str
    subdivision: str = ""
    """Of the requested state, where its calendar differs; ISO 3166-2 without the state."""
    channel: Channel
    instrument: str = ""
    offences: tuple[str, ...] = ()
    targets: tuple[Target, ...] = ()
    period_from: str = ""
    """ISO 8601 day or instant; empty: not limited."""
    period_to: str = ""
    emergency: bool = False
    links: tuple[Link, ...] = ()
    promises: tuple[Promise, ...] = ()


def promises_of(route: Route) -> tuple[Promise, ...]:
    """The time limits of a route, with their source; the source of least confidence speaks for all."""
    weakest = route.weakest_source
    return tuple(
        Promise(
            limit=limit,
            instrument=route.instrument,
            article=route.article,
            source=route.cited,
            source_url=weakest.url if weakest else "",
            confidence=weakest.confidence if weakest else Confidence.LOW,
            moves=route.kind is InstrumentKind.EU_ACT,
        )
        for limit in route.time_limits
    )

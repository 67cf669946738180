"""`find_routes`: every route for a question, open, conditional or closed, best first.

Status and order of every route are worked out at once; the words that explain it are put to it when they are read.
"""

from functools import cached_property
from operator import attrgetter

from comity.law.alike import laws_seen
from comity.law.dual_criminality import dual_criminality, is_lacking
from comity.law.errors import SameStateError, UnknownTermError
from comity.law.explain import explain
from comity.law.fact import FACTS
from comity.law.indexes import SharedWays
from comity.law.keep import kept, kept_by
from comity.law.names import all_states, is_state
from comity.law.pair import exclusion_bound, shared_standing, treaty_bound
from comity.law.provide import provision_status
from comity.law.query import Query
from comity.law.registry import Registry
from comity.law.replacement import replaced_bits
from comity.law.route import Route, RouteList
from comity.law.standing import Bound
from comity.law.vocabulary import Measure, Status
from comity.law.way import Option, Way

_PLACE = attrgetter("place")
_ORDER = {Status.OPEN: 0, Status.CONDITIONAL: 1, Status.CLOSED: 2}
_OF_BOUND = {Bound.YES: Status.OPEN, Bound.UNKNOWN: Status.CONDITIONAL, Bound.NO: Status.CLOSED}
_WEAKER = {
    (status, bound): max(status, _OF_BOUND[bound], key=_ORDER.__getitem__) for status in _ORDER for bound in Bound
}
"""What a way comes to between two states that are bound so far."""


class Routes:
    """Every route that there is for a question, best first."""

    def __init__(self, query: Query, registry: Registry, options: tuple[Option, ...]) -> None:
        self.query = query
        self.options = options
        self._registry = registry

    @cached_property
    def routes(self) -> tuple[Route, ...]:
        """The routes, explained."""
        return tuple(self.explain(option) for option in self.options)

    def explain(self, option: Option) -> Route:
        """One of the routes, explained."""
        return explain(option.way, option.status, option.rank, self.query, self._registry)

    def record(self, *, closed: bool = True) -> RouteList:
        """The answer as it is written; without the closed routes where they are not wanted."""
        shown = (option for option in self.options if closed or option.status is not Status.CLOSED)
        return RouteList(
            query=self.query,
            as_of=self.query.on,
            routes=tuple(self.explain(option) for option in shown),
            dual_criminality=dual_criminality(self.query, self._registry),
        )


def find_routes(query: Query, registry: Registry) -> Routes:
    """Every route for a question, best first.

    Raises UnknownTermError for a state, offence or fact that is not in the vocabulary, SameStateError where the two
    states are one.
    """
    _check(query, registry)
    no, unknown = shared_standing(query, registry)
    replacing, perhaps = ~(no | unknown), unknown & ~no
    no |= replaced_bits(registry, query.measure, replacing)
    unknown |= replaced_bits(registry, query.measure, perhaps)
    closed, working = _parted(registry, query.measure, no, query.urgent)
    if query.facts:
        known = (option.way.closed(urgent=query.urgent, facts=query.facts) for option in closed)
        closed = tuple(sorted(known, key=_PLACE))
    options: list[Option] = []
    for bit, excluding, ways in working:
        bound = Bound.UNKNOWN if unknown & bit else Bound.YES
        if excluding:
            bound = min(bound, exclusion_bound(registry, ways[0].instrument, query))
        options += options_of(ways, bound, query, registry)
    for treaty in registry.treaties_between(query.requesting, query.requested):
        ways = registry.treaty_ways(treaty, query.measure)
        if ways:
            bound = treaty_bound(registry, treaty, query, replacing=replacing, perhaps=perhaps)
            options += options_of(ways, bound, query, registry)
    options.sort(key=_PLACE)
    if closed and options and options[-1].place > closed[0].place:
        return Routes(query, registry, tuple(sorted((*options, *closed), key=_PLACE)))
    return Routes(query, registry, (*options, *closed))


def _check(query: Query, registry: Registry) -> None:
    for state in (query.requesting, query.requested):
        if not is_state(state):
            raise UnknownTermError(what="state", term=state, known=all_states())
    if query.requesting == query.requested:
        raise SameStateError(query.requesting)
    for offence in query.offences:
        registry.offence(offence)
    for fact in query.facts:
        if fact not in FACTS:
            raise UnknownTermError(what="fact", term=fact, known=FACTS)


@kept(1 << 13)
def _parted(
    registry: Registry, measure: Measure, no: int, urgent: bool
) -> tuple[tuple[Option, ...], tuple[SharedWays, ...]]:
    """The routes by shared instruments that do not work, in their order, and the ways of the others.

    Pairs of states differ far more than the sets of instruments that do not work between them for a measure.
    """
    shared = registry.shared_ways(measure)
    closed = [ways[0].closed(urgent=urgent, facts={}) for bit, _, ways in shared if no & bit]
    return tuple(sorted(closed, key=_PLACE)), tuple(one for one in shared if not no & one[0])


def options_of(ways: tuple[Way, ...], bound: Bound, query: Query, registry: Registry) -> list[Option]:
    """One route for each way of an instrument that binds the pair so far; closed ways only where none is not closed."""
    if bound is Bound.NO:
        return [ways[0].closed(urgent=query.urgent, facts=query.facts)]
    found = [_option(way, bound, query, registry) for way in ways]
    return [option for option in found if option.status is not Status.CLOSED] or found[:1]


def _option(way: Way, bound: Bound, query: Query, registry: Registry) -> Option:
    usual = way.usual
    if usual is not None and _is_usual(way, query) and (usual.anyhow or not is_lacking(query, registry)):
        status = _WEAKER[usual.status, bound]
        return way.option(status, binding=usual.binding, urgent=query.urgent, facts=query.facts)
    best, binding = _judged(way, query, registry)
    return way.option(_WEAKER[best, bound], binding=binding, urgent=query.urgent, facts=query.facts)


def _is_usual(way: Way, query: Query) -> bool:
    """Whether it knows nothing of this case that could make a difference to the way."""
    return way.facts.isdisjoint(query.facts) and query.requesting not in way.named and query.requested not in way.named


def _judged(way: Way, query: Query, registry: Registry) -> tuple[Status, bool]:
    """What the provisions come to, and whether the requested state owes it; kept for states that look alike."""
    if query.facts or not way.by_offence or not _is_usual(way, query):
        return _by_provisions(way, query, registry)
    alike = (way, query.offences, laws_seen(query, registry))
    return kept_by(registry, _by_provisions, alike, lambda: _by_provisions(way, query, registry), most=1 << 14)


def _by_provisions(way: Way, query: Query, registry: Registry) -> tuple[Status, bool]:
    verdicts = [(provision_status(way.instrument, p, query, registry), p) for p in way.provisions]
    best = min((status for status, _ in verdicts), key=_ORDER.__getitem__)
    return best, way.instrument.binding and any(p.duty for s, p in verdicts if s is best)

"""`find_routes`: every route for a question, open, conditional or closed, each explained."""

from functools import lru_cache

from comity.law.addressee import route_addressee
from comity.law.errors import UnknownTermError
from comity.law.fact import FACTS
from comity.law.instrument import Content, General, Instrument, Provision
from comity.law.names import is_state, state_codes
from comity.law.pair import PairStanding, pair_standing
from comity.law.provide import apply_provision
from comity.law.query import Query
from comity.law.ranking import is_evidence, rank
from comity.law.registry import Registry
from comity.law.route import (
    ConditionState,
    Route,
    RouteCondition,
    RouteList,
    RouteProvision,
    Source,
)
from comity.law.standing import Bound
from comity.law.vocabulary import Addressee, Channel, DualCriminality, Measure, Status

_ORDER = {Status.OPEN: 0, Status.CONDITIONAL: 1, Status.CLOSED: 2}
_NO_RULES = General(dual_criminality=DualCriminality.DEPENDS, channel=Channel.CENTRAL_AUTHORITIES)
_Way = tuple[Channel, Addressee]


def find_routes(query: Query, registry: Registry) -> RouteList:
    """Every route for a question, best first.

    Raises UnknownTermError for a state, offence or fact that is not in the vocabulary.
    """
    _check(query, registry)
    routes = [
        route
        for instrument in registry.candidates(query.requesting, query.requested, query.measure)
        for route in _routes_of(instrument, query, registry)
    ]
    routes.sort(key=lambda route: (_ORDER[route.status], -route.rank.score, route.instrument))
    return RouteList(query=query, as_of=query.on, routes=tuple(routes))


def _check(query: Query, registry: Registry) -> None:
    for state in (query.requesting, query.requested):
        if not is_state(state):
            raise UnknownTermError(what="state", term=state, known=state_codes())
    for offence in query.offences:
        registry.offence(offence)
    for fact in query.facts:
        if fact not in FACTS:
            raise UnknownTermError(what="fact", term=fact, known=FACTS)


@lru_cache(maxsize=4096)
def _ways(registry: Registry, instrument_id: str, measure: Measure) -> tuple[tuple[_Way, tuple[Provision, ...]], ...]:
    """An instrument's provisions for a measure, by the way that a request travels under them."""
    instrument = registry.instrument(instrument_id)
    general = instrument.general or _NO_RULES
    grouped: dict[_Way, list[Provision]] = {}
    for provision in instrument.provisions:
        if provision.measure is measure:
            channel = general.channel if provision.channel is Channel.INHERITED else provision.channel
            grouped.setdefault((channel, provision.addressee), []).append(provision)
    return tuple((way, tuple(provisions)) for way, provisions in grouped.items())


@lru_cache(maxsize=4096)
def _contents(registry: Registry, instrument_id: str, measure: Measure) -> tuple[Content, ...]:
    contents = registry.instrument(instrument_id).contents
    return tuple(c for c in contents if not c.measures or measure in c.measures)


def _routes_of(instrument: Instrument, query: Query, registry: Registry) -> list[Route]:
    """One route for each way; a way that is closed is told within the others where one of them is not."""
    standing = pair_standing(registry, instrument.id, query.requesting, query.requested, query.on)
    routes = [
        _route(instrument, way, provisions, standing, query, registry)
        for way, provisions in _ways(registry, instrument.id, query.measure)
    ]
    usable = [route for route in routes if route.status is not Status.CLOSED]
    return usable or routes[:1]


def _route(
    instrument: Instrument,
    way: _Way,
    provisions: tuple[Provision, ...],
    standing: PairStanding,
    query: Query,
    registry: Registry,
) -> Route:
    channel, kind = way
    general = instrument.general or _NO_RULES
    applied = tuple(apply_provision(instrument, provision, query, registry) for provision in provisions)
    status = _status(standing, applied)
    carrying = tuple(p for p in applied if p.status is not Status.CLOSED) or applied
    best = min(carrying, key=lambda p: (_ORDER[p.status], not p.duty))
    time_limits = tuple(limit for p in carrying for limit in p.time_limits)
    binding = best.duty
    evidence = is_evidence(channel)
    assumed = bool(instrument.provisions_of)
    return Route(
        instrument=instrument.id,
        title=instrument.title,
        kind=instrument.kind,
        measure=query.measure,
        status=status,
        article="; ".join(dict.fromkeys(p.article for p in carrying)),
        channel=channel,
        addressee=route_addressee(
            registry,
            instrument=instrument,
            state=query.requested,
            channel=channel,
            kind=kind,
            measure=query.measure,
        ),
        binding=binding,
        evidence=evidence,
        why=_why(standing, applied, assumed),
        conditions=best.conditions,
        time_limits=time_limits,
        languages=general.languages,
        refusal_risks=best.refusal_risks,
        contents=_contents(registry, instrument.id, query.measure),
        provisions=applied,
        opens_on=standing.opens_on if status is Status.CLOSED else None,
        closes_on=standing.closes_on,
        assumed=assumed,
        use_limitation=general.use_limitation,
        confidentiality=general.confidentiality,
        costs=general.costs,
        form=general.form,
        urgent_channel=general.urgent_channel,
        subsidiarity=general.subsidiarity,
        sources=(*standing.sources, *_provision_sources(instrument, carrying)),
        rank=rank(
            status=status,
            kind=instrument.kind,
            channel=channel,
            binding=binding,
            evidence=evidence,
            assumed=assumed,
            time_limits=time_limits,
            urgent=query.urgent,
        ),
    )


def _status(standing: PairStanding, applied: tuple[RouteProvision, ...]) -> Status:
    best = min((p.status for p in applied), key=_ORDER.__getitem__)
    if standing.bound is Bound.NO or best is Status.CLOSED:
        return Status.CLOSED
    return Status.CONDITIONAL if standing.bound is Bound.UNKNOWN else best


def _why(standing: PairStanding, applied: tuple[RouteProvision, ...], assumed: bool) -> tuple[str, ...]:
    reasons = list(standing.why)
    if standing.bound is not Bound.NO:
        reasons += [reason for p in applied for reason in _decisive(p)]
    if assumed:
        reasons.append("the treaty's own text was not read: its articles are assumed from a model treaty")
    return tuple(dict.fromkeys(reasons))


def _decisive(provision: RouteProvision) -> list[str]:
    """What closes a provision, or keeps it from being open."""
    wanted = ConditionState.UNMET if provision.status is Status.CLOSED else ConditionState.TO_CHECK
    verb = "not met" if wanted is ConditionState.UNMET else "to check"
    return [
        f"Art. {provision.article}, {verb}: {_readable(c)}"
        for c in provision.conditions
        if c.state is wanted and (c.gate or wanted is ConditionState.UNMET)
    ]


def _readable(condition: RouteCondition) -> str:
    return f"{condition.text} ({condition.why})" if condition.why else condition.text


def _provision_sources(instrument: Instrument, provisions: tuple[RouteProvision, ...]) -> tuple[Source, ...]:
    return tuple(
        Source(what=f"article {p.article}", url=p.source_url, as_of=instrument.as_of, confidence=p.confidence)
        for p in provisions
    )

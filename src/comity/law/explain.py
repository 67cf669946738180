"""Put a route into words: every condition, reason and source behind its status."""

from comity.law.addressee import route_addressee
from comity.law.assumed import ASSUMED_TEXT
from comity.law.instrument import Instrument
from comity.law.pair import PairStanding, pair_standing, shared_standing
from comity.law.provide import apply_provision
from comity.law.query import Query
from comity.law.ranking import is_evidence
from comity.law.registry import Registry
from comity.law.replacement import replaced_by
from comity.law.route import ConditionState, Rank, Route, RouteCondition, RouteProvision, Source, TextBasis
from comity.law.standing import Bound
from comity.law.vocabulary import Status
from comity.law.way import NO_RULES, Way

_ORDER = {Status.OPEN: 0, Status.CONDITIONAL: 1, Status.CLOSED: 2}


def explain(way: Way, status: Status, rank: Rank, query: Query, registry: Registry) -> Route:
    """A route in full, for a status that `find` worked out."""
    instrument = way.instrument
    general = instrument.general or NO_RULES
    standing = pair_standing(registry, instrument.id, query.requesting, query.requested, query.on, query.received_on)
    applied = tuple(apply_provision(instrument, provision, query, registry) for provision in way.provisions)
    carrying = tuple(p for p in applied if p.status is not Status.CLOSED) or applied
    best = min(carrying, key=lambda p: (_ORDER[p.status], not p.duty))
    return Route(
        instrument=instrument.id,
        title=instrument.title,
        kind=instrument.kind,
        measure=query.measure,
        status=status,
        article="; ".join(dict.fromkeys(p.article for p in carrying)),
        channel=way.channel,
        addressee=route_addressee(
            registry,
            instrument=instrument,
            state=query.requested,
            channel=way.channel,
            kind=way.addressee,
            measure=query.measure,
        ),
        binding=best.duty,
        evidence=is_evidence(way.channel, way.measure),
        why=(*_why(instrument, standing, carrying), *_replaced(instrument, query, registry)),
        closed_by=_closed_by(instrument, standing, carrying, query, registry) if status is Status.CLOSED else (),
        conditions=best.conditions,
        time_limits=tuple(limit for p in carrying for limit in p.time_limits if limit.holds(query.facts)),
        languages=general.languages,
        refusal_risks=best.refusal_risks,
        contents=way.contents,
        provisions=applied,
        opens_on=standing.opens_on if status is Status.CLOSED else None,
        closes_on=standing.closes_on,
        assumed=bool(instrument.provisions_of),
        basis=best.basis,
        use_limitation=general.use_limitation,
        confidentiality=general.confidentiality,
        costs=general.costs,
        form=general.form,
        urgent_channel=general.urgent_channel,
        subsidiarity=general.subsidiarity,
        sources=(*standing.sources, *_provision_sources(instrument, carrying)),
        rank=rank,
    )


def _replaced(instrument: Instrument, query: Query, registry: Registry) -> tuple[str, ...]:
    """That another instrument took its place between the two, or may have, where one did or may."""
    no, perhaps = shared_standing(query, registry)
    unknown = perhaps & ~no
    other = replaced_by(registry, instrument, query.measure, ~(no | unknown))
    if other is not None:
        article = f" (Art. {other.replaces_article})" if other.replaces_article else ""
        return (f"between these states {other.short_title or other.title} takes its place{article}",)
    other = replaced_by(registry, instrument, query.measure, unknown)
    if other is None:
        return ()
    return (f"whether {other.short_title or other.title} takes its place between these states is not known: check it",)


def _why(instrument: Instrument, standing: PairStanding, carrying: tuple[RouteProvision, ...]) -> tuple[str, ...]:
    reasons = list(standing.why)
    if standing.bound is not Bound.NO:
        best = min((p.status for p in carrying), key=_ORDER.__getitem__)
        reasons += [reason for p in carrying if p.status is best for reason in _decisive(p)]
    if instrument.provisions_of:
        reasons.append(ASSUMED_TEXT)
    return tuple(dict.fromkeys(reasons))


def _closed_by(
    instrument: Instrument,
    standing: PairStanding,
    carrying: tuple[RouteProvision, ...],
    query: Query,
    registry: Registry,
) -> tuple[str, ...]:
    """The reasons that close a route, without those that hold all the same."""
    unmet = (reason for p in carrying for reason in _decisive(p)) if standing.bound is not Bound.NO else ()
    return tuple(dict.fromkeys((*standing.barred, *unmet, *_replaced(instrument, query, registry))))


def _decisive(provision: RouteProvision) -> list[str]:
    """What closes a provision, or keeps it from being open."""
    wanted = ConditionState.UNMET if provision.status is Status.CLOSED else ConditionState.TO_CHECK
    verb = "not met" if wanted is ConditionState.UNMET else "to check"
    return [
        f"{provision.article}, {verb}: {_readable(c)}"
        for c in provision.conditions
        if c.state is wanted and (c.gate or wanted is ConditionState.UNMET)
    ]


def _readable(condition: RouteCondition) -> str:
    return f"{condition.text} ({condition.why})" if condition.why else condition.text


def _provision_sources(instrument: Instrument, provisions: tuple[RouteProvision, ...]) -> tuple[Source, ...]:
    return tuple(
        Source(what=_what(p), url=p.source_url, as_of=instrument.as_of, confidence=p.confidence) for p in provisions
    )


def _what(provision: RouteProvision) -> str:
    if provision.basis is TextBasis.ASSUMED:
        return "the usual content of such treaties, not its own text"
    return f"article {provision.article}"

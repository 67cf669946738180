"""How two states stand to each other under one instrument on a day."""

from dataclasses import dataclass, replace
from datetime import date

from comity.law.dates import span
from comity.law.instrument import Exclusion, Instrument, StateCode, needs_two_states
from comity.law.keep import kept
from comity.law.names import state_name
from comity.law.query import Query
from comity.law.registry import Registry
from comity.law.replacement import replaces_treaty
from comity.law.route import Source
from comity.law.standing import Bound, Standing
from comity.law.vocabulary import Basis


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PairStanding:
    """Whether an instrument works between two states, why, and until or from when."""

    bound: Bound
    why: tuple[str, ...]
    opens_on: date | None
    closes_on: date | None
    sources: tuple[Source, ...]
    barred: tuple[str, ...] = ()
    """Those of `why` that keep it from working; empty: nothing does for certain."""


@kept(1 << 14)
def pair_standing(
    registry: Registry,
    instrument_id: str,
    requesting: StateCode,
    requested: StateCode,
    on: date,
    received_on: date | None = None,
) -> PairStanding:
    """The standing of an instrument between two states; a protocol stands only where its parent does."""
    instrument = registry.instrument(instrument_id)
    own = _own_standing(registry, instrument, requesting, requested, on, received_on)
    if instrument.parent and instrument.parent in registry.instruments:
        parent = pair_standing(registry, instrument.parent, requesting, requested, on, received_on)
        own = _with_parent(own, parent, registry.instrument(instrument.parent))
    return own


def shared_standing(query: Query, registry: Registry) -> tuple[int, int]:
    """Bits of the shared instruments that do not work between the two, and of those of which it is not known."""
    here, there = registry.position(query.requesting), registry.position(query.requested)
    asking, asked = here.on(query.on), there.on(query.on)
    no = (here.not_bound(asking, query.received_on) & ~registry.own_law) | there.not_bound(asked, query.received_on)
    unknown = (asking.unknown & ~registry.own_law) | asked.unknown
    if query.received_on is not None and registry.sparing:
        asking, asked = here.on(query.received_on), there.on(query.received_on)
        no |= registry.sparing & (asking.no | asked.no)
        unknown |= registry.sparing & (asking.unknown | asked.unknown)
    if registry.is_one_state(query.requesting, query.requested):
        no |= registry.of_two_states
    return no, unknown


def treaty_bound(registry: Registry, treaty: Instrument, query: Query, *, replacing: int, perhaps: int) -> Bound:
    """Whether a bilateral treaty works between the two states of a question; only that, and fast.

    `replacing` are the bits of the shared instruments that bind both, `perhaps` of those that may: one may take the
    treaty's place.
    """
    barred = exclusion_bound(registry, treaty, query) if treaty.exclusions else Bound.YES
    if barred is Bound.NO:
        return Bound.NO
    if replaces_treaty(registry, treaty, query.measure, replacing) is not None:
        return Bound.NO
    first = _standing_for(registry, treaty, query.requesting, query.on, query.received_on)
    second = _standing_for(registry, treaty, query.requested, query.on, query.received_on)
    bound = min(first.bound, second.bound, barred)
    if bound is Bound.YES and perhaps and replaces_treaty(registry, treaty, query.measure, perhaps) is not None:
        return Bound.UNKNOWN
    return bound


def _standing_for(
    registry: Registry, instrument: Instrument, state: StateCode, on: date, received_on: date | None
) -> Standing:
    """The standing on a day; for a request received before the end, the one on that earlier day where it is saved, and
    for one received before the beginning, none where such requests stay with what it replaces."""
    now = registry.standing(instrument, state, on)
    if received_on is not None and instrument.spares_pending:
        then = registry.standing(instrument, state, received_on)
        if then.bound is not Bound.YES and not now.saved:
            why = f"{now.why}, but the request was received on {received_on}: {instrument.sparing_note}"
            return Standing(bound=min(now.bound, then.bound), why=why, row=now.row)
    if received_on is None or not now.saved:
        return now
    then = registry.standing(instrument, state, received_on)
    if then.bound is Bound.NO:
        return now
    why = f"{now.why}, but the request was received on {received_on}: {now.saved}"
    return Standing(bound=min(then.bound, Bound.UNKNOWN) if now.saved_unsure else then.bound, why=why, row=now.row)


def exclusion_bound(registry: Registry, instrument: Instrument, query: Query) -> Bound:
    """What exclusions and its hub leave of an instrument that binds both, on the day and in the direction of a
    question."""
    if instrument.hub and not _meets_hub(registry, instrument, query.requesting, query.requested, query.on):
        return Bound.NO
    exclusion = _exclusion(instrument, query.requesting, query.requested, query.on)
    if exclusion is None:
        return Bound.YES
    return Bound.UNKNOWN if exclusion.unsure else Bound.NO


def _own_standing(
    registry: Registry,
    instrument: Instrument,
    requesting: StateCode,
    requested: StateCode,
    on: date,
    received_on: date | None,
) -> PairStanding:
    if needs_two_states(instrument) and registry.is_one_state(requesting, requested):
        what = "treaty works" if instrument.basis is Basis.PARTIES else "diplomatic or consular channel runs"
        return _of(instrument, Bound.NO, (f"no {what} between a state and a part of it",), ())
    if instrument.basis is Basis.REQUESTED_STATE:
        standing = registry.standing(instrument, requested, on)
        return _of(instrument, standing.bound, (f"{state_name(requested)} {standing.why}",), (standing,))
    first = _standing_for(registry, instrument, requesting, on, received_on)
    second = _standing_for(registry, instrument, requested, on, received_on)
    if instrument.hub and not _meets_hub(registry, instrument, requesting, requested, on):
        return _of(instrument, Bound.NO, (instrument.hub_note,), (first, second), barred=(instrument.hub_note,))
    exclusion = _exclusion(instrument, requesting, requested, on)
    if exclusion is not None and not exclusion.unsure:
        return _barred(instrument, exclusion)
    if instrument.basis is Basis.UNIVERSAL or (instrument.states and first is second):
        found = _of(instrument, first.bound, (first.why,), (first,))
    else:
        why = (f"{state_name(requesting)}: {first.why}", f"{state_name(requested)}: {second.why}")
        found = _of(instrument, min(first.bound, second.bound), why, (first, second))
    return found if exclusion is None else _doubted(found, exclusion)


def in_hub(registry: Registry, instrument: Instrument, state: StateCode, on: date) -> bool:
    """Whether a state is one of those through whom an instrument ties all others."""
    row = registry.standing(instrument, state, on).row
    return row is not None and row.how == instrument.hub


def _meets_hub(registry: Registry, instrument: Instrument, a: StateCode, b: StateCode, on: date) -> bool:
    return in_hub(registry, instrument, a, on) or in_hub(registry, instrument, b, on)


def _barred(instrument: Instrument, exclusion: Exclusion) -> PairStanding:
    standing = _of(instrument, Bound.NO, (exclusion.reason,), (), barred=(exclusion.reason,))
    return replace(standing, sources=(*standing.sources, _exclusion_source(exclusion)))


def _doubted(standing: PairStanding, exclusion: Exclusion) -> PairStanding:
    """The same, but whether it works between the two is to be checked."""
    if standing.bound is Bound.NO:
        return standing
    why = (*standing.why, f"{exclusion.reason}: check it")
    return replace(standing, bound=Bound.UNKNOWN, why=why, sources=(*standing.sources, _exclusion_source(exclusion)))


def _exclusion_source(exclusion: Exclusion) -> Source:
    between = f"{', '.join(exclusion.states)} and {', '.join(exclusion.toward)}"
    return Source(
        what=f"between {between}", url=exclusion.source_url, as_of=exclusion.as_of, confidence=exclusion.confidence
    )


def _of(
    instrument: Instrument,
    bound: Bound,
    why: tuple[str, ...],
    standings: tuple[Standing, ...],
    *,
    barred: tuple[str, ...] = (),
) -> PairStanding:
    blocked = [standing for standing in standings if standing.bound is Bound.NO]
    reasons = tuple(reason for reason, standing in zip(why, standings, strict=False) if standing.bound is Bound.NO)
    opens = [standing.opens_on for standing in standings if standing.opens_on]
    return PairStanding(
        bound=bound,
        why=why,
        opens_on=max(opens) if blocked and len(opens) >= len(blocked) else None,
        closes_on=min((s.closes_on for s in standings if s.closes_on), default=None) if bound is not Bound.NO else None,
        sources=(_source_of(instrument), *(source for s in standings for source in _row_source(instrument, s))),
        barred=barred or reasons,
    )


def _source_of(instrument: Instrument) -> Source:
    url = instrument.source_urls[0]
    return Source(what=instrument.title, url=url, as_of=instrument.as_of, confidence=instrument.confidence)


def _row_source(instrument: Instrument, standing: Standing) -> tuple[Source, ...]:
    row = standing.row
    if row is None:
        return ()
    what = f"{state_name(row.state)} and {instrument.short_title or instrument.id}"
    return (Source(what=what, url=row.source_url, as_of=row.as_of, confidence=row.confidence),)


def _exclusion(instrument: Instrument, requesting: StateCode, requested: StateCode, on: date) -> Exclusion | None:
    """The exclusion that speaks of a pair on a day; one that is sure before one that is not."""
    found = [e for e in instrument.exclusions if _covers(e, on) and _speaks_of(e, requesting, requested)]
    return next((e for e in found if not e.unsure), found[0] if found else None)


def _speaks_of(exclusion: Exclusion, requesting: StateCode, requested: StateCode) -> bool:
    if requesting in exclusion.states and requested in exclusion.toward:
        return True
    return not exclusion.one_way and requested in exclusion.states and requesting in exclusion.toward


def _covers(exclusion: Exclusion, on: date) -> bool:
    begun = not exclusion.from_on or on >= span(exclusion.from_on)[0]
    return begun and (not exclusion.to_on or on <= span(exclusion.to_on)[1])


def _with_parent(own: PairStanding, parent: PairStanding, instrument: Instrument) -> PairStanding:
    if parent.bound >= own.bound:
        return own
    name = instrument.short_title or instrument.title
    return PairStanding(
        bound=parent.bound,
        why=(*own.why, f"it needs the {name} between both", *parent.why),
        opens_on=parent.opens_on if own.bound is Bound.YES else None,
        closes_on=min((d for d in (own.closes_on, parent.closes_on) if d), default=None),
        sources=(*own.sources, *parent.sources),
        barred=(*own.barred, f"it needs the {name} between both", *parent.barred) if parent.barred else own.barred,
    )

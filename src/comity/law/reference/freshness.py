"""How fresh the law data are: facts by age and confidence, and what rests on each."""

from collections.abc import Iterable, Iterator
from datetime import date
from statistics import median_low

import msgspec

from comity.law.instrument import StateCode
from comity.law.reference.effects import SILENT, Effects, effects_of
from comity.law.reference.facts import FactKind, SingleFact, facts_of
from comity.law.registry import Registry
from comity.law.route import Answer
from comity.law.standing import Bound
from comity.law.vocabulary import Confidence


class FactLine(Answer, frozen=True, kw_only=True):
    """One fact, how old, how sure, and what rests on it."""

    kind: FactKind
    what: str
    file: str
    key: str
    as_of: str
    age_days: int
    confidence: Confidence
    source_url: str
    rests: str
    """What rests on it, in words."""
    effects: Effects | None = None
    """The answers that would change without it, where that was asked."""


class FreshnessCount(Answer, frozen=True, kw_only=True):
    """Facts of one kind."""

    kind: FactKind
    total: int
    high: int
    medium: int
    low: int
    median_age_days: int
    oldest_days: int


class Freshness(Answer, frozen=True, kw_only=True):
    """Facts that were asked about, and all of them counted."""

    as_of: date
    counts: tuple[FreshnessCount, ...]
    """Of all facts, whatever was asked about."""
    matching: int
    """Facts that fit what was asked."""
    facts: tuple[FactLine, ...]
    """The first of them: the least sure, and of these those on which most rests; or those with most effects."""


class FactFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which facts are asked about; what is empty does not matter."""

    older_than_days: int | None = None
    confidence: Confidence | None = None
    kind: FactKind | None = None
    state: StateCode = ""
    instrument: str = ""

    def fits(self, fact: SingleFact, on: date) -> bool:
        """Whether a fact is one of them."""
        return (
            (self.older_than_days is None or fact.age_days(on) > self.older_than_days)
            and (self.confidence is None or fact.confidence is self.confidence)
            and (self.kind is None or fact.kind is self.kind)
            and (not self.state or self.state in fact.states)
            and (not self.instrument or fact.instrument == self.instrument)
        )


_SURE = {Confidence.LOW: 0, Confidence.MEDIUM: 1, Confidence.HIGH: 2}


def freshness(registry: Registry, on: date, wanted: FactFilter, *, limit: int, effects: bool = False) -> Freshness:
    """Facts by age and confidence; with `effects`, what would change without each of the first `limit`."""
    everything = tuple(facts_of(registry.data))
    kinds = list(FactKind)
    weights = _Weights(registry)
    matching = sorted(
        (fact for fact in everything if wanted.fits(fact, on)),
        key=lambda f: (
            _SURE[f.confidence],
            f.kind in SILENT,
            -weights.of(f),
            -f.age_days(on),
            kinds.index(f.kind),
            f.path,
            f.key,
        ),
    )
    lines = [fact_line(fact, registry, on, effects=effects) for fact in matching[:limit]]
    if effects:
        lines.sort(key=lambda line: -len(line.effects.changes) if line.effects else 0)
    return Freshness(as_of=on, counts=tuple(_counts(everything, on)), matching=len(matching), facts=tuple(lines))


class _Weights:
    """How many pairs of a measure and a state an instrument speaks for: what weighs more comes first."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._users: dict[str, int] = {}
        for instrument in registry.instruments.values():
            self._users[instrument.provisions_of] = self._users.get(instrument.provisions_of, 0) + 1

    def of(self, fact: SingleFact) -> int:
        own = self._registry.instruments.get(fact.instrument)
        if own is None:
            return self._users.get(fact.instrument, 0) if fact.instrument else 0
        measures = len({provision.measure for provision in own.provisions})
        if fact.kind is FactKind.PROVISION:
            measures = 1
        return measures * (len(own.states) or len(self._registry.parties(own.id)))


def fact_line(fact: SingleFact, registry: Registry, on: date, *, effects: bool) -> FactLine:
    """One fact as it is told."""
    return FactLine(
        kind=fact.kind,
        what=fact.what,
        file=fact.path,
        key=fact.key,
        as_of=fact.as_of,
        age_days=fact.age_days(on),
        confidence=fact.confidence,
        source_url=fact.source_url,
        rests=_rests(fact, registry, on),
        effects=effects_of(fact, registry, on) if effects else None,
    )


def _counts(facts: tuple[SingleFact, ...], on: date) -> Iterator[FreshnessCount]:
    for kind in FactKind:
        ours = [fact for fact in facts if fact.kind is kind]
        if not ours:
            continue
        ages = [fact.age_days(on) for fact in ours]
        yield FreshnessCount(
            kind=kind,
            total=len(ours),
            high=_of(ours, Confidence.HIGH),
            medium=_of(ours, Confidence.MEDIUM),
            low=_of(ours, Confidence.LOW),
            median_age_days=median_low(ages),
            oldest_days=max(ages),
        )


def _of(facts: Iterable[SingleFact], confidence: Confidence) -> int:
    return sum(fact.confidence is confidence for fact in facts)


_RESTS = {
    FactKind.NATIONAL_OFFENCE: "dual criminality and thresholds wherever the state asks or is asked for this offence",
    FactKind.NATIONALS: "every surrender of one of its nationals",
    FactKind.MEMBERSHIP: "every treaty of the group, for this state",
    FactKind.TERRITORY: "every instrument of the state that answers for it",
    FactKind.AUTHORITY: "the name of the addressee; no status",
    FactKind.OFFENCE: "what national sections and lists are matched by; no status by itself",
    FactKind.PROVIDER: "ties of evidence to a state; no status",
    FactKind.JURISDICTION: "which states may claim the case; no status",
    FactKind.POSITION: "a reason that is shown; no status",
    FactKind.SECTION_TEXT: "what letters annex of the law; no status",
    FactKind.COOPERATION: "advice that is shown; no status",
}


def _rests(fact: SingleFact, registry: Registry, on: date) -> str:
    words = _RESTS.get(fact.kind)
    if words is not None:
        return words
    own = registry.instruments.get(fact.instrument)
    if own is None:
        users = sum(i.provisions_of == fact.instrument for i in registry.instruments.values())
        return f"the assumed text of {users} treaties that were not read"
    measures = {provision.measure for provision in own.provisions}
    if own.states:
        return f"{len(measures)} measures between {' and '.join(own.states)}"
    bound = sum(registry.standing(own, row.state, on).bound is not Bound.NO for row in registry.parties(own.id))
    if fact.kind is FactKind.PROVISION:
        return f"one measure between {bound} states that are or may be bound"
    return f"{len(measures)} measures toward {bound} states that are or may be bound"

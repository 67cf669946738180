"""Facts by age and confidence, and what rests on each."""

from datetime import date
from itertools import permutations

import msgspec
import pytest

from comity.law import Measure, Query, find_routes, load_registry
from comity.law.reference import FactFilter, FactKind, SingleFact, effects_of, facts_of, freshness
from comity.law.reference.effects import without
from comity.law.registry import build_registry
from comity.law.vocabulary import Confidence, Status

REGISTRY = load_registry()
FACTS = tuple(facts_of(REGISTRY.data))
TODAY = date(2026, 11, 24)
SAMPLE = ("IN", "US", "FR", "HK", "GG", "RU", "BR", "NR")


def fact(path_end: str, key: str) -> SingleFact:
    return next(f for f in FACTS if f.path.endswith(path_end) and f.key == key)


def test_every_record_with_a_source_is_one_fact() -> None:
    data = REGISTRY.data
    kinds = {kind: sum(f.kind is kind for f in FACTS) for kind in FactKind}
    assert kinds[FactKind.PARTICIPATION] == sum(map(len, data.participations.values()))
    assert kinds[FactKind.INSTRUMENT] == len(data.instruments) + len(data.models)
    assert kinds[FactKind.PROVISION] == sum(len(i.provisions) for i in (*data.instruments, *data.models))
    assert kinds[FactKind.NATIONAL_OFFENCE] == sum(len(law.offences) for law in data.states.values())
    assert kinds[FactKind.TERRITORY] == len(data.territories)
    assert all(f.source_url and f.as_of for f in FACTS)


def test_age_counts_from_the_last_day_that_a_date_can_mean() -> None:
    some = fact("budapest.csv", "US")
    dated = [(text, SingleFact(**{**_fields(some), "as_of": text})) for text in ("2025", "2026-11", "2026-11-23")]  # type: ignore[arg-type]
    assert [f.age_days(TODAY) for _, f in dated] == [328, 0, 1]


def _fields(of: SingleFact) -> dict[str, object]:
    return {name: getattr(of, name) for name in SingleFact.__dataclass_fields__}


@pytest.mark.parametrize(
    "some",
    [
        fact("budapest.csv", "US"),
        fact("budapest.csv", "CW"),
        fact("in-us-mlat-2001.toml", ""),
        fact("uncac.csv", "HK"),
        fact("territories.csv", "GG"),
        fact("groups/EU.csv", "FR|1958-01-01"),
        next(f for f in FACTS if f.kind is FactKind.PROVISION and f.what == "budapest Art. 29 preservation"),
        next(f for f in FACTS if f.kind is FactKind.PROVISION and f.instrument == "bilateral-mlat"),
        next(f for f in FACTS if f.kind is FactKind.RESERVATION and f.instrument == "budapest"),
        next(f for f in FACTS if f.kind is FactKind.EXCLUSION),
    ],
    ids=lambda f: f"{f.path}-{f.key}",
)
def test_the_effects_are_what_asking_everything_gives(some: SingleFact) -> None:
    found = effects_of(some, REGISTRY, TODAY)
    assert found.complete
    other = build_registry(without(REGISTRY.data, some))
    changed = set()
    for a, b in permutations(SAMPLE, 2):
        for measure in Measure:
            query = Query(requesting=a, requested=b, measure=measure, on=TODAY)
            if find_routes(query, REGISTRY).options[0].status is not find_routes(query, other).options[0].status:
                changed.add((a, b, measure))
    told = {(c.requesting, c.requested, c.measure) for c in found.changes}
    assert {t for t in told if t[0] in SAMPLE and t[1] in SAMPLE} == changed


def test_a_fall_of_the_party_closes_what_rested_on_it_alone() -> None:
    changes = effects_of(fact("budapest.csv", "US"), REGISTRY, TODAY).changes
    assert {"US"} <= {c.requesting for c in changes} | {c.requested for c in changes}
    assert all("US" in (c.requesting, c.requested) for c in changes)
    assert Status.OPEN in {c.before for c in changes}


def test_a_section_is_asked_about_with_its_offence() -> None:
    section = next(f for f in FACTS if f.kind is FactKind.NATIONAL_OFFENCE and f.states == ("IN",))
    found = effects_of(section, REGISTRY, TODAY, limit=50)
    assert (found.asked, found.complete) == (50, False)
    assert all(c.offences == (section.record.offence_id,) for c in found.changes)  # type: ignore[attr-defined]
    law = without(REGISTRY.data, section).states["IN"]
    assert len(law.offences) == len(REGISTRY.data.states["IN"].offences) - 1


def test_on_a_law_on_nationals_rests_the_surrender_of_one() -> None:
    law = next(f for f in FACTS if f.kind is FactKind.NATIONALS and f.states == ("UA",))
    found = effects_of(law, REGISTRY, TODAY)
    assert {(c.requested, c.measure) for c in found.changes} == {("UA", Measure.EXTRADITION)}
    assert {c.before for c in found.changes} == {Status.CLOSED}
    assert without(REGISTRY.data, law).states["UA"].nationals == ()


def test_nothing_rests_on_what_is_only_shown() -> None:
    for kind in (
        FactKind.AUTHORITY,
        FactKind.PROVIDER,
        FactKind.POSITION,
        FactKind.SECTION_TEXT,
        FactKind.COOPERATION,
        FactKind.OFFENCE,
    ):
        found = effects_of(next(f for f in FACTS if f.kind is kind), REGISTRY, TODAY)
        assert (found.asked, found.changes) == (0, ())


@pytest.mark.parametrize(
    "wanted",
    [
        FactFilter(confidence=Confidence.LOW),
        FactFilter(older_than_days=5000),
        FactFilter(kind=FactKind.PARTICIPATION, state="IN"),
        FactFilter(instrument="budapest", confidence=Confidence.MEDIUM),
    ],
)
def test_only_what_was_asked_about_is_listed(wanted: FactFilter) -> None:
    found = freshness(REGISTRY, TODAY, wanted, limit=10_000)
    assert found.matching == len(found.facts) == sum(wanted.fits(f, TODAY) for f in FACTS) > 0
    sure = [[Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH].index(line.confidence) for line in found.facts]
    assert sure == sorted(sure)
    assert sum(count.total for count in found.counts) == len(FACTS)
    assert all(count.high + count.medium + count.low == count.total for count in found.counts)
    assert all(line.rests for line in found.facts)


def test_with_effects_the_weightiest_come_first() -> None:
    wanted = FactFilter(instrument="arab-cyber-2010", kind=FactKind.PROVISION)
    found = freshness(REGISTRY, TODAY, wanted, limit=4, effects=True)
    counts = [len(line.effects.changes) for line in found.facts if line.effects]
    assert counts == sorted(counts, reverse=True)
    assert len(counts) == 4


def test_kinds_without_a_fact_are_not_counted() -> None:
    bare = build_registry(msgspec.structs.replace(REGISTRY.data, territories=(), cooperation=()))
    counted = {count.kind for count in freshness(bare, TODAY, FactFilter(), limit=1).counts}
    assert set(FactKind) - counted == {FactKind.TERRITORY, FactKind.COOPERATION}


def test_a_fact_is_told_for_every_kind() -> None:
    first = {f.kind: f for f in FACTS}
    found = freshness(REGISTRY, TODAY, FactFilter(), limit=len(FACTS))
    assert {line.kind for line in found.facts} == set(first) == set(FactKind)
    assert msgspec.json.encode(found)

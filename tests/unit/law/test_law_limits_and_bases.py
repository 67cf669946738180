"""Time limits that run only in some cases, general duties, own nationals, conventions behind extradition treaties."""

from collections.abc import Callable, Mapping
from datetime import date

import msgspec
import pytest

from comity.law.find import find_routes
from comity.law.instrument import Condition, Instrument, Provision, Reservation, Scope, TimeLimit
from comity.law.query import Query
from comity.law.ranking import shortest_due_hours
from comity.law.registry import Registry
from comity.law.route import ConditionKind, RiskState, Route
from comity.law.vocabulary import (
    Confidence,
    DualCriminality,
    Fact,
    InstrumentKind,
    Measure,
    RefusalGround,
    ReservationEffect,
    ScopeOffences,
    Status,
    TimeUnit,
)

TODAY = date(2026, 11, 24)
Change = Callable[..., Registry]
URL = "https://example.org/source"


def ask(world: Registry, who: str, whom: str, measure: Measure, **more: object) -> dict[str, Route]:
    query = Query(requesting=who, requested=whom, measure=measure, on=TODAY, **more)  # type: ignore[arg-type]
    return {route.instrument: route for route in reversed(find_routes(query, world).routes)}


def treaty(
    treaty_id: str, kind: InstrumentKind, measure: Measure, rule: Mapping[str, object] | None = None, **fields: object
) -> Instrument:
    first, second = treaty_id.upper().split("-")[:2]
    own = Provision(article="1", measure=measure, summary="s", duty=True, confidence=Confidence.HIGH, source_url=URL)
    facts: dict[str, object] = {
        "states": (first, second),
        "in_force_on": "2000-01-01",
        "provisions": (msgspec.structs.replace(own, **(rule or {})),),
        "source_urls": (URL,),
        "as_of": "2026-01-01",
        "confidence": Confidence.HIGH,
    }
    return Instrument(id=treaty_id, title=treaty_id, kind=kind, **{**facts, **fields})  # type: ignore[arg-type]


def with_treaty(world: Registry, change: Change, added: Instrument) -> Registry:
    return change(instruments=(*world.data.instruments, added))


class TestTimeLimits:
    LIMITS = (
        TimeLimit(value=8, unit=TimeUnit.HOURS, starts="receipt", kind="production", only_if=Fact.EMERGENCY_TO_LIFE),
        TimeLimit(value=10, unit=TimeUnit.DAYS, starts="receipt", kind="production"),
    )

    @pytest.mark.parametrize(
        ("facts", "hours", "shown"),
        [
            ({}, "10 days", [10]),
            ({"emergency_to_life": False}, "10 days", [10]),
            ({"emergency_to_life": True}, "8 hours", [8, 10]),
            ({"transnational": True}, "10 days", [10]),
        ],
    )
    def test_one_that_runs_only_in_an_emergency_counts_only_in_one(
        self, world: Registry, changed_world: Change, facts: dict[str, bool], hours: str, shown: list[int]
    ) -> None:
        hasty = treaty("ca-jp-mlat", InstrumentKind.MLAT, Measure.CONTENT_DATA, rule={"time_limits": self.LIMITS})
        route = ask(with_treaty(world, changed_world, hasty), "CA", "JP", Measure.CONTENT_DATA, facts=facts)[
            "ca-jp-mlat"
        ]
        assert any(reason.endswith(f"a time limit of {hours}") for reason in route.rank.reasons)
        assert [limit.value for limit in route.time_limits] == shown
        assert [limit.value for limit in route.provisions[0].time_limits] == [8, 10]

    def test_one_by_which_an_answer_may_be_put_off_is_no_period_within_which_to_answer(self) -> None:
        def limit(kind: str) -> TimeLimit:
            return TimeLimit(value=1, unit=TimeUnit.DAYS, starts="receipt", kind=kind)

        assert shortest_due_hours((limit("decision_extension_maximum"), limit("execution_delay"))) is None
        assert shortest_due_hours((limit("decision_extension_maximum"), limit("decision"))) == 24


def test_a_general_duty_ranks_behind_a_rule_on_the_measure(world: Registry, changed_world: Change) -> None:
    own = treaty("ca-jp-mlat-2001", InstrumentKind.MLAT, Measure.FREEZING)
    general = treaty("ca-jp-mlat-2000", InstrumentKind.MLAT, Measure.FREEZING, rule={"general": True})
    both = changed_world(instruments=(*world.data.instruments, own, general))
    routes = ask(both, "CA", "JP", Measure.FREEZING)
    behind, first = routes["ca-jp-mlat-2000"].rank, routes["ca-jp-mlat-2001"].rank
    assert behind.score < first.score
    assert {*behind.reasons} - {*first.reasons} == {
        "by its general duty of assistance: it has no rule of its own on this measure"
    }


def test_only_the_provisions_that_open_the_route_most_say_why(world: Registry, changed_world: Change) -> None:
    free = Provision(
        article="1", measure=Measure.TESTIMONY, summary="s", duty=True, confidence=Confidence.HIGH, source_url=URL
    )
    bound = msgspec.structs.replace(
        free, article="2", conditions=(Condition(text="both agree", fact=Fact.JOINT_AGREEMENT),)
    )
    both = treaty("ca-jp-mlat", InstrumentKind.MLAT, Measure.TESTIMONY, provisions=(free, bound))
    route = ask(with_treaty(world, changed_world, both), "CA", "JP", Measure.TESTIMONY)["ca-jp-mlat"]
    assert route.status is Status.OPEN
    assert not [why for why in route.why if "both agree" in why]


def test_a_condition_for_the_requesting_state_alone(world: Registry, changed_world: Change) -> None:
    conditions = (
        Condition(text="a court issues the letter", when_requesting="CA"),
        Condition(text="through the ministry", when_requesting="CA", when_requested="JP"),
    )
    letter = treaty("ca-jp-mlat", InstrumentKind.MLAT, Measure.TESTIMONY, rule={"conditions": conditions})
    world = with_treaty(world, changed_world, letter)

    def stated(who: str, whom: str) -> list[str]:
        route = ask(world, who, whom, Measure.TESTIMONY)["ca-jp-mlat"]
        return [c.text for c in route.conditions if c.kind is ConditionKind.STATED]

    assert stated("CA", "JP") == ["a court issues the letter", "through the ministry"]
    assert stated("JP", "CA") == []


class TestLeastPenalty:
    """In the world of the tests access carries one year at most in the United States, and fraud twenty."""

    @pytest.mark.parametrize(("above", "status"), [(False, Status.OPEN), (True, Status.CLOSED)])
    def test_more_than_a_year_is_not_a_year(
        self, world: Registry, changed_world: Change, above: bool, status: Status
    ) -> None:
        rule = {"min_years": 1, "above_min": above}
        read = treaty("in-us-extradition", InstrumentKind.EXTRADITION, Measure.EXTRADITION, rule=rule)
        asked = with_treaty(world, changed_world, read)
        query = Query(requesting="IN", requested="US", measure=Measure.EXTRADITION, on=TODAY, offences=("access",))
        found = next(o for o in find_routes(query, asked).options if o.instrument.id == "in-us-extradition")
        assert found.status is status
        fraud = ask(asked, "IN", "US", Measure.EXTRADITION, offences=("fraud",))["in-us-extradition"]
        said = next(c.text for c in fraud.conditions if c.kind is ConditionKind.PENALTY)
        assert said == f"punishable by {'more than' if above else 'at least'} 1 year"

    @pytest.mark.parametrize(
        ("signed", "offences", "status"),
        [
            ("1997", ("fraud",), Status.OPEN),
            ("1997", ("access", "fraud"), Status.OPEN),
            ("1997", (), Status.OPEN),
            ("1997", ("access",), Status.CONDITIONAL),
            ("1931-12-22", ("fraud",), Status.CONDITIONAL),
            ("1931-12-22", (), Status.OPEN),
            ("1969-12-31", ("fraud",), Status.CONDITIONAL),
            ("1970", ("fraud",), Status.OPEN),
            ("", ("fraud",), Status.CONDITIONAL),
            ("", (), Status.OPEN),
        ],
    )
    def test_a_treaty_that_was_not_read_may_want_more_or_list_others(
        self, world: Registry, changed_world: Change, signed: str, offences: tuple[str, ...], status: Status
    ) -> None:
        scope = Scope(offences=(ScopeOffences.ALL_OFFENCES,), min_years=1)
        given = treaty("us-in-model", InstrumentKind.EXTRADITION, Measure.EXTRADITION)
        model = msgspec.structs.replace(given, id="surrender", states=(), scope=scope, lists_before="1970")
        unread = msgspec.structs.replace(given, id="in-us-extradition", provisions=(), provisions_of="surrender")
        unread = msgspec.structs.replace(unread, states=("IN", "US"), signed_on=signed)
        asked = changed_world(instruments=(*world.data.instruments, unread), models=(*world.data.models, model))
        route = ask(asked, "IN", "US", Measure.EXTRADITION, offences=offences)["in-us-extradition"]
        assert route.status is status
        doubts = [c for c in route.conditions if c.gate]
        assert bool(doubts) is (status is Status.CONDITIONAL)

    @pytest.mark.parametrize(
        ("own", "status"),
        [
            ({}, Status.OPEN),
            ({"min_years": 1}, Status.OPEN),
            ({"min_years": 1, "above_min": True}, Status.CLOSED),
        ],
    )
    def test_what_the_scope_of_the_treaty_itself_says_is_no_guess(
        self, world: Registry, changed_world: Change, own: dict[str, object], status: Status
    ) -> None:
        scope = Scope(offences=(ScopeOffences.ALL_OFFENCES,), **own)  # type: ignore[arg-type]  # by name
        given = treaty("us-in-model", InstrumentKind.EXTRADITION, Measure.EXTRADITION)
        model = msgspec.structs.replace(given, id="surrender", states=(), lists_before="1970")
        old = msgspec.structs.replace(given, id="in-us-extradition", provisions=(), provisions_of="surrender")
        old = msgspec.structs.replace(old, states=("IN", "US"), signed_on="1931", scope=scope)
        asked = changed_world(instruments=(*world.data.instruments, old), models=(*world.data.models, model))
        query = Query(requesting="IN", requested="US", measure=Measure.EXTRADITION, on=TODAY, offences=("access",))
        found = next(o for o in find_routes(query, asked).options if o.instrument.id == "in-us-extradition")
        assert found.status is status


class TestOwnNationals:
    def world(self, world: Registry, change: Change) -> Registry:
        word = Reservation(
            state="JP",
            article="6",
            kind="declaration",
            summary="nationals are not surrendered",
            effect=ReservationEffect.NATIONALITY,
            measures=(Measure.EXTRADITION,),
            source_url=URL,
            as_of="2026-01-01",
            confidence=Confidence.HIGH,
        )
        rule = {"refusal_grounds": (RefusalGround.NATIONALITY,)}
        keeping = treaty(
            "ca-jp-extradition", InstrumentKind.EXTRADITION, Measure.EXTRADITION, rule=rule, reservations=(word,)
        )
        return with_treaty(world, change, keeping)

    @pytest.mark.parametrize(
        ("facts", "status", "risk"),
        [
            ({}, Status.OPEN, RiskState.LIVE),
            ({"person_is_national_there": False}, Status.OPEN, RiskState.EXCLUDED),
            ({"person_is_national_there": True}, Status.CLOSED, RiskState.LIVE),
        ],
    )
    def test_a_state_that_keeps_them(
        self, world: Registry, changed_world: Change, facts: dict[str, bool], status: Status, risk: RiskState
    ) -> None:
        route = ask(self.world(world, changed_world), "CA", "JP", Measure.EXTRADITION, facts=facts)["ca-jp-extradition"]
        assert route.status is status
        assert [(r.state, r.why) for r in route.refusal_risks] == [(risk, "nationals are not surrendered")]

    def test_the_other_state_surrenders_its_own(self, world: Registry, changed_world: Change) -> None:
        route = ask(self.world(world, changed_world), "JP", "CA", Measure.EXTRADITION)["ca-jp-extradition"]
        assert route.status is Status.OPEN
        assert [r.state for r in route.refusal_risks] == [RiskState.POSSIBLE]

    @pytest.mark.parametrize(("national", "status"), [(True, Status.CONDITIONAL), (False, Status.OPEN)])
    def test_one_that_is_free_to_keep_them_may_do_so(
        self, world: Registry, changed_world: Change, national: bool, status: Status
    ) -> None:
        facts = {"person_is_national_there": national}
        route = ask(self.world(world, changed_world), "JP", "CA", Measure.EXTRADITION, facts=facts)["ca-jp-extradition"]
        assert route.status is status
        assert [r.state for r in route.refusal_risks] == [RiskState.LIVE if national else RiskState.EXCLUDED]
        said = [(c.text, c.gate) for c in route.conditions if c.kind is ConditionKind.NATIONALITY]
        assert said == ([("Canada surrenders its own nationals", True)] if national else [])


class TestBasisOfExtradition:
    """Budapest 24(2)-(3): the convention is the basis only where there is no treaty on extradition."""

    @pytest.fixture
    def basis(self, world: Registry, changed_world: Change) -> Callable[..., Route]:
        convention = world.instrument("convention")
        rule = next(p for p in convention.provisions if p.measure is Measure.EXTRADITION)
        stepping = msgspec.structs.replace(
            rule, subsidiary=True, min_years=0, dual_criminality=DualCriminality.NOT_REQUIRED
        )
        others = tuple(p for p in convention.provisions if p is not rule)
        changed = msgspec.structs.replace(convention, provisions=(*others, stepping))

        def make(*treaties: Instrument, takes: bool | None = True) -> Route:
            rest = tuple(i for i in world.data.instruments if i.id != "convention")
            registry = changed_world(instruments=(changed, *rest, *treaties))
            facts = {} if takes is None else {"convention_as_basis": takes}
            return ask(registry, "US", "GB", Measure.EXTRADITION, offences=("fraud",), facts=facts)["convention"]

        return make

    STEPS_BACK = "steps back where another treaty does its work"

    def test_no_treaty(self, basis: Callable[..., Route]) -> None:
        route = basis()
        assert route.status is Status.OPEN
        assert self.STEPS_BACK not in route.rank.reasons

    def test_who_needs_a_treaty_need_not_take_the_convention_for_one(self, basis: Callable[..., Route]) -> None:
        assert basis(takes=None).status is Status.CONDITIONAL
        assert any("takes the convention as its basis is to be checked" in why for why in basis(takes=None).why)
        assert basis(takes=False).status is Status.CLOSED

    def test_one_that_waits_ranks_behind(self, basis: Callable[..., Route]) -> None:
        route = basis(treaty("gb-us-extradition", InstrumentKind.EXTRADITION, Measure.EXTRADITION))
        assert self.STEPS_BACK in route.rank.reasons

    @pytest.mark.parametrize(
        "replacing", [{"replaces": ("gb-us-extradition",)}, {"replaces_kinds": (InstrumentKind.EXTRADITION,)}]
    )
    def test_a_treaty_that_another_replaces_is_not_named(
        self, basis: Callable[..., Route], replacing: dict[str, object]
    ) -> None:
        older = treaty("gb-us-extradition", InstrumentKind.EXTRADITION, Measure.EXTRADITION)
        kind, measure = InstrumentKind.FRAMEWORK, Measure.EXTRADITION
        newer = treaty("gb-us-surrender", kind, measure, **replacing)  # type: ignore[arg-type]  # fields by name
        route = basis(older, newer)
        assert any("(gb-us-surrender binds them: the offence is read into the treaty)" in why for why in route.why)

    def test_several_treaties_are_named_together(self, basis: Callable[..., Route]) -> None:
        pair = (treaty(f"gb-us-extradition-{y}", InstrumentKind.EXTRADITION, Measure.EXTRADITION) for y in (1, 2))
        assert any("gb-us-extradition-1, gb-us-extradition-2 bind them" in why for why in basis(*pair).why)

    def test_a_treaty_that_binds(self, basis: Callable[..., Route]) -> None:
        route = basis(treaty("gb-us-extradition", InstrumentKind.EXTRADITION, Measure.EXTRADITION))
        assert route.status is Status.CONDITIONAL
        assert any("gb-us-extradition binds them: the offence is read into the treaty" in why for why in route.why)

    def test_a_treaty_that_perhaps_binds(self, basis: Callable[..., Route]) -> None:
        unsure = treaty("gb-us-extradition", InstrumentKind.EXTRADITION, Measure.EXTRADITION, in_force_on="")
        route = basis(unsure)
        assert route.status is Status.CONDITIONAL
        assert any("whether gb-us-extradition binds them is to be checked" in why for why in route.why)

    @pytest.mark.parametrize(
        "other",
        [
            treaty("gb-us-mlat", InstrumentKind.MLAT, Measure.CONTENT_DATA, assistance=True),
            treaty("gb-us-mou", InstrumentKind.FRAMEWORK, Measure.EXTRADITION, binding=False),
            treaty("gb-us-supplement", InstrumentKind.FRAMEWORK, Measure.EXTRADITION, rule={"subsidiary": True}),
        ],
        ids=lambda instrument: instrument.id,
    )
    def test_what_is_no_treaty_on_extradition(self, basis: Callable[..., Route], other: Instrument) -> None:
        assert basis(other).status is Status.OPEN

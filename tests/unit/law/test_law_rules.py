"""Rules that change an answer: reservations, replacement, requests under way, dual criminality, grounds for refusal."""

from collections.abc import Callable
from datetime import date

import msgspec
import pytest

from comity.law.find import find_routes
from comity.law.instrument import Instrument, Reservation, Scope
from comity.law.query import Query
from comity.law.registry import Registry
from comity.law.route import RiskState, Route, RouteList, Verdict
from comity.law.timeline import timeline
from comity.law.vocabulary import (
    Confidence,
    DualCriminality,
    EndKind,
    InstrumentKind,
    Measure,
    RefusalGround,
    ReservationEffect,
    ScopeOffences,
    Status,
)

TODAY = date(2026, 11, 24)
Change = Callable[..., Registry]


def answer(world: Registry, who: str, whom: str, measure: Measure, on: date = TODAY, **more: object) -> RouteList:
    query = Query(requesting=who, requested=whom, measure=measure, on=on, **more)  # type: ignore[arg-type]
    return find_routes(query, world).record()


def ask(world: Registry, who: str, whom: str, measure: Measure, on: date = TODAY, **more: object) -> dict[str, Route]:
    return {route.instrument: route for route in reversed(answer(world, who, whom, measure, on, **more).routes)}


def altered(world: Registry, change: Change, instrument_id: str, **fields: object) -> Registry:
    """The world with some fields of one instrument replaced."""
    return change(
        instruments=tuple(
            msgspec.structs.replace(i, **fields) if i.id == instrument_id else i for i in world.data.instruments
        )
    )


def reservation(state: str, effect: ReservationEffect, **fields: object) -> Reservation:
    facts: dict[str, object] = {
        "article": "29(4)",
        "kind": "reservation",
        "summary": "as the state said",
        "provisions": ("29",),
        "source_url": "https://example.org",
        "as_of": "2026-01-01",
        "confidence": Confidence.HIGH,
    }
    return Reservation(state=state, effect=effect, **{**facts, **fields})  # type: ignore[arg-type]  # facts by name


@pytest.fixture
def reserved(world: Registry, changed_world: Change) -> Callable[..., Registry]:
    def make(*reservations: Reservation) -> Registry:
        return altered(world, changed_world, "convention", reservations=reservations)

    return make


class TestReservations:
    @pytest.mark.parametrize("pair", [("US", "GB"), ("GB", "US")])
    def test_who_excludes_a_provision_neither_owes_nor_may_claim_it(
        self, reserved: Callable[..., Registry], pair: tuple[str, str]
    ) -> None:
        world = reserved(reservation("GB", ReservationEffect.EXCLUDES))
        route = ask(world, *pair, Measure.PRESERVATION)["convention"]
        assert route.status is Status.CLOSED
        assert any("as the state said" in why for why in route.why)
        assert ask(world, "US", "RU", Measure.PRESERVATION)["convention"].status is Status.OPEN

    def test_it_stands_from_the_day_it_was_made_until_it_is_withdrawn(self, reserved: Callable[..., Registry]) -> None:
        world = reserved(reservation("GB", ReservationEffect.EXCLUDES, made_on="2013-08-22", withdrawn_on="2019-07-05"))
        for day, status in (
            (date(2013, 8, 21), Status.OPEN),
            (date(2013, 8, 22), Status.CLOSED),
            (date(2019, 7, 4), Status.CLOSED),
            (date(2019, 7, 5), Status.OPEN),
        ):
            assert ask(world, "US", "GB", Measure.PRESERVATION, day)["convention"].status is status

    def test_dual_criminality_reserved_for_preservation_spares_listed_offences(
        self, reserved: Callable[..., Registry]
    ) -> None:
        world = reserved(reservation("US", ReservationEffect.DUAL_CRIMINALITY, spares_listed=True))

        def states(*offences: str) -> list[str]:
            route = ask(world, "GB", "US", Measure.PRESERVATION, offences=offences)["convention"]
            return [c.state.value for c in route.conditions if c.kind.value == "reservation"]

        assert states("fraud") == ["met"]  # an offence of the instrument itself
        assert states("gambling") == ["to_check"]  # no section of US law in the data: unknown
        assert states() == ["to_check"]

    @pytest.mark.parametrize(
        ("confidence", "status"), [(Confidence.MEDIUM, Status.CLOSED), (Confidence.LOW, Status.CONDITIONAL)]
    )
    def test_one_known_from_memory_alone_closes_nothing(
        self, reserved: Callable[..., Registry], confidence: Confidence, status: Status
    ) -> None:
        world = reserved(reservation("GB", ReservationEffect.EXCLUDES, confidence=confidence))
        route = ask(world, "US", "GB", Measure.PRESERVATION)["convention"]
        assert route.status is status
        assert any("known from memory only" in c.why for c in route.conditions) is (status is Status.CONDITIONAL)

    @pytest.mark.parametrize(
        ("offences", "status"),
        [
            (("fraud",), Status.OPEN),
            (("access",), Status.CLOSED),
            (("forgery",), Status.CONDITIONAL),
            ((), Status.OPEN),
        ],
    )
    def test_a_least_penalty(
        self, reserved: Callable[..., Registry], offences: tuple[str, ...], status: Status
    ) -> None:
        world = reserved(reservation("US", ReservationEffect.LEAST_PENALTY, min_years=7))
        assert ask(world, "GB", "US", Measure.PRESERVATION, offences=offences)["convention"].status is status

    def test_what_nobody_turned_into_a_rule_is_shown_to_be_read(self, reserved: Callable[..., Registry]) -> None:
        world = reserved(reservation("US", ReservationEffect.TO_READ))
        route = ask(world, "GB", "US", Measure.PRESERVATION)["convention"]
        assert route.status is Status.OPEN
        assert [c.why for c in route.conditions if c.kind.value == "reservation"] == ["as the state said"]

    @pytest.mark.parametrize(
        "untouched",
        [
            reservation("US", ReservationEffect.EXCLUDES, provisions=(), measures=()),
            reservation("US", ReservationEffect.EXCLUDES, provisions=("31",)),
            reservation("US", ReservationEffect.EXCLUDES, measures=(Measure.INTERCEPTION,)),
            reservation("US", ReservationEffect.NONE),
            reservation("US", ReservationEffect.TERRITORY),
        ],
    )
    def test_it_touches_only_what_it_names(self, reserved: Callable[..., Registry], untouched: Reservation) -> None:
        route = ask(reserved(untouched), "GB", "US", Measure.PRESERVATION)["convention"]
        assert route.status is Status.OPEN
        assert all(c.kind.value != "reservation" for c in route.conditions)


class TestReplacement:
    def test_between_those_bound_by_both_the_later_takes_its_place(
        self, world: Registry, changed_world: Change
    ) -> None:
        rows = {**world.data.participations, "crime-convention": world.parties("convention")}
        act = self._act(world)
        changed = changed_world(
            participations=rows,
            instruments=tuple(act if i.id == act.id else i for i in world.data.instruments),
        )
        old = ask(changed, "US", "GB", Measure.BANK_INFORMATION)["convention"]
        assert old.status is Status.CLOSED
        assert any("takes its place (Art. 34)" in why for why in old.why)
        assert ask(changed, "US", "GB", Measure.CONTENT_DATA)["convention"].status is Status.OPEN  # it gives no such

    def test_bilateral_treaties_of_a_kind_step_back_too(self, world: Registry, changed_world: Change) -> None:
        act = msgspec.structs.replace(self._act(world), replaces_kinds=(InstrumentKind.MLAT,))
        changed = changed_world(instruments=tuple(act if i.id == act.id else i for i in world.data.instruments))
        route = ask(changed, "IN", "US", Measure.BANK_INFORMATION)["in-us-mlat-2005"]
        assert route.status is Status.CLOSED
        assert any("takes its place" in why for why in route.why)
        assert ask(changed, "IN", "US", Measure.CONTENT_DATA)["in-us-mlat-2005"].status is Status.OPEN

    @staticmethod
    def _act(world: Registry) -> Instrument:
        act = world.instrument("crime-convention")
        return msgspec.structs.replace(act, replaces=("convention",), replaces_article="34")


class TestRequestsUnderWay:
    def test_a_treaty_that_ended_still_carries_what_was_received_before(
        self, world: Registry, changed_world: Change
    ) -> None:
        ended = {"ended_on": "2020-07-28", "end_kind": EndKind.TERMINATED}
        for saves, status in ((True, Status.OPEN), (False, Status.CLOSED)):
            changed = altered(
                world, changed_world, "in-us-mlat-2005", **ended, saves_pending=saves, saving_note="Art. 20"
            )
            ours = (changed, "IN", "US", Measure.BANK_INFORMATION, date(2021, 1, 1))
            assert ask(*ours, received_on=date(2020, 7, 27))["in-us-mlat-2005"].status is status
            assert ask(*ours, received_on=date(2020, 7, 28))["in-us-mlat-2005"].status is Status.CLOSED
            assert ask(*ours)["in-us-mlat-2005"].status is Status.CLOSED

    def test_a_party_that_left_likewise(self, world: Registry, changed_world: Change) -> None:
        rows = tuple(
            msgspec.structs.replace(row, ended_on="2021-01-01", saves_pending=True) if row.state == "GB" else row
            for row in world.parties("convention")
        )
        changed = changed_world(participations={**world.data.participations, "convention": rows})
        ours = (changed, "US", "GB", Measure.PRESERVATION, date(2021, 6, 1))
        route = ask(*ours, received_on=date(2020, 12, 31))["convention"]
        assert route.status is Status.OPEN
        assert any("received on 2020-12-31" in why for why in route.why)
        assert ask(*ours)["convention"].status is Status.CLOSED

    def test_provisional_application_counts(self, world: Registry, changed_world: Change) -> None:
        changed = altered(world, changed_world, "in-us-mlat-2005", provisional_on="2004-01-01")
        route = ask(changed, "IN", "US", Measure.BANK_INFORMATION, date(2004, 6, 1))["in-us-mlat-2005"]
        assert route.status is Status.OPEN
        assert any("provisionally" in why for why in route.why)


class TestDualCriminality:
    def test_satisfied_through_the_offences_that_a_way_of_acting_rests_on(self, world: Registry) -> None:
        (finding,) = answer(world, "GB", "US", Measure.CONTENT_DATA, offences=("phishing",)).dual_criminality
        assert (finding.verdict, finding.carries) == (Verdict.SATISFIED, True)
        assert finding.through == ("fraud", "forgery")

    @pytest.mark.parametrize("first", [True, False])
    def test_a_law_that_came_later_does_not_satisfy(self, world: Registry, changed_world: Change, first: bool) -> None:
        """As with the author of the Love Bug: acts of May 2000, a law of June 2000, the first of its kind.

        Where it is not said to be the first, an older law may have gone before it.
        """
        later = {
            "US": msgspec.structs.replace(
                world.states["US"],
                offences=tuple(
                    msgspec.structs.replace(section, in_force_from="2000-06-14", first=first)
                    for section in world.states["US"].offences
                ),
            )
        }
        for rule, before in (
            (DualCriminality.REQUIRED, Status.CLOSED if first else Status.CONDITIONAL),
            (DualCriminality.MAY_REQUIRE, Status.CONDITIONAL if first else Status.OPEN),
            (DualCriminality.NOT_REQUIRED, Status.OPEN),
        ):
            general = msgspec.structs.replace(world.instrument("convention").general, dual_criminality=rule)  # type: ignore[type-var]
            changed = changed_world(
                states=later,
                participations={
                    "convention": tuple(
                        msgspec.structs.replace(r, in_force_on="1999-01-01") for r in world.parties("convention")
                    )
                },
                instruments=(
                    msgspec.structs.replace(world.instrument("convention"), general=general, in_force_on="1999-01-01"),
                ),
            )
            for day, status in ((date(2000, 5, 4), before), (date(2000, 6, 14), Status.OPEN)):
                found = answer(changed, "GB", "US", Measure.CONTENT_DATA, day, offences=("fraud",))
                assert found.routes[0].status is status, (rule, day)
                earlier = Verdict.NOT_SATISFIED if first else Verdict.UNKNOWN
                assert found.dual_criminality[0].verdict is (Verdict.SATISFIED if day.month == 6 else earlier)

    @pytest.mark.parametrize("last", [True, False])
    def test_a_law_that_ended_does_not_satisfy_where_none_came_after(
        self, world: Registry, changed_world: Change, last: bool
    ) -> None:
        """As with defamation in Norway: no crime since the penal code of 1 October 2015."""
        law = world.states["US"]
        ended = tuple(msgspec.structs.replace(s, in_force_to="2015-09-30", last=last) for s in law.offences)
        changed = changed_world(states={"US": msgspec.structs.replace(law, offences=ended)})

        def found(day: date) -> tuple[Verdict, str]:
            asked = answer(changed, "GB", "US", Measure.CONTENT_DATA, day, offences=("fraud",))
            return asked.dual_criminality[0].verdict, asked.dual_criminality[0].why

        assert found(date(2015, 9, 30))[0] is Verdict.SATISFIED
        verdict, why = found(date(2015, 10, 1))
        assert verdict is (Verdict.NOT_SATISFIED if last else Verdict.UNKNOWN)
        assert ("no longer punished fraud" in why) is last

    def test_a_way_of_acting_was_lawful_only_where_nothing_on_which_it_rests_was_punished(
        self, world: Registry, changed_world: Change
    ) -> None:
        def verdict(*firsts: str) -> Verdict:
            law = world.states["US"]
            later = tuple(
                msgspec.structs.replace(s, in_force_from="2020-01-01", first=s.offence_id in firsts)
                for s in law.offences
            )
            changed = changed_world(states={"US": msgspec.structs.replace(law, offences=later)})
            found = answer(changed, "GB", "US", Measure.CONTENT_DATA, date(2015, 1, 1), offences=("phishing",))
            return found.dual_criminality[0].verdict

        assert verdict("fraud", "forgery") is Verdict.NOT_SATISFIED
        assert verdict("fraud") is Verdict.UNKNOWN

    def test_the_offence_that_carries_is_the_one_with_the_heavier_lighter_penalty(self, world: Registry) -> None:
        findings = answer(world, "IN", "US", Measure.TESTIMONY, offences=("access", "fraud")).dual_criminality
        assert [f.offence for f in findings if f.carries] == ["fraud"]

    def test_unknown_is_unknown(self, world: Registry) -> None:
        undocumented = answer(world, "US", "GB", Measure.CONTENT_DATA, offences=("fraud",)).dual_criminality[0]
        no_section = answer(world, "GB", "US", Measure.CONTENT_DATA, offences=("gambling",)).dual_criminality[0]
        assert undocumented.verdict is no_section.verdict is Verdict.UNKNOWN
        assert "not in our data" in undocumented.why
        assert "no section" in no_section.why


class TestRefusal:
    @pytest.mark.parametrize(
        ("facts", "state"),
        [
            ({}, RiskState.POSSIBLE),
            ({"political_character": True}, RiskState.LIVE),
            ({"political_character": False}, RiskState.EXCLUDED),
        ],
    )
    def test_facts_raise_a_ground_or_rule_it_out(
        self, world: Registry, facts: dict[str, bool], state: RiskState
    ) -> None:
        route = ask(world, "US", "GB", Measure.CONTENT_DATA, facts=facts)["convention"]
        assert [(r.ground.value, r.state) for r in route.refusal_risks] == [("political_offence", state)]

    def test_life_or_death_asks_for_an_assurance(self, world: Registry, changed_world: Change) -> None:
        general = msgspec.structs.replace(
            world.instrument("convention").general,  # type: ignore[type-var]
            refusal_grounds=(RefusalGround.DEATH_PENALTY, RefusalGround.DUAL_CRIMINALITY_ABSENT),
        )
        grave = {
            **world.states,
            "US": msgspec.structs.replace(
                world.states["US"],
                offences=tuple(msgspec.structs.replace(s, max_penalty_years=99) for s in world.states["US"].offences),
            ),
        }
        changed = changed_world(
            states=grave,
            instruments=tuple(
                msgspec.structs.replace(i, general=general) if i.id == "convention" else i
                for i in world.data.instruments
            ),
        )

        def route(facts: dict[str, bool]) -> Route:
            return ask(changed, "US", "GB", Measure.CONTENT_DATA, offences=("fraud",), facts=facts)["convention"]

        assert route({}).refusal_risks[0].state is RiskState.LIVE
        assert any("assurance" in c.text for c in route({}).conditions)
        assert route({"death_penalty_assured": True}).status is Status.OPEN
        assert route({"death_penalty_assured": True}).refusal_risks[-1].state is RiskState.EXCLUDED
        assert route({"death_penalty_assured": False}).status is Status.CLOSED


def test_an_instrument_on_corruption_alone_waits_for_the_offence(world: Registry, changed_world: Change) -> None:
    changed = altered(world, changed_world, "crime-convention", scope=Scope(offences=(ScopeOffences.CORRUPTION,)))
    for offences, status in (
        ((), Status.CONDITIONAL),
        (("laundering",), Status.CONDITIONAL),
        (("fraud",), Status.CLOSED),
    ):
        found = ask(changed, "IN", "US", Measure.TESTIMONY, offences=offences)["crime-convention"]
        assert found.status is status


def test_the_time_line_tells_each_change_with_its_reason(world: Registry) -> None:
    query = Query(requesting="US", requested="JP", measure=Measure.PRESERVATION, on=TODAY)
    line = timeline(query, world, to_on=date(2030, 1, 1))
    assert [(c.on, c.instrument, c.before, c.after) for c in line.changes] == [
        (date(2027, 3, 1), "convention", Status.CLOSED, Status.OPEN)
    ]
    assert line.changes[0].why

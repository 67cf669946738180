"""Since when, until when, and by whom: days and hands that the shipped data say, each with where it can be read."""

from datetime import date

import pytest

from comity.law import Channel, Measure, Query, Route, Status, find_routes, load_registry
from comity.law.atlas import Denunciation, parse_step, what_if
from comity.law.dual_criminality import dual_criminality
from comity.law.entry import computed_exit
from comity.law.errors import StepError
from comity.law.penalty import coverage

LAW = load_registry()


def routes(who: str, whom: str, measure: Measure, on: str, **more: object) -> dict[str, list[Route]]:
    query = Query(requesting=who, requested=whom, measure=measure, on=date.fromisoformat(on), **more)  # type: ignore[arg-type]
    found: dict[str, list[Route]] = {}
    for route in find_routes(query, LAW).routes:
        found.setdefault(route.instrument, []).append(route)
    return found


def status(who: str, whom: str, measure: Measure, on: str, instrument: str, **more: object) -> Status:
    return routes(who, whom, measure, on, **more)[instrument][0].status


@pytest.mark.parametrize(
    ("on", "expected"),
    [("1980-01-01", Status.CLOSED), ("1986-10-20", Status.CLOSED), ("1990-01-01", Status.CONDITIONAL)],
)
def test_a_statute_gives_nothing_before_it_was_made(on: str, expected: Status) -> None:
    # 100 Stat. 1848, 21 October 1986; 18 USC 2703(f) stands in the chapter as of 6 January 2003
    assert status("IN", "US", Measure.PRESERVATION, on, "us-voluntary-disclosure") is expected
    assert status("IN", "US", Measure.PRESERVATION, "2003-01-06", "us-voluntary-disclosure") is Status.OPEN


def test_foreign_requests_have_their_statute_since_2009() -> None:
    for on, closed in (("2009-10-18", True), ("2009-10-19", False)):  # Pub. L. 111-79
        found = status("GB", "US", Measure.CONTENT_DATA, on, "us-foreign-requests")
        assert (found is Status.CLOSED) is closed


def test_hong_kong_suspended_its_treaty_with_new_zealand() -> None:
    # announced on 3 August 2020
    assert status("NZ", "HK", Measure.TESTIMONY, "2021-01-01", "hk-nz-mlat") is Status.CLOSED


def test_the_united_kingdom_left_the_freezing_regulation() -> None:
    # opted in (HCWS101, 20 July 2017); the transition ended on 31 December 2020
    assert status("FR", "GB", Measure.FREEZING, "2020-12-25", "eu-freezing-2018") is Status.OPEN
    assert status("FR", "GB", Measure.FREEZING, "2026-11-26", "eu-freezing-2018") is Status.CLOSED


def test_judges_write_to_each_other_only_where_the_second_protocol_binds_both() -> None:
    # ETS 30 art. 15(1); CETS 182 art. 4, in force for Germany since 2015
    early = routes("DE", "FR", Measure.TESTIMONY, "1978-01-01")["coe-mla-1959"]
    assert [r.channel for r in early if r.status is not Status.CLOSED] == [Channel.CENTRAL_AUTHORITIES]
    korea = routes("KR", "CL", Measure.CONTENT_DATA, "2026-11-26")["coe-mla-1959"]
    assert Channel.JUDICIAL_DIRECT not in {r.channel for r in korea if r.status is Status.OPEN}


def test_enforcement_of_a_production_order_is_asked_of_the_authority() -> None:
    # Regulation (EU) 2023/1543 art. 16(1)
    found = routes("DE", "IE", Measure.SUBSCRIBER_INFORMATION, "2026-09-18")["eu-e-evidence"]
    assert {r.channel for r in found if r.article == "15, 16"} == {Channel.JUDICIAL_DIRECT}


def test_civil_compensation_is_no_offence() -> None:
    # Information Technology Act 2000 s. 43 gives compensation; s. 66 punishes since 27 October 2009
    sections = {row.section for row in LAW.states["IN"].offences}
    assert not {section for section in sections if section.startswith("43")}


@pytest.mark.parametrize(("who", "on"), [("US", "1980-01-01"), ("DE", "1986-07-31"), ("CN", "2005-01-01")])
def test_a_section_that_may_be_younger_proves_nothing(who: str, on: str) -> None:
    query = Query(
        requesting="GB",
        requested=who,
        measure=Measure.SEARCH_SEIZURE,
        on=date.fromisoformat(on),
        offences=("illegal_access",),
    )
    (finding,) = dual_criminality(query, LAW)
    # of China s. 285(1), on systems of the state, is of 1997 and stays
    assert "285(2)" not in " ".join(finding.sections_there)
    assert who == "CN" or finding.verdict.value == "unknown"


def test_intelligence_is_no_evidence_whoever_sends_it() -> None:
    found = routes("DE", "US", Measure.POLICE_INFORMATION, "2026-11-26")
    assert not any(route.evidence for ways in found.values() for route in ways)


def test_a_reservation_is_not_walked_round_by_the_contact_point() -> None:
    # ETS 185 art. 35(1)(b): preservation pursuant to art. 29, to which Austria reserved
    there = routes("US", "AT", Measure.PRESERVATION, "2026-11-26", offences=("illegal_gambling",))
    assert {there[i][0].status for i in ("budapest", "coe-24-7")} == {Status.CONDITIONAL}


def test_an_order_for_one_who_is_in_the_united_states_is_closed() -> None:
    # 18 USC 2523(b)(4)(A)
    facts = {"target_foreign_to_requested_state": False}
    for instrument in ("cloud-act-uk", "us-voluntary-disclosure"):
        found = routes("GB", "US", Measure.CONTENT_DATA, "2026-11-26", offences=("computer_fraud",), facts=facts)
        assert not [r for r in found[instrument] if "2523" in r.article and r.status is Status.OPEN]


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("RU denounces untoc on 2027-01-01", date(2028, 1, 1)),  # art. 40(1)
        ("GB denounces budapest on 2027-01-15", date(2027, 5, 1)),  # art. 47(2)
        ("FR denounces coe-mla-1959 on 2027-08-31", date(2028, 2, 29)),  # art. 29
    ],
)
def test_a_denunciation_works_when_the_instrument_says_so(sentence: str, day: date) -> None:
    step = parse_step(sentence, LAW, today=date(2026, 11, 26))
    assert isinstance(step, Denunciation)
    found = what_if(LAW, (step,), measures=(Measure.PRESERVATION,), states=(step.state,))
    assert found.steps[0].works_from == day
    rule = LAW.instrument(step.instrument).exit_rule
    assert rule is not None
    assert computed_exit(step.on, rule) == day


@pytest.mark.parametrize(
    ("sentence", "problem"),
    [
        ("GB accedes eu-eio on 2027-01-01", "not open to United Kingdom"),
        ("HK accedes budapest on 2027-01-01", "China does it"),
        ("GU accedes untoc on 2027-01-01", "United States does it"),
    ],
)
def test_who_cannot_join_is_told_why(sentence: str, problem: str) -> None:
    with pytest.raises(StepError, match=problem):
        what_if(LAW, (parse_step(sentence, LAW, today=date(2026, 11, 26)),))


def test_who_must_be_invited_is_told() -> None:
    step = parse_step("IN accedes budapest on 2027-01-01", LAW, today=date(2026, 11, 26))
    assert "invite it" in what_if(LAW, (step,), measures=(Measure.PRESERVATION,), states=("IN",)).steps[0].note


def test_entry_into_force_supposes_the_consent_of_those_that_signed_and_of_nobody_else() -> None:
    step = parse_step("instrument uncc enters-into-force on 2027-01-01", LAW, today=date(2026, 11, 26))
    found = what_if(LAW, (step,), measures=(Measure.PRESERVATION,))
    touched = {s for change in found.changes for s in (change.requesting, *change.requested)}
    assert {"AU", "VN"} <= touched
    assert not {"AQ", "BV", "KR"} & touched


@pytest.mark.parametrize("offence", ["data_interference", "illegal_interception", "misuse_of_devices", "phishing"])
def test_content_of_a_cybercrime_is_produced_whatever_its_penalty(offence: str) -> None:
    # Regulation (EU) 2023/1543 art. 5(4)(b)
    found = routes("DE", "IE", Measure.CONTENT_DATA, "2026-09-18", offences=(offence,))["eu-e-evidence"]
    assert found[0].status is Status.OPEN


def test_forgery_that_carries_life_asks_for_no_assurance_against_death() -> None:
    # Bharatiya Nyaya Sanhita 2023 s. 338: life, or up to ten years
    (route,) = routes("IN", "GB", Measure.EXTRADITION, "2026-11-26", offences=("computer_forgery",))[
        "gb-in-extradition-1992"
    ]
    assert not [why for why in (*route.why, *(c.text for c in route.conditions)) if "death" in why]
    assert "life imprisonment (" in coverage(LAW, "IN", "computer_forgery", date(2026, 11, 26)).heaviest


@pytest.mark.parametrize(("on", "expected"), [("2027-10-02", Status.OPEN), ("2027-10-03", Status.CONDITIONAL)])
def test_an_agreement_for_a_term_is_to_be_checked_after_it(on: str, expected: Status) -> None:
    # in force since 3 October 2022 for five years, unless extended
    facts = {"target_foreign_to_requested_state": True, "domestic_order_issued": True}
    found = routes("GB", "US", Measure.CONTENT_DATA, on, offences=("computer_fraud",), facts=facts)["cloud-act-uk"]
    assert found[0].status is expected

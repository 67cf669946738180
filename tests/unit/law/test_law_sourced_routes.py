"""Facts of published sources that routes must follow."""

from datetime import date

import pytest

from comity.law import Measure, Query, Routes, find_routes, load_registry
from comity.law.errors import UnknownTermError
from comity.law.reference import find_anything
from comity.law.route import Route
from comity.law.vocabulary import Status

REGISTRY = load_registry()


def ask(pair: str, measure: Measure, on: str, *, received: str = "", **facts: bool) -> Routes:
    requesting, requested = pair.split()
    query = Query(
        requesting=requesting,
        requested=requested,
        measure=measure,
        on=date.fromisoformat(on),
        offences=("computer_fraud",),
        facts=facts,
        received_on=date.fromisoformat(received) if received else None,
    )
    return find_routes(query, REGISTRY)


def route(found: Routes, instrument: str) -> Route:
    return next(r for r in found.routes if r.instrument == instrument)


@pytest.mark.parametrize(
    ("treaty", "pair", "first"),
    [
        ("ie-us-mlat", "US IE", "2009-08-11"),  # TIAS 13137
        ("bb-us-mlat", "US BB", "2000-03-03"),  # TIAS 00-303.1
        ("us-vc-mlat", "US VC", "1999-09-08"),  # TIAS 12917
        ("dm-us-mlat", "US DM", "2000-05-25"),  # TIAS 00-525.1
        ("ag-us-mlat", "US AG", "1999-07-01"),  # TIAS 99-701
        ("au-us-mlat-1997", "US AU", "1999-09-30"),  # TIAS 99-930
    ],
)
def test_a_treaty_of_the_united_states_is_open_from_its_day(treaty: str, pair: str, first: str) -> None:
    day = date.fromisoformat(first)
    before = date.fromordinal(day.toordinal() - 1).isoformat()
    assert route(ask(pair, Measure.TESTIMONY, first), treaty).status is Status.OPEN
    assert route(ask(pair, Measure.TESTIMONY, before), treaty).status is Status.CLOSED


def test_india_and_the_united_kingdom_extradite_since_november_1993() -> None:
    assert route(ask("IN GB", Measure.EXTRADITION, "2026-11-16"), "gb-in-extradition-1992").status is Status.OPEN
    assert route(ask("IN GB", Measure.EXTRADITION, "1993-10-31"), "gb-in-extradition-1992").status is Status.CLOSED


@pytest.mark.parametrize("other", ["NO", "IS"])
def test_iceland_and_norway_surrender_by_arrest_warrant_since_november_2019(other: str) -> None:
    instrument = f"eu-{other.lower()}-extradition-2006"
    found = route(ask(f"{other} DE", Measure.EXTRADITION, "2024-11-01"), instrument)
    assert (found.status, found.channel.value, found.assumed) == (Status.OPEN, "judicial_direct", False)
    assert "political_offence" not in {risk.ground.value for risk in found.refusal_risks}
    before = ask(f"{other} DE", Measure.EXTRADITION, "2019-10-31")
    assert route(before, instrument).status is Status.CLOSED


@pytest.mark.parametrize("other", ["IE", "DK"])
def test_the_framework_decisions_go_on_for_ireland_and_denmark_only(other: str) -> None:
    for measure, old in ((Measure.FREEZING, "eu-freezing-2003"), (Measure.CONFISCATION, "eu-confiscation-2006")):
        assert route(ask(f"DE {other}", measure, "2026-11-16"), old).status is Status.OPEN
        between_others = route(ask("DE FR", measure, "2026-11-16"), old)
        assert between_others.status is Status.CLOSED
        assert any("Freezing and Confiscation Regulation" in why for why in between_others.why)


def test_article_30_waits_until_only_the_next_provider_is_sought() -> None:
    found = ask("US FR", Measure.TRAFFIC_DATA, "2026-11-16", preservation_requested=True)
    ours = [r for r in found.routes if r.instrument == "budapest"]
    assert [(r.article, r.status) for r in ours] == [("31", Status.OPEN), ("30", Status.CONDITIONAL)]
    told = ask("US FR", Measure.TRAFFIC_DATA, "2026-11-16", preservation_requested=True, trace_next_provider=True)
    assert next(r.status for r in told.routes if r.article == "30") is Status.OPEN


def test_the_twin_agreements_on_access_to_data_are_treated_alike() -> None:
    british = ask("GB US", Measure.CONTENT_DATA, "2024-02-01").routes[0]
    australian = ask("AU US", Measure.CONTENT_DATA, "2024-02-01").routes[0]
    assert (british.instrument, australian.instrument) == ("cloud-act-uk", "cloud-act-au")
    assert (british.status, british.binding) == (australian.status, australian.binding)
    assert any("Overseas Production Orders" in p.article for p in british.provisions)
    assert any("Telecommunications (Interception and Access)" in p.article for p in australian.provisions)
    for pair, agreement in (("US GB", "cloud-act-uk"), ("US AU", "cloud-act-au")):
        assert "18 USC 2703" in route(ask(pair, Measure.CONTENT_DATA, "2024-02-01"), agreement).article


def test_what_became_of_requests_to_hong_kong_is_said_to_be_unknown() -> None:
    pending = ask("AU HK", Measure.CONTENT_DATA, "2021-01-01", received="2020-06-01")
    found = route(pending, "au-hk-mlat-1999")
    assert found.status is Status.CONDITIONAL
    assert any("was not sourced: ask the other side" in why for why in found.why)
    fresh = route(ask("AU HK", Measure.CONTENT_DATA, "2021-01-01"), "au-hk-mlat-1999")
    assert fresh.status is Status.CLOSED
    assert any("was not sourced: ask the other side" in why for why in fresh.why)


def test_an_act_is_found_by_its_number_and_an_unknown_name_gets_one_line() -> None:
    assert getattr(find_anything("2003/577", REGISTRY), "id", "") == "eu-freezing-2003"
    with pytest.raises(UnknownTermError, match=r"none of [\d,]+ is near it") as refused:
        find_anything("9999/zzz/qqq", REGISTRY)
    assert len(str(refused.value)) < 120


def test_an_emergency_disclosure_says_that_a_foreign_authority_is_no_governmental_entity() -> None:
    """18 USC 2702(b)(8), (c)(4), (c)(6), 2711(4)."""
    found = route(
        ask("BR US", Measure.EMERGENCY_DISCLOSURE, "2026-09-18", emergency_to_life=True), "us-voluntary-disclosure"
    )
    assert found.status is Status.OPEN
    assert any("2711(4)" in condition.text for condition in found.conditions)


def test_money_is_frozen_by_its_own_certificate_and_evidence_by_an_investigation_order() -> None:
    """Directive 2014/41/EU art. 32 and recital 34: provisional measures with a view to gathering evidence."""
    untold = ask("DE HU", Measure.FREEZING, "2026-10-12")
    assert untold.routes[0].instrument == "eu-freezing-2018"
    assert route(untold, "eu-eio").status is Status.CONDITIONAL
    money = ask("DE HU", Measure.FREEZING, "2026-10-12", kept_as_evidence=False)
    assert route(money, "eu-eio").status is Status.CLOSED
    evidence = ask("DE HU", Measure.FREEZING, "2026-10-12", kept_as_evidence=True)
    assert route(evidence, "eu-eio").status is Status.OPEN


@pytest.mark.parametrize(
    ("offences", "expected"),
    [
        (("money_laundering", "online_investment_fraud"), Status.CLOSED),
        (("money_laundering",), Status.CONDITIONAL),
    ],
)
def test_where_the_offence_behind_money_laundering_is_named_it_decides(
    offences: tuple[str, ...], expected: Status
) -> None:
    """United Nations Convention against Corruption arts 23, 46(1): laundering of the proceeds of its own offences."""
    query = Query(
        requesting="GB", requested="HK", measure=Measure.FREEZING, on=date(2026, 9, 7), offences=offences, facts={}
    )
    assert route(find_routes(query, REGISTRY), "uncac").status is expected

"""The data that ship with Comity."""

from datetime import date

import pytest

from comity.law.check import check_law_data, has_errors
from comity.law.compile import compile_law_data, load_compiled
from comity.law.fact import FACTS
from comity.law.find import find_routes
from comity.law.lawdata import COMPILED
from comity.law.penalty import coverage
from comity.law.query import Query
from comity.law.reader import read_law_data
from comity.law.registry import load_registry
from comity.law.route import Route
from comity.law.vocabulary import Fact, Measure

READING = read_law_data()


def test_the_shipped_data_have_no_errors() -> None:
    findings = check_law_data(READING)
    assert not has_errors(findings), [str(finding) for finding in findings]


def test_the_compiled_file_is_what_the_folder_says() -> None:
    assert compile_law_data(READING.data) == COMPILED.read_bytes(), "run `comity law build`"
    assert load_compiled() == READING.data


def test_every_instrument_can_say_what_it_carries_or_why_not() -> None:
    models = {model.id for model in READING.data.models}
    for instrument in READING.data.instruments:
        carries = instrument.provisions or instrument.provisions_of in models
        assert carries or instrument.note, f"{instrument.id} carries nothing and does not say why"


def test_every_fact_that_decides_a_condition_has_a_question() -> None:
    used = {
        condition.fact
        for instrument in (*READING.data.instruments, *READING.data.models)
        for provision in instrument.provisions
        for condition in provision.conditions
    }
    assert used - {Fact.NONE} <= {Fact(name) for name in FACTS}


TODAY = date(2026, 11, 24)


def route(who: str, whom: str, measure: Measure, instrument: str) -> Route:
    query = Query(requesting=who, requested=whom, measure=measure, on=TODAY, offences=("computer_fraud",))
    return next(r for r in find_routes(query, load_registry()).routes if r.instrument == instrument)


@pytest.mark.parametrize(("who", "says"), [("IN", True), ("US", False)])
def test_indian_procedure_is_asked_of_india_alone(who: str, says: bool) -> None:
    letter = route(who, "BR", Measure.TESTIMONY, "letters-rogatory")
    assert "India" not in letter.title
    assert any("BNSS" in condition.text for condition in letter.conditions) is says


def test_a_us_provider_owes_a_foreign_authority_no_preservation() -> None:
    assert not route("IN", "US", Measure.PRESERVATION, "us-voluntary-disclosure").binding


def test_india_punishes_fraud_by_its_section_on_cheating() -> None:
    """Breach of trust needs that property was entrusted (BNS 316); cheating does not (BNS 318(4))."""
    found = coverage(load_registry(), "IN", "computer_fraud", TODAY)
    assert found.heaviest == "7 years (Bharatiya Nyaya Sanhita 2023, s. 318(4))"


@pytest.mark.parametrize(
    ("offence", "on", "sections", "recalled"),
    [
        ("illegal_interception", date(2024, 6, 25), set(), {"25", "26"}),  # Telegraph Act, from memory
        ("illegal_interception", date(2024, 6, 26), {"42(2)(b)"}, {"25", "26"}),
        ("ransomware_extortion", date(2024, 6, 30), {"66", "384", "506 (second part)"}, set()),
        ("csam_production", date(2019, 8, 15), {"67B(b)", "67B(e)", "13, 14"}, set()),
        ("illegal_gambling", date(2025, 8, 21), {"3", "112"}, set()),  # no Online Gaming Act before its assent
        ("illegal_gambling", date(2026, 1, 1), {"3", "112"}, {"9(1)", "9(2)", "9(3)"}),  # its first day is not known
    ],
)
def test_india_punished_an_act_by_the_law_of_its_day(
    offence: str, on: date, sections: set[str], recalled: set[str]
) -> None:
    found = coverage(load_registry(), "IN", offence, on)
    assert {row.section for row in found.sections} == sections
    assert {row.section for row in found.recalled} == recalled


def test_india_set_a_maximum_for_the_use_of_children_until_2019() -> None:
    """POCSO Act s. 14(1): up to five years, since 16 August 2019 not less than five."""
    for on, years in ((date(2019, 8, 15), 5), (date(2019, 8, 16), None)):
        (row,) = (r for r in coverage(load_registry(), "IN", "csam_production", on).sections if r.section == "13, 14")
        assert row.max_penalty_years == years


@pytest.mark.parametrize(
    ("offence", "years"),
    [
        ("illegal_access", 3),  # ten years need a protected system (IT Act 70(3))
        ("data_interference", 3),  # five need a loss of one lakh rupees (BNS 324(5))
        ("sextortion", 7),  # ten need the threat of an accusation (BNS 308(6))
        ("money_laundering", 7),  # twenty need the financing of drug trafficking (NDPS Act 27A)
    ],
)
def test_a_further_element_proves_no_penalty_of_the_ordinary_act(offence: str, years: float) -> None:
    assert coverage(load_registry(), "IN", offence, TODAY).max_years == years


def test_the_network_keeps_the_reservations_of_the_convention_that_it_serves() -> None:
    """ETS 185 art. 35(1)(b): the contact points preserve under article 29, whose reservations hold for them too."""
    registry = load_registry()

    def told(instrument: str) -> list[tuple[object, ...]]:
        made = registry.instrument(instrument).reservations
        own = [r for r in made if "35(1)(b)" in r.provisions]
        return [(r.state, r.effect, r.measures, r.spares_listed, r.made_on, r.withdrawn_on, r.confidence) for r in own]

    assert told("coe-24-7") == told("budapest") != []

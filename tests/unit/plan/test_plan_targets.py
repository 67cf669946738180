"""Whom a direct order may target: a fact of the suspect behind each account and not of the whole case."""

from tests.samples.planned import case_of, leads_of, plan_of, seen, tie

from comity.leads.model import Observable, ObservableKind, Role
from comity.plan.model import Plan, Step

AGREEMENT = "cloud-act-uk"
SUSPECT = '\n[[suspects]]\nname = "{name}"\nidentifiers = ["{box}"]\n{more}\n'
THERE = SUSPECT.format(name="Holt", box="holt@outlook.com", more='nationality = "GB"\nresidence = "US"')
NATIONAL = SUSPECT.format(name="Holt", box="holt@outlook.com", more='nationality = "US"')
ABROAD = SUSPECT.format(name="Li", box="li@outlook.com", more='nationality = "CN"\nresidence = "AE"')
PARTLY = SUSPECT.format(name="Li", box="li@outlook.com", more='nationality = "CN"')


def box(value: str) -> Observable:
    return seen(ObservableKind.EMAIL, value, tie("US", Role.MAIL_PROVIDER, "microsoft_us"))


def plan(rest: str, *values: str) -> Plan:
    case = case_of("GB", rest=rest, offence="online_investment_fraud")
    return plan_of(case, leads_of(*(box(value) for value in values)))


def asked(found: Plan, measure: str, value: str) -> Step:
    steps = [s for s in found.steps if s.measure == measure and value in {thing.value for thing in s.objects}]
    assert len(steps) == 1
    return steps[0]


def instrument(found: Plan, measure: str, value: str) -> str:
    taken = asked(found, measure, value).recommended
    return taken.instrument if taken else ""


def test_the_agreement_is_closed_for_a_person_of_the_other_state_alone() -> None:
    found = plan(THERE + ABROAD, "holt@outlook.com", "li@outlook.com")
    for measure in ("subscriber_information", "traffic_data", "content_data"):
        assert instrument(found, measure, "li@outlook.com") == AGREEMENT
        assert instrument(found, measure, "holt@outlook.com") != AGREEMENT
    step = asked(found, "content_data", "holt@outlook.com")
    assert any("Agreement on Access" in line for line in step.closed_routes)
    assert any("Holt, by the case file: a national of United States, or living there" in why for why in step.why)
    before = {s.id: s for s in found.steps}
    waits_for = {thing.value for key in step.depends_on for thing in before[key].objects if before[key].period}
    assert waits_for == {"holt@outlook.com"}


def test_a_national_elsewhere_is_no_target_either() -> None:
    assert instrument(plan(NATIONAL, "holt@outlook.com"), "content_data", "holt@outlook.com") != AGREEMENT


def test_one_request_preserves_for_both() -> None:
    found = plan(THERE + ABROAD, "holt@outlook.com", "li@outlook.com")
    assert len(asked(found, "preservation", "holt@outlook.com").objects) == 2


def test_the_suspects_states_go_before_the_fact_of_the_case() -> None:
    said = "\n[legal_facts]\ntarget_foreign_to_requested_state = {}\n"
    assert (
        instrument(plan(ABROAD + said.format("false"), "li@outlook.com"), "content_data", "li@outlook.com") == AGREEMENT
    )
    closed = plan(THERE + said.format("true"), "holt@outlook.com")
    assert instrument(closed, "content_data", "holt@outlook.com") != AGREEMENT


def test_where_nobody_tells_whose_an_account_is_that_is_an_obstacle() -> None:
    def told(rest: str) -> list[str]:
        return [o.title for o in plan(rest, "li@outlook.com").obstacles if "direct order" in o.title]

    assert told("") == told(PARTLY) == ["Whom a direct order would target is not shown"]
    assert told(ABROAD) == []
    assert told("\n[legal_facts]\ntarget_foreign_to_requested_state = true\n") == []

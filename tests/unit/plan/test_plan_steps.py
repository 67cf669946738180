"""Steps: what is asked of states themselves, alerts, order, sums of the plan, and what it rests on."""

from datetime import date

import msgspec
import pytest
from tests.samples.planned import ON, case_of, leads_of, mail, measures, paid, place, plan_of, seen, step_of, tie

from comity.law import Confidence, Measure, Status
from comity.leads.model import ObservableKind, Role
from comity.plan import Case, PlanDataError
from comity.plan.model import StateRole, UrgencyClass
from comity.plan.ordering import number_of
from comity.plan.tables import Weights, read_table

IBAN = seen(ObservableKind.IBAN, "AE480339999000000004711", tie("AE", Role.FINANCIAL_INSTITUTION, name="Mashreqbank"))
HOST = seen(
    ObservableKind.IPV4,
    "31.184.255.255",
    tie("RU", Role.INFRASTRUCTURE, name="Selectel"),
    places=(place("row 1"), place("line 2", artifact="a2")),
    tags=("server-network",),
)
PAGE = seen(
    ObservableKind.URL,
    "http://31.184.255.255/a",
    tie("RU", Role.INFRASTRUCTURE, name="Selectel"),
    places=(place("link target"),),
)
OPEN = '[confidentiality]\nlevel = "open"\n'


def test_money_is_stopped_first_and_the_formal_request_follows() -> None:
    plan = plan_of(case_of("IN", "[legal_facts]\norganised_group = true\n"), leads_of(IBAN, HOST))
    first, formal = (s for s in plan.steps if s.measure is Measure.FREEZING)
    assert first.recommended is not None
    assert first.recommended.evidence is False
    assert formal.recommended is not None
    assert formal.recommended.evidence is True
    assert formal.depends_on == (first.id,)
    assert first.urgency.level is UrgencyClass.HOURS
    # the police are asked for the money already: one message to the Emirates is enough
    assert not [s for s in plan.steps if s.measure is Measure.POLICE_INFORMATION and s.state == "AE"]
    alert = step_of(plan, "police_information")
    assert alert.state == "RU"
    assert alert.why


def test_takedown_waits_where_the_case_is_secret() -> None:
    plan = plan_of(case_of("IN"), leads_of(IBAN, HOST, PAGE))
    takedown = step_of(plan, "takedown")
    before = {s.measure for s in plan.steps if s.id in takedown.depends_on}
    assert before == {Measure.FREEZING, Measure.PRESERVATION}
    assert "tells the offenders" in " ".join(takedown.why)
    told = plan_of(case_of("IN", OPEN), leads_of(IBAN, HOST, PAGE))
    freezing = {s.id for s in told.steps if s.measure is Measure.FREEZING}
    assert not freezing & set(step_of(told, "takedown").depends_on)
    numbers = [number_of(step) for step in takedown.depends_on]
    assert numbers == sorted(numbers)


def test_home_needs_no_route() -> None:
    upi = seen(ObservableKind.UPI, "thief@ybl", tie("IN", Role.PAYMENT_SERVICE, name="PhonePe"))
    plan = plan_of(case_of("IN"), leads_of(upi, transfers=(paid("x", "thief@ybl"),)))
    assert {step.domestic for step in plan.steps} == {True}
    assert all(step.recommended is None and step.domestic_basis for step in plan.steps)
    assert [o.id for o in plan.obstacles if o.steps] == ["payment_reported_late"]


WHOLE = """
[[victims]]
state = "SG"
number = 2
loss = 10
currency = "SGD"
[[victims]]
state = "GB"
number = 0
[[suspects]]
name = "A"
residence = "GB"
nationality = "GB"
[[suspects]]
name = "B"
residence = "IN"
[[suspects]]
name = "C"
residence = "AE"
[[proceedings]]
state = "AE"
stage = "judgment"
[[proceedings]]
state = "IN"
stage = "investigation"
[place]
conduct = ["RU"]
systems = ["IN"]
[money]
reported = 2026-11-20T10:00:00Z
recall = 2026-11-20T11:00:00Z
"""


def test_states_are_asked_too() -> None:
    plan = plan_of(case_of("IN", WHOLE), leads_of(IBAN))
    assert step_of(plan, "spontaneous_information").state == "SG"
    assert step_of(plan, "joint_investigation").state == "AE"
    surrender = [s for s in plan.steps if s.measure is Measure.EXTRADITION]
    assert {s.state for s in surrender} == {"GB", "AE"}
    roles = {state.state: set(state.roles) for state in plan.states}
    assert roles["RU"] == {StateRole.ORIGIN}
    assert roles["GB"] == {StateRole.SUSPECT}
    assert StateRole.VICTIMS in roles["AE"]
    assert plan.states[0].state == "IN"
    titles = [event.title for event in plan.events if event.kind == "case"]
    assert {"The loss is reported", "The bank asks for the money back"} <= set(titles)
    grounds = {(claim.state, claim.ground.value) for claim in plan.jurisdiction.claims}
    assert {("GB", "active_nationality"), ("AE", "asserted"), ("RU", "territory_conduct")} <= grounds
    assert any("most victims are in Singapore" in c for k in plan.jurisdiction.conflicts for c in k.criteria)


def test_without_anything_at_home_jurisdiction_is_doubtful() -> None:
    conflict = plan_of(case_of("IN"), leads_of()).jurisdiction.conflicts[0]
    assert conflict.kind == "negative"


def test_emergency_comes_before_everything() -> None:
    box = seen(
        ObservableKind.EMAIL, "a@gmail.com", tie("US", Role.MAIL_PROVIDER, "google_us"), places=(place("row 1"),)
    )
    rest = '[urgency]\nlevel = "emergency"\nreason = "a threat to kill"\n'
    plan = plan_of(case_of("IN", rest), leads_of(box))
    assert measures(plan)[0] == "emergency_disclosure"
    assert "emergency_disclosure" not in measures(plan_of(case_of("IN"), leads_of(box)))


def test_the_same_input_gives_the_same_plan() -> None:
    leads = leads_of(IBAN, HOST, PAGE, mails=(mail("a@b.example", origin="31.184.255.255"),))
    assert plan_of(case_of("IN"), leads) == plan_of(case_of("IN"), leads)


def test_period_is_as_narrow_as_the_evidence() -> None:
    events = (
        '[[events]]\nat = 2026-11-17T05:05:58Z\nwhat = "panel opened"\nobjects = ["31.184.255.255"]\n'
        '[[events]]\nat = 2026-10-01\nwhat = "something else"\n'
    )
    plan = plan_of(case_of("IN", events), leads_of(HOST, transfers=(paid("x", "y"),)))
    period = step_of(plan, "preservation").period
    assert period is not None
    assert (period.start, period.end) == ("2026-11-16T05:05:58+00:00", "2026-11-18T05:05:58+00:00")
    assert "2026-11-17T05:05:58+00:00 panel opened" in step_of(plan, "preservation").objects[0].detail
    other = step_of(plan_of(case_of("IN"), leads_of(HOST, transfers=(paid("x", "y"),))), "preservation").period
    assert other is not None
    assert other.start == "2026-11-17T10:00:00+00:00"
    none = step_of(plan_of(case_of("IN"), leads_of(HOST)), "preservation").period
    assert none is not None
    assert none.start == ""


def test_period_of_an_account_covers_the_fraud() -> None:
    """A mailbox that took copies served until the payment, though nothing of it was seen after the first log-in."""
    told = (
        '[[events]]\nat = 2026-11-02T08:14:09Z\nwhat = "rule made"\n'
        'objects = ["copies@gmail.com", "boss@firm.example"]\n'
        '[[events]]\nat = 2026-11-06T08:00:00Z\nwhat = "log-in"\nobjects = ["boss@firm.example"]\n'
    )
    account = seen(
        ObservableKind.EMAIL,
        "copies@gmail.com",
        tie("US", Role.MAIL_PROVIDER, name="Google"),
        places=(place("row 1"), place("line 2", artifact="a2")),
    )
    case = case_of("IN", told)
    case = msgspec.structs.replace(
        case, facts=f"{case.facts} It began on 31 October 2026; it was founded in 2019-01-01."
    )
    leads = leads_of(
        account, mails=(mail("boss@firm.example", at="2026-11-03T14:36:40+05:30"),), transfers=(paid("x", "y"),)
    )
    periods = {s.period for s in plan_of(case, leads).steps if s.period and s.objects[0].value == "copies@gmail.com"}
    assert len(periods) == 1
    period = periods.pop()
    paid_at = paid("x", "y").at
    assert period.start[:10] <= "2026-10-31"
    assert period.start[:4] == "2026"
    assert period.end[:10] >= paid_at[:10]


def test_limits_of_the_plan_are_told() -> None:
    doubtful = [
        seen(
            ObservableKind.IPV4,
            f"31.184.{n}.255",
            tie("RU", Role.INFRASTRUCTURE, name=f"Host {n}", confidence=Confidence.LOW),
            places=(place("row 1"), place("line 2", artifact="a2")),
            tags=("server-network",),
        )
        for n in range(7)
    ]
    mails = tuple(mail("a@b.example", origin=o.value) for o in doubtful)
    sources = plan_of(case_of("IN"), leads_of(*doubtful, mails=mails)).provenance
    assert any("Ties of low confidence" in limit and "and 2 more" in limit for limit in sources.limits)
    assert sources.assumptions
    assert {one.name for one in sources.data_sets} >= {"holidays", "tzdata"}


def test_closed_routes_say_why() -> None:
    step = step_of(plan_of(case_of("IN"), leads_of(HOST)), "preservation")
    assert step.closed_routes
    assert all(": " in text for text in step.closed_routes)
    assert all(route.status is not Status.CLOSED for route in step.fallbacks)


def test_sections_come_from_the_law_data_where_the_case_names_none() -> None:
    import msgspec

    case: Case = case_of("IN")
    bare = msgspec.structs.replace(case, offences=(msgspec.structs.replace(case.offences[0], sections=()),))
    plan = plan_of(bare, leads_of())
    assert any("from the law data: check" in section for section in plan.case.offences[0].sections)


@pytest.mark.parametrize("text", ["least = 'x'", "least = "])
def test_broken_table_names_its_file(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    from comity.plan import tables

    folder = tmp_path_factory.mktemp("pkg")
    (folder / "data").mkdir()
    (folder / "data/weights.toml").write_text(text)
    patch = pytest.MonkeyPatch()
    with patch.context() as context:
        context.setattr(tables, "files", lambda package: folder)
        with pytest.raises(PlanDataError, match=r"plan/data/weights\.toml"):
            read_table("weights.toml", Weights)


def test_plan_of_another_day() -> None:
    early, late = (plan_of(case_of("IN"), leads_of(HOST), on=on) for on in (ON, date(2026, 12, 24)))
    assert step_of(early, "subscriber_information").start_by.on == date(2026, 11, 27)
    # Christmas is a holiday, a weekend follows
    assert step_of(late, "subscriber_information").start_by.on == date(2026, 12, 30)


DANGER = '\n[urgency]\nlevel = "emergency"\nreason = "x"\n'


def test_where_life_is_in_danger_the_police_is_told_unless_the_fast_way_is_sure() -> None:
    number = seen(
        ObservableKind.PHONE, "+2348031234567", tie("NG", Role.TELECOM, name="MTN"), tags=("chat-participant",)
    )
    calm = plan_of(case_of("KE", offence="sextortion"), leads_of(number))
    assert "police_information" not in measures(calm)
    danger = plan_of(case_of("KE", DANGER, offence="sextortion"), leads_of(number))
    alert = step_of(danger, "police_information", state="NG")
    assert alert.recommended
    assert alert.recommended.instrument == "interpol"
    assert alert.recommended.status == "open"


@pytest.mark.parametrize(("offence", "told"), [("csam_production", True), ("sextortion", False)])
def test_pictures_of_a_child_are_told_to_hotlines(offence: str, told: bool) -> None:
    found = plan_of(case_of("KE", offence=offence), leads_of())
    steps = [step for step in found.steps if step.title == "Have the pictures of the child kept from spreading"]
    assert bool(steps) is told
    for step in steps:
        assert step.domestic
        assert any("NCMEC" in request.to for request in step.direct)
        assert all(request.confidence == "low" for request in step.direct if request.source == "memory")

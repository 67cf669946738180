"""What somebody on the case knows takes the place of what was found, which stays to be read."""

import pytest
from tests.samples.planned import REGISTRY, case_of, leads_of, plan_of, seen, tie

from comity.law import Confidence
from comity.leads.model import Leads, ObservableKind, ReasonKind, Role
from comity.plan import CaseFileError, new_case_text, read_case
from comity.plan.inferred import with_told

ADDRESS = "203.0.113.25"
FOUND = tie("DE", Role.INFRASTRUCTURE, "hetzner", "Hetzner Online", Confidence.MEDIUM)


def leads() -> Leads:
    return leads_of(seen(ObservableKind.IPV4, ADDRESS, FOUND, tags=("origin",)))


def told(more: str = 'state = "NL"\nholder = "Example Hosting"\n', objects: str = ADDRESS) -> str:
    return f'\n[[ties]]\nobjects = ["{objects}"]\n{more}why = "lease of the server"\n'


def test_a_told_tie_takes_the_place_of_the_one_that_was_found() -> None:
    case = case_of(rest=told())
    [changed] = with_told(leads(), case, REGISTRY).observables
    [nexus] = changed.nexus
    assert (nexus.state, nexus.provider_name, nexus.role) == ("NL", "Example Hosting", Role.INFRASTRUCTURE)
    assert nexus.confidence is Confidence.HIGH
    assert nexus.reasons[0].text == "lease of the server"
    assert "told" in changed.tags


def test_what_was_found_stays_to_be_read_and_is_told_to_no_other_state() -> None:
    [changed] = with_told(leads(), case_of(rest=told()), REGISTRY).observables
    overruled = changed.nexus[0].reasons[1]
    assert overruled.kind is ReasonKind.CAVEAT
    assert "DE, Hetzner Online, infrastructure (medium)" in overruled.text


def test_the_plan_asks_where_it_is_said_to_be() -> None:
    before = plan_of(case_of(), leads())
    after = plan_of(case_of(rest=told()), leads())
    assert {step.state for step in before.steps if step.objects} == {"DE"}
    assert {step.state for step in after.steps if step.objects} == {"NL"}


def test_who_keeps_a_thing_without_any_part_has_the_usual_one() -> None:
    alone = leads_of(seen(ObservableKind.IPV4, ADDRESS))
    [changed] = with_told(alone, case_of(rest=told()), REGISTRY).observables
    assert changed.nexus[0].role is Role.INFRASTRUCTURE


def test_without_a_state_nothing_is_asked() -> None:
    plan = plan_of(case_of(rest=told(more="")), leads())
    assert not [step for step in plan.steps if step.objects]
    assert ADDRESS in {one.value for one in plan.not_pursued}


def test_a_provider_of_the_table_is_known_by_its_domain() -> None:
    [changed] = with_told(leads(), case_of(rest=told('state = "US"\nholder = "okx.com"\n')), REGISTRY).observables
    assert changed.nexus[0].provider == "okx"


@pytest.mark.parametrize(
    ("more", "problem"),
    [('state = "ZZ"\n', "unknown state 'ZZ'"), ('role = "boss"\n', "boss"), ('holders = "x"\n', "holders")],
)
def test_what_does_not_exist_is_named_with_its_line(more: str, problem: str) -> None:
    with pytest.raises(CaseFileError, match=problem):
        case_of(rest=told(more))


def test_a_thing_that_stands_nowhere_is_said() -> None:
    plan = plan_of(case_of(rest=told(objects="198.51.100.9")), leads())
    assert any("198.51.100.9, which the case file ties, stands nowhere" in f.message for f in plan.findings)


def test_a_new_case_shows_the_key() -> None:
    shown = new_case_text().partition("# [[ties]]")[2].partition("\n\n")[0]
    example = "[[ties]]\n" + "\n".join(line.removeprefix("# ") for line in shown.splitlines()[1:])
    case = read_case(f"{new_case_text()}\n{example}", path="case.toml", registry=REGISTRY)
    assert case.ties[0].objects == (ADDRESS,)

"""What ties a case together: the pictures' data, the list, one tie with its reasons, and a person's own word."""

import json
import re
from itertools import combinations
from math import dist

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.samples.node import client_of, make_case, make_user
from tests.samples.nodecases import add_evidence, make_plan, tell_facts

from comity.letters import steps_with_letters
from comity.node.audit.models import Entry
from comity.node.cases.models import Case
from comity.node.composer.actions import begin_from_step
from comity.node.errors import HiddenError, InvalidError
from comity.node.people.models import User
from comity.node.people.roles import Role
from comity.node.plans.actions import add_lead, tell_tie
from comity.node.plans.layout import STEP, around, rings
from comity.node.plans.models import Facts, PlanVersion
from comity.node.plans.picture import draw
from comity.node.plans.reads import newest_facts


@pytest.fixture
def asha() -> User:
    return make_user(Role.INVESTIGATOR)


@pytest.fixture
def case(asha: User) -> Case:
    made = make_case(asha)
    tell_facts(asha, made)
    add_evidence(asha, made, "mail", "bank")
    return made


@pytest.fixture
def version(asha: User, case: Case) -> PlanVersion:
    return make_plan(asha, case)


def address(case: Case, version: PlanVersion) -> str:
    return f"/plans/{case.pk}/{version.number}/relations/"


def page(client: Client, url: str, **headers: str) -> str:
    response = client.get(url, headers=headers)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_the_pictures_hold_every_tie_once_and_each_line_leads_from_mark_to_mark(version: PlanVersion) -> None:
    plan = version.plan()
    picture = draw(plan, version.leads())
    ids = [mark.id for mark in picture.marks]
    assert len(ids) == len(set(ids))
    assert {tie.observable for holder in plan.holders for tie in holder.ties} <= set(ids)
    assert {one.observable for one in plan.not_pursued} <= set(ids)
    assert {end for line in picture.lines for end in (line.source, line.target)} <= set(ids)
    assert any(line.kind == "mail" for line in picture.lines)
    assert {spot.id for spot in picture.spots} == {f"state:{state.state}" for state in plan.states}


def test_the_page_lists_every_tie_and_every_moment_without_script(asha: User, case: Case, version: PlanVersion) -> None:
    text = page(client_of(asha), address(case, version))
    plan = version.plan()
    assert plan.events[0].title in text
    drawn = json.loads(re.search(r'id="picture" type="application/json">(.*?)</script>', text)[1])  # type: ignore[index]
    assert len(drawn["dots"]) == len(plan.events)


@pytest.mark.parametrize("part", [True, False])
def test_one_tie_shows_its_reasons_its_places_and_the_steps_on_it(
    asha: User, case: Case, version: PlanVersion, part: bool
) -> None:
    plan = version.plan()
    step = next(step for step in plan.steps if step.objects and step.holder)
    thing = step.objects[0]
    tie = next(t for h in plan.holders if h.id == step.holder for t in h.ties if t.observable == thing.observable)
    client = client_of(asha)
    response = client.get(
        address(case, version), {"of": thing.observable}, headers={"HX-Request": "true"} if part else {}
    )
    text = response.content.decode()
    assert ("<html" in text) is not part
    assert step.title in text
    assert "This is wrong" in text
    assert tie.places[0].where.split(" ")[0] in text


@pytest.mark.parametrize("of", ["state:IN", "holder:h1"])
def test_states_and_holders_are_shown_too(asha: User, case: Case, version: PlanVersion, of: str) -> None:
    text = page(client_of(asha), f"{address(case, version)}?of={of}", **{"HX-Request": "true"})
    assert "<h3>" in text


@pytest.mark.parametrize("of", ["state:ZZ", "holder:h999", "ipv4-addr:192.0.2.1", "nonsense", "�"])
def test_what_is_not_in_the_plan_is_not_there(asha: User, case: Case, version: PlanVersion, of: str) -> None:
    assert client_of(asha).get(address(case, version), {"of": of}).status_code == 404


def test_each_look_at_a_tie_is_entered(asha: User, case: Case, version: PlanVersion) -> None:
    client = client_of(asha)
    before = Entry.objects.count()
    client.get(address(case, version), {"of": "state:IN"})
    entry = Entry.objects.latest("number")
    assert Entry.objects.count() == before + 1
    assert (entry.act, entry.case) == ("case.read", case.pk)


def test_a_person_s_word_moves_the_step_and_is_kept_with_the_name(asha: User, case: Case, version: PlanVersion) -> None:
    plan = version.plan()
    step = next(step for step in plan.steps if step.objects and step.state != "NL" and step.holder)
    value = step.objects[0].value
    client = client_of(asha)
    form = {"value": value, "state": "Netherlands", "holder": "Example Hosting", "role": "", "why": "lease, seized"}
    assert client.post(f"/plans/{case.pk}/tie/", form).status_code == 302
    facts = newest_facts(case)
    assert facts is not None
    assert f"lease, seized ({asha})" in facts.text
    again = make_plan(asha, case).plan()
    ties = [(h.state, h.name) for h in again.holders for t in h.ties if t.value == value]
    assert ties == [("NL", "Example Hosting")]


def test_letters_are_drafted_from_a_plan_that_rests_on_a_person_s_word(
    asha: User, case: Case, version: PlanVersion
) -> None:
    step = next(step for step in version.plan().steps if step.objects and step.state == "US" and step.holder)
    for thing in step.objects:
        tell_tie(asha, case=case, value=thing.value, why="lease, seized", state="US", holder="Example Hosting")
    again = make_plan(asha, case)
    asked = next(one for one in steps_with_letters(again.plan()) if one.holder_name == "Example Hosting")
    letter = begin_from_step(asha, case=case, plan_number=again.number, step=asked.id)
    assert "lease, seized" not in bytes(letter.newest().body).decode()


def test_what_cannot_be_kept_is_named_at_its_field(asha: User, case: Case) -> None:
    client = client_of(asha)
    wrong = client.post(f"/plans/{case.pk}/tie/", {"value": "203.0.113.9", "state": "Nowhere", "why": "x"})
    assert wrong.status_code == 422
    assert "Nowhere" in wrong.content.decode()
    missing = client.post(f"/plans/{case.pk}/tie/", {"value": "203.0.113.9"})
    assert missing.status_code == 422
    assert Facts.objects.filter(case=case).count() == 1


def test_a_lead_that_no_file_shows_is_planned_with_who_told_it(asha: User, case: Case) -> None:
    form = {"value": "203.0.113.77", "why": "told by the bank", "state": "NL", "holder": "Example Hosting"}
    assert client_of(asha).post(f"/plans/{case.pk}/lead/", form).status_code == 302
    plan = make_plan(asha, case).plan()
    [holder] = [h for h in plan.holders for t in h.ties if t.value == "203.0.113.77"]
    assert (holder.state, holder.name) == ("NL", "Example Hosting")
    seen = [place.text for t in holder.ties for place in t.places]
    assert any("203.0.113.77" in text for text in seen)


def test_a_lead_that_is_nothing_is_refused_and_nothing_is_kept(asha: User, case: Case) -> None:
    files = case.artifacts.count()
    response = client_of(asha).post(f"/plans/{case.pk}/lead/", {"value": "somebody", "why": "x", "state": "NL"})
    assert response.status_code == 422
    assert case.artifacts.count() == files
    assert Facts.objects.filter(case=case).count() == 1


def test_who_may_not_work_on_the_case_tells_nothing(case: Case) -> None:
    stranger = make_user(Role.INVESTIGATOR)
    with pytest.raises(HiddenError):
        tell_tie(stranger, case=case, value="203.0.113.9", why="x", state="NL")
    with pytest.raises(HiddenError):
        add_lead(stranger, case=case, value="203.0.113.9", why="x")


def test_a_tie_needs_its_reason(asha: User, case: Case) -> None:
    with pytest.raises(InvalidError):
        tell_tie(asha, case=case, value="203.0.113.9", why="  ", state="NL")


@given(st.integers(min_value=0, max_value=400))
def test_no_two_things_of_a_holder_stand_on_each_other(count: int) -> None:
    places, radius = around(count)
    assert all(dist((0, 0), place) <= radius for place in places)
    assert all(dist(a, b) >= STEP * 0.9 for a, b in combinations(places[-60:], 2))


@settings(max_examples=50)
@given(st.lists(st.floats(min_value=10, max_value=3000), min_size=1, max_size=40))
def test_circles_on_a_ring_stand_apart(radii: list[float]) -> None:
    places, whole = rings(radii)
    for (one, r), (other, s) in combinations(zip(places, radii, strict=True), 2):
        assert dist(one, other) >= (r + s) * 0.99
    assert all(dist((0, 0), place) + radius <= whole + 1 for place, radius in zip(places, radii, strict=True))

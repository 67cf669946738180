"""The map shows each state of the case, joins what flowed, and stays within its edges."""

import re
from itertools import combinations

import msgspec
import pytest
from tests.samples.plan import flow

from comity.law.atlas import World, load_world
from comity.plan.model import FlowKind, InvolvedState, Plan, StateRole
from comity.plan.report.casemap import draw_map, first_role
from comity.plan.report.label import Box, place_labels


@pytest.fixture
def world() -> World:
    return load_world()


def with_states(plan: Plan, *codes: str, role: StateRole = StateRole.DATA) -> Plan:
    states = tuple(msgspec.structs.replace(plan.states[0], state=c, name=c, roles=(role,)) for c in codes)
    return msgspec.structs.replace(plan, states=states, holders=())


def between(plan: Plan, payer: str, payee: str) -> Plan:
    """A plan with a payment from one state to another."""
    found = with_states(plan, payer, payee)
    return msgspec.structs.replace(found, flows=(flow(FlowKind.MONEY, (payer, payer), (payee, payee)),))


def test_the_case_is_coloured_and_named(plan: Plan, world: World) -> None:
    drawn = draw_map(plan, world)
    assert {s.code: s.role for s in drawn.states} == {
        "IN": StateRole.REQUESTING,
        "RU": StateRole.ORIGIN,
        "US": StateRole.DATA,
        "AE": StateRole.MONEY,
        "SE": StateRole.TRANSIT,
    }
    assert [(a.kind, a.words) for a in drawn.arcs] == [
        (FlowKind.MAIL, "1 mail from Russia to India"),
        (FlowKind.REPLY, "1 reply from India to United States"),
        (FlowKind.MONEY, "2 payments from India to United Arab Emirates, INR 24,44,998"),
    ]
    assert world.states["FR"].path in drawn.land
    assert world.states["RU"].path not in drawn.land
    assert not drawn.missing


@pytest.mark.parametrize(
    "codes", [("SG", "MY"), ("NZ", "US"), ("FJ", "CL", "NO"), ("MT",), (), ("IS", "ZA"), ("DE", "FR", "BE", "NL", "LU")]
)
def test_the_view_holds_every_state_and_stays_on_the_map(plan: Plan, world: World, codes: tuple[str, ...]) -> None:
    drawn = draw_map(with_states(plan, *codes), world)
    view = drawn.view
    assert view.x >= 0
    assert view.x + view.width <= world.width + 0.01
    assert view.y >= 0
    assert view.y + view.height <= world.height + 0.01
    assert 1.7 <= view.width / view.height <= 2.35
    for state in drawn.states:
        assert view.x <= state.x <= view.x + view.width
        assert view.y <= state.y <= view.y + view.height


def test_a_state_that_is_not_on_the_map_is_named(plan: Plan, world: World) -> None:
    drawn = draw_map(with_states(plan, "IN", "GI"), world)
    assert drawn.missing == ("GI",)
    assert [s.code for s in drawn.states] == ["IN"]


def test_an_arc_to_a_state_that_is_not_on_the_map_is_left_out(plan: Plan, world: World) -> None:
    assert draw_map(between(plan, "IN", "GI"), world).arcs == ()


def test_the_short_way_across_the_pacific_leaves_the_map_at_its_edges(plan: Plan, world: World) -> None:
    for victim, state in (("NZ", "US"), ("US", "NZ")):
        arcs = draw_map(between(plan, victim, state), world).arcs
        assert len(arcs) == 2
        numbers = [[int(n) for n in re.findall(r"-?\d+", arc.path)] for arc in arcs]
        assert any(n[-2] > world.width or n[0] > world.width for n in numbers)
        assert any(n[-2] < 0 or n[0] < 0 for n in numbers)


def test_a_state_without_a_role_counts_as_one_of_data(plan: Plan) -> None:
    state: InvolvedState = msgspec.structs.replace(plan.states[0], roles=())
    assert first_role(state) is StateRole.DATA


def test_labels_do_not_cover_each_other_where_there_is_room() -> None:
    view = Box(x=0, y=0, width=1000, height=500)
    names = ["Belgium", "Netherlands", "Luxembourg", "Germany"]
    spots = [(500, 250), (505, 235), (508, 262), (540, 245)]
    boxes = [label.box for label in place_labels(names, spots, unit=14, view=view)]
    assert not [pair for pair in combinations(boxes, 2) if pair[0].meets(pair[1])]


def test_a_label_without_a_free_place_is_still_there() -> None:
    view = Box(x=0, y=0, width=100, height=50)
    spots = [(50, 25)] * 30
    assert len(place_labels(["Somewhere"] * 30, spots, unit=9, view=view)) == 30
    assert len(place_labels(["A name too long for the map"], [(50, 25)], unit=9, view=view)) == 1

"""The map of the world: shapes within its edges, cut at the 180th meridian, borders shared by neighbours."""

import re

import pycountry
import pytest

from comity.law.atlas import World, load_world


@pytest.fixture
def world() -> World:
    return load_world()


def points(path: str) -> list[tuple[int, int]]:
    """Every corner of a path of the map, absolute."""
    found = []
    for start_x, start_y, rest in re.findall(r"M(\d+) (\d+)l([^z]*)z", path):
        x, y = int(start_x), int(start_y)
        found.append((x, y))
        steps = [int(n) for n in re.findall(r"-?\d+", rest)]
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + dx, y + dy
            found.append((x, y))
    return found


def test_the_data_are_codes_and_paths_within_the_map(world: World) -> None:
    known = {country.alpha_2 for country in pycountry.countries} | {"XK"}
    assert set(world.states) <= known
    assert len(world.states) > 230
    for code, shape in world.states.items():
        assert 0 <= shape.x <= world.width, code
        assert 0 <= shape.y <= world.height, code
        assert re.fullmatch(r"(M\d+ \d+l[-\d ]+z)*", shape.path), code
        assert shape.path or shape.small, code
        assert all(-1 <= x <= world.width + 1 for x, _ in points(shape.path)), code


def test_no_border_runs_across_the_map(world: World) -> None:
    """A ring that is not cut at the 180th meridian would show a step of nearly the width of the map."""
    for code, shape in world.states.items():
        for start in re.findall(r"l([^z]*)z", shape.path):
            steps = [int(n) for n in re.findall(r"-?\d+", start)]
            assert max(map(abs, steps[::2]), default=0) < world.width / 8, code


def test_russia_lies_on_both_sides_of_the_meridian(world: World) -> None:
    xs = [x for x, _ in points(world.states["RU"].path)]
    assert max(xs) > world.width * 0.8
    assert min(xs) < world.width * 0.25


def test_neighbours_share_their_border(world: World) -> None:
    assert set(points(world.states["FR"].path)) & set(points(world.states["ES"].path))


@pytest.mark.parametrize("code", ["SG", "MT", "HK", "BH", "LI", "MU"])
def test_small_states_have_a_dot_of_their_own(world: World, code: str) -> None:
    assert world.states[code].small

"""The world map, as derived by ``tools/derive_world_map.py``: read when the first map is drawn."""

from functools import lru_cache
from importlib.resources import files

import msgspec


class StateShape(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One state on the map, in map units; y grows to the south."""

    path: str
    """SVG path data; empty where the state is smaller than a map unit."""
    x: int
    """With ``y``: a point well inside its largest piece of land."""
    y: int
    small: bool
    """True: hard to see without a dot."""


class World(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole map."""

    source: str
    licence: str
    width: int
    height: int
    states: dict[str, StateShape]
    """By ISO 3166 code."""
    other: str
    """Land that Natural Earth gives to no state with a code."""


@lru_cache(maxsize=1)
def load_world() -> World:
    """The map that ships with Comity."""
    return msgspec.json.decode(files("comity.law.atlas").joinpath("data/world.json").read_bytes(), type=World)

"""The atlas: what the law allows between all states at once, and the map of the world on which to show it."""

from comity.law.atlas.map import StateShape, World, load_world

__all__ = ["StateShape", "World", "load_world"]

"""The atlas: what the law allows between all states at once, what a change would do to it, and its map of the world.

>>> from datetime import date
>>> from comity.law import Measure, load_registry
>>> from comity.law.atlas import Atlas
>>> atlas = Atlas(load_registry(), on=date(2026, 11, 24))
>>> atlas.strength("US", "GB", Measure.PRESERVATION).words
'open to evidence, owed'
"""

from comity.law.atlas.atlas import Atlas
from comity.law.atlas.coverage import Cell, Coverage, Grade, MeasureCount, Reach, coverage, open_to
from comity.law.atlas.coverage_map import draw_coverage
from comity.law.atlas.map import StateShape, World, load_world
from comity.law.atlas.strength import STRONGEST_FIRST, Strength, strength_of

__all__ = [
    "STRONGEST_FIRST",
    "Atlas",
    "Cell",
    "Coverage",
    "Grade",
    "MeasureCount",
    "Reach",
    "StateShape",
    "Strength",
    "World",
    "coverage",
    "draw_coverage",
    "load_world",
    "open_to",
    "strength_of",
]

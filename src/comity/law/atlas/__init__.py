"""The atlas: what the law allows between all states at once, what a change would do to it, and its map of the world.

>>> from datetime import date
>>> from comity.law import Measure, load_registry
>>> from comity.law.atlas import Atlas
>>> atlas = Atlas(load_registry(), on=date(2026, 11, 24))
>>> atlas.strength("US", "GB", Measure.PRESERVATION).words
'open to evidence, owed'
"""

from comity.law.atlas.atlas import Atlas
from comity.law.atlas.change import Change, ChangeKind, Standing
from comity.law.atlas.coverage import Cell, Coverage, Grade, MeasureCount, Reach, coverage, open_to
from comity.law.atlas.coverage_map import draw_coverage
from comity.law.atlas.gain import Gain
from comity.law.atlas.map import StateShape, World, load_world
from comity.law.atlas.reforms import Reform, Reforms, Waiting, rank_reforms
from comity.law.atlas.sentence import FORMS, parse_step
from comity.law.atlas.step import Accession, Denunciation, EntryIntoForce, NewTreaty, Step, TreatyKind, Withdrawal
from comity.law.atlas.strength import STRONGEST_FIRST, Strength, strength_of
from comity.law.atlas.unlock import Key, NotEnough, Unlock, unlock
from comity.law.atlas.what_if import Consequences, StepEffect, what_if

__all__ = [
    "FORMS",
    "STRONGEST_FIRST",
    "Accession",
    "Atlas",
    "Cell",
    "Change",
    "ChangeKind",
    "Consequences",
    "Coverage",
    "Denunciation",
    "EntryIntoForce",
    "Gain",
    "Grade",
    "Key",
    "MeasureCount",
    "NewTreaty",
    "NotEnough",
    "Reach",
    "Reform",
    "Reforms",
    "Standing",
    "StateShape",
    "Step",
    "StepEffect",
    "Strength",
    "TreatyKind",
    "Unlock",
    "Waiting",
    "Withdrawal",
    "World",
    "coverage",
    "draw_coverage",
    "load_world",
    "open_to",
    "parse_step",
    "rank_reforms",
    "strength_of",
    "unlock",
    "what_if",
]

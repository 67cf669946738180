"""Coverage: how strong the answer is between which states, counted, listed, or cell by cell with its best route."""

from collections.abc import Iterable
from datetime import date

from comity.law.atlas.atlas import Atlas
from comity.law.atlas.strength import STRONGEST_FIRST, Strength
from comity.law.find import find_routes
from comity.law.instrument import StateCode
from comity.law.names import state_name
from comity.law.query import Query
from comity.law.ranking import shortest_due_hours
from comity.law.route import Answer
from comity.law.vocabulary import Channel, Measure, Status


class Grade(Answer, frozen=True, kw_only=True):
    """One grade of the scale, in words."""

    id: str
    status: Status
    words: str


class MeasureCount(Answer, frozen=True, kw_only=True):
    """How many ordered pairs of states have each grade for a measure."""

    measure: Measure
    pairs: dict[str, int]
    """By the id of a grade."""


class Cell(Answer, frozen=True, kw_only=True):
    """The answer between two states, with the route that the engine puts first."""

    requesting: StateCode
    requested: StateCode
    measure: Measure
    strength: str
    status: Status
    instrument: str
    """Id of what the first open or conditional route rests on; empty: there is none."""
    title: str
    channel: Channel | None
    due_hours: int | None
    """The shortest time limit of that route; None: none in figures."""
    routes: int
    """How many open or conditional routes there are."""


class Reach(Answer, frozen=True, kw_only=True):
    """From whom one state can obtain a measure, by the id of a grade; grades that nobody has are left out."""

    requesting: StateCode
    requested: dict[str, tuple[StateCode, ...]]


class Coverage(Answer, frozen=True, kw_only=True):
    """The coverage of some measures between some states on a day."""

    as_of: date
    offences: tuple[str, ...]
    requesting: StateCode
    """Empty: every state asks."""
    requested: StateCode
    """Empty: every state is asked."""
    scale: tuple[Grade, ...]
    """Strongest first."""
    counts: tuple[MeasureCount, ...]
    cells: tuple[Cell, ...] = ()
    """Where one side is given."""
    reach: tuple[Reach, ...] = ()
    """Where neither is given and one measure is asked about."""
    note: str
    """What the numbers do not say."""


NO_OFFENCE = (
    "No offence is named: instruments that reach only some offences (corruption, organised crime) count as open."
)
SCALE = tuple(Grade(id=grade.id, status=grade.status, words=grade.words) for grade in STRONGEST_FIRST)


def coverage(
    atlas: Atlas, *, measures: tuple[Measure, ...], requesting: StateCode = "", requested: StateCode = ""
) -> Coverage:
    """The coverage of some measures; cells where one side is given and one measure, or both sides."""
    detailed = bool(requesting and requested) or (len(measures) == 1 and bool(requesting or requested))
    whole = len(measures) == 1 and not requesting and not requested
    askers = (requesting,) if requesting else atlas.states
    among = atlas.mask([requested]) if requested else -1
    pairs = [(a, b) for a in askers for b in ((requested,) if requested else atlas.states) if a != b]
    return Coverage(
        as_of=atlas.on,
        offences=atlas.offences,
        requesting=requesting,
        requested=requested,
        scale=SCALE,
        counts=tuple(_count(atlas, measure, askers, among) for measure in measures),
        note="" if atlas.offences else NO_OFFENCE,
        cells=tuple(cell(atlas, a, b, m) for m in measures for a, b in pairs) if detailed else (),
        reach=tuple(_reach(atlas, asker, measures[0]) for asker in askers) if whole else (),
    )


def cell(atlas: Atlas, requesting: StateCode, requested: StateCode, measure: Measure) -> Cell:
    """One cell, with the first route as the engine ranks them."""
    query = Query(requesting=requesting, requested=requested, measure=measure, on=atlas.on, offences=atlas.offences)
    usable = [option for option in find_routes(query, atlas.registry).options if option.status is not Status.CLOSED]
    strength = atlas.strength(requesting, requested, measure)
    first = usable[0] if usable else None
    return Cell(
        requesting=requesting,
        requested=requested,
        measure=measure,
        strength=strength.id,
        status=strength.status,
        instrument=first.instrument.id if first else "",
        title=first.instrument.title if first else "",
        channel=first.way.channel if first else None,
        due_hours=shortest_due_hours(first.way.time_limits(query.facts)) if first else None,
        routes=len(usable),
    )


def by_state(found: Coverage) -> dict[StateCode, tuple[Strength, str]]:
    """For a map: each other state's grade beside a given one, and the words to show with it."""
    own = found.requesting or found.requested
    shown: dict[StateCode, tuple[Strength, str]] = {}
    for one in found.cells:
        other = one.requested if one.requesting == own else one.requesting
        grade = Strength[one.strength.upper()]
        through = f", through {one.title}" if one.title else ""
        shown[other] = (grade, f"{state_name(other)}: {grade.words}{through}")
    return shown


def open_to(atlas: Atlas, measure: Measure) -> dict[StateCode, int]:
    """From how many others each state can obtain a measure as evidence by an open route."""
    strong = (Strength.OWED, Strength.OFFERED)
    return {s: sum(atlas.grades(s, measure)[grade].bit_count() for grade in strong) for s in atlas.states}


def _count(atlas: Atlas, measure: Measure, askers: Iterable[StateCode], among: int) -> MeasureCount:
    pairs = dict.fromkeys((grade.id for grade in STRONGEST_FIRST), 0)
    for asker in askers:
        for grade, mask in zip(Strength, atlas.grades(asker, measure), strict=True):
            pairs[grade.id] += (mask & among).bit_count()
    return MeasureCount(measure=measure, pairs=pairs)


def _reach(atlas: Atlas, asker: StateCode, measure: Measure) -> Reach:
    grades = atlas.grades(asker, measure)
    requested = {grade.id: atlas.members(grades[grade]) for grade in STRONGEST_FIRST if grades[grade]}
    return Reach(requesting=asker, requested=requested)

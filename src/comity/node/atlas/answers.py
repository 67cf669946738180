"""Answers of the law engine that cost something to work out, kept for the next who asks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from comity.law import Measure, Status
from comity.law.atlas import (
    STRONGEST_FIRST,
    Atlas,
    ChangeKind,
    Consequences,
    Coverage,
    Step,
    Strength,
    coverage,
    draw_coverage,
    load_world,
    open_to,
    what_if,
)
from comity.node.lawdata import registry


@dataclass(frozen=True, slots=True, kw_only=True)
class MapAnswer:
    """A map and the table that says the same."""

    svg: str
    """For a page: its colours come from the node's style sheet."""
    document: str
    """As a file of its own."""
    cells: tuple["MapCell", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapCell:
    """One state of the map."""

    state: str
    status: str
    words: str
    instrument: str = ""
    title: str = ""
    others: int = 0
    """Where all ask: from how many others the state can obtain evidence by an open route."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayDifference:
    """What a state can obtain of one measure on two days."""

    measure: Measure
    before: dict[str, int]
    after: dict[str, int]
    stronger: tuple[str, ...]
    weaker: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """Changes that are alike: the same measure, grades and instrument."""

    kind: str
    measure: str
    before: str
    after: str
    instrument: str
    pairs: int
    who: tuple[tuple[str, tuple[str, ...]], ...]
    """Who asks, and whom."""


@lru_cache(maxsize=24)
def atlas_on(on: date, offences: tuple[str, ...] = ()) -> Atlas:
    """The answers between all states on a day."""
    return Atlas(registry(), on=on, offences=offences)


@lru_cache(maxsize=256)
def coverage_on(on: date, measures: tuple[Measure, ...], requesting: str = "", requested: str = "") -> Coverage:
    """How strong the answer is, counted; for one measure and one side cell by cell."""
    return coverage(atlas_on(on), measures=measures, requesting=requesting, requested=requested)


@lru_cache(maxsize=128)
def map_on(on: date, measure: Measure, requesting: str = "") -> MapAnswer:
    """The map of a measure: what one state can obtain from all others, or how far each state reaches."""
    atlas = atlas_on(on)
    found = coverage_on(on, (measure,), requesting)
    document = draw_coverage(atlas, found, load_world())
    head, _, rest = document.partition("<style>")
    plain = head + rest.partition("</style>")[2]
    cells = _toward(found) if requesting else _whole(atlas, measure)
    return MapAnswer(svg=plain.replace("<svg ", '<svg class="map" ', 1), document=document, cells=cells)


def _toward(found: Coverage) -> tuple[MapCell, ...]:
    words = {grade.id: grade.words for grade in found.scale}
    return tuple(
        MapCell(
            state=cell.requested,
            status=cell.status.value,
            words=words[cell.strength],
            instrument=cell.instrument,
            title=cell.title,
        )
        for cell in found.cells
    )


def _whole(atlas: Atlas, measure: Measure) -> tuple[MapCell, ...]:
    return tuple(
        MapCell(state=state, status=(Status.OPEN if number else Status.CLOSED).value, words="", others=number)
        for state, number in open_to(atlas, measure).items()
    )


@lru_cache(maxsize=128)
def between_days(state: str, before: date, after: date) -> tuple[DayDifference, ...]:
    """What a state could obtain on one day and can on another, measure by measure."""
    return tuple(_between(state, measure, atlas_on(before), atlas_on(after)) for measure in Measure)


def _between(state: str, measure: Measure, before: Atlas, after: Atlas) -> DayDifference:
    old, new = _grades(before, state, measure), _grades(after, state, measure)
    return DayDifference(
        measure=measure,
        before=_counted(old.values()),
        after=_counted(new.values()),
        stronger=tuple(one for one in old if new[one] > old[one]),
        weaker=tuple(one for one in old if new[one] < old[one]),
    )


def _grades(atlas: Atlas, state: str, measure: Measure) -> dict[str, Strength]:
    grades = atlas.grades(state, measure)
    return {one: grade for grade in Strength for one in atlas.members(grades[grade]) if one != state}


def _counted(grades: Iterable[Strength]) -> dict[str, int]:
    counts = dict.fromkeys((grade.words for grade in STRONGEST_FIRST), 0)
    for grade in grades:
        counts[grade.words] += 1
    return counts


@lru_cache(maxsize=64)
def consequences(
    steps: tuple[Step, ...], on: date | None, measures: tuple[Measure, ...], states: tuple[str, ...]
) -> Consequences:
    """What some steps would change."""
    return what_if(registry(), steps, on=on, measures=measures or tuple(Measure), states=states)


def gather(found: Consequences) -> tuple[Gathered, ...]:
    """Changes that are alike in one line, the weightiest first."""
    words = {grade.id: grade.words for grade in STRONGEST_FIRST}
    alike: dict[tuple[str, str, str, str, str], dict[str, list[str]]] = {}
    for one in found.changes:
        key = (one.kind.value, one.measure.value, one.before.strength, one.after.strength, one.after.instrument)
        alike.setdefault(key, {}).setdefault(one.requesting, []).extend(one.requested)
    lines = [
        Gathered(
            kind=kind,
            measure=measure,
            before=words[before],
            after=words[after],
            instrument=instrument,
            pairs=sum(map(len, who.values())),
            who=tuple((asker, tuple(asked)) for asker, asked in who.items()),
        )
        for (kind, measure, before, after, instrument), who in alike.items()
    ]
    order = [kind.value for kind in ChangeKind]
    return tuple(sorted(lines, key=lambda line: (order.index(line.kind), -line.pairs)))

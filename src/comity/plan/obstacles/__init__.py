"""Which obstacles are real in a case: every detector is asked, and only what it shows by a fact is an obstacle."""

from dataclasses import replace
from datetime import date
from functools import lru_cache

from comity.law import Confidence
from comity.plan.model import Citation, Obstacle, ObstacleCategory
from comity.plan.obstacles import diplomatic, legal, operational, technical
from comity.plan.obstacles.scene import Hit, Scene
from comity.plan.ordering import number_of
from comity.plan.tables import Row, read_table

MAX_FACTS = 8
#: Where an obstacle touches no step: after those that do.
MANY = 1_000_000

DETECTORS = {**legal.DETECTORS, **technical.DETECTORS, **diplomatic.DETECTORS, **operational.DETECTORS}


class ObstacleRow(Row, frozen=True, kw_only=True):
    """An obstacle of the taxonomy."""

    id: str
    category: ObstacleCategory
    title: str
    meaning: str
    remedies: tuple[str, ...]
    reform: str
    sources: tuple[str, ...]
    blocking: bool = False
    general: bool = False
    undecided: str = ""
    """Why no detector can tell; empty: one can."""


class SourceRow(Row, frozen=True, kw_only=True):
    """Where what is said of obstacles comes from."""

    what: str
    url: str
    as_of: str
    confidence: Confidence


class Taxonomy(Row, frozen=True, kw_only=True):
    """All obstacles, the gravest first within each category, and their sources."""

    obstacle: tuple[ObstacleRow, ...]
    source: dict[str, SourceRow]


@lru_cache(maxsize=1)
def taxonomy() -> Taxonomy:
    """All obstacles and their sources."""
    return read_table("obstacles.toml", Taxonomy)


def find_obstacles(scene: Scene) -> tuple[Obstacle, ...]:
    """The obstacles that are real in a case, the gravest first.

    What blocks comes before what slows, what is particular before what attaches to every request, and then what bites
    first: on a day of its own, else in the first step that it touches.
    """
    found = [(row, _merged(tuple(DETECTORS[row.id](scene)))) for row in taxonomy().obstacle if row.id in DETECTORS]
    present = [(row, hits) for row, hits in found if hits]
    present.sort(key=lambda pair: _gravity(*pair))
    return tuple(_obstacle(f"o{n}", row, hits) for n, (row, hits) in enumerate(present, start=1))


def _gravity(row: ObstacleRow, hits: tuple[Hit, ...]) -> tuple[bool, bool, date, int]:
    first = min((hit.on for hit in hits if hit.on), default=date.max)
    steps = _steps(hits)
    return not row.blocking, row.general, first, number_of(steps[0]) if steps else MANY


def _merged(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """The same fact once, with all its steps; what bites first comes first."""
    grouped: dict[str, list[Hit]] = {}
    for hit in hits:
        grouped.setdefault(hit.fact, []).append(hit)
    once = [replace(same[0], steps=_steps(tuple(same))) for same in grouped.values()]
    return tuple(sorted(once, key=lambda hit: hit.on or date.max))


def undecided() -> tuple[str, ...]:
    """The obstacles that no detector can tell, each with the reason."""
    return tuple(f"{row.title} ({row.undecided})" for row in taxonomy().obstacle if row.undecided)


def _steps(hits: tuple[Hit, ...]) -> tuple[str, ...]:
    steps = dict.fromkeys(step for hit in hits for step in hit.steps)
    return tuple(sorted(steps, key=number_of))


def _obstacle(key: str, row: ObstacleRow, hits: tuple[Hit, ...]) -> Obstacle:
    facts = tuple(hit.fact for hit in hits)
    more = (f"and {len(facts) - MAX_FACTS} more",) if len(facts) > MAX_FACTS else ()
    return Obstacle(
        key=key,
        id=row.id,
        title=row.title,
        category=row.category,
        meaning=row.meaning,
        blocking=row.blocking,
        general=row.general,
        states=tuple(sorted({hit.state for hit in hits if hit.state})),
        steps=_steps(hits),
        detected=(*facts[:MAX_FACTS], *more),
        remedies=row.remedies,
        reform=row.reform,
        sources=tuple(_citation(key) for key in row.sources),
    )


def _citation(key: str) -> Citation:
    source = taxonomy().source[key]
    return Citation(what=source.what, url=source.url, as_of=source.as_of, confidence=source.confidence)

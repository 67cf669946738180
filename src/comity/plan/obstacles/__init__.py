"""Which obstacles are real in a case: every detector is asked, and only what it shows by a fact is an obstacle."""

from functools import lru_cache

from comity.law import Confidence
from comity.plan.model import Citation, Obstacle, ObstacleCategory
from comity.plan.obstacles import diplomatic, legal, operational, technical
from comity.plan.obstacles.scene import Hit, Scene
from comity.plan.tables import Row, read_table

MAX_FACTS = 8

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
    """The obstacles that are real in a case: what blocks first, then what touches most steps."""
    found = [(row, tuple(DETECTORS[row.id](scene))) for row in taxonomy().obstacle if row.id in DETECTORS]
    present = [(row, hits) for row, hits in found if hits]
    present.sort(key=lambda pair: (not pair[0].blocking, -len(_steps(pair[1]))))
    return tuple(_obstacle(f"o{n}", row, hits) for n, (row, hits) in enumerate(present, start=1))


def undecided() -> tuple[str, ...]:
    """The obstacles that no detector can tell, each with the reason."""
    return tuple(f"{row.title} ({row.undecided})" for row in taxonomy().obstacle if row.undecided)


def _steps(hits: tuple[Hit, ...]) -> tuple[str, ...]:
    steps = dict.fromkeys(step for hit in hits for step in hit.steps)
    return tuple(sorted(steps, key=lambda step: int(step[1:])))


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

"""The law engine: questions a second, and the terminal command as a whole process."""

import random
from datetime import date

from bench.figure import Figure, process_figures, rate
from comity.law import Measure, Query, find_routes, load_registry
from comity.law.names import is_state
from comity.law.registry import build_registry

QUESTIONS = 20_000


def questions(seed: int, count: int) -> list[Query]:
    """Questions over all documented states, measures and forty years; no two runs of the engine see one twice."""
    chance = random.Random(seed)
    registry = load_registry()
    states = sorted(
        {row.state for rows in registry.data.participations.values() for row in rows if is_state(row.state)}
    )
    offences = sorted(registry.offences)
    measures = list(Measure)
    pairs = [chance.sample(states, 2) for _ in range(count)]
    return [
        Query(
            requesting=requesting,
            requested=requested,
            measure=chance.choice(measures),
            on=date(chance.randint(1990, 2029), chance.randint(1, 12), chance.randint(1, 28)),
            offences=(chance.choice(offences),),
        )
        for requesting, requested in pairs
    ]


def run() -> list[Figure]:
    """Every figure of the law engine."""
    registry = load_registry()
    batches = iter([questions(seed, QUESTIONS) for seed in range(5)])

    def varied() -> int:
        asked = next(batches)
        for query in asked:
            find_routes(query, registry)
        return len(asked)

    def one_day() -> int:
        states = sorted(
            {row.state for rows in registry.data.participations.values() for row in rows if is_state(row.state)}
        )
        fresh = build_registry(registry.data)
        pairs = [(a, b) for a in states[::3] for b in states[::3] if a != b]
        for a, b in pairs:
            find_routes(Query(requesting=a, requested=b, measure=Measure.PRESERVATION, on=date(2026, 11, 24)), fresh)
        return len(pairs)

    return [
        rate("find_routes, random pair, measure, day and offence", varied, unit="questions/s", bar="≥ 30,000"),
        rate("find_routes, all pairs of a third of the states on one day", one_day, unit="questions/s", bar="≥ 30,000"),
        *process_figures(
            "comity routes IN US subscriber_information --json",
            *("routes", "IN", "US", "subscriber_information", "--offence", "computer_fraud", "--json"),
            bar="< 0.4",
        ),
        *process_figures("comity routes (terminal page)", "routes", "IN", "US", "subscriber_information", bar="< 0.4"),
    ]

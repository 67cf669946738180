"""What an answer takes from a state's law on the offences asked about: states that agree in it get the same answer.

Between two days on which sections come or go it does not change, so it is worked out once and looked up by the day.
"""

from bisect import bisect_right
from datetime import date

from comity.law.dual_criminality import punished
from comity.law.instrument import StateCode
from comity.law.keep import kept
from comity.law.penalty import LIFE_OR_DEATH_YEARS, Coverage, history, is_light, may_be_death, reaches
from comity.law.query import Query
from comity.law.registry import Registry
from comity.law.route import ConditionState, Verdict

_STATES = tuple(ConditionState)
_VERDICTS = tuple(Verdict)


def laws_seen(query: Query, registry: Registry) -> tuple[int, ...]:
    """All that an answer takes from the law of the two states of a question, where they are not named."""
    seen: list[int] = []
    for offence in query.offences:
        seen.append(_seen(registry, query.requesting, offence, query.on)[0])
        seen += _seen(registry, query.requested, offence, query.on)
    return tuple(seen)


def penalties_seen(registry: Registry, state: StateCode, offences: tuple[str, ...], on: date) -> tuple[int, ...]:
    """For each offence which of the penalties that matter anywhere a state's law reaches on a day, as one number."""
    return tuple(_seen(registry, state, offence, on)[0] for offence in offences)


def crimes_seen(registry: Registry, state: StateCode, offences: tuple[str, ...], on: date) -> tuple[int, ...]:
    """For each offence whether a state punishes it on a day, whoever asks, as a number."""
    return tuple(_seen(registry, state, offence, on)[1] for offence in offences)


def _seen(registry: Registry, state: StateCode, offence: str, on: date) -> tuple[int, int]:
    starts, seen = _over_time(registry, state, offence)
    return seen[bisect_right(starts, on) - 1]


@kept(1 << 14)
def _over_time(
    registry: Registry, state: StateCode, offence: str
) -> tuple[tuple[date, ...], tuple[tuple[int, int], ...]]:
    starts, covers = history(registry, state, offence)
    return starts, tuple(
        (_penalties(cover, registry), _VERDICTS.index(punished(cover, start, registry)))
        for start, cover in zip(starts, covers, strict=True)
    )


def _penalties(cover: Coverage, registry: Registry) -> int:
    """A digit for each thing that is asked of a penalty."""
    number = int(may_be_death(cover))
    for years in thresholds(registry):
        for reached in (reaches(cover, years), reaches(cover, years, above=True)):
            number = number * len(_STATES) + _STATES.index(reached)
        number = number * 2 + is_light(cover, years)
    return number


@kept(1)
def thresholds(registry: Registry) -> tuple[float, ...]:
    """Every least penalty that an instrument or a reservation asks for, and the one that means life or death."""
    years: set[float] = {LIFE_OR_DEATH_YEARS}
    for instrument in registry.instruments.values():
        years |= {provision.min_years for provision in instrument.provisions}
        years |= {reservation.min_years for reservation in instrument.reservations}
        years |= {instrument.scope.min_years} if instrument.scope else set()
        years |= {instrument.general.lifted_from_years} if instrument.general else set()
    return tuple(sorted(years - {0}))

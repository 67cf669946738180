"""What the engine says of one instrument between two kinds of states, asked once for all pairs of those kinds."""

from dataclasses import dataclass
from datetime import date

from comity.law.atlas.strength import Strength, strength_of
from comity.law.atlas.terms import Terms
from comity.law.find import options_of
from comity.law.instrument import StateCode
from comity.law.query import Query
from comity.law.ranking import is_evidence, shortest_due_hours, speed_of
from comity.law.registry import Registry
from comity.law.standing import Bound
from comity.law.vocabulary import Addressee, Channel, Status
from comity.law.way import Option


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One open or conditional route, as far as it is the same for all pairs that look alike."""

    status: Status
    binding: bool
    channel: Channel
    addressee: Addressee
    strength: Strength
    speed: int
    """Points for the channel and its time limit, as in the ranking."""
    due_hours: int | None
    """The shortest period that the instrument sets for the answer; None: none in figures."""
    score: int
    """Of the ranking."""


class Judge:
    """The engine's verdicts for one day and some offences; every question is put to the engine once."""

    def __init__(self, registry: Registry, on: date, offences: tuple[str, ...]) -> None:
        self._registry = registry
        self._on = on
        self._offences = offences
        self._verdicts: dict[tuple[object, ...], tuple[Verdict, ...]] = {}

    def under(self, registry: Registry) -> "Judge":
        """The same judge under a law with the same instruments; what was answered holds, what is new is asked there."""
        other = Judge(registry, self._on, self._offences)
        other._verdicts = self._verdicts
        return other

    def verdicts(
        self, terms: Terms, bound: Bound, requesting: StateCode, requested: StateCode, alike: tuple[object, ...]
    ) -> tuple[Verdict, ...]:
        """The routes of an instrument that stands so between two states, strongest first; closed ones are left out.

        `alike` is all that the answer can depend on beside these terms: pairs with the same get the same.
        """
        key = (id(terms), bound, alike)
        found = self._verdicts.get(key)
        if found is None:
            query = Query(
                requesting=requesting,
                requested=requested,
                measure=terms.ways[0].measure,
                on=self._on,
                offences=self._offences,
            )
            options = options_of(terms.ways, bound, query, self._registry)
            told = [verdict_of(option) for option in options if option.status is not Status.CLOSED]
            found = self._verdicts[key] = tuple(sorted(told, key=lambda verdict: -verdict.strength))
        return found


def verdict_of(option: Option) -> Verdict:
    """The verdict behind one of the engine's options."""
    way = option.way
    limits = way.time_limits({})
    return Verdict(
        status=option.status,
        binding=option.binding,
        channel=way.channel,
        addressee=way.addressee,
        strength=strength_of(option.status, binding=option.binding, evidence=is_evidence(way.channel, way.measure)),
        speed=speed_of(way.channel, limits)[0],
        due_hours=shortest_due_hours(limits),
        score=option.rank.score,
    )

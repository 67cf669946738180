"""Who is bound to what on one day, for all states at once: one bit a state, one number an instrument."""

from collections.abc import Callable, Iterator
from datetime import date

from comity.law.instrument import Instrument, StateCode, needs_two_states
from comity.law.pair import exclusion_bound, in_hub
from comity.law.query import Query
from comity.law.registry import Registry
from comity.law.standing import Bound
from comity.law.vocabulary import Basis, Measure

Bounds = tuple[int, int]
"""Two masks of states: surely bound, and perhaps."""

PlacedTreaties = tuple[list[tuple[int, Instrument, Bound]], ...]
"""For each requesting state: the place of a requested one, a treaty between them, how it stands; where it may bind."""

NOBODY: Bounds = (0, 0)


class DayStandings:
    """The standing of every pair of states under every instrument on one day."""

    def __init__(
        self, registry: Registry, states: tuple[StateCode, ...], on: date, treaties: PlacedTreaties | None = None
    ) -> None:
        self.registry = registry
        self.states = states
        self.on = on
        self.everyone = (1 << len(states)) - 1
        self.place = {state: place for place, state in enumerate(states)}
        self.shared_place = {instrument.id: place for place, instrument in enumerate(registry.shared)}
        segments = [registry.position(state).on(on) for state in states]
        count = range(len(registry.shared))
        self.no = tuple(segment.no for segment in segments)
        self.unknown = tuple(segment.unknown for segment in segments)
        self._of_two_states = sum(1 << i for i in count if needs_two_states(registry.shared[i]))
        self._others = tuple(self.everyone & ~one for one in self._one_state())
        self._perhaps = tuple(_mask(i, self.unknown) for i in count)
        self._bound = tuple(self.everyone & ~_mask(i, self.no) & ~self._perhaps[i] for i in count)
        self._exclusions = tuple(self._excluded_by(i) for i in registry.shared)
        self.treaties = self._place_treaties() if treaties is None else treaties

    def _one_state(self) -> Iterator[int]:
        """For each state, itself and the codes that stand for the same state."""
        sovereigns = [self.registry.sovereign(state) for state in self.states]
        masks = dict.fromkeys(sovereigns, 0)
        for place, sovereign in enumerate(sovereigns):
            masks[sovereign] |= 1 << place
        return (masks[sovereign] for sovereign in sovereigns)

    def toward(self, shared: int, place: int) -> Bounds:
        """Those whom a shared instrument binds to a requesting state, whatever may take its place."""
        own_law = self.registry.own_law >> shared & 1
        if not own_law and self.no[place] >> shared & 1:
            return NOBODY
        bound, perhaps = self._bound[shared], self._perhaps[shared]
        if not own_law and self.unknown[place] >> shared & 1:
            bound, perhaps = 0, bound | perhaps
        between = self._between(shared, place)
        return self._spared(shared, place, (bound & between, perhaps & between))

    def _spared(self, shared: int, place: int, bounds: Bounds) -> Bounds:
        """What exclusions leave to a requesting state."""
        excluded, doubted = self._exclusions[shared].get(place, NOBODY)
        bound, perhaps = bounds
        return bound & ~(excluded | doubted), (perhaps | bound & doubted) & ~excluded

    def _between(self, shared: int, place: int) -> int:
        """Neither a treaty nor a diplomatic channel works between a state and a part of it."""
        return self._others[place] if self._of_two_states >> shared & 1 else -1

    def binding_both(self, shared: int, place: int) -> Bounds:
        """Those whom a shared instrument surely binds with a state, and may bind; exclusions do not matter."""
        own_law = self.registry.own_law >> shared & 1
        if not own_law and self.no[place] >> shared & 1:
            return NOBODY
        between, bound, perhaps = self._between(shared, place), self._bound[shared], self._perhaps[shared]
        if not own_law and self.unknown[place] >> shared & 1:
            bound, perhaps = 0, bound | perhaps
        return bound & between, perhaps & between

    def differing(self, other: "DayStandings") -> tuple[int, ...]:
        """For each state those with whom something stands otherwise; all, where a shared instrument changed."""
        if any(own is not new for own, new in zip(self.registry.shared, other.registry.shared, strict=True)):
            return tuple(self.everyone & ~(1 << place) for place in range(len(self.states)))
        found = [0] * len(self.states)
        for place, moved in self._moved(other):
            for with_whom in range(len(self.states)):
                if with_whom != place and moved & ~(self.no[with_whom] & other.no[with_whom] & ~self.registry.own_law):
                    found[place] |= 1 << with_whom
                    found[with_whom] |= 1 << place
        if self.treaties is not other.treaties:
            for place, (old, new) in enumerate(zip(self.treaties, other.treaties, strict=True)):
                found[place] |= _apart(old, new)
        return tuple(found)

    def _moved(self, other: "DayStandings") -> Iterator[tuple[int, int]]:
        """The states whose own standing differs, with the bits of the instruments under which it does."""
        own, new = zip(self.no, self.unknown, strict=True), zip(other.no, other.unknown, strict=True)
        for place, ((no, unknown), (no_then, unknown_then)) in enumerate(zip(own, new, strict=True)):
            moved = (no ^ no_then) | (unknown ^ unknown_then)
            if moved:
                yield place, moved

    def under(self, instrument_id: str, place: int) -> Bounds:
        """Those between whom and a state an instrument stands, and perhaps stands; its parents are looked at too."""
        shared = self.shared_place.get(instrument_id)
        if shared is None:
            return self._by_treaties(place, lambda treaty: treaty.id == instrument_id)
        bound, perhaps = self.toward(shared, place)
        parent = self.registry.shared[shared].parent
        while parent in self.shared_place:
            shared = self.shared_place[parent]
            bound, perhaps = self._spared(shared, place, (bound, perhaps))
            parent = self.registry.shared[shared].parent
        return bound, perhaps

    def beside(self, place: int, but: str, wanted: Callable[[Instrument], bool]) -> Bounds:
        """Those between whom and a state a treaty of some sort other than one stands."""
        bound, perhaps = self._by_treaties(place, lambda treaty: wanted(treaty) and treaty.id != but)
        for instrument in self.registry.shared:
            if wanted(instrument) and instrument.id != but and instrument.basis is Basis.PARTIES:
                more = self.under(instrument.id, place)
                bound, perhaps = bound | more[0], perhaps | more[1]
        return bound, perhaps & ~bound

    def _by_treaties(self, place: int, wanted: Callable[[Instrument], bool]) -> Bounds:
        bound = perhaps = 0
        for other, treaty, stands in self.treaties[place]:
            if wanted(treaty):
                bound |= (stands is Bound.YES) << other
                perhaps |= (stands is Bound.UNKNOWN) << other
        return bound, perhaps & ~bound

    def _place_treaties(self) -> PlacedTreaties:
        found: PlacedTreaties = tuple([] for _ in self.states)
        for a, b, treaties in self.registry.pairs_with_treaties(self.states):
            for treaty in treaties:
                both = (self.states[a], self.states[b])
                stands = min(self.registry.standing(treaty, state, self.on).bound for state in both)
                for asking, asked in ((a, b), (b, a)) if stands is not Bound.NO else ():
                    there = min(stands, self._exclusion(treaty, asking, asked))
                    if there is not Bound.NO:
                        found[asking].append((asked, treaty, there))
        return found

    def _exclusion(self, instrument: Instrument, asking: int, asked: int) -> Bound:
        if not instrument.exclusions:
            return Bound.YES
        return exclusion_bound(self.registry, instrument, self._question(self.states[asking], self.states[asked]))

    def _excluded_by(self, instrument: Instrument) -> dict[int, Bounds]:
        """For each state: whom an exclusion keeps it from asking on the day, and whom perhaps."""
        found = self._outside_hub(instrument) if instrument.hub else {}
        if not instrument.exclusions:
            return found
        named = {s for exclusion in instrument.exclusions for s in (*exclusion.states, *exclusion.toward)}
        places = [self.place[state] for state in sorted(named) if state in self.place]
        for a in places:
            for b in places:
                stands = self._exclusion(instrument, a, b)
                excluded, doubted = found.get(a, NOBODY)
                if stands is Bound.NO:
                    found[a] = excluded | 1 << b, doubted
                elif stands is Bound.UNKNOWN:
                    found[a] = excluded, doubted | 1 << b
        return found

    def _outside_hub(self, instrument: Instrument) -> dict[int, Bounds]:
        """For each state that is not of an instrument's hub: the others that are not."""
        hub = sum(
            1 << place for state, place in self.place.items() if in_hub(self.registry, instrument, state, self.on)
        )
        outside = self.everyone & ~hub
        return {place: (outside, 0) for place in range(len(self.states)) if outside >> place & 1}

    def _question(self, requesting: StateCode, requested: StateCode) -> Query:
        """A question of which only the pair and the day matter."""
        return Query(requesting=requesting, requested=requested, measure=Measure.PRESERVATION, on=self.on)


def _apart(old: list[tuple[int, Instrument, Bound]], new: list[tuple[int, Instrument, Bound]]) -> int:
    """The states with whom treaties stand otherwise."""
    before = {(other, id(treaty), stands) for other, treaty, stands in old}
    after = {(other, id(treaty), stands) for other, treaty, stands in new}
    return sum(1 << other for other in {other for other, _, _ in before ^ after})


def _mask(shared: int, bits: tuple[int, ...]) -> int:
    """The states in whose bits an instrument is set."""
    return sum(1 << place for place, own in enumerate(bits) if own >> shared & 1)

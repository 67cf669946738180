"""One requesting state's routes to all others: for each instrument the routes that it gives, and to whom.

Nothing is asked pair by pair. Masks say toward whom an instrument binds; states that look alike to it are taken
together; and what is left are a few questions to the engine, each put once (`Judge`).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from comity.law.atlas.kind import Kinds
from comity.law.atlas.standings import Bounds, DayStandings
from comity.law.atlas.strength import STRONGEST_FIRST, Strength
from comity.law.atlas.terms import ASSISTANCE, EXTRADITION, LookedAt, Terms, TermsBook
from comity.law.atlas.verdict import Judge, Verdict
from comity.law.instrument import Instrument
from comity.law.pair import treaty_bound
from comity.law.query import Query
from comity.law.standing import Bound
from comity.law.subsidiarity import extradition_treaties
from comity.law.vocabulary import Measure

_Replacing = tuple[int, int, int, int]
"""The bit of a shared instrument that takes the place of others, the bits of those, toward whom, and perhaps so."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The routes that an instrument gives toward some states, all the same for each of them."""

    instrument: Instrument
    verdicts: tuple[Verdict, ...]
    toward: int
    """A mask of states."""


class Row:
    """What one state may ask of all others on a day."""

    def __init__(self, place: int, standings: DayStandings, kinds: Kinds, book: TermsBook, judge: Judge) -> None:
        self._place = place
        self._state = standings.states[place]
        self._standings = standings
        self._kinds = kinds
        self._book = book
        self._judge = judge
        self._bounds = tuple(standings.toward(shared, place) for shared in range(len(standings.registry.shared)))
        self._beside: dict[LookedAt, Bounds] = {}
        self._treaties = self._by_measure()

    def _by_measure(self) -> dict[Measure, list[tuple[int, Instrument, Bound, Terms]]]:
        """The treaties of the state that may bind, by the measures that they give."""
        found: dict[Measure, list[tuple[int, Instrument, Bound, Terms]]] = {}
        for other, treaty, stands in self._standings.treaties[self._place]:
            for measure, terms in self._book.of_treaty(treaty).items():
                found.setdefault(measure, []).append((other, treaty, stands, terms))
        return found

    def entries(self, measure: Measure, among: int) -> Iterator[Entry]:
        """Every instrument's open and conditional routes to a measure, toward the states of a mask."""
        among &= self._standings.everyone & ~(1 << self._place)
        replacing = self._replacing(measure)
        for shared, terms in self._book.shared[measure]:
            yield from self._through(shared, terms, among, replacing)
        yield from self._bilateral(measure, among, replacing)

    def reached(self, measure: Measure) -> list[int]:
        """For each strength those whom it reaches; once they are reached as well as can be, nothing more is asked."""
        masks, best = [0] * len(Strength), STRONGEST_FIRST[0]
        among = self._standings.everyone & ~(1 << self._place)
        replacing = self._replacing(measure)
        for shared, terms in self._book.shared[measure]:
            _add(masks, self._through(shared, terms, among & ~masks[best], replacing))
        _add(masks, self._bilateral(measure, among & ~masks[best], replacing))
        return masks

    def _through(self, shared: int, terms: Terms, among: int, replacing: list[_Replacing]) -> Iterator[Entry]:
        """The routes by an instrument that is open to more than two states, but where another took its place."""
        bound, perhaps = self._bounds[shared]
        left, doubted = among, perhaps
        for _, replaced, both, maybe in replacing:
            if replaced >> shared & 1:
                left &= ~both
                doubted |= bound & maybe
        if bound & left & ~doubted:
            yield from self._shared(terms, Bound.YES, bound & left & ~doubted)
        if doubted & left:
            yield from self._shared(terms, Bound.UNKNOWN, doubted & left)

    def _replacing(self, measure: Measure) -> list[_Replacing]:
        rules = self._standings.registry.replacements[measure]
        return [(by, bits, *self._standings.binding_both(by.bit_length() - 1, self._place)) for by, bits in rules]

    def _shared(self, terms: Terms, bound: Bound, mask: int) -> Iterator[Entry]:
        kind = self._kinds.asking.of(self._place, terms.named)
        asked = self._kinds.asked_penal if terms.penal else self._kinds.asked
        for other_kind, members in asked.parts(terms.named):
            part = members & mask
            if not part:
                continue
            for beside, toward in self._split(terms, part):
                first = self._standings.states[(toward & -toward).bit_length() - 1]
                found = self._judge.verdicts(terms, bound, self._state, first, (kind, other_kind, *beside))
                if found:
                    yield Entry(terms.ways[0].instrument, found, toward)

    def _split(self, terms: Terms, mask: int) -> list[tuple[tuple[Bound, ...], int]]:
        """A mask by how the pair stands to the other instruments that the provisions look at."""
        parts: list[tuple[tuple[Bound, ...], int]] = [((), mask)]
        for other in terms.looked_at:
            bound, perhaps = self._under(other)
            masks = ((Bound.YES, bound), (Bound.UNKNOWN, perhaps), (Bound.NO, ~(bound | perhaps)))
            parts = [((*seen, b), part & m) for seen, part in parts for b, m in masks if part & m]
        return parts

    def _under(self, other: LookedAt) -> Bounds:
        found = self._beside.get(other)
        if found is None:
            found = self._beside[other] = self._look(*other)
        return found

    def _look(self, needed: str, but: str) -> Bounds:
        if needed == ASSISTANCE:
            return self._standings.beside(self._place, but, lambda treaty: treaty.assistance)
        if needed == EXTRADITION:
            giving = extradition_treaties(self._standings.registry)
            return self._standings.beside(self._place, but, lambda treaty: treaty.id in giving)
        return self._standings.under(needed, self._place)

    def _bilateral(self, measure: Measure, among: int, replacing: list[_Replacing]) -> Iterator[Entry]:
        for other, treaty, stands, terms in self._treaties.get(measure, ()):
            if not among >> other & 1:
                continue
            bound = self._unless_replaced(treaty, measure, other, stands, replacing) if replacing else stands
            if bound is Bound.NO:
                continue
            asked = self._kinds.asked_penal if terms.penal else self._kinds.asked
            kinds = (self._kinds.asking.of(self._place, terms.named), asked.of(other, terms.named))
            beside = self._split(terms, 1 << other)[0][0] if terms.looked_at else ()
            requested = self._standings.states[other]
            found = self._judge.verdicts(terms, bound, self._state, requested, (*kinds, *beside))
            if found:
                yield Entry(treaty, found, 1 << other)

    def _unless_replaced(
        self, treaty: Instrument, measure: Measure, other: int, stands: Bound, replacing: list[_Replacing]
    ) -> Bound:
        """How a treaty stands, where a shared instrument may have taken its place."""
        standings = self._standings
        binding = sum(by for by, _, surely, _ in replacing if surely >> other & 1)
        perhaps = sum(by for by, _, _, maybe in replacing if maybe >> other & 1)
        if not (binding or perhaps):
            return stands
        query = Query(requesting=self._state, requested=standings.states[other], measure=measure, on=standings.on)
        return treaty_bound(standings.registry, treaty, query, replacing=binding, perhaps=perhaps)


def _add(masks: list[int], entries: Iterator[Entry]) -> None:
    for entry in entries:
        masks[max(verdict.strength for verdict in entry.verdicts)] |= entry.toward

"""One requesting state's routes to all others: for each instrument the routes that it gives, and to whom.

Nothing is asked pair by pair. Masks say toward whom an instrument binds; states that look alike to it are taken
together; and what is left are a few questions to the engine, each put once (`Judge`).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from comity.law.atlas.kind import Kinds
from comity.law.atlas.standings import Bounds, DayStandings
from comity.law.atlas.strength import Strength
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

_Found = tuple[tuple[Verdict, ...], int]
"""Verdicts, and the states toward whom they are the same."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The routes that an instrument gives toward some states, all the same for each of them."""

    instrument: Instrument
    verdicts: tuple[Verdict, ...]
    toward: int
    """A mask of states."""


@dataclass(frozen=True, slots=True)
class _Treaties:
    """Bilateral treaties of one state that are on the same terms and stand alike."""

    terms: dict[Measure, Terms]
    stands: Bound
    placed: list[tuple[int, Instrument]]
    """With whom each is."""


class Row:
    """What one state may ask of all others on a day."""

    def __init__(self, place: int, standings: DayStandings, kinds: Kinds, book: TermsBook, judge: Judge) -> None:
        self._place = place
        self._state = standings.states[place]
        self._others = standings.everyone & ~(1 << place)
        self._standings = standings
        self._kinds = kinds
        self._book = book
        self._judge = judge
        self._bounds = tuple(standings.toward(shared, place) for shared in range(len(standings.registry.shared)))
        self._beside: dict[LookedAt, Bounds] = {}
        self._treaties = self._by_measure()

    def _by_measure(self) -> dict[Measure, list[_Treaties]]:
        """The treaties of the state that may bind, by the measures that they give."""
        alike: dict[tuple[int, Bound], _Treaties] = {}
        for other, treaty, stands in self._standings.treaties[self._place]:
            terms = self._book.of_treaty(treaty)
            group = alike.get((id(terms), stands))
            if group is None:
                group = alike[id(terms), stands] = _Treaties(terms, stands, [])
            group.placed.append((other, treaty))
        found: dict[Measure, list[_Treaties]] = {}
        for group in alike.values():
            for measure in group.terms:
                found.setdefault(measure, []).append(group)
        return found

    def entries(self, measure: Measure, among: int) -> Iterator[Entry]:
        """Every instrument's open and conditional routes to a measure, toward the states of a mask."""
        among &= self._others
        replacing = self._replacing(measure)
        for shared, terms in self._book.shared[measure]:
            for bound, mask in self._through(shared, among, replacing):
                for found, toward in self._judged(terms, bound, mask):
                    yield Entry(terms.ways[0].instrument, found, toward)
        for group in self._treaties.get(measure, ()):
            for other, treaty in group.placed:
                if not among >> other & 1:
                    continue
                bound = self._unless_replaced(treaty, measure, other, group.stands, replacing)
                for found, toward in self._judged(group.terms[measure], bound, 1 << other):
                    yield Entry(treaty, found, toward)

    def reached(self, measure: Measure) -> list[int]:
        """For each grade of `Strength` those whom it or a stronger one reaches.

        Who is reached as well as an instrument can reach is not asked about.
        """
        masks = [self._others] + [0] * (len(Strength) - 1)
        replacing = self._replacing(measure)
        replaced = 0
        for _, _, both, maybe in replacing:
            replaced |= both | maybe
        for shared, terms in self._book.shared[measure]:
            left = self._others & ~masks[terms.best[Bound.YES]]
            for bound, mask in self._through(shared, left, replacing) if left else ():
                self._reach(masks, terms, bound, mask)
        for group in self._treaties.get(measure, ()):
            terms, together = group.terms[measure], 0
            left = self._others & ~masks[terms.best[group.stands]]
            for other, treaty in group.placed:
                bit = left & 1 << other
                if bit & replaced:
                    bound = self._unless_replaced(treaty, measure, other, group.stands, replacing)
                    self._reach(masks, terms, bound, bit)
                else:
                    together |= bit
            self._reach(masks, terms, group.stands, together)
        return masks

    def _reach(self, masks: list[int], terms: Terms, bound: Bound, mask: int) -> None:
        for found, toward in self._judged(terms, bound, mask):
            for grade in range(1, found[0].strength + 1):
                masks[grade] |= toward

    def _through(self, shared: int, among: int, replacing: list[_Replacing]) -> Iterator[tuple[Bound, int]]:
        """How a shared instrument binds which of the states of a mask, but those with whom another took its place."""
        bound, perhaps = self._bounds[shared]
        if not (bound | perhaps) & among:
            return
        left, doubted = among, perhaps
        for _, replaced, both, maybe in replacing:
            if replaced >> shared & 1:
                left &= ~both
                doubted |= bound & maybe
        if bound & left & ~doubted:
            yield Bound.YES, bound & left & ~doubted
        if doubted & left:
            yield Bound.UNKNOWN, doubted & left

    def _replacing(self, measure: Measure) -> list[_Replacing]:
        rules = self._standings.registry.replacements[measure]
        return [(by, bits, *self._standings.binding_both(by.bit_length() - 1, self._place)) for by, bits in rules]

    def _judged(self, terms: Terms, bound: Bound, mask: int) -> Iterator[_Found]:
        """The verdicts on terms that stand so toward the states of a mask, for each part of it that looks alike."""
        if bound is Bound.NO or not mask:
            return
        kind = self._kinds.asking.of(self._place, terms.named_asking)
        asked = self._kinds.asked_penal if terms.penal else self._kinds.asked
        for other_kind, members in asked.parts(terms.named_asked):
            part = members & mask
            if not part:
                continue
            for beside, toward in self._split(terms, part) if terms.looked_at else (((), part),):
                first = self._standings.states[(toward & -toward).bit_length() - 1]
                found = self._judge.verdicts(terms, bound, self._state, first, (kind, other_kind, *beside))
                if found:
                    yield found, toward

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

"""The answer between all pairs of states at once, for one day: a grade of `Strength` in every cell.

Cell by cell it is the engine's answer (`find_routes`), with no fact of a case known.
"""

from collections.abc import Iterable, Iterator
from copy import copy
from datetime import date

from comity.law.atlas.kind import kinds_of_states
from comity.law.atlas.row import Entry, Row
from comity.law.atlas.standings import DayStandings
from comity.law.atlas.strength import Strength
from comity.law.atlas.terms import TermsBook
from comity.law.atlas.verdict import Judge
from comity.law.errors import UnknownTermError
from comity.law.instrument import StateCode
from comity.law.names import all_states
from comity.law.registry import Registry
from comity.law.vocabulary import Measure

Grades = tuple[int, ...]
"""For each grade of `Strength`, weakest first, a mask of the states toward whom the answer is of that grade."""


class Atlas:
    """All rows for one day; grades are worked out when asked for and kept."""

    def __init__(
        self, registry: Registry, *, on: date, offences: tuple[str, ...] = (), states: tuple[StateCode, ...] = ()
    ) -> None:
        for offence in offences:
            registry.offence(offence)
        self.registry = registry
        self.on = on
        self.offences = offences
        self.states = states or all_states()
        self._standings = DayStandings(registry, self.states, on)
        self._kinds, self._book = kinds_of_states(registry, self.states, on, offences), TermsBook(registry)
        self._judge = Judge(registry, on, offences)
        self._rows: dict[int, Row] = {}
        self._grades: dict[tuple[int, Measure], Grades] = {}

    def under(self, registry: Registry) -> "Atlas":
        """The same atlas under another law; what cannot differ is kept."""
        other = copy(self)
        other.registry = registry
        treaties = self._standings.treaties if registry.has_treaties_of(self.registry) else None
        other._standings = DayStandings(registry, self.states, self.on, treaties=treaties)
        other._rows, other._grades = {}, {}
        other._judge = self._judge.under(registry)
        if registry.instruments is not self.registry.instruments:
            other._kinds = kinds_of_states(registry, self.states, self.on, self.offences)
            other._book, other._judge = TermsBook(registry), Judge(registry, self.on, self.offences)
        return other

    def differing(self, other: "Atlas") -> tuple[int, ...]:
        """For each state a mask of those with whom the answer may differ under another law, whoever of them asks."""
        return self._standings.differing(other._standings)

    def place(self, state: StateCode) -> int:
        """The place of a state in masks; UnknownTermError where the atlas has no such state."""
        place = self._standings.place.get(state)
        if place is None:
            raise UnknownTermError(what="state", term=state, known=self.states)
        return place

    def members(self, mask: int) -> tuple[StateCode, ...]:
        """The states of a mask."""
        return tuple(state for place, state in enumerate(self.states) if mask >> place & 1)

    def mask(self, states: Iterable[StateCode]) -> int:
        """Some states as a mask."""
        return sum(1 << self.place(state) for state in dict.fromkeys(states))

    def entries(self, requesting: int, measure: Measure, among: int = -1) -> Iterator[Entry]:
        """Every open or conditional route of one state to a measure, by instrument, toward the states of a mask."""
        return self._row(requesting).entries(measure, among)

    def _row(self, requesting: int) -> Row:
        row = self._rows.get(requesting)
        if row is None:
            row = Row(requesting, self._standings, self._kinds, self._book, self._judge)
            self._rows[requesting] = row
        return row

    def grades(self, requesting: StateCode, measure: Measure) -> Grades:
        """How strong the answer to a state is, toward all others."""
        return self._graded(self.place(requesting), measure)

    def strength(self, requesting: StateCode, requested: StateCode, measure: Measure) -> Strength:
        """How strong the answer between two states is."""
        grades, bit = self.grades(requesting, measure), 1 << self.place(requested)
        return next((grade for grade in Strength if grades[grade] & bit), Strength.CLOSED)

    def counts(self, measure: Measure) -> dict[Strength, int]:
        """How many ordered pairs of states have each grade."""
        found = dict.fromkeys(Strength, 0)
        for place in range(len(self.states)):
            for grade, mask in zip(Strength, self._graded(place, measure), strict=True):
                found[grade] += mask.bit_count()
        return found

    def _graded(self, place: int, measure: Measure) -> Grades:
        found = self._grades.get((place, measure))
        if found is None:
            found = self._grades[place, measure] = self._grade(place, measure)
        return found

    def _grade(self, place: int, measure: Measure) -> Grades:
        reached = self._row(place).reached(measure)
        return tuple(mask & ~stronger for mask, stronger in zip(reached, (*reached[1:], 0), strict=True))

"""Bilateral treaties, found by the names under which two states can stand in one."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from comity.law.instrument import Instrument
from comity.law.vocabulary import Basis

Pair = tuple[str, str]
"""Two parties, alphabetically."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Treaties:
    """Every treaty between two parties; what is asked about states without any is answered in one look."""

    by_pair: dict[Pair, tuple[Instrument, ...]]
    _partners: dict[tuple[str, ...], frozenset[str]] = field(default_factory=dict)
    _neighbours: dict[str, set[str]] = field(default_factory=dict)
    """For each party those with whom it has a treaty; worked out at the first question."""

    def between(self, firsts: tuple[str, ...], seconds: tuple[str, ...]) -> tuple[Instrument, ...]:
        """Every treaty between one of some parties and one of others."""
        if self.partners_of(firsts).isdisjoint(seconds):
            return ()
        pairs = dict.fromkeys((x, y) if x < y else (y, x) for x in firsts for y in seconds)
        return tuple(treaty for pair in pairs if pair in self.by_pair for treaty in self.by_pair[pair])

    def partners_of(self, parties: tuple[str, ...]) -> frozenset[str]:
        """Those with whom one of some parties has a treaty."""
        found = self._partners.get(parties)
        if found is None:
            if not self._neighbours:
                for x, y in self.by_pair:
                    self._neighbours.setdefault(x, set()).add(y)
                    self._neighbours.setdefault(y, set()).add(x)
            found = frozenset().union(*(self._neighbours.get(party, ()) for party in parties))
            self._partners[parties] = found
        return found

    def with_added(self, added: Iterable[Instrument]) -> "Treaties":
        """The same treaties and some more."""
        by_pair = dict(self.by_pair)
        for treaty in added:
            pair = _pair(treaty)
            by_pair[pair] = (*by_pair.get(pair, ()), treaty)
        return Treaties(by_pair=by_pair)

    def with_changed(self, old: Instrument, changed: Instrument) -> "Treaties":
        """The same treaties but for one."""
        pair = _pair(changed)
        return Treaties(by_pair={**self.by_pair, pair: tuple(changed if i is old else i for i in self.by_pair[pair])})


def is_bilateral(instrument: Instrument) -> bool:
    """Whether it is a treaty between two parties."""
    return instrument.basis is Basis.PARTIES and bool(instrument.states)


def treaties_of(instruments: Iterable[Instrument]) -> Treaties:
    """The bilateral treaties among instruments."""
    return Treaties(by_pair={}).with_added(i for i in instruments if is_bilateral(i))


def _pair(treaty: Instrument) -> Pair:
    return min(treaty.states), max(treaty.states)

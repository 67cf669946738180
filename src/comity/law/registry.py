"""The law data, indexed for questions.

A `Registry` is built once from `LawData` and then only read. Time lines are worked out when first asked for and kept.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

import msgspec

from comity.law.adoption import since_adoption
from comity.law.assumed import lent_by, with_model
from comity.law.errors import UnknownTermError
from comity.law.indexes import SharedWays, former_periods, groups_of, replacements, shared_ways
from comity.law.instrument import Instrument, Participation, StateCode, needs_two_states
from comity.law.lawdata import COMPILED, LawData, StateLaw
from comity.law.lifetime import own_law_timeline, participation_timeline, treaty_timeline
from comity.law.membership import while_member
from comity.law.position import Position, position_of
from comity.law.standing import Bound, Standing, Timeline, constant, followed_by, weaker
from comity.law.state import Offence, Provider
from comity.law.territory import NO_PARTY, Reach, Territory, is_no_party, reached_timeline
from comity.law.treaties import Treaties, is_bilateral, treaties_of
from comity.law.vocabulary import Basis, Measure
from comity.law.way import Way, ways_of

_UNIVERSAL = constant(Bound.YES, "needs no treaty")
_NOT_ITS_LAW = constant(Bound.NO, "has no such law of its own in our data")
_STRANGER = constant(Bound.NO, "not one of its two parties")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, weakref_slot=True)
class Registry:
    """Instruments, participations, states, offences and providers, by id; two registries are equal if they are one."""

    data: LawData
    instruments: dict[str, Instrument]
    offences: dict[str, Offence]
    providers: dict[str, Provider]
    states: dict[StateCode, StateLaw]
    shared: tuple[Instrument, ...]
    """Instruments that are open to more than two states; their places are the bits of a `Position`."""
    replacements: dict[Measure, tuple[tuple[int, int], ...]]
    """For each measure: the bit of an instrument that takes the place of others, and the bits of those."""
    territories: dict[StateCode, Territory]
    _sovereign: dict[StateCode, StateCode]
    """The state that answers for a territory."""
    of_two_states: int
    """Bits of the instruments that do not work within one state."""
    own_law: int
    """Bits of the instruments that rest on the requested state's own law: the requesting state does not matter."""
    sparing: int
    """Bits of the instruments that leave requests received before them to what they replace."""
    _rows: dict[str, dict[StateCode, Participation]]
    """For each instrument: a state's last period in it."""
    _former: dict[tuple[str, StateCode], tuple[Participation, ...]]
    """A state's periods in an instrument before the last, the latest first."""
    _treaties: Treaties
    _groups_of: dict[StateCode, tuple[str, ...]]
    _timelines: dict[tuple[str, StateCode], Timeline] = field(default_factory=dict)
    _positions: dict[StateCode, Position] = field(default_factory=dict)
    _shared_ways: dict[Measure, tuple[SharedWays, ...]] = field(default_factory=dict)
    _treaty_ways: dict[tuple[str, Measure], tuple[Way, ...]] = field(default_factory=dict)
    _parties: dict[StateCode, tuple[str, ...]] = field(default_factory=dict, init=False, repr=False)
    kept: dict[object, dict[object, object]] = field(default_factory=dict, init=False, repr=False)
    """Answers that `keep.kept` functions gave; they go with the registry."""

    def instrument(self, instrument_id: str) -> Instrument:
        """The instrument with an id; UnknownTermError where there is none."""
        found = self.instruments.get(instrument_id)
        if found is None:
            raise UnknownTermError(what="instrument", term=instrument_id, known=self.instruments)
        return found

    def offence(self, offence_id: str) -> Offence:
        """The canonical offence with an id; UnknownTermError where there is none."""
        found = self.offences.get(offence_id)
        if found is None:
            raise UnknownTermError(what="offence", term=offence_id, known=self.offences)
        return found

    def treaties_between(self, a: StateCode, b: StateCode) -> tuple[Instrument, ...]:
        """Every bilateral treaty between the two, or between those that stand for them, whatever its standing."""
        if self.is_one_state(a, b):
            return ()
        return self._treaties.between(self._as_party(a), self._as_party(b))

    def pairs_with_treaties(self, states: tuple[StateCode, ...]) -> Iterator[tuple[int, int, tuple[Instrument, ...]]]:
        """The pairs of some states, by place, between whom there is any bilateral treaty, whatever its standing."""
        parties = [self._as_party(state) for state in states]
        partners = [self._treaties.partners_of(names) for names in parties]
        for a, first in enumerate(states):
            for b in range(a):
                if not partners[a].isdisjoint(parties[b]):
                    yield a, b, self.treaties_between(first, states[b])

    def _as_party(self, state: StateCode) -> tuple[str, ...]:
        """The names under which a state can stand in a treaty: its own, its groups', and of the state it belongs to."""
        found = self._parties.get(state)
        if found is None:
            territory = self.territories.get(state)
            reached = territory is not None and territory.reach in (Reach.WHOLE, Reach.EXTENSION)
            above = self._as_party(territory.through) if territory is not None and reached else ()
            found = self._parties[state] = (state, *self._groups_of.get(state, ()), *above)
        return found

    def stands_as(self, state: StateCode, party: str) -> bool:
        """Whether a party of a treaty is the state, a group that it was ever in, or the state it belongs to."""
        return party in self._as_party(state)

    def is_one_state(self, a: StateCode, b: StateCode) -> bool:
        """Whether two codes stand for one state under international law, so that no treaty works between them."""
        return self._sovereign.get(a, a) == self._sovereign.get(b, b)

    def sovereign(self, state: StateCode) -> StateCode:
        """The state that answers for a territory; of any other, itself."""
        return self._sovereign.get(state, state)

    def shared_ways(self, measure: Measure) -> tuple[SharedWays, ...]:
        """The ways to a measure of the instruments that are open to more than two states."""
        found = self._shared_ways.get(measure)
        if found is None:
            found = self._shared_ways[measure] = shared_ways(self.shared, measure)
        return found

    def treaty_ways(self, treaty: Instrument, measure: Measure) -> tuple[Way, ...]:
        """The ways of a bilateral treaty to a measure."""
        key = (treaty.id, measure)
        found = self._treaty_ways.get(key)
        if found is None:
            found = self._treaty_ways[key] = ways_of(treaty, measure)
        return found

    def position(self, state: StateCode) -> Position:
        """How a state stands to all shared instruments, day by day."""
        position = self._positions.get(state)
        if position is None:
            timelines = tuple(self._folded_timeline(instrument, state) for instrument in self.shared)
            position = self._positions[state] = position_of(timelines)
        return position

    def _folded_timeline(self, instrument: Instrument, state: StateCode) -> Timeline:
        """A protocol's time line is never stronger than its parent's."""
        own = self.timeline(instrument, state)
        if not instrument.parent or instrument.parent not in self.instruments:
            return own
        return weaker(own, self._folded_timeline(self.instruments[instrument.parent], state))

    def assistance_between(self, a: StateCode, b: StateCode) -> tuple[Instrument, ...]:
        """Every treaty of general mutual assistance that can work between the two, whatever its standing."""
        return tuple(i for i in (*self.shared, *self.treaties_between(a, b)) if i.assistance)

    def standing(self, instrument: Instrument, state: StateCode, on: date) -> Standing:
        """How a state stands to an instrument on a day; to one that rests on own law, as the requested state."""
        return self.timeline(instrument, state).on(on)

    def timeline(self, instrument: Instrument, state: StateCode) -> Timeline:
        """The life of a state under an instrument."""
        key = (instrument.id, state)
        timeline = self._timelines.get(key)
        if timeline is None:
            timeline = self._timelines[key] = self._work_out(instrument, state)
        return timeline

    def _work_out(self, instrument: Instrument, state: StateCode) -> Timeline:
        if instrument.basis is Basis.UNIVERSAL:
            return _UNIVERSAL
        if instrument.basis is Basis.REQUESTED_STATE:
            return own_law_timeline(instrument) if state in instrument.states else _NOT_ITS_LAW
        return self._bilateral_timeline(instrument, state) if instrument.states else self._shared(instrument, state)

    def _bilateral_timeline(self, instrument: Instrument, state: StateCode) -> Timeline:
        """The treaty's life for one of its parties, for a member of a group that is one, or for a territory of one."""
        treaty = self._treaty_timeline(instrument)
        if state in instrument.states:
            return treaty
        for group in self._groups_of.get(state, ()):
            if group in instrument.states:
                return while_member(treaty, group, [r for r in self.data.groups[group] if r.state == state])
        territory = self.territories.get(state)
        if territory is not None and set(self._as_party(state)) & set(instrument.states):
            return reached_timeline(instrument, territory, self.timeline(instrument, territory.through))
        return _STRANGER

    def _shared(self, instrument: Instrument, state: StateCode) -> Timeline:
        """By the state's own row; a territory without one is reached through the state that answers for it."""
        row, territory = self._rows.get(instrument.id, {}).get(state), self.territories.get(state)
        if row is None and territory is not None and is_no_party(instrument, territory):
            return NO_PARTY
        own = self._unlisted(instrument, state) if row is None else participation_timeline(instrument, state, row)
        for period in self._former.get((instrument.id, state), ()):
            own = followed_by(participation_timeline(instrument, state, period), own)
        own = since_adoption(instrument, own)
        if territory is None or not territory.through or (row is not None and row.how != "extension"):
            return own
        of_state = self.timeline(instrument, territory.through)
        return weaker(own, of_state) if row is not None else reached_timeline(instrument, territory, of_state)

    def _unlisted(self, instrument: Instrument, state: StateCode) -> Timeline:
        """One for all states of which its table has no row, of those to which it is open and of the others."""
        key = (instrument.id, "closed" if instrument.eligible and state not in instrument.eligible else "")
        timeline = self._timelines.get(key)
        if timeline is None:
            timeline = self._timelines[key] = participation_timeline(instrument, state, None)
        return timeline

    def _treaty_timeline(self, instrument: Instrument) -> Timeline:
        """One for both parties, so that their standings are the same."""
        key = (instrument.id, "")
        timeline = self._timelines.get(key)
        if timeline is None:
            timeline = self._timelines[key] = treaty_timeline(instrument)
        return timeline

    def with_party(self, instrument_id: str, row: Participation) -> "Registry":
        """The same law but for one state's row under one instrument; what was worked out for others is kept."""
        rows = {**self._rows.get(instrument_id, {}), row.state: row}
        participations = {**self.data.participations, instrument_id: tuple(rows.values())}
        return replace(
            self,
            data=msgspec.structs.replace(self.data, participations=participations),
            _rows={**self._rows, instrument_id: rows},
            _timelines={k: line for k, line in self._timelines.items() if not self.is_one_state(k[1], row.state)},
            _positions={s: position for s, position in self._positions.items() if not self.is_one_state(s, row.state)},
        )

    def with_instrument(self, changed: Instrument) -> "Registry":
        """The same law but for one instrument, known by its id; what was worked out for others is kept."""
        old = self.instrument(changed.id)
        lives_on = changed == msgspec.structs.replace(old, reservations=changed.reservations)
        data = tuple(changed if i.id == changed.id else i for i in self.data.instruments)
        shared = tuple(changed if i is old else i for i in self.shared)
        return replace(
            self,
            data=msgspec.structs.replace(self.data, instruments=data),
            instruments={**self.instruments, changed.id: changed},
            shared=shared,
            _shared_ways=self._shared_ways if changed.states else {},
            _treaties=self._treaties.with_changed(old, changed) if is_bilateral(changed) else self._treaties,
            _timelines={key: line for key, line in self._timelines.items() if lives_on or key[0] != changed.id},
            _positions=dict(self._positions) if lives_on or changed.states else {},
            _treaty_ways={},
        )

    def with_treaties(self, added: tuple[Instrument, ...]) -> "Registry":
        """The same law and some bilateral treaties more; each may name a model for its provisions."""
        lent = lent_by(self.data)
        read = [with_model(treaty, lent) for treaty in added]
        return replace(
            self,
            data=msgspec.structs.replace(self.data, instruments=(*self.data.instruments, *added)),
            instruments={**self.instruments, **{treaty.id: treaty for treaty in read}},
            _treaties=self._treaties.with_added(read),
            _timelines=dict(self._timelines),
            _positions=dict(self._positions),
            _treaty_ways={},
        )

    def has_treaties_of(self, other: "Registry") -> bool:
        """Whether two registries hold the very same bilateral treaties."""
        return self._treaties is other._treaties

    def parties(self, instrument_id: str) -> tuple[Participation, ...]:
        """The rows of an instrument's table."""
        return tuple(self._rows.get(instrument_id, {}).values())


def build_registry(data: LawData) -> Registry:
    """Index law data; treaties whose text was not read take the provisions of the model that they name."""
    lent = lent_by(data)
    instruments = {instrument.id: instrument for instrument in (with_model(i, lent) for i in data.instruments)}
    shared = tuple(instrument for instrument in instruments.values() if not is_bilateral(instrument))
    return Registry(
        data=data,
        instruments=instruments,
        offences={offence.id: offence for offence in data.offences},
        providers={provider.id: provider for provider in data.providers},
        states=data.states,
        shared=shared,
        replacements={measure: replacements(shared, measure) for measure in Measure},
        territories={territory.code: territory for territory in data.territories},
        _sovereign={territory.code: territory.through for territory in data.territories if territory.through},
        of_two_states=sum(1 << bit for bit, i in enumerate(shared) if needs_two_states(i)),
        own_law=sum(1 << bit for bit, i in enumerate(shared) if i.basis is Basis.REQUESTED_STATE),
        sparing=sum(1 << bit for bit, i in enumerate(shared) if i.spares_pending),
        _rows={key: {row.state: row for row in rows} for key, rows in data.participations.items()},
        _former=former_periods(data),
        _treaties=treaties_of(instruments.values()),
        _groups_of=groups_of(data),
    )


@lru_cache(maxsize=2)
def load_registry(compiled: Path = COMPILED) -> Registry:
    """The registry of the law data that ships (or of another compiled file)."""
    return build_registry(msgspec.msgpack.decode(compiled.read_bytes(), type=LawData))

"""Kinds of states: states that look the same to an instrument, so that one answer does for all of them.

What an answer takes from a state, beside who is bound to what, is its law on the offences asked about, its
reservations, and that some provisions name it. States that agree in all of it are of one kind.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date

from comity.law.alike import crimes_seen, penalties_seen
from comity.law.instrument import Instrument, Reservation, StateCode
from comity.law.registry import Registry
from comity.law.vocabulary import ReservationEffect

Kind = int | str
"""A number for states whose law is alike; a state's own code where an instrument names it."""


def named_asking(instrument: Instrument) -> frozenset[StateCode]:
    """States that an instrument treats in their own way when they ask.

    Of a state's own reservations only what it excluded matters then (`reservation_conditions`); and others may have
    spoken of its requests alone.
    """
    telling = _telling(instrument)
    named = {r.state for r in telling if r.effect is ReservationEffect.EXCLUDES}
    named |= {state for r in telling for state in r.toward}
    named |= {c.when_requesting for provision in instrument.provisions for c in provision.conditions}
    return frozenset(named - {""})


def named_asked(instrument: Instrument) -> frozenset[StateCode]:
    """States that an instrument treats in their own way when they are asked: by a reservation or a provision."""
    telling = _telling(instrument)
    named = {r.state for r in telling}
    named |= {state for r in telling if r.effect is ReservationEffect.EXCLUDES for state in r.toward}
    for provision in instrument.provisions:
        named |= {*provision.only_requested, *(c.when_requested for c in provision.conditions)}
    return frozenset(named - {""})


def _telling(instrument: Instrument) -> list[Reservation]:
    return [r for r in instrument.reservations if r.effect is not ReservationEffect.NONE]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinds:
    """The kinds of all states for one day and some offences, by what is looked at in their law."""

    asking: "StateKinds"
    """Of requesting states: how heavy their penalties are."""
    asked: "StateKinds"
    """Of requested states: whether the conduct is an offence there."""
    asked_penal: "StateKinds"
    """Of requested states, where the penalties there matter as well."""


def kinds_of_states(registry: Registry, states: tuple[StateCode, ...], on: date, offences: tuple[str, ...]) -> Kinds:
    """The kinds of some states; where no offence is asked about, all laws look the same."""
    penalties = [penalties_seen(registry, state, offences, on) for state in states]
    crimes = [crimes_seen(registry, state, offences, on) for state in states]
    return Kinds(
        asking=StateKinds(states, penalties),
        asked=StateKinds(states, crimes),
        asked_penal=StateKinds(states, list(zip(penalties, crimes, strict=True))),
    )


class StateKinds:
    """States sorted by what one sees of them; a place in `states` is a bit of a mask."""

    def __init__(self, states: tuple[StateCode, ...], seen: Sequence[Hashable]) -> None:
        self._states = states
        self._place = {state: place for place, state in enumerate(states)}
        alike: dict[Hashable, int] = {}
        self._of = [alike.setdefault(sight, len(alike)) for sight in seen]
        self._masks = [0] * len(alike)
        for place, kind in enumerate(self._of):
            self._masks[kind] |= 1 << place
        self._parts: dict[frozenset[StateCode], tuple[tuple[Kind, int], ...]] = {}

    def of(self, place: int, named: frozenset[StateCode]) -> Kind:
        """The kind of a state for an instrument that names some states."""
        state = self._states[place]
        return state if state in named else self._of[place]

    def parts(self, named: frozenset[StateCode]) -> tuple[tuple[Kind, int], ...]:
        """All states by kind, as masks, for an instrument that names some states."""
        parts = self._parts.get(named)
        if parts is None:
            own = {state: 1 << self._place[state] for state in sorted(named) if state in self._place}
            rest = ~sum(own.values())
            others: list[tuple[Kind, int]] = [(kind, mask & rest) for kind, mask in enumerate(self._masks)]
            parts = self._parts[named] = tuple((k, m) for k, m in (*others, *own.items()) if m)
        return parts

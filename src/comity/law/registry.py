"""The law data, indexed for questions.

A `Registry` is built once from `LawData` and then only read. Time lines are worked out when first asked for and kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

import msgspec

from comity.law.dates import span
from comity.law.errors import LawDataError, UnknownTermError
from comity.law.instrument import Instrument, Participation, Provision, StateCode
from comity.law.lawdata import COMPILED, LawData, StateLaw
from comity.law.standing import Bound, Standing, Timeline, participation_timeline, treaty_timeline
from comity.law.state import Offence, Provider
from comity.law.vocabulary import Basis, Measure

_UNIVERSAL = Standing(bound=Bound.YES, why="needs no treaty")
_OWN_LAW = Standing(bound=Bound.YES, why="works by its own law")
_NOT_ITS_LAW = Standing(bound=Bound.NO, why="has no such law of its own in our data")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Registry:
    """Instruments, participations, states, offences and providers, by id; two registries are equal if they are one."""

    data: LawData
    instruments: dict[str, Instrument]
    offences: dict[str, Offence]
    providers: dict[str, Provider]
    states: dict[StateCode, StateLaw]
    _rows: dict[str, dict[StateCode, Participation]]
    _general_by_measure: dict[Measure, tuple[Instrument, ...]]
    _pair_by_measure: dict[tuple[StateCode, StateCode, Measure], tuple[Instrument, ...]]
    _timelines: dict[tuple[str, StateCode], Timeline] = field(default_factory=dict)

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

    def candidates(self, a: StateCode, b: StateCode, measure: Measure) -> tuple[Instrument, ...]:
        """Every instrument that gives the measure and can work between the two, whatever its standing."""
        return self._general_by_measure.get(measure, ()) + self._between(a, b, measure)

    def _between(self, a: StateCode, b: StateCode, measure: Measure) -> tuple[Instrument, ...]:
        found: tuple[Instrument, ...] = ()
        for first in (a, *self._groups_of(a)):
            for second in (b, *self._groups_of(b)):
                key = (min(first, second), max(first, second), measure)
                found += self._pair_by_measure.get(key, ())
        return found

    def _groups_of(self, state: StateCode) -> tuple[str, ...]:
        return tuple(g for g, rows in self.data.groups.items() if any(row.state == state for row in rows))

    def assistance_between(self, a: StateCode, b: StateCode) -> tuple[Instrument, ...]:
        """Every treaty of general mutual assistance that can work between the two, whatever its standing."""
        treaties = [i for i in self.instruments.values() if i.assistance]
        pairs = {(x, y) for x in (a, *self._groups_of(a)) for y in (b, *self._groups_of(b))}
        return tuple(i for i in treaties if not i.states or tuple(i.states) in pairs or i.states[::-1] in pairs)

    def standing(self, instrument: Instrument, state: StateCode, on: date) -> Standing:
        """How a state stands to an instrument on a day."""
        if instrument.basis is Basis.UNIVERSAL:
            return _UNIVERSAL
        if instrument.basis is Basis.REQUESTED_STATE:
            return _OWN_LAW if state in instrument.states else _NOT_ITS_LAW
        return self.timeline(instrument, state).on(on)

    def timeline(self, instrument: Instrument, state: StateCode) -> Timeline:
        """The life of a state under an instrument."""
        key = (instrument.id, state)
        timeline = self._timelines.get(key)
        if timeline is None:
            timeline = self._timelines[key] = self._work_out(instrument, state)
        return timeline

    def _work_out(self, instrument: Instrument, state: StateCode) -> Timeline:
        if not instrument.states:
            return participation_timeline(instrument, state, self._rows.get(instrument.id, {}).get(state))
        treaty = treaty_timeline(instrument)
        if state in instrument.states:
            return treaty
        for group in set(instrument.states) & set(self._groups_of(state)):
            return self._through_group(treaty, group, state)
        return Timeline(starts=(date.min,), standings=(Standing(bound=Bound.NO, why="not one of its two parties"),))

    def _through_group(self, treaty: Timeline, group: str, state: StateCode) -> Timeline:
        row = next(row for row in self.data.groups[group] if row.state == state)
        joins = span(row.from_on)[0] if row.from_on else date.min
        leaves = span(row.to_on)[1] if row.to_on else date.max
        days = sorted({date.min, joins, leaves, *treaty.starts})
        outside = Standing(bound=Bound.NO, why=f"not a member of the {group} on that day")
        standings = tuple(treaty.on(day) if joins <= day < leaves else outside for day in days)
        return Timeline(starts=tuple(days), standings=standings)

    def parties(self, instrument_id: str) -> tuple[Participation, ...]:
        """The rows of an instrument's table."""
        return tuple(self._rows.get(instrument_id, {}).values())


def measures_of(provisions: Iterable[Provision]) -> frozenset[Measure]:
    """The measures that some provisions give."""
    return frozenset(provision.measure for provision in provisions)


def build_registry(data: LawData) -> Registry:
    """Index law data; treaties whose text was not read take the provisions of the model that they name."""
    instruments = {instrument.id: instrument for instrument in (_with_model(i, data) for i in data.instruments)}
    general: dict[Measure, list[Instrument]] = {}
    pairs: dict[tuple[StateCode, StateCode, Measure], list[Instrument]] = {}
    for instrument in instruments.values():
        for measure in measures_of(instrument.provisions):
            if instrument.basis is Basis.PARTIES and len(instrument.states) == 2:
                first, second = sorted(instrument.states)
                pairs.setdefault((first, second, measure), []).append(instrument)
            else:
                general.setdefault(measure, []).append(instrument)
    return Registry(
        data=data,
        instruments=instruments,
        offences={offence.id: offence for offence in data.offences},
        providers={provider.id: provider for provider in data.providers},
        states=data.states,
        _rows={key: {row.state: row for row in rows} for key, rows in data.participations.items()},
        _general_by_measure={measure: tuple(found) for measure, found in general.items()},
        _pair_by_measure={key: tuple(found) for key, found in pairs.items()},
    )


def _with_model(instrument: Instrument, data: LawData) -> Instrument:
    if not instrument.provisions_of:
        return instrument
    model = next((m for m in data.models if m.id == instrument.provisions_of), None)
    if model is None:
        raise LawDataError(
            file=f"{instrument.id}.toml",
            where="provisions_of",
            problem=f"there is no model {instrument.provisions_of!r}",
            remedy=f"name one of {', '.join(m.id for m in data.models)}",
        )
    return msgspec.structs.replace(
        instrument,
        provisions=model.provisions,
        contents=instrument.contents or model.contents,
        scope=instrument.scope or model.scope,
        general=instrument.general or model.general,
    )


@lru_cache(maxsize=2)
def load_registry(compiled: Path = COMPILED) -> Registry:
    """The registry of the law data that ships (or of another compiled file)."""
    return build_registry(msgspec.msgpack.decode(compiled.read_bytes(), type=LawData))

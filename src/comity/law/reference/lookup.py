"""Anything in the law data by what a person calls it: id, alias, old id, code or name; the nearest where unknown."""

from dataclasses import dataclass

from comity.law.cooperation import Cooperation
from comity.law.errors import UnknownTermError
from comity.law.instrument import Instrument, StateCode
from comity.law.names import all_states, is_state, state_name
from comity.law.registry import Registry
from comity.law.state import Offence, Provider


@dataclass(frozen=True, slots=True, kw_only=True)
class StateFound:
    """A state or territory, by its code."""

    code: StateCode


Found = Instrument | Offence | Provider | Cooperation | StateFound


def find_instrument(text: str, registry: Registry) -> Instrument:
    """The instrument with an id, an alias or a short title; UnknownTermError names the nearest."""
    found = _instrument(text, registry)
    if found is None:
        raise UnknownTermError(what="instrument", term=text, known=_instrument_names(registry))
    return found


def find_anything(text: str, registry: Registry) -> Found:
    """Instrument, work beyond treaties, offence, provider or state, in this order; UnknownTermError otherwise."""
    found = (
        _instrument(text, registry)
        or next((work for work in registry.data.cooperation if _is(text, work.id, work.short_title)), None)
        or next((o for o in registry.offences.values() if _is(text, o.id, o.title)), None)
        or next((p for p in registry.providers.values() if _is(text, p.id, p.name)), None)
        or _state(text)
    )
    if found is None:
        raise UnknownTermError(what="id", term=text.strip(), known=_all_names(registry))
    return found


def _instrument(text: str, registry: Registry) -> Instrument | None:
    direct = registry.instruments.get(text.strip().casefold())
    if direct is not None:
        return direct
    for instrument in registry.instruments.values():
        if _is(text, *instrument.aliases, instrument.short_title):
            return instrument
    return None


def _is(text: str, *names: str) -> bool:
    wanted = text.strip().casefold()
    return any(wanted == name.casefold() for name in names if name)


def _state(text: str) -> StateFound | None:
    code = text.strip().upper()
    if is_state(code):
        return StateFound(code=code)
    return next((StateFound(code=c) for c in all_states() if _is(text, state_name(c))), None)


def _instrument_names(registry: Registry) -> list[str]:
    return [name for i in registry.instruments.values() for name in (i.id, *i.aliases)]


def _all_names(registry: Registry) -> list[str]:
    return [
        *_instrument_names(registry),
        *(work.id for work in registry.data.cooperation),
        *registry.offences,
        *registry.providers,
        *all_states(),
        *(state_name(code) for code in all_states()),
    ]

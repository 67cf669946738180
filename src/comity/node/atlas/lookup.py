"""Finding things of the law by what people type: with or without accents, in their language or in English."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from comity.law import parse_state, state_name
from comity.law.names import all_states
from comity.node.lawdata import registry

FOUND_MAX = 50
"""As many things as one search shows."""
Kind = Literal["state", "instrument", "offence", "authority"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """One thing that can be found."""

    kind: Kind
    id: str
    """Of an authority: the code of its state."""
    label: str
    more: str
    keys: tuple[str, ...]
    """What it is found by, folded."""


def fold(text: str) -> str:
    """Text without accents, case and doubled spaces: ``Côte d’Ivoire`` and ``cote d'ivoire`` are the same."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'")).casefold()
    return " ".join("".join(one for one in plain if not unicodedata.combining(one)).split())


def search(text: str, language: str = "en") -> tuple[Thing, ...]:
    """What fits, the nearest first: the same, then what begins with it, then what has all its words."""
    wanted = fold(text)
    if not wanted:
        return ()
    words = wanted.split()
    ranked = [(rank, place, one) for place, one in enumerate(_things(language)) if (rank := _rank(one, wanted, words))]
    return tuple(one for _, _, one in sorted(ranked, key=lambda found: found[:2])[:FOUND_MAX])


def find_state(text: str, language: str = "en") -> str:
    """The code of a state by code or name, in English or the language; UnknownTermError names the nearest."""
    code = _codes(language).get(fold(text))
    return code or parse_state(text)


def _rank(one: Thing, wanted: str, words: list[str]) -> int:
    if wanted in one.keys:
        return 1
    if any(key.startswith(wanted) for key in one.keys):
        return 2
    return 3 if any(all(word in key for word in words) for key in one.keys) else 0


@lru_cache(maxsize=16)
def _codes(language: str) -> dict[str, str]:
    found = {fold(state_name(code)): code for code in all_states()}
    return found | {fold(state_name(code, language)): code for code in all_states()}


@lru_cache(maxsize=16)
def _things(language: str) -> tuple[Thing, ...]:
    law = registry()
    states = [
        _thing("state", code, state_name(code, language), code, code, state_name(code), state_name(code, language))
        for code in all_states()
    ]
    instruments = [
        _thing("instrument", one.id, one.title, one.id, one.id, *one.aliases, one.short_title, one.title)
        for one in law.instruments.values()
    ]
    offences = [
        _thing("offence", one.id, one.title, one.id, one.id, one.title, one.id.replace("_", " "))
        for one in law.offences.values()
    ]
    authorities = [
        _thing("authority", code, one.name, state_name(code, language), one.name, f"{state_name(code)} {one.name}")
        for code, state in law.states.items()
        for one in state.authorities
    ]
    return (*states, *instruments, *offences, *authorities)


def _thing(kind: Kind, id: str, label: str, more: str, *keys: str) -> Thing:
    folded = tuple(dict.fromkeys(fold(key) for key in keys if key))
    return Thing(kind=kind, id=id, label=label, more=more, keys=folded)

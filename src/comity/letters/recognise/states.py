"""States named in running text, by their names in English and in the language of the letter."""

import re
from collections.abc import Iterator
from functools import lru_cache

from comity.law import Registry, state_name
from comity.law.names import all_states
from comity.letters.recognise.cues import folded

_ALSO = {
    "u.s.a": "US",
    "u.s": "US",
    "usa": "US",
    "great britain": "GB",
    "uk": "GB",
    "russian federation": "RU",
    "uae": "AE",
}
_LATIN_NAME = 4
"""Letters that a name must have in order to be looked for."""
_INFLECTED = frozenset({"ru"})


def states_in(text: str, language: str) -> Iterator[str]:
    """ISO 3166 codes of the states that a folded text names, in order, each once."""
    codes, pattern = _names(language or "en")
    seen: set[str] = set()
    for found in pattern.finditer(text):
        code = codes.get(found[0]) or next((codes[name] for name in codes if found[0].startswith(name)), "")
        if code and code not in seen:
            seen.add(code)
            yield code


@lru_cache(maxsize=16)
def _names(language: str) -> tuple[dict[str, str], re.Pattern[str]]:
    from pycountry import countries

    names = {folded(name): code for name, code in _ALSO.items()}
    stems: set[str] = set()
    for code in all_states():
        names.setdefault(folded(state_name(code)), code)
        country = countries.get(alpha_2=code)
        official = getattr(country, "official_name", "") if country is not None else ""
        if official:
            names.setdefault(folded(official), code)
        own = folded(state_name(code, language))
        if language in _INFLECTED and len(own) > _LATIN_NAME:
            stems.add(own[:-1])
            own = own[:-1]
        names.setdefault(own, code)
    # Georgia and Jordan are people and places too: only whole words, and the longest name first
    ordered = sorted((name for name in names if len(name) > 1), key=len, reverse=True)
    pieces = [re.escape(name) + (r"\w{0,3}" if name in stems else _end(name)) for name in ordered]
    return names, re.compile(rf"(?<![a-z\u0400-\u04ff])(?:{'|'.join(pieces)})")


def _end(name: str) -> str:
    return r"(?!\w)" if name[-1] < "\u0530" else ""


@lru_cache(maxsize=4)
def known_authorities(registry: Registry) -> tuple[tuple[str, str, str], ...]:
    """Pieces of authorities' names that only one state has, folded: piece, state, whole name."""
    pieces: dict[str, dict[str, str]] = {}
    for state, law in registry.states.items():
        for authority in law.authorities:
            for piece in re.split(r"[,(;)]", authority.name):
                plain = " ".join(folded(piece).split())
                if len(plain.split()) > 2 or len(plain) > 14:
                    pieces.setdefault(plain, {})[state] = authority.name
    return tuple(
        (piece, *next(iter(states.items())))
        for piece, states in sorted(pieces.items(), key=lambda item: -len(item[0]))
        if len(states) == 1
    )

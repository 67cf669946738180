"""States named in running text: short names and official forms in every language that is read, adjectives, seats."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from comity.law import Registry, state_name
from comity.law.names import all_states
from comity.letters.recognise.cues import folded
from comity.letters.recognise.dates import LANGUAGES
from comity.letters.tables import Row, read_table

_STEM_LETTERS = 5
"""Letters of a Russian word from which on its ending may change."""
_NAME_LETTERS = 4
"""Letters that a Latin or Cyrillic name must have: Man and Ile are words."""
_BEFORE_CHARS = 24
_NEW = ("new", "nueva", "nuevo", "nouveau", "nouvelle", "novo", "nova", "neu")
"""Words with which New Mexico and New Jersey begin."""
_OWN_CHARS = 8
_GENERIC = frozenset(
    """affairs agency and assistance attorney authorities authority bureau case central chief cooperation co-operation
    court crime criminal de del department der des di direccion direction directorate director division do du da das
    dos e et external federal fiscalia for foreign geral general government high home in interior internal international
    judicial justica justice justicia justiz la le les law legal magistrate mai minister ministere ministerio ministry
    mutual nacion nacional national of office parquet penal police policia procurador procuradoria procuraduria
    procureur prosecution prosecutions prosecutor prosecutors public republic republica secretary security service
    solicitor s state supreme the tribunal uk unit y through""".split()
)
"""Words that authorities of many states share: a name made of them alone is nobody's own."""


class StateNames(Row, frozen=True, kw_only=True):
    """The table of names beside those of CLDR."""

    official: dict[str, tuple[str, ...]]
    adjective: dict[str, tuple[str, ...]]
    doubtful: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedState:
    """A state in a text."""

    code: str
    start: int
    end: int
    sure: bool = True
    """False: the word may mean something else there."""


def states_in(text: str) -> tuple[NamedState, ...]:
    """The states that a folded text names, in order, each once; by whole words alone."""
    names = _names()
    plain = unaccented(text)
    found: dict[str, NamedState] = {}
    for match in names.pattern.finditer(plain):
        before = plain[max(match.start() - _BEFORE_CHARS, 0) : match.start()].rstrip()
        if before.endswith(_NEW):
            continue
        sure = match[0] not in names.doubtful or before.endswith(names.before)
        code = names.code_of(match[0])
        if code not in found or (sure and not found[code].sure):
            found[code] = NamedState(code=code, start=match.start(), end=match.end(), sure=sure)
    return tuple(sorted(found.values(), key=lambda one: one.start))


def adjectives_in(text: str) -> tuple[str, ...]:
    """Codes of the states whose adjectives stand in a folded text."""
    found = _adjectives().finditer(unaccented(text))
    return tuple(dict.fromkeys(_adjective_codes()[one[0]] for one in found))


@lru_cache(maxsize=4096)
def unaccented(text: str) -> str:
    """A folded text without the accents of Latin letters, as long as it was: law data and typists leave them out."""
    return "".join(_bare(character) for character in text)


def _bare(character: str) -> str:
    parts = unicodedata.normalize("NFD", character)
    return parts[0] if all("\u0300" <= mark <= "\u036f" for mark in parts[1:]) else character


@dataclass(frozen=True, slots=True, kw_only=True)
class _Names:
    """Every name of every state."""

    codes: dict[str, str]
    stems: dict[str, str]
    """Beginnings of Russian names, whose endings change."""
    doubtful: frozenset[str]
    before: tuple[str, ...]
    pattern: re.Pattern[str]

    def code_of(self, name: str) -> str:
        """The code of what the pattern matched."""
        return self.codes.get(name) or next(code for stem, code in self.stems.items() if name.startswith(stem))


@lru_cache(maxsize=1)
def _table() -> StateNames:
    return read_table("states.toml", StateNames)


def _plain(name: str) -> str:
    return unaccented(folded(name))


@lru_cache(maxsize=1)
def _names() -> _Names:
    codes = {_plain(name): code for code, names in _table().official.items() for name in names}
    stems: dict[str, str] = {}
    for code in all_states():
        for name in _every_name(code):
            if len(name) >= _NAME_LETTERS or name[0] >= "\u0530":
                codes.setdefault(name, code)
        for form in (*_german_cases(_plain(state_name(code, "de"))), *_arabic_cases(_plain(state_name(code, "ar")))):
            codes.setdefault(form, code)
        russian = _plain(state_name(code, "ru"))
        if len(russian) >= _STEM_LETTERS and " " not in russian:
            stems.setdefault(russian[:-1], code)
    # the longest first: Guinea-Bissau is not Guinea, nor South Sudan Sudan
    pieces = [(name, re.escape(name) + (r"(?!\w)" if name[-1] < "\u0900" else "")) for name in codes]
    pieces += [(stem, re.escape(stem) + r"\w{0,3}(?!\w)") for stem in stems]
    ordered = [piece for _, piece in sorted(pieces, key=lambda one: -len(one[0]))]
    return _Names(
        codes=codes,
        stems=dict(sorted(stems.items(), key=lambda one: -len(one[0]))),
        doubtful=frozenset(map(_plain, _table().doubtful["words"])),
        before=tuple(map(_plain, _table().doubtful["before"])),
        pattern=re.compile(rf"(?<![a-z\u0400-\u04ff])(?:{'|'.join(ordered)})"),
    )


def _german_cases(name: str) -> Iterator[str]:
    """The other cases of a name: *des Vereinigten Königreichs*, *Frankreichs*, *der Demokratischen Republik*."""
    *adjectives, noun = name.split()
    if not (noun.isalpha() and noun.isascii() and len(noun) >= _NAME_LETTERS):
        return
    weak = [re.sub(r"(?:e|es|er)$", "en", word) for word in adjectives]
    nouns = (noun,) if noun.endswith(("s", "z", "x")) else (noun, f"{noun}s")
    yield from (" ".join((*words, last)) for words in (adjectives, weak) for last in nouns)


def _arabic_cases(name: str) -> Iterator[str]:
    """A name behind *for*, which takes the beginning of the article away."""
    if name.startswith("ال"):
        yield f"لل{name[2:]}"


def _every_name(code: str) -> Iterator[str]:
    from pycountry import countries

    for language in LANGUAGES:
        yield _plain(state_name(code, language))
    country = countries.get(alpha_2=code)
    official = getattr(country, "official_name", "") if country is not None else ""
    if official:
        yield _plain(official)


@lru_cache(maxsize=1)
def _adjective_codes() -> dict[str, str]:
    return {_plain(name): code for code, names in _table().adjective.items() for name in names}


@lru_cache(maxsize=1)
def _adjectives() -> re.Pattern[str]:
    named = "|".join(re.escape(name) for name in sorted(_adjective_codes(), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{named})(?!\w)")


def authorities_in(text: str, registry: Registry) -> tuple[str, ...]:
    """States, one of whose authorities in our data a folded text names by a name that is its own."""
    plain = unaccented(text)
    for pattern, states in _known(registry):
        if pattern.search(plain):
            return states
    return ()


def seats_in(text: str, registry: Registry) -> tuple[str, ...]:
    """States, the seat of whose authorities in our data a folded text names: a hint and no more."""
    plain = unaccented(text)
    seats = _seats(registry)
    return tuple(dict.fromkeys(seats[found[0]] for found in _seat_pattern(registry).finditer(plain)))


@lru_cache(maxsize=4)
def _known(registry: Registry) -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    pieces: dict[str, dict[str, None]] = {}
    for state, law in registry.states.items():
        for authority in law.authorities:
            for piece in re.split(r"[,(;)/]", authority.name):
                plain = " ".join(_plain(piece).split())
                if _is_own(plain):
                    pieces.setdefault(plain, {})[state] = None
    ordered = sorted(pieces.items(), key=lambda item: -len(item[0]))
    return tuple((_spelt(piece), tuple(states)) for piece, states in ordered if len(states) == 1)


def _is_own(name: str) -> bool:
    words = re.findall(r"[^\W\d_]+", name)
    return len(name) > _OWN_CHARS and any(word not in _GENERIC for word in words)


def _spelt(name: str) -> re.Pattern[str]:
    """A name whose umlauts may be written out, and whose words may stand in another case."""
    loose = re.escape(name).replace("ue", "(?:ue|u)").replace("oe", "(?:oe|o)").replace("ae", "(?:ae|a)")
    # in German a genitive or dative ending
    cased = re.sub(r"[^\W\d_]{5,}(?=\\\ |$)", r"\g<0>(?:e?s|e?n|e)?", loose)
    return re.compile(rf"(?<!\w){cased}(?!\w)")


@lru_cache(maxsize=4)
def _seats(registry: Registry) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for state, law in registry.states.items():
        for authority in law.authorities:
            city = _plain(authority.city.split(",")[0]).strip()
            if len(city) >= _NAME_LETTERS:
                found.setdefault(city, set()).add(state)
    return {city: next(iter(states)) for city, states in found.items() if len(states) == 1}


@lru_cache(maxsize=4)
def _seat_pattern(registry: Registry) -> re.Pattern[str]:
    named = "|".join(re.escape(city) for city in sorted(_seats(registry), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{named or '(?!)'})(?!\w)")

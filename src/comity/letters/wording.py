"""Fixed wording: catalogues of sentences, titles and labels, a folder a language, a file a domain (``data/wording``).

A template names what it is about in braces, with its kind where that must be said in the language: ``{state:state}``
takes an ISO 3166 code, ``{on:date}`` an ISO 8601 date, ``{title:instrument}`` the id of an instrument and its title;
`comity.letters.saying` has every kind. Without a kind the words go in as they are. English is complete by definition;
a test compares the others.

>>> catalogue("en").say("measure.traffic_data")
'traffic data'
>>> catalogue("fr").say("measure.traffic_data")
'données relatives au trafic'
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from comity.letters import saying
from comity.letters.errors import LettersDataError
from comity.letters.model import Origin, OriginKind, Text

ORIGINAL = "en"
#: Sections whose entries are whole sentences, which begin with a capital even where an argument comes first.
_SENTENCES = ("sentence.", "answered.")
DOMAINS = ("letters", "requests", "forms", "requirements", "chains", "instruments", "holdings", "reasons")
_SLOT = re.compile(r"\{(\w+)(?::(\w+))?\}")
#: A slot before a full stop, which an argument that ends with one (``Inc.``) brings itself.
_SLOT_AND_STOP = re.compile(rf"{_SLOT.pattern}(\.(?!\.))?")
#: A no-break space is no space to fold: French and numbers have it.
_SPACES = re.compile(r"[ \t\n]+")
_COUNT = "count."
#: States whose names take an article: a matter of English.
_ENGLISH_ALONE = frozenset({"mark.with_article"})
#: Tags whose script the catalogue of their language is not written in: they have none.
_OTHER_SCRIPT = re.compile(r"zh-(?:hant|tw|hk|mo)\b|hi-latn\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Catalogue:
    """The wording of one language; keys are ``section.name``."""

    language: str
    """BCP 47."""
    entries: Mapping[str, str]

    def say(self, key: str, **arguments: str) -> str:
        """A sentence with its arguments; LettersDataError where the catalogue lacks it or an argument is missing."""
        return self.fill(key, arguments)

    def fill(self, key: str, arguments: Mapping[str, str]) -> str:
        """As `say`."""
        template = self.entries.get(key)
        if template is None:
            raise LettersDataError(file=f"wording/{self.language}", problem=f"there is no {key!r}")
        filled = _SLOT_AND_STOP.sub(lambda slot: self._argument(key, slot, arguments), template)
        return filled[:1].upper() + filled[1:] if template.startswith("{") and key.startswith(_SENTENCES) else filled

    def phrase(self, text: Text) -> str:
        """A text in this language where it is fixed wording; else as it was written."""
        return self.fill(text.phrase, text.arguments) if text.phrase else text.text

    def named(self, section: str, name: str, otherwise: str = "") -> str:
        """An entry of a section, such as the name of an offence; `otherwise`, or the id, where there is none."""
        return self.entries.get(f"{section}.{name}") or otherwise or name

    def day(self, iso: str) -> str:
        """An ISO 8601 date in words of the language; what is none stays as it is."""
        return saying.day(self, iso)

    def holder(self, name: str) -> str:
        """Who has the data, in words of the language where the plan knows no name."""
        return saying.holder(self, name)

    def _argument(self, key: str, slot: re.Match[str], arguments: Mapping[str, str]) -> str:
        name, kind, stop = slot.groups()
        if name not in arguments:
            raise LettersDataError(
                file=f"wording/{self.language}", problem=f"{key!r} needs {name!r}, which nobody gives"
            )
        told = saying.said(self, arguments[name], kind or "")
        return told if stop and told.endswith(".") else f"{told}{stop or ''}"


def slots(template: str) -> frozenset[tuple[str, str]]:
    """The names and kinds that a template asks for."""
    return frozenset((name, kind or "") for name, kind in _SLOT.findall(template))


@lru_cache(maxsize=16)
def catalogue(language: str = ORIGINAL) -> Catalogue:
    """The catalogue of a language (``pt`` for ``pt-BR``); LettersDataError where there is none."""
    known = catalogue_tag(language)
    if not known:
        raise LettersDataError(
            file=f"wording/{language}", problem=f"no wording in this language; there is {', '.join(languages())}"
        )
    if known != language:
        return catalogue(known)
    return Catalogue(language=language, entries=dict(_entries(language)))


def catalogue_tag(language: str) -> str:
    """The tag under which a language's wording is kept; empty: there is none."""
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", language) or _OTHER_SCRIPT.match(language):
        return ""
    known = languages()
    return next((tag for tag in (language, language.split("-", maxsplit=1)[0].lower()) if tag in known), "")


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Languages that have a catalogue."""
    folder = files("comity.letters") / "data" / "wording"
    return tuple(sorted(entry.name for entry in folder.iterdir() if entry.is_dir()))


def lacking(language: str) -> tuple[str, ...]:
    """Keys that a language needs and lacks, or fills with other arguments than English."""
    original, other = catalogue(ORIGINAL).entries, catalogue(language).entries
    kept = {key: original.get(key, "") or original[f"{_COUNT}{key.split('.')[1]}.other"] for key in wanted(language)}
    return tuple(key for key, said in kept.items() if key not in other or slots(other[key]) != slots(said))


def wanted(language: str) -> tuple[str, ...]:
    """The keys that a language must have: those of English, with the plural forms that CLDR gives for the language."""
    keys = [key for key in catalogue(ORIGINAL).entries if not key.startswith(_COUNT) and key not in _ENGLISH_ALONE]
    things = dict.fromkeys(key.split(".")[1] for key in catalogue(ORIGINAL).entries if key.startswith(_COUNT))
    return (*keys, *(f"{_COUNT}{thing}.{form}" for thing in things for form in saying.plural_forms(language)))


def data_key(piece: str) -> str:
    """The key under which the catalogues know what a holder can give, from the plan's English; empty: they do not."""
    return _data_keys().get(piece.strip(), "")


@lru_cache(maxsize=1)
def _data_keys() -> Mapping[str, str]:
    return {said: key for key, said in catalogue().entries.items() if key.startswith("data.")}


def fixed(key: str, /, *, origin: Origin | None = None, **arguments: str) -> Text:
    """A text of fixed wording, in English, with its phrase."""
    return said(key, arguments, origin)


def said(key: str, arguments: Mapping[str, str], origin: Origin | None = None) -> Text:
    """As `fixed`, where the arguments are at hand as a mapping."""
    return Text(
        text=catalogue().fill(key, arguments),
        phrase=key,
        arguments=dict(arguments),
        origin=origin or Origin(kind=OriginKind.WORDING),
    )


def _entries(language: str) -> Iterator[tuple[str, str]]:
    folder = files("comity.letters") / "data" / "wording" / language
    for domain in DOMAINS:
        file = folder / f"{domain}.toml"
        try:
            yield from _flat(tomllib.loads(file.read_text(encoding="utf-8")))
        except FileNotFoundError:
            continue  # `lacking` names what is not there
        except tomllib.TOMLDecodeError as error:
            raise LettersDataError(file=f"wording/{language}/{domain}.toml", problem=str(error)) from None


def _flat(tree: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", _SPACES.sub(" ", str(value)).strip(" ")

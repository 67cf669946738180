"""Fixed wording: catalogues of sentences, titles and labels, one file a language under ``data/wording``.

A template names what it is about in braces, with its kind where that must be said in the language: ``{state:state}``
takes an ISO 3166 code, ``{measure:measure}`` a measure's id, ``{on:date}`` an ISO 8601 date, ``{field:field}`` the id
of a field, ``{ground:ground}`` that of a ground of jurisdiction, ``{ids:offences}`` ids of offences joined by ``;``;
without a kind the words go in as they are. English is complete by definition; a test compares others.

>>> catalogue("en").say("measure.traffic_data")
'traffic data'
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files

from comity.law import state_name
from comity.letters.errors import LettersDataError
from comity.letters.model import Origin, OriginKind, Text

ORIGINAL = "en"
_SLOT = re.compile(r"\{(\w+)(?::(\w+))?\}")


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
            raise LettersDataError(file=f"wording/{self.language}.toml", problem=f"there is no {key!r}")
        return _SLOT.sub(lambda slot: self._argument(key, slot, arguments), template)

    def phrase(self, text: Text) -> str:
        """A text in this language where it is fixed wording; else as it was written."""
        return self.fill(text.phrase, text.arguments) if text.phrase else text.text

    def _argument(self, key: str, slot: re.Match[str], arguments: Mapping[str, str]) -> str:
        name, kind = slot.groups()
        if name not in arguments:
            raise LettersDataError(
                file=f"wording/{self.language}.toml", problem=f"{key!r} needs {name!r}, which nobody gives"
            )
        return self._said(arguments[name], kind)

    def _said(self, value: str, kind: str | None) -> str:
        match kind:
            case "state":
                return state_name(value, self.language)
            case "date":
                return self.day(value)
            case "offences":
                return ", ".join(self.entries.get(f"offence.{one}", one) for one in value.split(";"))
            case "measure" | "field" | "ground":
                return self.entries.get(f"{kind}.{value}", value)
            case _:
                return value

    def day(self, iso: str) -> str:
        """An ISO 8601 date in words of the language; what is none stays as it is."""
        from babel.dates import format_date

        try:
            return str(format_date(date.fromisoformat(iso), "d MMMM y", locale=self.language.replace("-", "_")))
        except ValueError:
            return iso


def slots(template: str) -> frozenset[tuple[str, str]]:
    """The names and kinds that a template asks for."""
    return frozenset((name, kind or "") for name, kind in _SLOT.findall(template))


@lru_cache(maxsize=16)
def catalogue(language: str = ORIGINAL) -> Catalogue:
    """The catalogue of a language; LettersDataError where there is none."""
    file = files("comity.letters") / "data" / "wording" / f"{language}.toml"
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]+)*", language) or not file.is_file():
        raise LettersDataError(
            file=f"wording/{language}.toml", problem=f"no wording in this language; there is {', '.join(languages())}"
        )
    try:
        return Catalogue(language=language, entries=dict(_flat(tomllib.loads(file.read_text(encoding="utf-8")))))
    except tomllib.TOMLDecodeError as error:
        raise LettersDataError(file=f"wording/{language}.toml", problem=str(error)) from None


def languages() -> tuple[str, ...]:
    """Languages that have a catalogue."""
    folder = files("comity.letters") / "data" / "wording"
    return tuple(sorted(file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml")))


def lacking(language: str) -> tuple[str, ...]:
    """Keys that English has and a language lacks or fills with other arguments."""
    original, other = catalogue(ORIGINAL).entries, catalogue(language).entries
    return tuple(key for key, said in original.items() if key not in other or slots(other[key]) != slots(said))


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


def _flat(tree: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", " ".join(str(value).split())

"""Requirements: the rows of ``data/requirements.toml`` and ``data/contents.toml``, and which letters they are for."""

from functools import lru_cache
from types import MappingProxyType

from comity.law import Confidence, Measure
from comity.letters.checks.expected import Expected
from comity.letters.model import Family, Kind, Letter
from comity.letters.tables import Row, fields_of, kinds, read_table
from comity.letters.wording import catalogue


class Requirement(Row, frozen=True, kw_only=True):
    """Something that a letter must say."""

    id: str
    field: str
    check: str = "present"
    """Name of the check, and after a colon what it is about: ``undertaking:speciality``."""
    kinds: tuple[Kind, ...] = ()
    families: tuple[Family, ...] = ()
    """Kinds and families are alternatives; both empty: every letter."""
    but_kinds: tuple[Kind, ...] = ()
    measures: tuple[Measure, ...] = ()
    states: tuple[str, ...] = ()
    """Requested states."""
    when: str = ""
    """A circumstance of `Expected`, or ``translation``: the addressee does not accept the letter's language."""
    required: bool = True
    articles: str = ""
    source_url: str
    confidence: Confidence

    @property
    def title(self) -> str:
        """In English, as what follows; other languages have the same keys."""
        return catalogue().say(f"requirement.{self.id}.title")

    @property
    def why(self) -> str:
        """Why the officer on the other side needs it."""
        return catalogue().say(f"requirement.{self.id}.why")

    @property
    def example(self) -> str:
        """Good text."""
        return catalogue().say(f"requirement.{self.id}.example")


class ContentRow(Row, frozen=True, kw_only=True):
    """How a letter answers one name in an instrument's list of contents."""

    name: str
    instruments: tuple[str, ...] = ()
    fields: tuple[str, ...]
    advised: bool = False
    advice: str = ""


class _Requirements(Row, frozen=True, kw_only=True):
    requirement: tuple[Requirement, ...]


class _Contents(Row, frozen=True, kw_only=True):
    content: tuple[ContentRow, ...]


@lru_cache(maxsize=1)
def requirements() -> tuple[Requirement, ...]:
    """Every requirement, in order."""
    return read_table("requirements.toml", _Requirements).requirement


@lru_cache(maxsize=1)
def content_rows() -> MappingProxyType[tuple[str, str], ContentRow]:
    """The rows by name and instrument; the instrument is empty for the general row."""
    rows = read_table("contents.toml", _Contents).content
    return MappingProxyType({(row.name, instrument): row for row in rows for instrument in row.instruments or ("",)})


def content_row(name: str, instrument: str) -> ContentRow | None:
    """How a letter answers a content; None: nobody has said."""
    rows = content_rows()
    return rows.get((name, instrument)) or rows.get((name, ""))


def has_field(kind: Kind, field: str) -> bool:
    """Whether a kind of letter has a field, or the whole of which it is a piece."""
    whole = field.split(".", maxsplit=1)[0]
    return whole in fields_of(kind)


def applies(requirement: Requirement, letter: Letter, expected: Expected) -> bool:
    """Whether a requirement is for this letter."""
    return (
        _is_of_kind(requirement, letter.kind)
        and (not requirement.states or expected.state in requirement.states)
        and (not requirement.measures or any(m in requirement.measures for m in expected.measures))
        and _holds(requirement.when, letter, expected)
    )


def _is_of_kind(requirement: Requirement, kind: Kind) -> bool:
    if kind in requirement.but_kinds or not has_field(kind, requirement.field):
        return False
    named = requirement.kinds or requirement.families
    return not named or kind in requirement.kinds or kinds()[kind].family in requirement.families


def _holds(when: str, letter: Letter, expected: Expected) -> bool:
    if when == "translation":
        accepted = letter.addressee.languages
        return bool(accepted) and letter.language.split("-")[0] not in accepted
    return not when or when in expected.circumstances

"""Translations of what a letter says freely: kept beside the letter, which stays as it was drafted and checked.

Free words are the texts without a phrase, and a few members that hold words and no name: units, ranks, papers, headings
and words of the law. Each has its address (`comity.letters.address`). Names of persons, authorities and providers
are never translated.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

import msgspec

from comity.letters.address import pointer, texts
from comity.letters.figures import OtherFigures, other_figures
from comity.letters.model import Letter, Party, Text
from comity.letters.model.record import Record


class TranslationState(StrEnum):
    """How far a translator has come; the words of XLIFF 2."""

    INITIAL = "initial"
    TRANSLATED = "translated"
    REVIEWED = "reviewed"
    FINAL = "final"


class Translated(Record, frozen=True, kw_only=True):
    """One text with its translation."""

    address: str
    source: str
    """As it stood in the letter; where the letter says something else now, the translation is not used."""
    target: str
    state: TranslationState = TranslationState.TRANSLATED


class Translation(Record, frozen=True, kw_only=True):
    """What a translator gave for a letter."""

    language: str
    """BCP 47."""
    reference: str
    """Of the letter."""
    texts: tuple[Translated, ...]


def same_language(one: str, other: str) -> bool:
    """Whether two tags are of one language, whatever the country."""
    return one.partition("-")[0].casefold() == other.partition("-")[0].casefold()


def free_texts(letter: Letter) -> Iterator[tuple[str, str]]:
    """Everything that a translator must render, with its address, in the order of the letter."""
    yield from ((address, text.text) for address, text in texts(letter) if text.free and text.text.strip())
    yield from ((address, words) for address, words in _words(letter) if words.strip())


def translate(letter: Letter, translation: Translation) -> tuple[Letter, frozenset[str]]:
    """The letter with the translated texts in place, and their addresses.

    What the letter no longer says as the translator saw it is left as it is.
    """
    now = dict(free_texts(letter))
    fitting = {done.address: done.target for done in translation.texts if now.get(done.address) == done.source}
    changed = _changed(letter, (), fitting, translation.language)
    return msgspec.convert(changed, Letter), frozenset(fitting)


def untranslated(letter: Letter, translation: Translation) -> tuple[str, ...]:
    """Addresses of what is still to be translated."""
    _, done = translate(letter, translation)
    return tuple(address for address, _ in free_texts(letter) if address not in done)


#: States in which somebody beside the translator stands for a text.
_STOOD_FOR = frozenset({TranslationState.REVIEWED, TranslationState.FINAL})


def doubtful(letter: Letter, translation: Translation) -> dict[str, OtherFigures]:
    """Texts whose translation has other figures than its source, by address, unless somebody has reviewed them."""
    now = dict(free_texts(letter))
    found = {
        done.address: other_figures(done.source, done.target)
        for done in translation.texts
        if now.get(done.address) == done.source and done.state not in _STOOD_FOR
    }
    return {address: figures for address, figures in found.items() if figures}


def _words(letter: Letter) -> Iterator[tuple[str, str]]:
    """Members that hold words and no name."""
    for name in ("requesting", "conducting", "court", "addressee"):
        party = getattr(letter, name)
        if isinstance(party, Party):
            yield pointer((name, "unit")), party.unit
            yield pointer((name, "rank")), party.rank
    for place, person in enumerate(letter.persons):
        yield pointer(("persons", place, "born")), person.born
        for number, paper in enumerate(person.identity):
            yield pointer(("persons", place, "identity", number)), paper
    for place, offence in enumerate(letter.offences):
        for number, provision in enumerate(offence.provisions):
            yield pointer(("offences", place, "provisions", number, "title")), provision.title


def _changed(value: object, path: tuple[str | int, ...], targets: Mapping[str, str], language: str) -> Any:
    if isinstance(value, Text):
        target = targets.get(pointer(path))
        replaced = value if target is None else msgspec.structs.replace(value, text=target, language=language)
        return msgspec.to_builtins(replaced)
    if isinstance(value, str):
        return targets.get(pointer(path), str(value))
    if isinstance(value, msgspec.Struct):
        members = value.__struct_fields__
        return {name: _changed(getattr(value, name), (*path, name), targets, language) for name in members}
    if isinstance(value, tuple):
        return [_changed(item, (*path, number), targets, language) for number, item in enumerate(value)]
    return msgspec.to_builtins(value)

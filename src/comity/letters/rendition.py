"""A letter text by text in another language: what a machine reads, where people read a page.

Fixed wording is said by the catalogue; what a person or the plan wrote is there as a translator gave it, or as it was
written and marked so.
"""

from collections.abc import Iterator

from comity.letters.address import texts
from comity.letters.model import Letter
from comity.letters.model.record import Record
from comity.letters.saying import direction
from comity.letters.translation import Translation, free_texts, same_language, translate
from comity.letters.wording import Catalogue, catalogue


class Rendered(Record, frozen=True, kw_only=True):
    """One text."""

    address: str
    """JSON Pointer of the text in the letter."""
    text: str
    language: str
    """BCP 47, of `text`."""
    to_translate: bool = False
    """It stands in its original language still."""
    original: str = ""
    """Beside it, where that was asked for."""


class Rendition(Record, frozen=True, kw_only=True):
    """A whole letter in a language."""

    language: str
    """BCP 47."""
    direction: str
    """``rtl`` or ``ltr``."""
    original_language: str
    texts: tuple[Rendered, ...]
    """In the order of the letter."""


def rendition(
    letter: Letter, language: str, translation: Translation | None = None, *, beside: bool = False
) -> Rendition:
    """The letter in a language; LettersDataError where there is no wording in it."""
    words = catalogue(language)
    return Rendition(
        language=words.language,
        direction=direction(words.language),
        original_language=letter.language,
        texts=tuple(_rendered(letter, words, translation, beside=beside)),
    )


def _rendered(letter: Letter, words: Catalogue, translation: Translation | None, *, beside: bool) -> Iterator[Rendered]:
    said, done = translate(letter, translation) if translation is not None else (letter, frozenset[str]())
    now, free = dict(texts(said)), dict(free_texts(said))
    originals = dict(texts(letter))
    for address, original in originals.items():
        text = words.phrase(now[address])
        written = words.language if not original.free or address in done else original.language
        yield _one(address, text, written, words, original.text if beside else "")
    for address, original_words in free_texts(letter):
        if address not in originals:
            written = words.language if address in done else letter.language
            yield _one(address, free.get(address, ""), written, words, original_words if beside else "")


def _one(address: str, text: str, language: str, words: Catalogue, original: str) -> Rendered:
    open_still = bool(text.strip()) and not same_language(language, words.language)
    return Rendered(address=address, text=text, language=language, to_translate=open_still, original=original)

"""The units of a letter's file: each text with its place, what to render and what only to read."""

from collections.abc import Iterator
from dataclasses import dataclass

from comity.letters.address import texts
from comity.letters.model import Letter
from comity.letters.translation import free_texts, same_language
from comity.letters.wording import Catalogue
from comity.letters.xliff.markup import Piece, exact_values, pieces


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One text of the letter."""

    id: str
    """Unique in the file, an XML name token."""
    address: str
    """JSON Pointer into the letter."""
    field: str
    """Where it stands, in words of the letter's language: what the translator sees as a note."""
    source: tuple[Piece, ...]
    fixed: str = ""
    """Fixed wording in the other language, to be read only; empty: to be translated."""

    @property
    def free(self) -> bool:
        """Whether a translator must render it."""
        return not self.fixed


def units(letter: Letter, here: Catalogue, there: Catalogue) -> tuple[Unit, ...]:
    """Every text of a letter in its order, for a translator from one language into another.

    What is written in the other language already is left out.
    """
    values = exact_values(letter)
    return tuple(
        Unit(
            id=f"u{number}",
            address=address,
            field=_field(address, here),
            source=pieces(source, values) if not fixed else (source,),
            fixed=fixed,
        )
        for number, (address, source, fixed) in enumerate(_texts(letter, here, there), start=1)
    )


def _texts(letter: Letter, here: Catalogue, there: Catalogue) -> Iterator[tuple[str, str, str]]:
    """Address, source and, for fixed wording, the words in the other language."""
    known = dict(texts(letter))
    for address, text in known.items():
        if not text.free:
            yield address, here.phrase(text), there.phrase(text)
        elif text.text.strip() and not same_language(text.language, there.language):
            yield address, text.text, ""
    for address, source in free_texts(letter):
        if address not in known:
            yield address, source, ""


def _field(address: str, words: Catalogue) -> str:
    name = address.split("/")[1]
    return words.entries.get(f"field.{name}", "")

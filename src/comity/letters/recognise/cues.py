"""Words by which the parts of a letter are known: ``data/cues.toml``, as patterns."""

import re
import unicodedata
from functools import lru_cache

from comity.law import Measure
from comity.letters.model import Kind
from comity.letters.tables import Row, read_table

_LATIN = re.compile(r"[a-z]", re.IGNORECASE)
_LETTERED = re.compile("[a-z\u0400-\u04ff]", re.IGNORECASE)
"""Scripts whose words stand alone, with nothing written on to their beginning."""


_APART = r"[^.;:。।]{0,60}?"
"""What may stand between a verb and its object."""


class Cues(Row, frozen=True, kw_only=True):
    """The table."""

    label: dict[str, tuple[str, ...]]
    phrase: dict[str, tuple[str, ...]]
    section: dict[str, tuple[str, ...]]
    kind: dict[Kind, tuple[str, ...]]
    measure: dict[Measure, tuple[str, ...]]
    verb: dict[Measure, tuple[str, ...]]
    offence: dict[str, tuple[str, ...]]
    instrument: dict[str, tuple[str, ...]]

    def kind_words(self, kind: str) -> tuple[str, ...]:
        """Words for a kind of letter."""
        return self.kind.get(Kind(kind), ())


@lru_cache(maxsize=1)
def cues() -> Cues:
    """The table, read once."""
    return read_table("cues.toml", Cues)


def folded(text: str) -> str:
    """A text for comparison: one width, one case, plain digits, no ё; as long as it was after NFKC."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(_digit(character) for character in plain).casefold().replace("ё", "е")


def _digit(character: str) -> str:
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)


@lru_cache(maxsize=256)
def phrase(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for any of some phrases in a folded text, the longest first."""
    return re.compile("|".join(_bounded(folded(word)) for word in sorted(words, key=len, reverse=True)))


@lru_cache(maxsize=64)
def label(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for a folded line that begins with a label; group 1 is what follows it.

    A short label needs a colon, a number sign or the end of the line: ``to`` begins many sentences.
    """
    named = "|".join(re.escape(folded(word)) for word in sorted(words, key=len, reverse=True))
    alone = [word for word in words if (" " in word and len(word) > 9) or word.endswith(("№", "n°"))]
    phrases = [re.escape(folded(word)) for word in sorted(alone, key=len, reverse=True)]
    mark = r"\s*(?:\((?:s|en|in|e)\))?\s*\.?\s*(?:(?:n\.?[o°º]|nr|№|#)(?!\w)\.?\s*[:：]?|[:：]|[-–—]\s|$)\s*"
    loose = f"|(?:{'|'.join(phrases)})(?!\\w)\\s*[:：.]?\\s*" if phrases else ""
    return re.compile(rf"^[\W_]{{0,4}}(?:(?:{named}){mark}{loose})(.*)$")


@lru_cache(maxsize=64)
def heading(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for a folded line that is a heading: one of some words, perhaps numbered, and little else."""
    named = "|".join(re.escape(folded(word)) for word in sorted(words, key=len, reverse=True))
    return re.compile(
        rf"^\W{{0,3}}(?:(?:[0-9]{{1,2}}|[ivx]{{1,5}}|[a-h])[.):、]\s*|[一二三四五六七八九十]{{1,3}}、)?(?:{named})\W{{0,3}}$"
    )


@lru_cache(maxsize=64)
def opening(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for a folded line that begins with a heading and a colon, and goes on; group 1 is what follows."""
    named = "|".join(re.escape(folded(word)) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"^\W{{0,3}}(?:(?:[0-9]{{1,2}}|[ivx]{{1,5}}|[a-h])[.):、]\s*)?(?:{named})\s*[:：]\s*(\S.*)$")


@lru_cache(maxsize=64)
def started(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for a line, as it stands, that begins with a heading and goes on with a sentence of its own."""
    named = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?=[A-ZÀ-ÞА-Я])(?i:{named})\s+(?=[A-Z0-9(À-ÞА-Я])")


@lru_cache(maxsize=128)
def verbal(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for any of some verbs with their objects (``a + b``), within one sentence."""
    return re.compile("|".join(_APART.join(_bounded(folded(part)) for part in word.split(" + ")) for word in words))


def _bounded(word: str) -> str:
    """A word as a pattern: whole where its script parts words, with what may go on marked by ``*``."""
    bare = word.strip("*")
    lettered = _LETTERED.match(bare[0]) is not None or (bare[0].isalpha() and bare[0] < "\u0530")
    before = r"(?<!\w)" if lettered and not word.startswith("*") else ""
    after = r"(?!\w)" if _LATIN.search(bare) is not None and not word.endswith("*") else ""
    return before + re.escape(bare) + after

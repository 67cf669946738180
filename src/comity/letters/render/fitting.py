"""Fits texts to the fonts there are: what no font can show is shown by its code, never as a blank."""

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from comity.letters.render.fonts import Font, FontShelf, MissingFont, bundled
from comity.letters.render.visible import code_of, visible

_ASCII = re.compile("[ -~]*")
#: Shape the letters beside them and have no shape themselves; every font does without a glyph for them.
_SHAPERS = frozenset("\u200c\u200d\u200e\u200f")
#: Ask for a coloured or a plain picture of the character before; a letter is printed, and they are left out.
_VARIANTS = frozenset(chr(code) for code in range(0xFE00, 0xFE10))


@dataclass(kw_only=True)
class Fitting:
    """Collects, text by text, which fonts a letter needs."""

    shelf: FontShelf
    language: str
    families: dict[str, Path | None] = field(default_factory=dict)
    """Fonts needed beside the bundled, with the folders of their files."""
    missing: dict[str, MissingFont] = field(default_factory=dict)
    """Fonts that this machine lacks, by script: letters of these scripts are shown by their codes."""
    _known: dict[str, str] = field(default_factory=dict)

    def fitted(self, text: str) -> str:
        """A text as it can be set: in one line, with a code for what cannot be seen or shown."""
        flat = visible(text)
        if _ASCII.fullmatch(flat):
            return flat
        return "".join(self._cluster(cluster) for cluster in _clusters(flat))

    def _cluster(self, cluster: str) -> str:
        known = self._known.get(cluster)
        if known is None:
            known = self._known[cluster] = self._fit(cluster)
        return known

    def _fit(self, cluster: str) -> str:
        bare = "".join(character for character in cluster if character not in _SHAPERS)
        for form in dict.fromkeys((bare, unicodedata.normalize("NFC", bare))):
            font = self._one_font(form)
            if font is not None:
                self._use(font)
                return cluster
        if len(bare) < 2:
            return self._code(bare) if bare else cluster
        # No single font has the letter with all its marks: each mark is named after it.
        return self._fit(bare[0]) + "".join(self._code(mark) for mark in bare[1:])

    def _code(self, character: str) -> str:
        missing = self.shelf.missing_for(character)
        if missing is not None:
            self.missing[missing.script] = missing
        return code_of(character)

    def _one_font(self, characters: str) -> Font | None:
        if not characters:
            return bundled()[0]
        offered = [self.shelf.fonts_for(character, self.language) for character in characters]
        return next((font for font in offered[0] if all(font in fonts for fonts in offered[1:])), None)

    def _use(self, font: Font) -> None:
        if font.folder is not None:
            self.families[font.family] = font.folder


def _clusters(text: str) -> list[str]:
    """The text in letters, each with the marks and joiners that belong to it."""
    found: list[str] = []
    for character in text:
        if character in _VARIANTS:
            continue
        if found and (character in _SHAPERS or unicodedata.category(character)[0] == "M"):
            found[-1] += character
        else:
            found.append(character)
    return found

"""Fonts for PDF files: those inside the Typst compiler, and Noto's for the scripts that they lack.

Latin, Greek and Cyrillic letters look the same on every machine, with nothing to install. Other scripts take the Noto
fonts of the machine; where they are missing, a finding names Debian's package, because a blank would be a lie.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from comity.letters.render.characters import Characters, characters_of, parse_ranges
from comity.letters.tables import Row, read_table

FOLDERS = (
    Path("/usr/share/fonts/truetype/noto"),
    Path("/usr/share/fonts/opentype/noto"),
    Path("/usr/share/fonts/noto"),
    Path("/usr/share/fonts/noto-cjk"),
    Path("/usr/local/share/fonts"),
    Path("/Library/Fonts"),
)
"""Where Noto's fonts usually are."""
_HAN = "Noto Serif CJK"
_HAN_STYLES = {"ja": "JP", "ko": "KR", "zh-hant": "TC", "zh-tw": "TC", "zh-hk": "HK"}


class Bundled(Row, frozen=True, kw_only=True):
    """A font inside the compiler."""

    family: str
    characters: str


class Installed(Row, frozen=True, kw_only=True):
    """A font that must be on the machine."""

    family: str
    file: str
    package: str
    script: str
    blocks: str
    signs: bool = False


class _BundledTable(Row, frozen=True, kw_only=True):
    font: tuple[Bundled, ...]


class _InstalledTable(Row, frozen=True, kw_only=True):
    font: tuple[Installed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Font:
    """A font that may be used."""

    family: str
    characters: Characters
    """What it shows."""
    folder: Path | None = None
    """Where its file is; None: inside the compiler."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingFont:
    """A script in the letter for which this machine has no font."""

    script: str
    package: str
    """Debian's, which brings the font."""
    file: str

    def __str__(self) -> str:
        return (
            f"the letter holds {self.script} text and this machine has no font for it ({self.file}); install Debian's"
            f" package {self.package}, or name a folder that holds the file with --fonts"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A font of the table, and the blocks that it is for."""

    row: Installed
    blocks: Characters


@lru_cache(maxsize=1)
def bundled() -> tuple[Font, ...]:
    """The fonts inside the compiler, the one for running text first."""
    rows = read_table("fonts/bundled.toml", _BundledTable).font
    return tuple(Font(family=row.family, characters=parse_ranges(row.characters)) for row in rows)


@lru_cache(maxsize=1)
def wanted() -> tuple[Wanted, ...]:
    """The fonts that other scripts take, in order."""
    rows = read_table("fonts/installed.toml", _InstalledTable).font
    return tuple(Wanted(row=row, blocks=parse_ranges(row.blocks)) for row in rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class FontShelf:
    """The fonts of a machine, looked up as they are needed."""

    folders: tuple[Path, ...] = FOLDERS

    def fonts_for(self, character: str, language: str = "") -> tuple[Font, ...]:
        """Every font that shows a character, the best first; none: there is no font for it on this machine."""
        found = [font for font in bundled() if character in font.characters]
        for want in wanted():
            font = self._installed(want.row, language) if character in want.blocks else None
            if font is not None and character in font.characters:
                found.append(font)
        return tuple(found)

    def missing_for(self, character: str) -> MissingFont | None:
        """The font that would show a character, where this machine lacks it; None too for signs of no script."""
        rows = (want.row for want in wanted() if character in want.blocks)
        row = next((row for row in rows if _find(row.file, self.folders) is None), None)
        if row is None or row.signs:
            return None
        return MissingFont(script=row.script, package=row.package, file=row.file)

    def _installed(self, row: Installed, language: str) -> Font | None:
        path = _find(row.file, self.folders)
        if path is None:
            return None
        family = f"{_HAN} {_han_style(language)}" if row.family == _HAN else row.family
        return Font(family=family, characters=characters_of(path), folder=path.parent)


@lru_cache(maxsize=256)
def _find(file: str, folders: tuple[Path, ...]) -> Path | None:
    for folder in folders:
        if (folder / file).is_file():
            return folder / file
    return next((path for folder in folders if folder.is_dir() for path in sorted(folder.rglob(file))), None)


def _han_style(language: str) -> str:
    """Which of the national styles of Chinese characters a language takes."""
    tag = language.casefold()
    return next((style for known, style in _HAN_STYLES.items() if tag == known or tag.startswith(f"{known}-")), "SC")

"""One line of a hash list: GNU and BSD forms, hashdeep, CSV with a header, NSRL, and digits alone.

Sources: GNU coreutils manual (md5sum); FreeBSD md5(1); hashdeep(1), file format; NIST NSRL, "RDS Data Formats".
"""

import csv
import re
from dataclasses import dataclass, field

_HEX = re.compile(r"[0-9a-fA-F]+")
_GNU = re.compile(r"(\\?)([0-9a-fA-F]{32,128}) [ *](.+)")
_BSD = re.compile(r"(\\?)(MD5|SHA-?1|SHA2?-?256|SHA2?-?512|SHA-?224|SHA2?-?384) ?\((.+)\) ?= ?([0-9a-fA-F]{32,128})")
BY_DIGITS = {32: "md5", 40: "sha1", 64: "sha256", 128: "sha512"}
"""Length in hexadecimal digits to the algorithm that is meant where none is named."""
_COLUMNS = {
    "md5": "md5",
    "md5hash": "md5",
    "sha1": "sha1",
    "sha1hash": "sha1",
    "sha256": "sha256",
    "sha256hash": "sha256",
    "sha512": "sha512",
    "sha2256": "sha256",
}
_NAMES = ("filename", "file", "name", "path", "filepath")
_CATEGORIES = ("category", "specialcode", "status")
DIGESTS = frozenset(("md5", "sha1", "sha256", "sha512"))


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry of a hash list."""

    digests: tuple[tuple[str, str], ...]
    """Pairs of an algorithm and lower-case hexadecimal digits."""
    name: str = ""
    category: str = ""


@dataclass(slots=True)
class LineReader:
    """Reads lines of a list, whose form its first lines tell."""

    kind: str = ""
    """``hashdeep``, ``nsrl``, ``csv``, ``gnu``, ``bsd``, ``digits``; empty: not known yet."""
    unread: int = 0
    """Lines that were neither an entry nor a comment."""
    _columns: list[str] = field(default_factory=list)

    def take(self, line: str) -> Listed | None:
        """The entry of a line; None where it has none."""
        text = line.strip("\r\n\ufeff")
        if not text.strip() or self._header(text):
            return None
        entry = self._columned(text) if self._columns else self._gnu(text) or self._bsd(text) or self._digits(text)
        if entry is None and not text.startswith(("#", ";", "//")):
            self.unread += 1
        return entry

    def _header(self, text: str) -> bool:
        if text.startswith("%%%% HASHDEEP-"):
            self.kind = "hashdeep"
            return True
        if text.startswith("%%%% "):
            self._columns = [_plain(name) for name in text[5:].split(",")]
            return True
        if text.startswith("#") and self.kind in ("hashdeep", ""):
            return True
        if not self.kind and "," in text:
            columns = [_plain(name) for name in _fields(text)]
            if any(name in _COLUMNS for name in columns):
                self.kind = "nsrl" if {"crc32", "productcode"} <= set(columns) else "csv"
                self._columns = columns
                return True
        return False

    def _columned(self, text: str) -> Listed | None:
        values = text.split(",", len(self._columns) - 1) if self.kind == "hashdeep" else _fields(text)
        digests, name, category = [], "", ""
        for column, value in zip(self._columns, values, strict=False):
            if column in _COLUMNS:
                if pair := _pair(_COLUMNS[column], value):
                    digests.append(pair)
            elif column in _NAMES:
                name = value
            elif column in _CATEGORIES:
                category = value
        return Listed(tuple(digests), name, category) if digests else None

    def _gnu(self, text: str) -> Listed | None:
        match = _GNU.fullmatch(text)
        if match is None or len(match.group(2)) not in BY_DIGITS:
            return None
        self.kind = self.kind or "gnu"
        return _entry(BY_DIGITS[len(match.group(2))], match.group(2), match.group(3), escaped=bool(match.group(1)))

    def _bsd(self, text: str) -> Listed | None:
        match = _BSD.fullmatch(text)
        if match is None:
            return None
        self.kind = self.kind or "bsd"
        algorithm = match.group(2).replace("-", "").replace("SHA2256", "SHA256").replace("SHA2512", "SHA512").lower()
        if _pair(algorithm, match.group(4)) is None:
            return None
        return _entry(algorithm, match.group(4), match.group(3), escaped=bool(match.group(1)))

    def _digits(self, text: str) -> Listed | None:
        value = text.strip().strip('"').removeprefix("0x")
        algorithm = BY_DIGITS.get(len(value))
        pair = _pair(algorithm, value) if algorithm else None
        if pair is None:
            return None
        self.kind = self.kind or "digits"
        return Listed((pair,))


def _fields(text: str) -> list[str]:
    """The fields of a line of CSV; none where it cannot be read as such."""
    try:
        return next(csv.reader([text]), [])
    except csv.Error:
        return []


def _pair(algorithm: str, value: str) -> tuple[str, str] | None:
    """An algorithm with its digits; None where they are not as many as it has."""
    text = value.strip().lower()
    wanted = next((length for length, name in BY_DIGITS.items() if name == algorithm), 0)
    return (algorithm, text) if len(text) == wanted and _HEX.fullmatch(text) else None


def _entry(algorithm: str, value: str, name: str, *, escaped: bool) -> Listed:
    if escaped:
        name = re.sub(r"\\([\\nr])", lambda match: {"\\": "\\", "n": "\n", "r": "\r"}[match.group(1)], name)
    return Listed(((algorithm, value.lower()),), name)


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())

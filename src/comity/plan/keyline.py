"""On which line of a TOML text a key stands: the parser does not say, and a person must find it."""

import re

Path = tuple[str | int, ...]

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"""^\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=\s*(.*)$""")
_QUOTES = ('"""', "'''")


def line_of(text: str, path: Path) -> int:
    """The line, from 1, of the key at a path, or of the nearest table around it; 0: of neither."""
    table: Path = ()
    counts: dict[Path, int] = {}
    best = (0, 0)
    closing = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if closing:
            closing = "" if closing in line else closing
            continue
        if header := _HEADER.match(line):
            table = _table(header, counts)
            best = _better(best, table, path, number)
        elif key := _KEY.match(line):
            best = _better(best, table + _names(key[1]), path, number)
            closing = _opened(key[2])
    return best[1]


def _names(dotted: str) -> Path:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def _table(header: re.Match[str], counts: dict[Path, int]) -> Path:
    names = _names(header[2])
    if header[1] == "[[":
        counts[names] = counts.get(names, -1) + 1
    if names in counts:
        return (*names, counts[names])
    parent = names[:-1]
    return (*parent, counts[parent], names[-1]) if parent in counts else names


def _better(best: tuple[int, int], found: Path, path: Path, number: int) -> tuple[int, int]:
    depth = len(found)
    return (depth, number) if found == path[:depth] and depth > best[0] else best


def _opened(value: str) -> str:
    """The quotes that a value opens and does not close on its line."""
    return next((q for q in _QUOTES if value.startswith(q) and q not in value[3:]), "")

"""Web addresses within a link: the targets of redirectors, click counters, archives and link protection.

Known forms: the target as a query's value or at the end of the path, plain or percent-encoded once or twice; base64
(``u=a1aHR0c…``); Proofpoint's ``https-3A__host_path`` and ``__https://…__;``.
"""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

_HEAD = re.compile(
    r"https?(?:(?P<plain>://)|(?P<once>%3a(?:%2f|/){2})|(?P<twice>%253a(?:%252f){2})|(?P<dashes>-3A__))"
    r"|(?<![A-Za-z0-9+/_-])(?:a1)?(?P<base64>aHR0c(?:HM6Ly|DovL)[A-Za-z0-9+/_-]{4,4000})",
    re.IGNORECASE,
)
_QUERY_VALUE = re.compile(r"[^&#\s\"'<>]*")
_PATH_PIECE = re.compile(r"[^/?&#\s\"'<>]*")
_TO_THE_END = re.compile(r"[^\s\"'<>]*?(?=__;|[\s\"'<>]|$)")
_DEPTH = 3
_MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrapped:
    """One web address within another."""

    start: int
    end: int
    target: str
    """Decoded."""
    is_plain: bool
    """Stands there as it is, so that places in it are places in the outer address."""


def find_wrapped(url: str, after: int) -> Iterator[Wrapped]:
    """The web addresses in `url` from the character `after` on: behind its host."""
    position = after
    for _ in range(_MOST):
        match = _HEAD.search(url, position)
        if match is None:
            return
        found = _read(url, match)
        position = max(found.end, match.end())
        if found.target:
            yield found


def unwrap(url: str, *, depth: int = _DEPTH) -> tuple[str, ...]:
    """All web addresses within a web address, outer ones first."""
    start = url.find("://") + 3
    found: list[str] = []
    if start < 3 or not depth:
        return ()
    for wrapped in find_wrapped(url, start):
        found += (wrapped.target, *unwrap(wrapped.target, depth=depth - 1))
    return tuple(dict.fromkeys(found))


def _read(url: str, match: re.Match[str]) -> Wrapped:
    start = match.start()
    form = match.lastgroup
    if form == "base64":
        return Wrapped(start=start, end=match.end(), target=_from_base64(match["base64"]), is_plain=False)
    extent = _extent(url, start, is_plain=form == "plain").match(url, start)
    assert extent is not None  # all of them match nothing, too
    written = extent[0].rstrip(".,;")
    if form == "once":
        target = unquote(written, errors="replace")
    elif form == "twice":
        target = unquote(unquote(written, errors="replace"), errors="replace")
    elif form == "dashes":
        target = unquote(written.replace("_", "/").replace("-", "%"), errors="replace")
    else:
        target = written
    return Wrapped(start=start, end=start + len(written), target=target.strip(), is_plain=form == "plain")


def _extent(url: str, start: int, *, is_plain: bool) -> re.Pattern[str]:
    """How far a target reaches: a query's value to its end, one in the path to the end of the piece or of all."""
    if "?" in url[:start] or "#" in url[:start]:
        return _QUERY_VALUE
    return _TO_THE_END if is_plain else _PATH_PIECE


def _from_base64(text: str) -> str:
    """The address that base64 of either alphabet spells; empty: none."""
    packed = text.replace("-", "+").replace("_", "/")
    packed = packed[: len(packed) - (len(packed) % 4 == 1)]
    try:
        decoded = binascii.a2b_base64(packed + "=" * (-len(packed) % 4)).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return ""
    target = decoded.split()[0] if decoded.split() else ""
    return target if target.isprintable() and target.startswith("http") else ""

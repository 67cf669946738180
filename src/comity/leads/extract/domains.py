"""Bare domain names and dotted quads in running text: the one pass over everything that has a dot in it."""

import re
from collections.abc import Iterator
from functools import lru_cache

from comity.leads.extract.addresses import ipv4_at
from comity.leads.extract.hosts import Host, read_domain, read_ipv4
from comity.leads.extract.sighting import Sighting
from comity.leads.extract.urls import MAX_URL_CHARS, url_sightings
from comity.leads.model import ObservableKind

_DOTTED_ASCII = re.compile(r"(?<![A-Za-z0-9_.@-])[A-Za-z0-9_-]{1,63}+(?:\.[A-Za-z0-9_-]{1,63}+)++")
_DOTTED = re.compile(r"(?<![\w.@-])[\w-]{1,63}+(?:\.[\w-]{1,63}+)++")
_NUMERIC = re.compile(r"[\d.]+(?:-[\d.]+)?")
_REVERSE = re.compile(r"(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.in-addr\.arpa\.?", re.IGNORECASE)
_VERSIONED = re.compile(r".*(?:[_-]v?|\bv)\d{1,4}(?:\.\d{1,8})+")
"""The name of a file up to its ending that closes with a version: ``kit_v3.1.0.4``."""
_ESCAPE = re.compile(r"[0-9A-Fa-f]{2}")
_PATH_AFTER = re.compile(r"(?::\d{2,5})?/[^\s<>\"'`|\\^{}\[\]]*")

FILE_TYPES = frozenset("zip mov py sh md rs ps so pm am tf cab as bz app do cc pl vi la mm java st".split())
"""Top-level domains that are better known as ends of file names."""
_FILE_ONLY = frozenset("zip mov py sh md rs ps so pm am tf cab as bz".split())
"""Of these, a bare name of two labels is taken for a file."""
_FILE_STEMS = frozenset(
    "tar index main test setup script login install config default readme update run home view form upload "
    "cgi app".split()
)
_CODE_TYPES = frozenset(
    "name id date open post call link click map style foo bar box zone data host is in to do it page search "
    "video select "
    "support report group now java save next top live stream cat direct network services systems "
    "email events it".split()
)
"""Top-level domains that are also attributes and methods in program text."""
_CODE_OBJECTS = frozenset(
    "this self window document event e el elem element item obj object node data user math json console system "
    "request "
    "response req res ctx context app module args params options props state row col config i j x y a b c s t the it "
    "location screen navigator history session form input value key result err error file os sys "
    "re np pd plt df".split()
)
_SENTENCE_TYPES = frozenset(
    "it is in to so me at be do no my us as am pm if or we he an go by on of here now how one he any able click call "
    "please what there this that contact for the help support care".split()
)
"""Top-level domains that are also the first word of a sentence, whose full stop lost its space."""
_LEGACY = frozenset("com net org edu gov mil int info biz".split())


def find_dotted(text: str) -> Iterator[Sighting]:
    """Bare domain names, dotted quads, and URLs that were written without their scheme."""
    pattern = _DOTTED_ASCII if text.isascii() else _DOTTED
    for match in pattern.finditer(text):
        raw = match.group()
        if raw[0].isdigit() and _NUMERIC.fullmatch(raw):
            dots = raw.count(".")
            if dots == 6 or (dots == 3 and read_ipv4(raw)):
                yield from ipv4_at(text, match.start(), match.end())
        elif raw[-1].isdigit() and "xn--" not in raw.rpartition(".")[2].lower():
            continue
        else:
            yield from _name_at(text, match.start(), match.end())


def _name_at(text: str, start: int, end: int) -> Iterator[Sighting]:
    raw = text[start:end]
    reverse = _REVERSE.fullmatch(raw)
    if reverse:
        value = ".".join(reversed(reverse.groups()))
        yield Sighting(ObservableKind.IPV4, value, start, end, "", ("reverse-dns",))
        return
    escape = 2 if text[start - 1 : start] == "%" and _ESCAPE.match(raw) else 0
    trimmed = raw[escape:].strip("-_")
    start += raw.index(trimmed, escape) if trimmed else 0
    host = bare_domain(trimmed)
    if host is None or not _stands_free(text, start, start + len(trimmed), host):
        return
    end = start + len(trimmed)
    yield Sighting(host.kind, host.value, start, end, host.shown, host.tags)
    yield from _schemeless_url(text, start, end)


def _schemeless_url(text: str, start: int, end: int) -> Iterator[Sighting]:
    """``bit.ly/3abc`` as the URL that a browser makes of it, tagged ``scheme-assumed``."""
    path = _PATH_AFTER.match(text, end, end + MAX_URL_CHARS)
    if path is None:
        return
    stop = path.end()
    while stop > end and text[stop - 1] in ".,;:!?'\")*":
        stop -= 1
    if stop - end < 2:
        return
    for seen in url_sightings("http://" + text[start:stop], start=start - 7, extra=("scheme-assumed",)):
        if seen.start == start - 7:
            yield seen.moved(start=start, end=stop)
        elif seen.start > start:
            yield seen


def _stands_free(text: str, start: int, end: int, host: Host) -> bool:
    """False for what is a path's or a program's part and no name."""
    before = text[start - 1 : start]
    after = text[end : end + 1]
    if before in ("/", "\\") and text[start - 2 : start] != "//" and text[start - 3 : start] != ":\\\\":
        return False
    if before == "$" or after == "@":
        return False
    unusual = host.value.rpartition(".")[2] not in _LEGACY
    return not (unusual and (after in ("(", "=", "[") or text[end : end + 2].strip()[:1] == "{") and before != "[")


@lru_cache(maxsize=65_536)
def bare_domain(raw: str) -> Host | None:
    """The domain that a bare name in prose is; None: it is rather a file, code, an abbreviation, or no name at all."""
    labels = raw.split(".")
    top = labels[-1]
    lowered = [label.lower() for label in labels]
    if _is_sentence_end(labels) or _is_code(lowered) or _is_file(lowered):
        return None
    if len(labels) == 2 and not _is_telling(labels, top.lower()):
        return None
    return read_domain(raw)


def _is_telling(labels: list[str], top: str) -> bool:
    """Whether a name of two labels is more than an initial or a number with a unit."""
    first = labels[0]
    if first.isdigit() and top not in _LEGACY and len(first) < 3:
        return False
    if len(first) > 1:
        return True
    return first.islower() and top in {"com", "co", "me", "gl", "ly", "org", "net", "cn", "ru", "de"}


def _is_sentence_end(labels: list[str]) -> bool:
    top = labels[-1]
    if len(labels) > 2 and all(len(label) == 1 for label in labels[:-1]):
        return True
    capitalised = top[:1].isupper() and top[1:].islower() and len(top) > 1
    if not capitalised:
        return False
    if top.lower() in _SENTENCE_TYPES:
        return True
    return top.lower() not in _LEGACY and not labels[-2][:1].isupper()


def _is_code(labels: list[str]) -> bool:
    top = labels[-1]
    if labels[0] in _LEGACY and len(labels) > 2 and top not in _LEGACY and len(top) > 2:
        return True  # com.example.app: a package name
    return top in _CODE_TYPES and labels[0] in _CODE_OBJECTS


def _is_file(labels: list[str]) -> bool:
    top = labels[-1]
    if top not in FILE_TYPES or labels[0] == "www":
        return False
    if top in _FILE_ONLY and (len(labels) == 2 or _VERSIONED.fullmatch(".".join(labels[:-1]))):
        return True
    return labels[-2] in _FILE_STEMS or labels[-2] in FILE_TYPES

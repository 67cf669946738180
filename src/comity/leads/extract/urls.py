"""URLs and their hosts, as a browser would read them."""

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import unquote

import msgspec

from comity.leads.extract.hosts import Host, read_url_host
from comity.leads.extract.sighting import Sighting
from comity.leads.extract.wrapped import find_wrapped
from comity.leads.model import ObservableKind

MAX_URL_CHARS = 8_192
"""A longer one is cut here and tagged ``truncated``."""

_SCHEME_BEFORE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,20}$")
_REST = re.compile(r"""[^\s<>"`\x00-\x1f，。；：！？」』）】》„“”«»]+""")
_NEXT_URL = re.compile(r"[,;|](?=https?://)", re.IGNORECASE)
_CLOSERS = {")": "(", "]": "[", "}": "{"}
_TRAILING = ".,;:!?'*_~|\\"
_DEFAULT_PORTS = {"http": "80", "https": "443", "ftp": "21", "ws": "80", "wss": "443"}
_NETWORK_SCHEMES = frozenset(
    "http https ftp ftps sftp ws wss ssh telnet ldap ldaps smb rdp rtsp rtmp irc ircs gopher tcp udp git svn "
    "vnc".split()
)
_NESTED_DEPTH = 3


class Url(msgspec.Struct, frozen=True):
    """A URL, read; the host may be a name that no registry knows, and is then None."""

    value: str
    host: Host | None
    host_at: int
    """Where the host starts in the text read."""
    host_end: int
    tags: tuple[str, ...]


@lru_cache(maxsize=32_768)
def read_url(raw: str) -> Url | None:
    """The URL that a text spells (scheme included); None: it has no authority that could be one."""
    scheme, _, rest = raw.partition("://")
    scheme = scheme.lower()
    slashed = rest.replace("\\", "/") if scheme in _DEFAULT_PORTS else rest
    end = min((at for at in map(slashed.find, "/?#") if at >= 0), default=len(slashed))
    authority, tail = slashed[:end], rest[end:]
    userinfo, at_sign, host_port = authority.rpartition("@")
    host_text, port = _split_port(host_port)
    decoded = unquote(host_text)
    host = read_url_host(decoded)
    if not _is_plausible(scheme, host, decoded):
        return None
    tags = list(host.tags if host else ())
    if at_sign:
        tags.append("userinfo")
    if decoded != host_text and "encoded-host" not in tags:
        tags.append("encoded-host")
    spelled = decoded.lower() if host is None else f"[{host.value}]" if ":" in host.value else host.value
    spelled_port = f":{port}" if port and port != _DEFAULT_PORTS.get(scheme) else ""
    host_at = len(scheme) + 3 + len(userinfo) + len(at_sign)
    value = f"{scheme}://{userinfo}{at_sign}{spelled}{spelled_port}{tail or ('/' if scheme in _DEFAULT_PORTS else '')}"
    return Url(value, host, host_at, host_at + len(host_text), tuple(tags))


def _split_port(text: str) -> tuple[str, str]:
    if text.startswith("["):
        host, bracket, rest = text.partition("]")
        return host + bracket, rest.removeprefix(":")
    host, _, port = text.partition(":")
    return host, port


def _is_plausible(scheme: str, host: Host | None, spelled: str) -> bool:
    if host:
        return True
    return scheme in _NETWORK_SCHEMES and re.fullmatch(r"[\w-]+(?:\.[\w-]+)*", spelled) is not None


def find_urls(text: str) -> Iterator[Sighting]:
    """Every URL with a scheme, those nested in another (a redirector's target), and their hosts."""
    at = text.find("://")
    while at >= 0:
        scheme = _SCHEME_BEFORE.search(text, max(0, at - 22), at)
        rest = _REST.match(text, at + 3, at + 3 + MAX_URL_CHARS)
        if scheme and rest:
            start = _scheme_start(scheme.group(), scheme.start())
            end = _trim(text, at + 3, rest.end())
            truncated = rest.end() == at + 3 + MAX_URL_CHARS
            yield from url_sightings(text[start:end], start=start, extra=("truncated",) if truncated else ())
            at = text.find("://", end)
        else:
            at = text.find("://", at + 3)


def _scheme_start(scheme: str, start: int) -> int:
    """Skips what stands glued before a known scheme (``linkhttps``)."""
    lowered = scheme.lower()
    for known in ("https", "http", "ftp"):
        if lowered.endswith(known):
            return start + len(scheme) - len(known)
    return start


def _trim(text: str, start: int, end: int) -> int:
    """Where a URL really ends: before punctuation, an unbalanced bracket or the next URL of a list."""
    following = _NEXT_URL.search(text, start, end)
    if following:
        end = following.start()
    while end > start:
        last = text[end - 1]
        opener = _CLOSERS.get(last)
        if last in _TRAILING or (opener and text.count(opener, start, end) < text.count(last, start, end)):
            end -= 1
        else:
            break
    return end


def url_sightings(raw: str, *, start: int, extra: tuple[str, ...] = (), depth: int = 0) -> Iterator[Sighting]:
    """The URL, its host, and the URLs within it; a nested one is placed where the outer stands if it was encoded."""
    url = read_url(raw)
    if url is None:
        return
    yield Sighting(ObservableKind.URL, url.value, start, start + len(raw), "", url.tags + extra)
    if url.host:
        host = url.host
        yield Sighting(host.kind, host.value, start + url.host_at, start + url.host_end, host.shown, host.tags)
    if depth < _NESTED_DEPTH:
        yield from _nested(raw, url.host_end, start=start, depth=depth)


def _nested(raw: str, after: int, *, start: int, depth: int) -> Iterator[Sighting]:
    for wrapped in find_wrapped(raw, after):
        at = start + wrapped.start
        for seen in url_sightings(wrapped.target, start=at, extra=("nested",), depth=depth + 1):
            yield seen if wrapped.is_plain else seen.moved(start=at, end=start + wrapped.end)

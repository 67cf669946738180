"""Targets of links: cleaned as a browser cleans them, and the host that they really lead to (WHATWG URL 4)."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote

from comity.leads.mail.hosts import Host, read_address, read_name
from comity.leads.model import ObservableKind

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{0,30}):")
_NO_SPACE = re.compile(r"[\t\r\n\x00]+")
_EDGES = "".join(chr(code) for code in range(33)) + "\u00a0\u200b\ufeff"
_NUMBER = re.compile(r"0[xX][0-9a-fA-F]{0,8}|0[0-7]{0,11}|[1-9]\d{0,9}|0")
_WEB = frozenset({"http", "https", "ftp", "ftps", "ws", "wss"})
_DEFAULT_PORTS = {"http": ":80", "https": ":443", "ftp": ":21", "ws": ":80", "wss": ":443"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a link leads."""

    scheme: str
    """Lower-case; empty: relative."""
    url: str
    """Cleaned: no line breaks within, the host normalised, no default port, a slash where there is no path."""
    host: Host | None
    written: str = ""
    """As it stands there, without line breaks."""
    userinfo: str = ""
    """What stands before ``@`` in the authority: a way to show a false host."""
    disguised: bool = False
    """The host is a number in an unusual notation, or percent-encoded."""


def read_target(written: str) -> Target:
    """Read a link target as a browser would."""
    url = _NO_SPACE.sub("", written.strip(_EDGES))
    match = _SCHEME.match(url)
    scheme = match[1].lower() if match else ""
    if match is None and url[:2].replace("\\", "/") == "//":
        return _web("", url, url[2:])
    if scheme in _WEB and match is not None:
        return _web(scheme, url, url[match.end() :].lstrip("/\\"))
    return Target(scheme=scheme, url=url, host=None, written=url)


def mail_addresses(url: str) -> tuple[str, ...]:
    """The addresses of a ``mailto:`` target, those of its ``to``, ``cc`` and ``bcc`` fields too (RFC 6068)."""
    path, _, query = url[7:].partition("?")
    found = [unquote(part, errors="replace").strip() for part in path.split(",")]
    for name, value in parse_qsl(query[:10_000].replace("&amp;", "&"), errors="replace", max_num_fields=None):
        if name.lower() in {"to", "cc", "bcc"}:
            found += [part.strip() for part in value.split(",")]
    return tuple(address for address in found if "@" in address)


def _web(scheme: str, url: str, rest: str) -> Target:
    authority = re.split(r"[/\\?#\s<>\"']", rest, maxsplit=1)[0]
    tail = rest[len(authority) :]
    userinfo, at_sign, place = authority.rpartition("@")
    written, port = _split_port(place)
    plain = unquote(written, errors="replace") if "%" in written else written
    host = read_address(plain) if plain.startswith("[") or plain[:1].isdigit() else None
    number = None if host else _numeric_address(plain)
    host = host or number or _name(plain)
    if host is None:
        return Target(scheme=scheme, url=url, host=None, written=url, userinfo=userinfo)
    shown = f"[{host.value}]" if host.kind is ObservableKind.IPV6 else host.value
    port = "" if port == _DEFAULT_PORTS.get(scheme or "http") else port
    clean = f"{scheme}{':' if scheme else ''}//{userinfo}{at_sign}{shown}{port}{tail or '/'}"
    disguised = number is not None or "%" in written
    return Target(scheme=scheme, url=clean, host=host, written=url, userinfo=userinfo, disguised=disguised)


def _split_port(place: str) -> tuple[str, str]:
    match = re.search(r":\d{0,5}$", place)
    if match and not (place.startswith("[") and not place[: match.start()].endswith("]")):
        return place[: match.start()], match[0] if len(match[0]) > 1 else ""
    return place, ""


def _name(text: str) -> Host | None:
    name = read_name(text.strip())
    return Host(kind=ObservableKind.DOMAIN, value=name) if name else None


def _numeric_address(text: str) -> Host | None:
    """``http://3232235777/``, ``0x7f.1`` and their like, as WHATWG URL 3.5 reads them."""
    parts = text.rstrip(".").split(".")
    if not 1 <= len(parts) <= 4 or not all(_NUMBER.fullmatch(part) for part in parts):
        return None
    numbers = [_number(part) for part in parts]
    if any(number > 255 for number in numbers[:-1]) or numbers[-1] >= 256 ** (5 - len(numbers)):
        return None
    value = numbers[-1] + sum(number << (8 * (3 - index)) for index, number in enumerate(numbers[:-1]))
    return read_address(".".join(str((value >> shift) & 255) for shift in (24, 16, 8, 0)))


def _number(part: str) -> int:
    if part[:2].lower() == "0x":
        return int(part[2:] or "0", 16)
    return int(part, 8) if part.startswith("0") and len(part) > 1 else int(part)

"""What a host is: a domain name or an address, normalised."""

import re
from functools import lru_cache
from ipaddress import AddressValueError, IPv4Address, IPv6Address

import msgspec

from comity.leads.extract.suffixes import registrable
from comity.leads.model import ObservableKind

SPECIAL_USE = frozenset({"example", "onion"})
"""Top-level names of no registry that evidence still names (RFC 6761, RFC 7686)."""
_RESERVED = frozenset({"test", "invalid"})
"""Reserved names (RFC 2606) that are taken for names only where a host must stand."""
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_DOTS = re.compile("[\u3002\uff0e\uff61]")
_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")


class Host(msgspec.Struct, frozen=True):
    """A host, read."""

    kind: ObservableKind
    value: str
    shown: str = ""
    tags: tuple[str, ...] = ()


@lru_cache(maxsize=65_536)
def read_domain(raw: str, *, strict: bool = True) -> Host | None:
    """The domain name that a text spells; None: it has no public suffix, or is one.

    Internationalised names are given as A-labels, with the U-label form as `shown` (UTS 46). Unless `strict`, the
    reserved names of RFC 2606 count too.
    """
    name = _DOTS.sub(".", raw).rstrip(".").lower()
    if len(name) > 253 or "." not in name:
        return None
    ascii_name = name if name.isascii() else _a_label(name)
    labels = ascii_name.split(".")
    if not all(_LABEL.fullmatch(label) for label in labels) or "_" in labels[-1]:
        return None
    if not _is_registered(ascii_name, labels[-1], strict=strict):
        return None
    unicode_name = _u_label(ascii_name) if "xn--" in ascii_name else ascii_name
    if unicode_name == ascii_name:
        return Host(ObservableKind.DOMAIN, ascii_name)
    return Host(ObservableKind.DOMAIN, ascii_name, unicode_name, ("internationalised",))


def _is_registered(name: str, top: str, *, strict: bool) -> bool:
    if top in SPECIAL_USE or (top in _RESERVED and not strict):
        return True
    own = registrable(name)
    return bool(own) and "_" not in own


def _a_label(name: str) -> str:
    import idna  # 8 ms: only for internationalised names

    try:
        return idna.encode(name, uts46=True, transitional=False).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        return _plain_punycode(name)


def _plain_punycode(name: str) -> str:
    """Names that IDNA 2008 forbids and criminals register all the same (emoji)."""
    labels = [
        label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii") for label in name.split(".")
    ]
    return ".".join(labels)


def _u_label(name: str) -> str:
    labels = []
    for label in name.split("."):
        try:
            labels.append(label[4:].encode("ascii").decode("punycode") if label.startswith("xn--") else label)
        except (ValueError, OverflowError):
            labels.append(label)
    return ".".join(labels)


@lru_cache(maxsize=65_536)
def read_ipv4(raw: str) -> Host | None:
    """The IPv4 address that a dotted quad spells; leading zeros are refused (RFC 6943 section 3.1.1)."""
    try:
        return Host(ObservableKind.IPV4, str(IPv4Address(raw)))
    except AddressValueError:
        return None


@lru_cache(maxsize=65_536)
def read_ipv6(raw: str) -> Host | None:
    """The IPv6 address that a text spells, compressed (RFC 5952), without its zone; a mapped IPv4 address as IPv4."""
    try:
        address = IPv6Address(raw.partition("%")[0])
    except AddressValueError:
        return None
    if address.ipv4_mapped:
        return Host(ObservableKind.IPV4, str(address.ipv4_mapped), "", ("ipv4-mapped",))
    return Host(ObservableKind.IPV6, address.compressed)


def read_url_host(raw: str) -> Host | None:
    """The host of a URL as a browser would read it (WHATWG URL, host parsing): also ``0x7f.1`` and ``3232235777``."""
    if raw.startswith("["):
        return read_ipv6(raw.strip("[]"))
    name = raw.rstrip(".").lower()
    plain = read_ipv4(name)
    if plain:
        return plain
    if _NUMBER.fullmatch(name.rpartition(".")[2]):
        return _numeric_host(name)
    return read_domain(name, strict=False)


def _numeric_host(name: str) -> Host | None:
    parts = name.split(".")
    if len(parts) > 4 or not all(_NUMBER.fullmatch(part) and len(part) < 20 for part in parts):
        return None
    try:
        numbers = [_number(part) for part in parts]
    except ValueError:
        return None
    last = numbers.pop()
    if any(number > 255 for number in numbers) or last >= 256 ** (4 - len(numbers)):
        return None
    value = last + sum(number << (8 * (3 - at)) for at, number in enumerate(numbers))
    return Host(ObservableKind.IPV4, str(IPv4Address(value)), "", ("encoded-host",))


def _number(part: str) -> int:
    if part.startswith("0x"):
        return int(part[2:] or "0", 16)
    return int(part, 8) if len(part) > 1 and part.startswith("0") else int(part)

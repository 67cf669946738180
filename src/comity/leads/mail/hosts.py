"""Names and addresses of hosts as mail writes them: normal forms, registrable domains, which addresses are internal."""

import ipaddress
import re
from dataclasses import dataclass
from functools import lru_cache

import idna

from comity.leads.extract.suffixes import given_domain, has_suffix
from comity.leads.model import ObservableKind

_ASCII_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_V4 = re.compile(r"(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}")
_ENDS_IN_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
"""A name that ends so is an address or nothing (WHATWG URL 3.5)."""
_DOTS = re.compile("[\u3002\uff0e\uff61]")
_INTERNAL = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16",
        "::/128", "::1/128", "fc00::/7", "fe80::/10", "fec0::/10",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """A host as an observable."""

    kind: ObservableKind
    value: str


@lru_cache(maxsize=8192)
def read_address(text: str) -> Host | None:
    """An IP address, in brackets or not, with or without ``IPv6:``, zone or port; mapped IPv4 becomes IPv4."""
    text = text.strip().strip("[]").strip()
    if text[:5].lower() == "ipv6:":
        text = text[5:]
    if _V4.match(text):
        text = re.sub(r":\d{1,5}$", "", text)
        if not _V4.fullmatch(text):
            return None
    elif ":" not in text or len(text) > 80:
        return None
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    kind = ObservableKind.IPV4 if address.version == 4 else ObservableKind.IPV6
    return Host(kind=kind, value=str(address))


@lru_cache(maxsize=8192)
def read_name(text: str) -> str:
    """A host name as lower-case A-labels; empty where the text is no host name."""
    name = _DOTS.sub(".", text).strip().rstrip(".").lower()
    if not name or len(name) > 253 or ".." in name:
        return ""
    labels = name.split(".")
    if _ENDS_IN_NUMBER.fullmatch(labels[-1]):
        return ""
    if not name.isascii():
        labels = [_to_a_label(label) for label in labels]
    return ".".join(labels) if all(_ASCII_LABEL.fullmatch(label) for label in labels) and len(labels) < 40 else ""


def read_host(text: str) -> Host | None:
    """An address or a name."""
    address = read_address(text)
    if address is not None:
        return address
    name = read_name(text)
    return Host(kind=ObservableKind.DOMAIN, value=name) if name else None


def registrable(name: str) -> str:
    """The domain that somebody registered (``a.b.co.uk`` -> ``b.co.uk``); empty under no public suffix."""
    return given_domain(name) if "." in name else ""


def is_listed(name: str) -> bool:
    """Whether a name ends in a public suffix of the ICANN part of the list or of its private part."""
    return "." in name and has_suffix(name)


def same_owner(one: str, other: str) -> bool:
    """Whether two names are of one registrable domain, or equal where there is none."""
    mine, theirs = registrable(one), registrable(other)
    return mine == theirs if mine or theirs else one == other


@lru_cache(maxsize=8192)
def is_internal(address: str) -> bool:
    """Whether an address belongs to no place on the public network: private, loopback, link-local, shared (RFC 6598).

    An IPv6 address of 6to4 form around such an IPv4 address (as Google uses inside) counts too. Documentation
    addresses do not: where they appear they stand for public ones.
    """
    parsed = ipaddress.ip_address(address)
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.sixtofour is not None:
        parsed = parsed.sixtofour
    return any(parsed in network for network in _INTERNAL if network.version == parsed.version)


@lru_cache(maxsize=8192)
def is_host_address(address: str) -> bool:
    """Whether an address can be that of a sending host: not multicast, broadcast, reserved or unspecified."""
    parsed = ipaddress.ip_address(address)
    return not (parsed.is_multicast or parsed.is_unspecified or (parsed.version == 4 and parsed.is_reserved))


def shown_name(name: str) -> str:
    """The U-label form of a name, for people; the name itself where it has none."""
    if "xn--" not in name:
        return name
    return ".".join(_to_u_label(label) for label in name.split("."))


def _to_a_label(label: str) -> str:
    if label.isascii():
        return label
    try:
        return idna.encode(label, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        # Not allowed in IDNA 2008 (an emoji, a forbidden script mix) and yet registered or linked to.
        return "xn--" + label.encode("punycode").decode("ascii") if len(label) < 64 else ""


def _to_u_label(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError, OverflowError):
        return label

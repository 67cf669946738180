"""IP addresses and autonomous systems in running text."""

import re
from collections.abc import Iterator

from comity.leads.extract.hosts import Host, read_ipv4, read_ipv6
from comity.leads.extract.sighting import Sighting
from comity.leads.extract.versions import is_version
from comity.leads.model import ObservableKind

_CIDR_AFTER = re.compile(r"/(\d{1,3})(?![\w./])")

_IPV6 = re.compile(
    r"(?<![\w:.])(?:(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}"
    r"|(?=[0-9A-Fa-f:]{0,38}::)(?:[0-9A-Fa-f:]{2,30}:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f:]{2,39}))"
    r"(?:%[A-Za-z0-9]{1,15})?(?![\w:])"
)
_FOUR_COLONS = re.compile(r":[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]{1,4}:")
_PAIRS_ONLY = re.compile(r"(?:[0-9A-Fa-f]{2}:){7}[0-9A-Fa-f]{2}")

_ASN = re.compile(r"(?<![\w/.-])AS(N)?[ ]?(\d{1,10})(?![\w.-])")
_ASN_CONTEXT = re.compile(
    r"\b(?:asn|autonomous|bgp|prefix|peer|upstream|whois|route|network|hosted|hosting|origin|isp)\b", re.IGNORECASE
)
_STANDARDS = frozenset({400, 9100, 9102, 9110, 9120, 9145, 4024, 4360})
"""AS/400 and well-known standards whose names look like an autonomous system's."""


def ipv4_at(text: str, start: int, end: int) -> Iterator[Sighting]:
    """The IPv4 address that stands there, unless its surroundings say that it is a version or the like."""
    for at, part in _range_parts(text[start:end]):
        host = read_ipv4(part)
        stop = start + at + len(part)
        if host and not is_version(text, start + at, stop):
            yield Sighting(host.kind, host.value, start + at, stop, "", network_tag(text, stop, longest=32))


def _range_parts(raw: str) -> Iterator[tuple[int, str]]:
    """The two ends of a range such as ``192.0.2.1-192.0.2.9``, or the one address."""
    first, dash, second = raw.partition("-")
    yield 0, first
    if dash:
        yield len(first) + 1, second


def network_tag(text: str, end: int, *, longest: int) -> tuple[str, ...]:
    """``network-24`` where a prefix length follows an address."""
    match = _CIDR_AFTER.match(text, end)
    if match and int(match.group(1)) <= longest:
        return (f"network-{match.group(1)}",)
    return ()


def find_ipv6(text: str) -> Iterator[Sighting]:
    """Every IPv6 address; runs of eight hexadecimal pairs are fingerprints, and words of code are not addresses."""
    if "::" not in text and not _FOUR_COLONS.search(text):
        return
    for match in _IPV6.finditer(text):
        raw = match.group()
        host = _plausible_ipv6(raw)
        if host:
            tags = host.tags + network_tag(text, match.end(), longest=128)
            yield Sighting(host.kind, host.value, match.start(), match.end(), "", tags)


def _plausible_ipv6(raw: str) -> Host | None:
    if _PAIRS_ONLY.fullmatch(raw) or not any(char.isdigit() for char in raw):
        return None
    host = read_ipv6(raw.rstrip(":") if raw.endswith(":") and not raw.endswith("::") else raw)
    return None if host is None or host.value == "::" else host


def find_asn(text: str) -> Iterator[Sighting]:
    """Autonomous system numbers, written ``AS15169`` or ``ASN 15169``."""
    for match in _ASN.finditer(text):
        number = int(match.group(2))
        if 0 < number < 2**32 and _is_asn(text, match, number):
            yield Sighting(ObservableKind.ASN, f"AS{number}", match.start(), match.end())


def _is_asn(text: str, match: re.Match[str], number: int) -> bool:
    if match.group(1):
        return True
    if number in _STANDARDS:
        return False
    glued = match.group()[2].isdigit()
    if glued and number >= 1_000:
        return True
    return _ASN_CONTEXT.search(text, max(0, match.start() - 60), match.end() + 60) is not None

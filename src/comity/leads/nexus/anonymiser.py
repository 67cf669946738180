"""Ranges of anonymisers and of fronts: Tor exits, VPN exits, privacy relays, content delivery networks.

A list says what an address was on the day of the list. That it is not listed proves nothing: most VPN exits, and
nearly all open and residential proxies, are in no free list.
"""

import socket
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_network

from comity.leads.nexus.networks import Source
from comity.leads.nexus.spans import Row as Span
from comity.leads.nexus.spans import Spans
from comity.leads.nexus.tables import Row, list_sources, read_rows

#: What a listed kind means, in words that complete "this address is …".
MEANINGS = {
    "tor-exit": "an exit of the Tor network",
    "vpn": "an exit of a VPN service",
    "relay": "an exit of a privacy relay",
    "proxy": "an open proxy",
    "cdn": "the front of a content delivery network",
}
ANONYMISERS = frozenset({"tor-exit", "vpn", "relay", "proxy"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What a list says of an address."""

    operator: str
    kind: str
    """A key of `MEANINGS`."""
    cite: str


class _ServiceRow(Row, frozen=True, kw_only=True):
    first: str
    last: str
    operator: str
    kind: str


class AddressList:
    """Ranges with an operator and a kind, looked up by bisection."""

    def __init__(self, *, labels: tuple[Listed, ...], v4: Iterable[Span], v6: Iterable[Span]) -> None:
        """A span is first, last and the number of its label, from 1."""
        self._labels = labels
        self._spans = {4: Spans(v4), 6: Spans(v6)}

    @classmethod
    def shipped(cls) -> "AddressList":
        cite = list_sources()["services"].cite
        numbers: dict[Listed, int] = {}
        spans: dict[int, list[Span]] = {4: [], 6: []}
        for row in read_rows("services.csv", _ServiceRow):
            listed = Listed(operator=row.operator, kind=row.kind, cite=cite)
            number = numbers.setdefault(listed, len(numbers) + 1)
            version, family = (6, socket.AF_INET6) if ":" in row.first else (4, socket.AF_INET)
            first, last = (int.from_bytes(socket.inet_pton(family, text), "big") for text in (row.first, row.last))
            spans[version].append((first, last, number))
        return cls(labels=tuple(numbers), v4=spans[4], v6=spans[6])

    def find(self, address: int, *, version: int) -> Listed | None:
        """What the list says of an address; None: it is not listed, which proves nothing."""
        number = self._spans[version].at(address)
        return self._labels[number - 1] if number else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadList:
    """A user's list, read; ``unread`` are the numbers of lines that are no address."""

    addresses: AddressList
    unread: tuple[int, ...]


def read_address_list(lines: Iterable[str], *, operator: str, kind: str, source: Source) -> ReadList:
    """A list of one address or CIDR range a line, ``#`` and ``;`` begin comments: the usual form of exit lists.

    ``kind`` is a key of `MEANINGS`; ``source`` names the list and its day, so that reasons can.
    """
    if kind not in MEANINGS:
        raise ValueError(f"kind {kind!r} is not one of {', '.join(MEANINGS)}")
    unread = []
    spans: dict[int, list[Span]] = {4: [], 6: []}
    for number, line in enumerate(lines, start=1):
        text = line.split("#")[0].split(";")[0].strip()
        if not text:
            continue
        try:
            network = ip_network(text, strict=False)
        except ValueError:
            unread.append(number)
            continue
        spans[network.version].append((int(network.network_address), int(network.broadcast_address), 1))
    label = Listed(operator=operator, kind=kind, cite=source.cite)
    return ReadList(addresses=AddressList(labels=(label,), v4=spans[4], v6=spans[6]), unread=tuple(unread))

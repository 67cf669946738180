"""Ranges of anonymisers and of fronts: Tor exits, VPN exits, privacy relays, content delivery networks.

A list says what an address was on the day of the list. That it is not listed proves nothing: most VPN exits, and
nearly all open and residential proxies, are in no free list.
"""

import csv
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_network

from comity.leads.nexus.networks import Source
from comity.leads.nexus.spans import Row as Span
from comity.leads.nexus.spans import Spans
from comity.leads.nexus.tables import DATA_FOLDER, list_sources

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


class AddressList:
    """Ranges with an operator and a kind, looked up by bisection."""

    def __init__(self, *, labels: tuple[Listed, ...], v4: Iterable[Span], v6: Iterable[Span]) -> None:
        """A span is first, last and the number of its label, from 1."""
        self._labels = labels
        self._spans = {4: Spans(v4), 6: Spans(v6)}

    @classmethod
    def shipped(cls) -> "AddressList":
        cite = list_sources()["services"].cite
        numbers: dict[tuple[str, str], int] = {}
        spans: dict[int, list[Span]] = {4: [], 6: []}
        with (DATA_FOLDER / "services.csv").open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file)  # not `read_rows`: ten thousand rows, and every run with an address waits for them
            next(rows)
            for first, last, *label in rows:
                number = numbers.setdefault((label[0], label[1]), len(numbers) + 1)
                version, family = (6, socket.AF_INET6) if ":" in first else (4, socket.AF_INET)
                begin = int.from_bytes(socket.inet_pton(family, first), "big")
                end = int.from_bytes(socket.inet_pton(family, last), "big") if last != first else begin
                spans[version].append((begin, end, number))
        labels = tuple(Listed(operator=operator, kind=kind, cite=cite) for operator, kind in numbers)
        return cls(labels=labels, v4=spans[4], v6=spans[6])

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

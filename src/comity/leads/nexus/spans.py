"""Ranges of addresses laid over one another: from overlapping rows to disjoint segments.

Addresses are integers. A row is ``(first, last, value)``, both ends included. Where rows of one layer overlap, the
row that starts last wins, and of two that start together the shorter: the most specific statement, as in a
routing table.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from ipaddress import ip_network

Row = tuple[int, int, int]
"""First address, last address, value; 0 is kept for *nothing said*."""


def flatten(rows: Iterable[Row]) -> Iterator[tuple[int, int]]:
    """Points at which the value of one layer changes: ``(address, value from there on)``, 0 where no row says."""
    said = 0
    address, value = -1, 0
    for following, then in _changes(rows):
        if following != address:
            if value != said:
                said = value
                yield address, said
            address = following
        value = then
    if value != said:
        yield address, value


def _changes(rows: Iterable[Row]) -> Iterator[tuple[int, int]]:
    """The same, with several points at one address where rows meet: the last of them holds."""
    open_rows: list[Row] = []
    for row in sorted(rows, key=lambda row: (row[0], -row[1])):
        while open_rows and open_rows[-1][1] < row[0]:
            yield _close(open_rows)
        open_rows.append(row)
        yield row[0], row[2]
    while open_rows:
        yield _close(open_rows)


def _close(open_rows: list[Row]) -> tuple[int, int]:
    """Take the uppermost row from the pile, with all that ended before it did; who speaks after it?"""
    following = open_rows.pop()[1] + 1
    while open_rows and open_rows[-1][1] < following:
        open_rows.pop()
    return following, open_rows[-1][2] if open_rows else 0


def overlay(layers: Sequence[Iterable[Row]]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Segments over all layers: ``(first address, one value a layer)``, each differing from the one before."""
    points: dict[int, list[tuple[int, int]]] = {}
    for index, layer in enumerate(layers):
        for address, value in flatten(layer):
            points.setdefault(address, []).append((index, value))
    current = [0] * len(layers)
    for address in sorted(points):
        for index, value in points[address]:
            current[index] = value
        yield address, tuple(current)


class Spans:
    """The rows of one layer, looked up by bisection."""

    def __init__(self, rows: Iterable[Row]) -> None:
        points = list(flatten(rows))
        self._starts = [address for address, _ in points]
        self._values = [value for _, value in points]

    def at(self, address: int) -> int:
        """The value said of an address; 0: nothing."""
        place = bisect_right(self._starts, address)
        return self._values[place - 1] if place else 0


def of_ranges(ranges: Iterable[str]) -> dict[int, Spans]:
    """Spans for IPv4 and for IPv6 of ranges in CIDR notation; the value is the place in the list, from 1."""
    rows: dict[int, list[Row]] = {4: [], 6: []}
    for number, text in enumerate(ranges, start=1):
        network = ip_network(text)
        rows[network.version].append((int(network.network_address), int(network.broadcast_address), number))
    return {version: Spans(spans) for version, spans in rows.items()}

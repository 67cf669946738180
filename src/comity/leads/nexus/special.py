"""Addresses that belong to nobody: the special-purpose ranges (RFC 6890 and the registries that it founded).

They are sought before anything else: a private, documentation or multicast address is tied to no state, whatever
a geolocation data set says of it. IPv6 addresses that carry an IPv4 address are unwrapped first.
"""

from dataclasses import dataclass

from comity.leads.nexus.spans import of_ranges
from comity.leads.nexus.tables import Row, read_rows


class SpecialRange(Row, frozen=True, kw_only=True):
    """A row of ``special_ranges.csv``; an empty ``tag`` marks the ordinary space inside a special one."""

    range: str
    tag: str
    name: str
    standard: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrapping:
    """An IPv4 address carried inside an IPv6 one."""

    tag: str
    address: int
    text: str
    standard: str


class SpecialRanges:
    """The ranges, the most specific one found by bisection."""

    def __init__(self, rows: tuple[SpecialRange, ...]) -> None:
        self._rows = rows
        self._spans = of_ranges(row.range for row in rows)

    @classmethod
    def shipped(cls) -> "SpecialRanges":
        return cls(read_rows("special_ranges.csv", SpecialRange))

    def find(self, address: int, *, version: int) -> SpecialRange | None:
        """The special range of an address; None: ordinary global unicast."""
        number = self._spans[version].at(address)
        return self._rows[number - 1] if number and self._rows[number - 1].tag else None


_LOW_32 = (1 << 32) - 1


def unwrap(address: int) -> Wrapping | None:
    """The IPv4 address that an IPv6 address (given as an integer) carries; None: it carries none."""
    if address >> 32 == 0xFFFF:
        return Wrapping(
            tag="ipv4-mapped",
            address=address & _LOW_32,
            text="an IPv4 address in IPv6 notation",
            standard="RFC 4291 2.5.5.2",
        )
    if address >> 32 == 0x64FF9B << 64:
        return Wrapping(
            tag="nat64",
            address=address & _LOW_32,
            text="an IPv4 address behind a NAT64 gateway",
            standard="RFC 6052 2.1",
        )
    if address >> 112 == 0x2002:
        return Wrapping(
            tag="6to4", address=address >> 80 & _LOW_32, text="the IPv4 address of a 6to4 site", standard="RFC 3056 2"
        )
    if address >> 96 == 0x20010000:
        return Wrapping(
            tag="teredo",
            address=address & _LOW_32 ^ _LOW_32,
            text="the public IPv4 address of a Teredo client",
            standard="RFC 4380 4",
        )
    return None

"""The regional registries' own statistics: ``delegated-<registry>-extended-<date>`` files.

They say to a holder in which state a range or network number was delegated, and are the first source of *registered*.
Format: NRO extended allocation and assignment reports, version 2.3: ``registry|cc|type|start|value|date|status|…``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address

from comity.leads.nexus.spans import Row, Spans

_HELD = frozenset({"allocated", "assigned"})
_BITS = {"ipv4": 32, "ipv6": 128, "asn": 32}


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadLine:
    """A line that breaks the format, and how."""

    number: int
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegations:
    """What the files say, and what in them could not be read."""

    cite: str
    """``ripencc 20260101, arin 20260102``."""
    states: tuple[str, ...]
    spans: dict[str, Spans]
    """By ``ipv4``, ``ipv6`` and ``asn``."""
    unread: tuple[UnreadLine, ...]

    def registered(self, address: int, *, version: int) -> str:
        """ISO code of the state of an address's registry entry; empty: none in these files."""
        return self._find(address, f"ipv{version}")

    def registered_network(self, asn: int) -> str:
        """ISO code of the state of a network number's registry entry; empty: none in these files."""
        return self._find(asn, "asn")

    def _find(self, number: int, kind: str) -> str:
        return self.states[self.spans[kind].at(number)]


def read_delegations(lines: Iterable[str]) -> Delegations:
    """Delegations of one file, or of several put one after the other; broken lines are named, not lost."""
    reader = _Reader()
    for number, line in enumerate(lines, start=1):
        text = line.strip()
        if text and not text.startswith("#"):
            reader.read(number, text.split("|"))
    return Delegations(
        cite=", ".join(reader.versions),
        states=tuple(reader.states),
        spans={kind: Spans(rows) for kind, rows in reader.rows.items()},
        unread=tuple(reader.unread),
    )


class _Reader:
    def __init__(self) -> None:
        self.states: dict[str, int] = {"": 0}
        self.rows: dict[str, list[Row]] = {"ipv4": [], "ipv6": [], "asn": []}
        self.versions: list[str] = []
        self.unread: list[UnreadLine] = []

    def read(self, number: int, fields: list[str]) -> None:
        if fields[0] in {"2", "2.3"} and len(fields) >= 3:
            self.versions.append(f"{fields[1]} {fields[5] if len(fields) > 5 else fields[2]}")
        elif fields[-1] == "summary":
            return
        elif len(fields) < 7:
            self.unread.append(UnreadLine(number=number, problem=f"{len(fields)} fields where 7 or more are due"))
        elif fields[6] in _HELD:
            self._hold(number, state=fields[1].upper(), kind=fields[2], start=fields[3], value=fields[4])

    def _hold(self, number: int, *, state: str, kind: str, start: str, value: str) -> None:
        try:
            first = _START[kind](start)
            size = _size(value, kind=kind)
        except (KeyError, ValueError) as error:
            self.unread.append(UnreadLine(number=number, problem=f"{kind} {start} {value}: {error}"))
            return
        if size < 1 or first + size > 1 << _BITS[kind]:
            self.unread.append(UnreadLine(number=number, problem=f"{kind} {start} has no room for {value}"))
            return
        self.rows[kind].append((first, first + size - 1, self.states.setdefault(state, len(self.states))))


def _size(value: str, *, kind: str) -> int:
    """How many numbers a delegation holds: for IPv6 the value is a prefix length."""
    number = int(value)
    if kind != "ipv6":
        return number
    if not 0 <= number <= 128:
        raise ValueError("not a prefix length")
    return 1 << (128 - number)


def _v4(text: str) -> int:
    return int(IPv4Address(text))


def _v6(text: str) -> int:
    return int(IPv6Address(text))


_START: dict[str, Callable[[str], int]] = {"ipv4": _v4, "ipv6": _v6, "asn": int}

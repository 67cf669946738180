"""Addresses that many machines in many states answer for: a country looked up for one of them means nothing."""

from comity.leads.nexus.spans import of_ranges
from comity.leads.nexus.tables import Fact, read_rows


class Anycast(Fact, frozen=True, kw_only=True):
    """A row of ``anycast.csv``."""

    range: str
    operator: str
    note: str


class AnycastRanges:
    """The known ones; that an address is not among them proves nothing."""

    def __init__(self, rows: tuple[Anycast, ...]) -> None:
        self._rows = rows
        self._spans = of_ranges(row.range for row in rows)

    @classmethod
    def shipped(cls) -> "AnycastRanges":
        return cls(read_rows("anycast.csv", Anycast))

    def find(self, address: int, *, version: int) -> Anycast | None:
        """What is known of an address that is anycast; None: nothing."""
        number = self._spans[version].at(address)
        return self._rows[number - 1] if number else None

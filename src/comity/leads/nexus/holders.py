"""Ranges whose holder is known though no network announces all of them: a provider's inside, as its mails show it."""

from comity.leads.nexus.spans import of_ranges
from comity.leads.nexus.tables import Fact, read_rows


class Holder(Fact, frozen=True, kw_only=True):
    """A row of ``holders.csv``."""

    range: str
    """In which all that is announced is the holder's (a test holds that against the address data)."""
    holder: str
    asn: str
    """The network under which the holder announces the rest of the range."""
    note: str


class HolderRanges:
    """The known ones."""

    def __init__(self, rows: tuple[Holder, ...]) -> None:
        self._rows = rows
        self._spans = of_ranges(row.range for row in rows)

    @classmethod
    def shipped(cls) -> "HolderRanges":
        return cls(read_rows("holders.csv", Holder))

    def find(self, address: int, *, version: int) -> Holder | None:
        """Who holds the range around an address; None: not told."""
        number = self._spans[version].at(address)
        return self._rows[number - 1] if number else None

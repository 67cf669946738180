"""One observable seen once, at its place in a decoded text."""

import msgspec

from comity.leads.model import ObservableKind


class Sighting(msgspec.Struct, frozen=True, gc=False):
    """What one extractor saw.

    A `msgspec.Struct` although it is never written: a large log makes millions of them, and a frozen dataclass takes
    ten times as long to make.
    """

    kind: ObservableKind
    value: str
    """Normalised, as `Observable.value`."""
    start: int
    """First character in the text given."""
    end: int
    """One past the last character."""
    shown: str = ""
    tags: tuple[str, ...] = ()

    def moved(self, *, start: int, end: int) -> "Sighting":
        """The same sighting at another place."""
        return Sighting(self.kind, self.value, start, end, self.shown, self.tags)

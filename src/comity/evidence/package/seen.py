"""Which paths were seen, of millions, in sixteen bytes each: by their hashes alone."""

from array import array

_START = 1 << 12


class Seen:
    """A set of texts that can only be asked whether it holds one.

    It keeps 64 bits of Python's hash, whose key is new in each process: nobody can aim at a collision.
    """

    def __init__(self) -> None:
        self._slots = array("q", bytes(8 * _START))
        self._count = 0

    def add(self, text: str) -> bool:
        """Add a text; True where it was not there."""
        number = hash(text) or 1
        place = self._find(number)
        if self._slots[place]:
            return False
        self._slots[place] = number
        self._count += 1
        if 2 * self._count > len(self._slots):
            self._grow()
        return True

    def __contains__(self, text: str) -> bool:
        return bool(self._slots[self._find(hash(text) or 1)])

    def _find(self, number: int) -> int:
        """Where a number is, or would be."""
        mask = len(self._slots) - 1
        place = number & mask
        while self._slots[place] not in (0, number):
            place = place + 1 & mask
        return place

    def _grow(self) -> None:
        before = self._slots
        self._slots = array("q", bytes(16 * len(before)))
        for number in before:
            if number:
                self._slots[self._find(number)] = number

"""A text out of an artifact, with the way from its characters back to a place in the artifact."""

from bisect import bisect_right
from dataclasses import dataclass
from typing import Protocol

from comity.leads.artifacts.decode import ByteOffsets, DecodedText
from comity.leads.artifacts.event import NO_EVENT, Event
from comity.leads.model import ObservableKind


class Passage(Protocol):
    """A text to look for observables in."""

    @property
    def text(self) -> str: ...

    @property
    def covered(self) -> tuple[ObservableKind, ...]:
        """Kinds that need not be looked for here: they are known by structure."""
        ...

    def where(self, char: int) -> str:
        """Words that lead a person to the character."""
        ...

    def offset(self, char: int) -> int:
        """`Place.offset` of the character."""
        ...

    def event(self, char: int) -> Event:
        """What happened where the character stands."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainPassage:
    """A text at one named place; offsets count from `base`, or are unknown where that is negative."""

    text: str
    place: str
    base: int = 0
    covered: tuple[ObservableKind, ...] = ()

    def where(self, char: int) -> str:
        return self.place

    def offset(self, char: int) -> int:
        return self.base + char if self.base >= 0 else -1

    def event(self, char: int) -> Event:
        return NO_EVENT


@dataclass(frozen=True, slots=True, kw_only=True)
class MailPassage:
    """A decoded text of a mail; its characters are sought in the mail's bytes from where the part begins."""

    text: str
    place: str
    base: int
    covered: tuple[ObservableKind, ...]
    data: bytes

    def where(self, char: int) -> str:
        return self.place

    def offset(self, char: int) -> int:
        if self.base < 0:
            return char
        word = self.text[char : char + 64].split()
        written = word[0].encode("utf-8", "replace") if word else b""
        found = self.data.find(written, self.base, self.base + 4 * len(self.text) + 8_192) if written else -1
        return found if found >= 0 else self.base

    def event(self, char: int) -> Event:
        return NO_EVENT


class LinedPassage:
    """A whole decoded artifact: places are lines, offsets are bytes."""

    covered: tuple[ObservableKind, ...] = ()

    def __init__(self, decoded: DecodedText) -> None:
        self.text = decoded.text
        self._bytes = ByteOffsets(decoded)
        self._starts: list[int] | None = None

    def where(self, char: int) -> str:
        return f"line {self.line(char)}"

    def line(self, char: int) -> int:
        """Number of the line, from 1."""
        if self._starts is None:
            self._starts = _line_starts(self.text)
        return bisect_right(self._starts, char)

    def offset(self, char: int) -> int:
        return self._bytes.at(char)

    def event(self, char: int) -> Event:
        return NO_EVENT


def _line_starts(text: str) -> list[int]:
    starts = [0]
    at = text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return starts

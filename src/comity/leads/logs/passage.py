"""A log as a passage: each character belongs to a line, and each line tells when, by whom and what."""

from comity.leads.artifacts.decode import DecodedText
from comity.leads.artifacts.event import NO_EVENT, Event
from comity.leads.artifacts.passage import LinedPassage
from comity.leads.logs.entry import LogEntry
from comity.leads.logs.format import LogFormat
from comity.leads.logs.signs import Sign, signs_of
from comity.leads.logs.visitors import Visitors
from comity.leads.model import Severity


class LogPassage(LinedPassage):
    """A whole log, whose lines are read one after another and once."""

    def __init__(self, decoded: DecodedText, form: LogFormat, visitors: Visitors) -> None:
        super().__init__(decoded)
        self._form = form
        self._visitors = visitors
        self._end = self._number = 0
        self._read: tuple[LogEntry, tuple[Sign, ...]] | None = None
        self._event: Event | None = None

    def event(self, char: int) -> Event:
        """What the line says in which the character stands; characters must be asked for in their order."""
        while self._end <= char:
            self._next_line()
        if self._event is None:
            self._event = event_of(*self._read) if self._read else NO_EVENT
        return self._event

    def finish(self) -> None:
        """Read what lines are left."""
        while self._end < len(self.text):
            self._next_line()

    def _next_line(self) -> None:
        start = self._end
        self._end = self.text.find("\n", start) + 1 or len(self.text)
        self._number += 1
        entry = self._form.read(self.text[start : self._end].rstrip("\r\n"))
        self._read, self._event = None, None
        if entry:
            signs = signs_of(entry)
            self._read = (entry, signs)
            self._visitors.add(entry, f"line {self._number}", signs)


def event_of(entry: LogEntry, signs: tuple[Sign, ...]) -> Event:
    """An entry as an event, with the signs that hold of it."""
    telling = any(sign.severity is Severity.WARNING for sign in signs)
    return Event(at=entry.at, by=entry.client, act=entry.act, agent=entry.shown_agent, telling=telling)

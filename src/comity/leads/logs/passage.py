"""A log as a passage: each character belongs to a line, and each line tells when, by whom and what."""

from comity.leads.artifacts.decode import DecodedText
from comity.leads.artifacts.event import NO_EVENT, Event
from comity.leads.artifacts.passage import LinedPassage
from comity.leads.logs.entry import LogEntry
from comity.leads.logs.format import LogFormat
from comity.leads.logs.signs import signs_of
from comity.leads.model import Severity


class LogPassage(LinedPassage):
    """A whole log."""

    def __init__(self, decoded: DecodedText, form: LogFormat) -> None:
        super().__init__(decoded)
        self._form = form
        self._line = (0, 0)
        self._event = NO_EVENT

    def event(self, char: int) -> Event:
        """What the line says in which the character stands."""
        start, end = self._line
        if not start <= char < end:
            start = self.text.rfind("\n", 0, char) + 1
            end = self.text.find("\n", char) + 1 or len(self.text) + 1
            entry = self._form.read(self.text[start:end].rstrip("\r\n"))
            self._line, self._event = (start, end), event_of(entry) if entry else NO_EVENT
        return self._event


def event_of(entry: LogEntry) -> Event:
    """An entry as an event."""
    telling = any(sign.severity is Severity.WARNING for sign in signs_of(entry))
    return Event(at=entry.at, by=entry.client, act=entry.act, agent=entry.shown_agent, telling=telling)

"""A chat as passages: each character belongs to a message, which tells when and by whom."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from comity.leads.artifacts.decode import ByteOffsets, DecodedText
from comity.leads.artifacts.event import NO_EVENT, Event
from comity.leads.artifacts.passage import LinedPassage
from comity.leads.chats.message import Chat, Message
from comity.leads.model import ObservableKind


def event_of(message: Message) -> Event:
    """A message as an event."""
    return Event(at=message.at, by=message.speaker, act="message" if message.speaker else "notice of the messenger")


class ChatPassage(LinedPassage):
    """A chat that is one text."""

    def __init__(self, decoded: DecodedText, chat: Chat) -> None:
        super().__init__(decoded)
        self._messages = chat.messages
        self._heads = [one.start for one in chat.messages]

    def event(self, char: int) -> Event:
        """What message the character stands in."""
        at = bisect_right(self._heads, char)
        return event_of(self._messages[at - 1]) if at else NO_EVENT


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagePassage:
    """The words of one message of an export with a structure."""

    text: str
    message: Message
    base: int
    covered: tuple[ObservableKind, ...] = ()

    def where(self, char: int) -> str:
        return f"message {self.message.number}"

    def offset(self, char: int) -> int:
        """Where the message begins."""
        return self.base

    def event(self, char: int) -> Event:
        return event_of(self.message)


def message_passages(decoded: DecodedText, chat: Chat) -> Iterator[MessagePassage]:
    """The messages of an export with a structure, one after another."""
    offsets = ByteOffsets(decoded)
    for one in chat.messages:
        base = offsets.at(one.start) if one.start >= 0 else -1
        yield MessagePassage(text=one.text, message=one, base=base)
